//! The open, self-hosted health-information department, as one program.

mod commands;
mod held;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use commands::Done;
use grouper::Desk;

/// Chartroom: the open, self-hosted health-information department.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// Options of every command.
#[derive(Debug, clap::Args)]
pub(crate) struct Common {
    /// Use the editions in DIR instead of those in the program: the newest *.pack file, or a data folder of text
    #[arg(long, global = true, value_name = "DIR")]
    editions: Option<PathBuf>,
    /// Print JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Code(commands::code::CodeArgs),
    #[command(subcommand)]
    Edition(commands::edition::EditionCommand),
    Group(commands::group::GroupArgs),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    run(&cli).unwrap_or_else(|error| {
        eprintln!("chartroom: {error}");
        ExitCode::from(2)
    })
}

fn run(cli: &Cli) -> Done {
    match &cli.command {
        Command::Code(args) => commands::code::main(args, &cli.common),
        Command::Edition(command) => commands::edition::main(command, &cli.common),
        Command::Group(args) => {
            let desk = Desk::open(&held::open(cli.common.editions.as_deref())?)?;
            Ok(commands::group::main(args, &desk))
        }
    }
}
