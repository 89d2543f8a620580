//! The open, self-hosted health-information department, as one program.

mod commands;
mod held;
mod price;
mod record;
mod report;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use commands::{Done, Office};

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
    #[command(subcommand)]
    Audit(commands::audit::AuditCommand),
    Backup(commands::keep::BackupArgs),
    Case(commands::case::CaseArgs),
    Claim(commands::claim::ClaimArgs),
    CheckCodes(commands::check_codes::CheckCodesArgs),
    Code(commands::code::CodeArgs),
    #[command(subcommand)]
    Codes(commands::codes::CodesCommand),
    Demo(commands::demo::DemoArgs),
    #[command(subcommand)]
    Edition(commands::edition::EditionCommand),
    Find(commands::find::FindArgs),
    Group(commands::group::GroupArgs),
    Import(commands::import::ImportArgs),
    Migrate(commands::keep::MigrateArgs),
    Remittance(commands::remittance::RemittanceArgs),
    Restore(commands::keep::RestoreArgs),
    Serve(commands::serve::ServeArgs),
    Suggest(commands::suggest::SuggestArgs),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    run(&cli.command, &cli.common).unwrap_or_else(|error| {
        eprintln!("chartroom: {error}");
        ExitCode::from(2)
    })
}

fn run(command: &Command, common: &Common) -> Done {
    let office = || Office::open(common.editions.as_deref());
    match command {
        Command::Audit(command) => commands::audit::main(command, common),
        Command::Backup(args) => commands::keep::back_up(args, common),
        Command::Case(args) => commands::case::main(args, common, &office()?),
        Command::Claim(args) => commands::claim::main(args, common),
        Command::CheckCodes(args) => commands::check_codes::main(args, common),
        Command::Code(args) => commands::code::main(args, common),
        Command::Codes(command) => commands::codes::main(command, common),
        Command::Demo(args) => commands::demo::main(args, common, office),
        Command::Edition(command) => commands::edition::main(command, common),
        Command::Find(args) => commands::find::main(args, common),
        Command::Group(args) => commands::group::main(args, common, &office()?),
        Command::Import(args) => commands::import::main(args, common),
        Command::Migrate(args) => commands::keep::migrate(args, common),
        Command::Remittance(args) => commands::remittance::main(args, common),
        Command::Restore(args) => commands::keep::restore(args, common),
        Command::Serve(args) => commands::serve::main(args, common),
        Command::Suggest(args) => commands::suggest::main(args, common),
    }
}
