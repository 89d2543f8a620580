//! The project's own chores: `cargo xtask test`, `conformance`, `bench`, `postgres`, `catalogue`, `load`, `kill`,
//! `learn-suggestions`.

mod bench;
mod catalogue;
mod chromium;
mod conformance;
mod guidelines;
mod learn;
mod postgres;
mod test;
mod walks;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Chartroom's own chores")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Set the machine up and check everything: format, lints, tests, documentation, dependencies
    Test,
    /// Compare the engines with a folder of cases whose answers are known
    #[command(subcommand)]
    Conformance(conformance::Corpus),
    /// Measure speed and memory beside PyPI `msdrg`, in one run on the same claims
    Bench(bench::Options),
    /// Run a command with a PostgreSQL server of its own: `cargo xtask postgres -- cargo test -p store`
    Postgres {
        /// The command; it finds the server's address in CHARTROOM_TEST_POSTGRES
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<String>,
    },
    /// Write `docs/edits.md` and `docs/guidelines.md`, the pages of edits and rules, from the files that hold them
    Catalogue,
    /// Let fifty people work at once on the release build, and measure every kind of page
    Load(walks::Load),
    /// Count a folder of coded charts, and write the learned tables of `data/suggest/`
    LearnSuggestions(learn::Options),
    /// Kill the server in the middle of traffic, and see that nothing acknowledged is lost or doubled
    Kill(walks::Kill),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().chore {
        Chore::Test => test::run(),
        Chore::Conformance(corpus) => conformance::run(&corpus),
        Chore::Bench(options) => bench::run(&options),
        Chore::Postgres { command } => postgres::with_server(&command),
        Chore::Catalogue => catalogue::write().and_then(|()| guidelines::write()).map(|()| ExitCode::SUCCESS),
        Chore::Load(options) => walks::load(&options),
        Chore::LearnSuggestions(options) => learn::run(&options),
        Chore::Kill(options) => walks::kill(&options),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}
