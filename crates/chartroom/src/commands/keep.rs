//! `chartroom backup`, `restore` and `migrate`: the whole record to another place, every row counted.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::{Map, json};
use store::copy::Copied;
use store::{Store, backup, copy};

use super::{Done, print_json, print_text};
use crate::Common;
use crate::record::runtime;

/// Write the whole record to a file, while it is in use
///
/// The file is a SQLite database whichever database the record is in; it appears under its name only when complete
/// and verified.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  chartroom backup --database sqlite:hospital.db --to hospital-2026-11-22.backup"
)]
pub(crate) struct BackupArgs {
    /// The database: sqlite:PATH or postgres://USER@HOST/NAME
    #[arg(long = "database", env = "CHARTROOM_DATABASE", value_name = "URL")]
    url: String,
    /// The file to write; nothing may be there
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

/// Put a backup into an empty database of either kind; every row is compared
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  chartroom restore hospital-2026-11-22.backup --database sqlite:restored.db"
)]
pub(crate) struct RestoreArgs {
    /// The backup
    #[arg(value_name = "FILE")]
    from: PathBuf,
    /// The empty database
    #[arg(long = "database", env = "CHARTROOM_DATABASE", value_name = "URL")]
    url: String,
}

/// Copy the record to an empty database of another kind; every row is counted and compared
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  chartroom migrate --from sqlite:hospital.db --to postgres://chartroom@localhost/chartroom"
)]
pub(crate) struct MigrateArgs {
    /// The database that is in use
    #[arg(long, value_name = "URL")]
    from: String,
    /// The empty database
    #[arg(long, value_name = "URL")]
    to: String,
}

pub(crate) fn back_up(args: &BackupArgs, common: &Common) -> Done {
    runtime()?.block_on(async {
        let store = Store::open(&args.url).await?;
        let verdict = backup::backup(&store, &args.to).await?;
        store.close().await;
        if common.json {
            print_json(&json!({ "file": args.to, "audit_rows_verified": verdict.verified, "whole": verdict.fault.is_none() }))
        } else {
            print_text(format_args!("{} written; its {} audit rows verify\n", args.to.display(), verdict.verified))
        }
    })
}

pub(crate) fn restore(args: &RestoreArgs, common: &Common) -> Done {
    runtime()?.block_on(async {
        let store = Store::open(&args.url).await?;
        let copied = backup::restore(&args.from, &store).await?;
        store.close().await;
        report(&copied, common)
    })
}

pub(crate) fn migrate(args: &MigrateArgs, common: &Common) -> Done {
    runtime()?.block_on(async {
        let (from, to) = (Store::open(&args.from).await?, Store::open(&args.to).await?);
        let copied = copy::copy(&from, &to).await?;
        from.close().await;
        to.close().await;
        report(&copied, common)
    })
}

fn report(copied: &Copied, common: &Common) -> Done {
    if common.json {
        let tables: Map<_, _> =
            copied.tables.iter().map(|(table, rows)| ((*table).to_owned(), json!(rows))).collect();
        print_json(
            &json!({ "tables": tables, "rows": copied.rows(), "audit_rows_verified": copied.audit.verified }),
        )?;
    } else {
        let mut text: String =
            copied.tables.iter().map(|(table, rows)| format!("{table:<24}{rows:>12}\n")).collect();
        text += &format!(
            "{:<24}{:>12}\naudit trail verified: {} rows\n",
            "all",
            copied.rows(),
            copied.audit.verified
        );
        print_text(text)?;
    }
    Ok(if copied.audit.fault.is_none() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
