//! The open, self-hosted health-information department, as one program.

mod commands;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use codeset::Pack;
use grouper::{Desk, OpenError};

/// Chartroom: the open, self-hosted health-information department.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Group(commands::group::GroupArgs),
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Group(args) => with_desk(|desk| commands::group::main(&args, desk)),
    }
}

/// Opens the desk of the embedded editions for `work`.
fn with_desk(work: impl FnOnce(&Desk) -> ExitCode) -> ExitCode {
    let desk = Pack::open(editions::EMBEDDED).map_err(OpenError::from).and_then(|pack| Desk::open(&pack));
    match desk {
        Ok(desk) => work(&desk),
        Err(error) => {
            eprintln!("chartroom: the embedded editions cannot be opened: {error}");
            ExitCode::from(2)
        }
    }
}
