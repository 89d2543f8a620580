//! `chartroom audit`: the audit trail.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;
use store::Store;
use store::audit::{self, Anchor};

use super::{Done, print_json, print_text};
use crate::Common;
use crate::record::runtime;

/// The audit trail
#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    Verify(VerifyArgs),
}

/// Prove that no row of the audit trail was altered, removed or put elsewhere
///
/// Every row's hash covers the row before it. The exit code is 0 when the trail is whole and 1 when it is not.
/// Keep the last line somewhere else and give it with --anchor next time: then a trail that was written anew shows too.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  chartroom audit verify --database sqlite:hospital.db\n  \
                        chartroom audit verify --database sqlite:hospital.db --anchor 4711:9f2c…")]
pub(crate) struct VerifyArgs {
    /// The database: sqlite:PATH or postgres://USER@HOST/NAME
    #[arg(long = "database", env = "CHARTROOM_DATABASE", value_name = "URL")]
    url: String,
    /// ROW:HASH as an earlier verification printed it
    #[arg(long, value_name = "ROW:HASH", value_parser = anchor)]
    anchor: Option<Anchor>,
}

fn anchor(text: &str) -> Result<Anchor, String> {
    let parts = text.split_once(':').and_then(|(seq, hash)| Some((seq.parse().ok()?, hash)));
    parts
        .map(|(seq, hash)| Anchor { seq, hash: hash.to_owned() })
        .ok_or_else(|| "write ROW:HASH as an earlier verification printed it".into())
}

pub(crate) fn main(command: &AuditCommand, common: &Common) -> Done {
    let AuditCommand::Verify(args) = command;
    runtime()?.block_on(verify(args, common))
}

async fn verify(args: &VerifyArgs, common: &Common) -> Done {
    let store = Store::open(&args.url).await?;
    let mut view = store.view().await?;
    let verdict = audit::verify(&mut view, args.anchor.as_ref()).await?;
    let head = audit::head(&mut view).await?;
    view.close().await?;
    store.close().await;
    let fault = verdict.fault.as_ref().map(ToString::to_string);
    if common.json {
        print_json(
            &json!({ "verified": verdict.verified, "fault": fault, "head": format!("{}:{}", head.seq, head.hash) }),
        )?;
    } else {
        let found = fault.clone().map_or_else(|| "whole".to_owned(), |fault| format!("NOT WHOLE: {fault}"));
        print_text(format_args!(
            "{} rows verified; the trail is {found}\n{}:{}\n",
            verdict.verified, head.seq, head.hash
        ))?;
    }
    Ok(if fault.is_none() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
