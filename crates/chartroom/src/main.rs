//! The open, self-hosted health-information department, as one program.

mod commands;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
        Command::Group(args) => {
            let bytes = std::fs::read(std::env::var("CHARTROOM_PACK").expect("CHARTROOM_PACK")).expect("pack");
            let pack = codeset::Pack::open(bytes).expect("pack");
            commands::group::main(&args, &grouper::Desk::open(&pack).expect("desk"))
        }
    }
}
