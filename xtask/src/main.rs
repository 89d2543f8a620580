//! The project's own chores: set-up, tests, conformance, benchmarks.

mod conformance;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's own chores.
#[derive(Parser)]
#[command(name = "xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Compare our results with cases whose results are known.
    #[command(subcommand)]
    Conformance(Conformance),
}

#[derive(Subcommand)]
enum Conformance {
    /// Inpatient payment, against the regulator's calculator.
    Ipps {
        /// The folder with cases and tables.
        dir: PathBuf,
    },
}

fn main() -> ExitCode {
    let Arguments { chore } = Arguments::parse();
    match chore {
        Chore::Conformance(Conformance::Ipps { dir }) => match conformance::ipps::run(&dir) {
            Ok(tally) if tally.is_clean() => ExitCode::SUCCESS,
            Ok(_) => ExitCode::FAILURE,
            Err(failure) => {
                eprintln!("conformance ipps: {failure}");
                ExitCode::from(2)
            }
        },
    }
}
