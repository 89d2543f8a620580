//! Chartroom's side: parsed cases in one process, and the built program as a whole.

use std::process::Command;

use anyhow::{Context, Result};

use super::Program;
use super::claims::Claims;
use super::measure::{Measured, median, process, reported};
use crate::workspace::{cargo, must, target};

/// Cold starts measured.
pub(super) const STARTS: usize = 21;
/// The benchmark of parsed cases: prints the lines `group` and `edit` for a file of claims.
const PARSED: [&str; 6] = ["bench", "--quiet", "--package", "bulk", "--bench", "parsed_cases"];

/// Builds both, so that no measurement waits for the compiler.
pub(super) fn build() -> Result<()> {
    must(&mut cargo(&["build", "--release", "--package", "chartroom"]))?;
    must(cargo(&PARSED).arg("--no-run"))
}

/// Our rows of the table.
pub(super) fn programs(claims: &Claims) -> Vec<Program<'_>> {
    vec![
        ("Chartroom, parsed cases: grouping", Box::new(|| parsed("group", claims))),
        ("Chartroom, parsed cases: editing", Box::new(|| parsed("edit", claims))),
        ("Chartroom, JSON lines, 1 thread", Box::new(|| json_lines(1, claims))),
        ("Chartroom, JSON lines, 2 threads", Box::new(|| json_lines(2, claims))),
    ]
}

fn parsed(what: &str, claims: &Claims) -> Result<Measured> {
    reported(cargo(&PARSED).arg("--").arg(&claims.ours), what)
}

fn json_lines(threads: usize, claims: &Claims) -> Result<Measured> {
    let used = process(&mut group(threads, claims))?;
    Ok(Measured {
        claims: claims.many_count,
        cpu_seconds: used.cpu_seconds,
        wall_seconds: Some(used.wall_seconds),
    })
}

/// Grouping and editing of the repeated claims, JSON lines in and out.
fn group(threads: usize, claims: &Claims) -> Command {
    let mut command = chartroom();
    command.args(["group", "--threads", &threads.to_string(), "--input"]).arg(&claims.many);
    command.args(["--output", "-", "--format", "jsonl"]);
    command
}

/// Peak resident bytes of grouping the repeated claims on all cores.
pub(super) fn peak_of_many(claims: &Claims) -> Result<u64> {
    let cores = std::thread::available_parallelism()?.get();
    Ok(process(&mut group(cores, claims))?.peak_bytes)
}

/// Milliseconds from the start of the program to the end of one case, typed on the command line.
pub(super) fn cold_start_ms() -> Result<f64> {
    let case = "case --pdx I5021 --sdx E1165,N179:N --px 02HV33Z --age 71 --sex F --discharged 2026-11-03";
    let mut times = Vec::new();
    for _ in 0..STARTS {
        times.push(process(chartroom().args(case.split(' ')))?.wall_seconds * 1000.0);
    }
    median(times).context("no start was measured")
}

fn chartroom() -> Command {
    Command::new(target().join("release/chartroom"))
}
