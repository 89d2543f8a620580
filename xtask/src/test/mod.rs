//! `cargo xtask test`: everything that must hold before a change is taken, in one command.
//!
//! A failed step does not hide the next one. The last line printed is the sum over all test programs.

mod febrl;
mod machine;
mod tally;

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::chromium;
use crate::conformance::{self, Corpus};
use crate::postgres::{self, Server};
use crate::workspace::{cargo, must, python_environment, shared, succeeds};
pub(crate) use machine::prepare as prepare_machine;
use tally::Tally;

/// The Python packages that tests use as independent readers.
const PYTHON_REQUIREMENTS: &str = "xtask/python-requirements.txt";

/// One check, and whether the tree passed it.
struct Step {
    name: &'static str,
    took: Duration,
    error: Option<anyhow::Error>,
}

/// Runs all steps; exit code 1 if any failed.
pub(crate) fn run() -> Result<ExitCode> {
    machine::prepare()?;
    if let Err(error) = chromium::fetch_axe() {
        println!("axe-core could not be fetched, and pages are walked without it: {error:#}");
    }
    let mut tally = Tally::default();
    let steps = [
        step("format", || must(&mut cargo(&["fmt", "--all", "--", "--check"]))),
        step("lints", || {
            must(cargo(&["clippy", "--workspace", "--all-targets"]).args(["--", "--deny", "warnings"]))
        }),
        step("tests", || run_tests(&mut tally)),
        step("conformance", || run_conformance(&mut tally)),
        step("documentation", || {
            must(cargo(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "--deny warnings"))
        }),
        step("dependencies", check_dependencies),
    ];
    Ok(conclude(&steps, tally))
}

fn step(name: &'static str, check: impl FnOnce() -> Result<()>) -> Step {
    println!("\n== {name}");
    let start = Instant::now();
    let error = check().err();
    if let Some(error) = &error {
        println!("{name} failed: {error:#}");
    }
    Step { name, took: start.elapsed(), error }
}

/// All tests of the workspace, with a PostgreSQL server up, the independent Python readers first on the path and the
/// labelled people at hand.
fn run_tests(tally: &mut Tally) -> Result<()> {
    let python = python_environment("python", PYTHON_REQUIREMENTS)?.join("bin");
    let febrl = febrl::fetch(&python.join("python"))?;
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(python.clone()).chain(std::env::split_paths(&path));
    // `--show-output` prints what passing tests print: the counts of the conformance tests.
    let mut command = cargo(&["test", "--workspace", "--no-fail-fast", "--", "--show-output"]);
    command.env("PATH", std::env::join_paths(folders)?).env("CHARTROOM_PYTHON", python.join("python"));
    let server = Server::start()?;
    command.env(postgres::VARIABLE, server.url()).env("CHARTROOM_FEBRL", febrl);
    tally.watch(&mut command, &mut std::io::stdout().lock())
}

/// The whole corpora through the built program, where they are at hand; each counts as one test.
fn run_conformance(tally: &mut Tally) -> Result<()> {
    let cases = shared().join("data/at-hand");
    let corpora = [
        Corpus::Msdrg { dir: cases.join("msdrg-conformance") },
        Corpus::Ipps { dir: cases.join("ipps-conformance") },
    ];
    for corpus in corpora {
        let (Corpus::Msdrg { dir } | Corpus::Ipps { dir }) = &corpus;
        if !dir.is_dir() {
            println!("skipped: {} is not at hand", dir.display());
            tally.ignored += 1;
            continue;
        }
        ensure!(conformance::holds(&corpus)?, "{} has cases that differ", dir.display());
        tally.passed += 1;
    }
    Ok(())
}

/// Runs cargo-deny where it is installed. Building it takes minutes, so `xtask/tests/house/supply.rs` checks the
/// licences, sources and bans of the same `deny.toml` on every machine.
fn check_dependencies() -> Result<()> {
    if !succeeds(Command::new("cargo-deny").arg("--version")) {
        println!(
            "cargo-deny is not installed; the tests have checked deny.toml's licences, sources and bans"
        );
        return Ok(());
    }
    must(&mut cargo(&["deny", "check", "licenses", "bans", "sources"]))
}

/// Prints the steps and the closing line. A step that failed outside the tests counts as one failure.
fn conclude(steps: &[Step], mut tally: Tally) -> ExitCode {
    println!();
    let failed_in_tests = tally.failed;
    for step in steps {
        let verdict = if step.error.is_some() { "FAILED" } else { "passed" };
        println!("{:<16}{verdict:>8}{:>8.1} s", step.name, step.took.as_secs_f64());
        let counted = step.name == "tests" && failed_in_tests > 0;
        tally.failed += u64::from(step.error.is_some() && !counted);
    }
    println!("\n{tally}");
    ExitCode::from(u8::from(tally.failed > 0))
}
