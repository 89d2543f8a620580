//! Sums up what cargo's test programs report.

use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::workspace::show;

/// How a test says that it could not run here: a line of its output that begins so.
const SKIPPED: &str = "skipped:";

/// Counts over all test programs of one run.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Tests that cargo counts as passed.
    pub(crate) passed: u64,
    /// Tests that failed.
    pub(crate) failed: u64,
    /// Tests that cargo left out.
    pub(crate) ignored: u64,
    /// Tests among the passed that said they could not run here.
    not_run: u64,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let passed = self.passed.saturating_sub(self.not_run);
        let skipped = self.ignored + self.not_run;
        write!(f, "{passed} passed, {} failed, {skipped} skipped", self.failed)
    }
}

impl Tally {
    /// Runs `command`, a `cargo test`, shows its output on `screen` as it comes and counts it.
    pub(crate) fn watch(&mut self, command: &mut Command, screen: &mut impl Write) -> Result<()> {
        let shown = show(command);
        let mut child =
            command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start {shown}"))?;
        let output = child.stdout.take().context("the tests' output is not piped")?;
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            self.count(&String::from_utf8_lossy(&line));
            screen.write_all(&line)?;
            screen.write_all(b"\n")?;
        }
        let status = child.wait()?;
        if !status.success() {
            bail!("{shown} ended with {status}");
        }
        if self.passed == 0 {
            bail!("{shown} ran no test");
        }
        Ok(())
    }

    /// Takes one line of output into account. A passed test that says it was skipped counts as skipped.
    fn count(&mut self, line: &str) {
        if line.starts_with(SKIPPED) {
            self.not_run += 1;
            return;
        }
        let Some(result) = line.strip_prefix("test result: ") else {
            return;
        };
        self.passed += figure(result, "passed");
        self.failed += figure(result, "failed");
        self.ignored += figure(result, "ignored");
    }
}

/// The number before `word` in `ok. 5 passed; 0 failed; 1 ignored; …`.
fn figure(result: &str, word: &str) -> u64 {
    let mut words = result.split([' ', ';', '.']).filter(|w| !w.is_empty()).peekable();
    let mut before = "";
    while let Some(at) = words.next_if(|w| *w != word) {
        before = at;
    }
    before.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_over_test_programs() {
        let mut tally = Tally::default();
        for line in [
            "running 6 tests",
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s",
            "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s",
        ] {
            tally.count(line);
        }
        assert_eq!(tally.to_string(), "17 passed, 3 failed, 1 skipped");
    }

    #[test]
    fn a_test_that_says_it_was_skipped_has_not_passed() {
        let mut tally = Tally::default();
        tally.count("skipped: the conformance cases are not at hand");
        tally.count(
            "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0s",
        );
        assert_eq!(tally.to_string(), "1 passed, 0 failed, 1 skipped");
    }

    #[test]
    fn a_run_without_tests_fails() {
        let mut tally = Tally::default();
        assert!(tally.watch(Command::new("echo").arg("nothing"), &mut Vec::new()).is_err());
        let two = "test result: ok. 2 passed; 0 failed; 0 ignored";
        assert!(tally.watch(Command::new("echo").arg(two), &mut Vec::new()).is_ok());
        assert_eq!(tally.passed, 2);
    }
}
