//! The long walks: fifty people at once on the release build, and fifty kills. The short ones are ordinary tests.

use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::postgres;
use crate::workspace::{cargo, must};

/// How large the load is.
#[derive(Debug, clap::Args)]
pub(crate) struct Load {
    /// How many times the demo hospital
    #[arg(long, default_value_t = 20)]
    scale: u32,
    /// People at work at the same moment
    #[arg(long, default_value_t = 50)]
    people: u32,
    /// How long they work
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// Items in the longest work queue
    #[arg(long, default_value_t = 50_000)]
    backlog: u32,
    /// Everybody works at this desk: clerk, coder, analyst, integrity, director or supervisor
    #[arg(long)]
    desk: Option<String>,
}

/// How often the server is killed.
#[derive(Debug, clap::Args)]
pub(crate) struct Kill {
    /// Kills on each database
    #[arg(long, default_value_t = 50)]
    kills: u32,
    /// Where the moments of the kills come from; another seed, other moments
    #[arg(long, default_value_t = 9)]
    seed: u64,
}

/// Prints a table of page times per database and fails where the project's promises are not kept.
pub(crate) fn load(load: &Load) -> Result<ExitCode> {
    let mut command = walk(&["--release"], &["--ignored", "--exact", "load::the_whole_house_at_once"]);
    command
        .env("CHARTROOM_LOAD_SCALE", load.scale.to_string())
        .env("CHARTROOM_LOAD_PEOPLE", load.people.to_string())
        .env("CHARTROOM_LOAD_SECONDS", load.seconds.to_string())
        .env("CHARTROOM_LOAD_BACKLOG", load.backlog.to_string())
        .envs(load.desk.iter().map(|desk| ("CHARTROOM_LOAD_DESK", desk)));
    on_both(&mut command)
}

/// Fails where anything that was acknowledged is lost or there twice.
pub(crate) fn kill(kill: &Kill) -> Result<ExitCode> {
    let mut command = walk(&["--release"], &["kill::nothing_acknowledged"]);
    command.env("CHARTROOM_KILLS", kill.kills.to_string()).env("CHARTROOM_KILL_SEED", kill.seed.to_string());
    on_both(&mut command)
}

/// Runs a walk with a PostgreSQL server beside it; SQLite is part of the program.
fn on_both(walk: &mut Command) -> Result<ExitCode> {
    crate::test::prepare_machine()?;
    let server = postgres::Server::start()?;
    must(walk.env(postgres::VARIABLE, server.url())).map(|()| ExitCode::SUCCESS)
}

/// The walks of the program, one after the other, with what they print.
fn walk(build: &[&str], chosen: &[&str]) -> Command {
    let mut command = cargo(&["test", "--package", "chartroom", "--test", "walk"]);
    command.args(build).arg("--").args(["--test-threads", "1", "--nocapture"]).args(chosen);
    command
}
