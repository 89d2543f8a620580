//! `chartroom codes build`: an ICD-10-PCS code, axis by axis.

use std::process::ExitCode;

use clap::Args;
use encoder::procedure::{Picker, Step};
use jiff::civil::Date;

use crate::commands::code::today;
use crate::commands::{Done, parse_date, print_json, print_text};
use crate::{Common, held};

/// Build a procedure code axis by axis: the values that may follow the characters chosen so far
///
/// Only values are shown that lead to a code valid on the day; no other code can be built. Exit code 1 if no valid code
/// begins with the characters.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  chartroom codes build\n  chartroom codes build 0DB\n  chartroom codes build 0DB64Z --date 2026-10-01 --json"
)]
pub(crate) struct BuildArgs {
    /// The characters chosen so far; none to begin
    #[arg(default_value = "")]
    chosen: String,
    /// The discharge date; today if left out
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Date>,
}

/// Prints what may follow.
pub(crate) fn main(args: &BuildArgs, common: &Common) -> Done {
    let pack = held::open(common.editions.as_deref())?;
    let date = args.date.unwrap_or_else(today);
    let Some(step) = Picker::open(&pack, date)?.step(&args.chosen) else {
        eprintln!("chartroom: no ICD-10-PCS code valid on {date} begins with '{}'", args.chosen);
        return Ok(ExitCode::from(1));
    };
    if common.json { print_json(&step) } else { print_text(printed(&step)) }
}

fn printed(step: &Step) -> String {
    if let Some(code) = step.complete {
        return format!("{code}  {}\n", step.title.as_deref().unwrap_or("title not at hand"));
    }
    let after = if step.chosen.is_empty() { String::new() } else { format!(" after {}", step.chosen) };
    let mut out = format!("{}{after}\n", step.axis.as_deref().unwrap_or("Next character"));
    for value in &step.values {
        let label = value.label.as_deref().unwrap_or("label not at hand");
        out.push_str(&format!("  {}  {label} ({} codes)\n", value.value, value.codes));
        if let Some(definition) = &value.definition {
            out.push_str(&format!("     {definition}\n"));
        }
    }
    out
}
