//! What one run of a program cost.

use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use wait4::Wait4;

use crate::workspace::show;

/// One run over a number of claims.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measured {
    pub(super) claims: usize,
    pub(super) cpu_seconds: f64,
    /// Wall time, where the whole process was measured.
    pub(super) wall_seconds: Option<f64>,
}

/// A whole process, from start to end.
pub(super) struct Process {
    pub(super) cpu_seconds: f64,
    pub(super) wall_seconds: f64,
    /// Peak resident memory. Linux counts the starting process in, so this one keeps no claims in memory.
    pub(super) peak_bytes: u64,
}

/// Runs `command` to its end; its standard output is thrown away.
pub(super) fn process(command: &mut Command) -> Result<Process> {
    let shown = show(command);
    let start = Instant::now();
    let child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {shown}"))?;
    let used = child.wait4()?;
    let wall_seconds = start.elapsed().as_secs_f64();
    if !used.status.success() {
        bail!("{shown} ended with {}", used.status);
    }
    Ok(Process {
        cpu_seconds: (used.rusage.utime + used.rusage.stime).as_secs_f64(),
        wall_seconds,
        peak_bytes: used.rusage.maxrss,
    })
}

/// Runs a program that measures itself and prints lines of name, claims and CPU seconds, separated by tabs;
/// takes the line named `name`.
pub(super) fn reported(command: &mut Command, name: &str) -> Result<Measured> {
    let shown = show(command);
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start {shown}"))?;
    if !output.status.success() {
        bail!("{shown} ended with {}", output.status);
    }
    let text = String::from_utf8(output.stdout)?;
    text.lines()
        .find_map(|line| parse(line, name))
        .with_context(|| format!("{shown} printed no line '{name}⇥claims⇥CPU seconds'"))
}

fn parse(line: &str, name: &str) -> Option<Measured> {
    let mut fields = line.split('\t');
    if fields.next()? != name {
        return None;
    }
    Some(Measured {
        claims: fields.next()?.parse().ok()?,
        cpu_seconds: fields.next()?.parse().ok()?,
        wall_seconds: None,
    })
}

/// The middle value; of an even number, the upper of the two.
pub(super) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_program_that_measures_itself() {
        let mut command = Command::new("printf");
        command.arg("loading\ngrouping\t25000\t2.5\n");
        let measured = reported(&mut command, "grouping").unwrap();
        assert_eq!((measured.claims, measured.cpu_seconds), (25_000, 2.5));
        assert!(reported(&mut command, "editing").is_err());
    }

    #[test]
    fn a_whole_process_is_measured() {
        let used = process(Command::new("sleep").arg("0.05")).unwrap();
        assert!(used.wall_seconds >= 0.05 && used.cpu_seconds < 0.05 && used.peak_bytes > 0);
        assert!(process(&mut Command::new("false")).is_err());
    }

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![]), None);
    }
}
