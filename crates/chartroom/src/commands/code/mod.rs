//! `chartroom code`: everything the regulation says of one code on one day.

mod notes;
mod print;
mod report;

use std::process::ExitCode;

use clap::Args;
use codeset::Code;
use grouper::Desk;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Done, parse_date, print_json, print_text};
use crate::{Common, held};

/// Show a code: hierarchy, notes that govern it, validity by date, severity and MDC by grouper version, exclusions, editor marks
///
/// Diagnosis codes and headers are read with or without the point. Exit code 1 if no manual has the code.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  chartroom codes show I50.21\n  chartroom code I50.21\n  chartroom code 02HV33Z --date 2025-10-01\n  chartroom code I5021 --exclusions\n  chartroom code I50 --json"
)]
pub(crate) struct CodeArgs {
    /// The code or header
    #[arg(value_parser = parse_code)]
    code: Code,
    /// The discharge date; today if left out
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Date>,
    /// List the codes that cancel this one's severity, and those whose severity it cancels
    #[arg(long)]
    exclusions: bool,
}

fn parse_code(text: &str) -> Result<Code, String> {
    match Code::parse(text) {
        Ok(code) if !code.is_blank() => Ok(code),
        Ok(_) => Err("no code is given".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// Looks the code up and prints what is known of it.
pub(crate) fn main(args: &CodeArgs, common: &Common) -> Done {
    let pack = held::open(common.editions.as_deref())?;
    let desk = Desk::open(&pack)?;
    let date = args.date.unwrap_or_else(today);
    let Some(report) = report::look_up(&pack, &desk, args.code, date)? else {
        eprintln!("chartroom: neither ICD-10-CM nor ICD-10-PCS has a code or header '{}'", args.code);
        return Ok(ExitCode::from(1));
    };
    if common.json {
        return print_json(&report);
    }
    print_text(print::Printed { report: &report, with_exclusions: args.exclusions })
}

#[expect(clippy::disallowed_methods, reason = "the command line is the door by which time comes in")]
pub(crate) fn today() -> Date {
    jiff::Timestamp::now().to_zoned(TimeZone::UTC).date()
}
