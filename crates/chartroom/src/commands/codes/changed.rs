//! `chartroom codes changed`: what changed for a code, a chapter or a list.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use codeset::{Code, Pack};
use encoder::{Asked, changes, changes_of};
use jiff::civil::Date;

use crate::commands::edition::diff::{Printed, parse_point, read_codes};
use crate::commands::{Done, print_json, print_text};
use crate::{Common, held};

/// Show what changed between two fiscal years or days for one code and all below it, a chapter, or a list of codes
///
/// Exit code 1 if nothing changed, 2 if the chapter, the code or the list cannot be read.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  chartroom codes changed 2026 2027 --code E11\n  chartroom codes changed 2026 2027 --chapter 9 --json\n  chartroom codes changed 2026-09-30 2026-10-01 --input our-codes.txt"
)]
pub(crate) struct ChangedArgs {
    /// Fiscal year (its first day is taken) or day
    #[arg(value_parser = parse_point)]
    from: Date,
    /// Fiscal year or day
    #[arg(value_parser = parse_point)]
    to: Date,
    #[command(flatten)]
    whose: Whose,
}

/// Whose changes are asked for.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Whose {
    /// A chapter of ICD-10-CM by its number
    #[arg(long, value_name = "N")]
    chapter: Option<u8>,
    /// A code, or the characters that codes begin with
    #[arg(long, value_name = "CODE")]
    code: Option<Code>,
    /// The codes in FILE, one a line
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
}

/// Compares and prints.
pub(crate) fn main(args: &ChangedArgs, common: &Common) -> Done {
    let pack = held::open(common.editions.as_deref())?;
    let all = changes(&pack, args.from, args.to)?;
    let diff = changes_of(&pack, &all, &asked(&pack, &args.whose)?)?;
    if common.json {
        print_json(&diff)?;
    } else {
        print_text(Printed { diff: &diff, limit: usize::MAX })?;
    }
    let parts = [diff.added.len(), diff.deleted.len(), diff.retitled.len(), diff.changed.len()];
    Ok(if parts == [0; 4] { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn asked(pack: &Pack, whose: &Whose) -> Result<Asked, Box<dyn std::error::Error>> {
    if let Some(number) = whose.chapter {
        let chapter = Asked::chapter(pack, number)?;
        return chapter.ok_or_else(|| format!("ICD-10-CM has no chapter {number}; give 1 to 22").into());
    }
    if let Some(code) = whose.code {
        return Ok(Asked::Under(code));
    }
    let codes = whose.input.as_deref().map(read_codes).transpose()?;
    Ok(Asked::Listed(codes.unwrap_or_default()))
}
