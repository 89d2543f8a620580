//! `chartroom import`: files and folders of other systems into the record.

mod files;
mod read;
mod tally;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use store::Store;
use workflow::intake::{self, Incoming};

use super::{Done, print_json, print_text};
use crate::Common;
use crate::record::{Database, context, runtime};
use files::Found;
use read::Reader;
use tally::Tally;

/// Resources and messages that go in one transaction.
const BATCH: usize = 1_000;

/// Read FHIR, HL7 v2 and C-CDA files into the record
///
/// FHIR R4: one resource or bundle a file (.json), or one resource a line (.ndjson), also whole folders of a bulk export.
/// HL7 v2: .hl7 files with one message or several. C-CDA: .xml, .cda and .ccda files.
/// What cannot be read is kept with its reason in the error queue, and the rest is done. What came before changes nothing.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  chartroom import export/ --database sqlite:hospital.db\n  \
                        chartroom import admissions.hl7 --database postgres://chartroom@localhost/chartroom --json")]
pub(crate) struct ImportArgs {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    database: Database,
    /// The name that keys of FHIR resources and files are filed under: the sending system
    #[arg(long, default_value = "import", value_name = "NAME")]
    source: String,
    /// List what was read but odd
    #[arg(long)]
    remarks: bool,
}

pub(crate) fn main(args: &ImportArgs, common: &Common) -> Done {
    let found = files::find(&args.paths)?;
    let tally = runtime()?.block_on(run(args, &found))?;
    if common.json {
        print_json(&tally)?;
    } else {
        print_text(tally.text(args.remarks))?;
    }
    Ok(if tally.rejected() == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

async fn run(args: &ImportArgs, found: &[Found]) -> Result<Tally, Box<dyn std::error::Error>> {
    let store = args.database.open().await?;
    let bar = ProgressBar::new(found.iter().map(|one| one.bytes).sum());
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {percent:>3} %  {bytes}/{total_bytes}  {eta}  {msg}",
    )?);
    let mut reader = Reader::new(&args.source, args.database.time_zone.clone());
    reader.learn(found)?;
    let mut tally = Tally::default();
    let mut batch = Vec::with_capacity(BATCH);
    for file in found {
        bar.set_message(file.name());
        for one in reader.read(file)? {
            batch.push(one);
            if batch.len() == BATCH {
                apply(&store, std::mem::take(&mut batch), &mut tally).await?;
            }
        }
        bar.inc(file.bytes);
    }
    apply(&store, batch, &mut tally).await?;
    bar.finish_and_clear();
    store.close().await;
    Ok(tally)
}

async fn apply(
    store: &Store,
    batch: Vec<Incoming>,
    tally: &mut Tally,
) -> Result<(), Box<dyn std::error::Error>> {
    if batch.is_empty() {
        return Ok(());
    }
    for verdict in intake::apply(store, &mut context("import"), batch).await? {
        tally.count(verdict);
    }
    Ok(())
}
