//! `chartroom codes former`: ICD-9-CM and what it is today.

use std::process::ExitCode;

use clap::Args;
use encoder::former::{Equivalent, Former, FormerCode};

use crate::commands::{Done, print_json, print_text};
use crate::{Common, held};

/// Show what codes of ICD-9-CM are in ICD-10-CM, by code, the beginning of one, or words of the title
///
/// By the General Equivalence Mappings of fiscal year 2018, the last. Exit code 1 if ICD-9-CM has nothing such.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  chartroom codes former 410.71\n  chartroom codes former \"closed fracture femur\" --limit 5 --json"
)]
pub(crate) struct FormerArgs {
    /// A code, its beginning, or words
    text: String,
    /// The most codes
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
}

/// Looks up and prints.
pub(crate) fn main(args: &FormerArgs, common: &Common) -> Done {
    let former = Former::open(&held::open(common.editions.as_deref())?)?;
    let exact = former.code(&args.text);
    let found = exact.map_or_else(|| former.find(&args.text, args.limit), |one| vec![one]);
    if found.is_empty() {
        eprintln!("chartroom: ICD-9-CM has no code and no title such as '{}'", args.text);
        return Ok(ExitCode::from(1));
    }
    if common.json { print_json(&found) } else { print_text(found.iter().map(printed).collect::<String>()) }
}

fn printed(one: &FormerCode) -> String {
    let mut out = format!("{}  {}\n", one.code, one.title);
    for equivalent in &one.today {
        out.push_str(&format!("  {}\n", said(equivalent)));
    }
    out
}

fn said(one: &Equivalent) -> String {
    let code = one.code.as_deref().and_then(|code| codeset::Code::parse(code).ok());
    let code = code.map_or_else(|| "no code of ICD-10-CM".to_owned(), codeset::Code::dotted);
    let remark = one.remark();
    if remark.is_empty() { code } else { format!("{code}  ({remark})") }
}
