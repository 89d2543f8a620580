//! `chartroom codes`: the classification manuals at the command line.

mod build;
mod changed;
mod former;

use clap::Subcommand;

use super::Done;
use crate::Common;

/// Read the classification manuals: one code, what changed between two editions, procedure
/// codes axis by axis, and ICD-9-CM
#[derive(Debug, Subcommand)]
pub(crate) enum CodesCommand {
    Build(build::BuildArgs),
    Changed(changed::ChangedArgs),
    Former(former::FormerArgs),
    Show(super::code::CodeArgs),
}

/// Runs the subcommand.
pub(crate) fn main(command: &CodesCommand, common: &Common) -> Done {
    match command {
        CodesCommand::Build(args) => build::main(args, common),
        CodesCommand::Changed(args) => changed::main(args, common),
        CodesCommand::Former(args) => former::main(args, common),
        CodesCommand::Show(args) => super::code::main(args, common),
    }
}
