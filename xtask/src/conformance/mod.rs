//! `cargo xtask conformance`: the product against cases whose answers are known.
//!
//! Every corpus ends the same way: the first ten differences field by field, then `N of M equal`, and exit code 1
//! on any difference.

mod ipps;
mod msdrg;

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Subcommand;

/// Differences shown; the rest are only counted.
const SHOWN: usize = 10;

/// The kinds of corpus.
#[derive(Subcommand)]
pub(crate) enum Corpus {
    /// MS-DRG and Medicare Code Editor: `claims-X.jsonl[.zst]` beside `expected-X.jsonl[.zst]`
    Msdrg {
        /// The folder with the cases
        dir: PathBuf,
    },
    /// Inpatient payment: `cases.jsonl[.zst]` with the year's `tables/`
    Ipps {
        /// The folder with the cases
        dir: PathBuf,
    },
}

/// Runs one corpus; exit code 1 on any difference.
pub(crate) fn run(corpus: &Corpus) -> Result<ExitCode> {
    Ok(ExitCode::from(u8::from(!holds(corpus)?)))
}

/// Runs one corpus; whether every case is equal, and there is one.
pub(crate) fn holds(corpus: &Corpus) -> Result<bool> {
    match corpus {
        Corpus::Msdrg { dir } => Ok(msdrg::compare(dir)?.conclude()),
        Corpus::Ipps { dir } => Ok(ipps::run(dir)?.is_clean()),
    }
}

/// One field of one case that is not as expected.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) field: String,
    pub(crate) expected: String,
    pub(crate) found: String,
}

/// The state of a comparison of many cases.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    cases: u64,
    equal: u64,
    shown: usize,
}

impl Comparison {
    /// Counts a case; the first that differ are printed.
    pub(crate) fn add(&mut self, case: &str, differences: &[Difference]) {
        self.cases += 1;
        self.equal += u64::from(differences.is_empty());
        if differences.is_empty() || self.shown == SHOWN {
            return;
        }
        self.shown += 1;
        println!("{case}");
        for Difference { field, expected, found } in differences {
            println!("  {field:<24} expected {expected}, found {found}");
        }
    }

    /// The number of cases compared and of those equal.
    pub(crate) fn counts(&self) -> (u64, u64) {
        (self.cases, self.equal)
    }

    /// Prints the last line; whether every case is equal, and there is one.
    fn conclude(&self) -> bool {
        println!("{} of {} equal", self.equal, self.cases);
        self.equal == self.cases && self.cases > 0
    }
}

/// The lines of a text file, which may be compressed with zstd.
pub(crate) fn lines(path: &Path) -> Result<Box<dyn Iterator<Item = std::io::Result<String>>>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    if path.extension().is_some_and(|e| e == "zst") {
        return Ok(Box::new(BufReader::new(zstd::Decoder::new(file)?).lines()));
    }
    Ok(Box::new(BufReader::new(file).lines()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_equal_and_different_cases() {
        let mut comparison = Comparison::default();
        comparison.add("a", &[]);
        let difference =
            Difference { field: "final_drg".into(), expected: "291".into(), found: "292".into() };
        comparison.add("b", &[difference]);
        assert_eq!(comparison.counts(), (2, 1));
    }
}
