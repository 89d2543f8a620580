//! `chartroom edition`: which regulation is held, whether it is sound, what changed, and how a new year gets in.

mod build;
mod check;
pub(crate) mod diff;
mod import;
mod list;

use clap::Subcommand;

use super::Done;
use crate::Common;

/// Show, check, compare and extend the regulation held
#[derive(Debug, Subcommand)]
pub(crate) enum EditionCommand {
    List(list::ListArgs),
    Show(list::ShowArgs),
    Import(import::ImportArgs),
    Check(check::CheckArgs),
    Diff(diff::DiffArgs),
    Build(build::BuildArgs),
}

/// Runs the subcommand.
pub(crate) fn main(command: &EditionCommand, common: &Common) -> Done {
    match command {
        EditionCommand::List(args) => list::list(args, common),
        EditionCommand::Show(args) => list::show(args, common),
        EditionCommand::Import(args) => import::main(args, common),
        EditionCommand::Check(args) => check::main(args, common),
        EditionCommand::Diff(args) => diff::main(args, common),
        EditionCommand::Build(args) => build::main(args, common),
    }
}
