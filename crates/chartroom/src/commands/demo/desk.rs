//! `chartroom demo cases`: synthetic inpatient cases of our own, through the whole desk.

use std::error::Error;
use std::fmt::Write as _;

use clap::Args;

use super::cases;
use super::summary::Summary;
use crate::commands::{Done, Office, print_text};
use crate::price::{PriceArgs, PriceBook};
use crate::report::Reporter;

/// Show the desk at work on synthetic cases
///
/// Some fifty invented stays in two invented hospitals are edited, grouped and priced on the embedded editions.
/// Each is printed as a worksheet; totals, the case-mix index and a chart of DRGs follow.
#[derive(Debug, Args)]
#[command(
    after_long_help = "Examples:\n  chartroom demo cases\n  chartroom demo cases --full | less\n  chartroom demo cases --only stroke --full"
)]
pub(crate) struct CasesArgs {
    /// Print every line of every worksheet, with formula and source
    #[arg(long)]
    full: bool,
    /// Only the cases whose name or title contains this text
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

/// Runs the command and says how it ended.
pub(crate) fn main(args: &CasesArgs, office: &Office) -> Done {
    let book = price_book(office)?;
    let reporter = Reporter { desk: &office.desk, pack: &office.pack, book: Some(&book) };
    let mut summary = Summary::default();
    let mut text = String::new();
    for case in
        cases::all()?.into_iter().filter(|case| args.only.as_deref().is_none_or(|text| case.mentions(text)))
    {
        let report = reporter.report(&case.claim(office.desk.codes())?, None)?;
        writeln!(text, "── {} ──\n{}", case.title, case.story)?;
        if args.full {
            writeln!(text, "{report}")?;
        } else {
            writeln!(text, "{}", report.brief())?;
        }
        summary.add(&case, &report);
    }
    writeln!(text, "{summary}\n{NEXT}")?;
    print_text(text)
}

/// What a newcomer may try next.
const NEXT: &str = "Next: `chartroom case --help`, `chartroom code I50.21`, `chartroom group --help`; the same \
                    cases with every formula and source: `chartroom demo cases --full`.";

fn price_book(office: &Office) -> Result<PriceBook, Box<dyn Error>> {
    let mut book = PriceBook::open(&office.pack, office.desk.editions(), &PriceArgs::default())?;
    book.add_hospitals("providers.toml", cases::PROVIDERS)?;
    book.add_payers(&office.pack, "payers.toml".as_ref(), cases::PAYERS)?;
    Ok(book)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every case ends in the DRG and the edits its author wrote down.
    #[test]
    fn the_desk_finds_what_the_authors_expect() {
        let office = Office::open(None).unwrap();
        let book = price_book(&office).unwrap();
        let reporter = Reporter { desk: &office.desk, pack: &office.pack, book: Some(&book) };
        let cases = cases::all().unwrap();
        for case in &cases {
            let report = reporter.report(&case.claim(office.desk.codes()).unwrap(), None).unwrap();
            assert!(case.is_as_expected(&report), "{report}");
        }
        println!("{} demo cases", cases.len());
        assert!(cases.len() >= 24);
    }
}
