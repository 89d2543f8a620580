//! `chartroom suggest`: codes proposed from a document, and how good the proposals are.

mod corpus;
mod print;

use std::error::Error;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use codeset::manual::{Classification, Manual};
use encoder::Notes;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use suggest::{Acceptance, Document, Sources, Suggester};

use super::{Done, packs, parse_date, print_json, print_text};
use crate::{Common, held};

/// The day whose codes CodiEsp was coded with: the second Spanish edition of ICD-10-CM, of 2018.
const CODIESP_CODED_WITH: Date = date(2018, 1, 1);

/// Propose ICD-10-CM codes for a document, each with its sentence, path, score and what is missing
///
/// Nothing is final: a coder accepts, replaces or rejects. What a document denies, says of a relative, or speaks of
/// as to come is shown as withheld, with the reason.
///
/// With --evaluate, the proposals for a folder of charts are held against the codes that people assigned. What is
/// counted: ICD-10-CM diagnosis codes, from `<name>D.tsv`; procedures (`<name>P.tsv`) are not. A code is right if it
/// is the same without seventh character and placeholders; a category is its first three characters; each counts
/// once a chart, and figures are taken over all charts together. Every code that reaches the threshold is counted
/// whatever the document says of it, because the coders of CodiEsp also coded findings that are denied; the figures
/// of what the desk would propose to a coder are printed as `proposed`. Codes are those of 2018-01-01, with which
/// CodiEsp was coded, unless --date says otherwise.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  chartroom suggest note.txt\n  chartroom suggest - --type discharge-summary --json < note.txt\n  chartroom suggest --evaluate codiesp/dev --json\n  chartroom suggest --evaluate codiesp/dev --synonyms synonyms"
)]
pub(crate) struct SuggestArgs {
    /// The document, UTF-8 text; `-` reads standard input
    #[arg(value_name = "FILE", required_unless_present = "evaluate", conflicts_with = "evaluate")]
    document: Option<PathBuf>,
    /// Measure on a folder of coded charts: `<name>D.tsv` and `text_files_en/`
    #[arg(long, value_name = "DIR")]
    evaluate: Option<PathBuf>,
    /// Open the synonym packs of a folder: `*.json` as the Disease Ontology extract, `*.tsv` as phrase, tab, code
    #[arg(long, value_name = "DIR")]
    synonyms: Option<PathBuf>,
    /// The discharge date, whose codes are proposed; today if left out
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Date>,
    /// The document's type, a key of the list of document types such as discharge-summary
    #[arg(long = "type", value_name = "DOCUMENT-TYPE")]
    kind: Option<String>,
}

/// Suggests or evaluates.
pub(crate) fn main(args: &SuggestArgs, common: &Common) -> Done {
    match (&args.evaluate, &args.document) {
        (Some(folder), _) => evaluate(args, common, folder),
        (None, Some(file)) => suggest(args, common, file),
        (None, None) => Err("name a document, or a folder after --evaluate".into()),
    }
}

fn suggest(args: &SuggestArgs, common: &Common, file: &Path) -> Done {
    let text = read_document(file)?;
    let suggester = open(args, common, args.date.unwrap_or_else(today))?;
    let id = file.display().to_string();
    let document = Document { id: &id, kind: args.kind.as_deref(), text: &text };
    let suggestions = suggester.suggest(&document, &Acceptance::default());
    if common.json {
        return print_json(&suggestions);
    }
    print_text(print::Printed(&suggestions))
}

fn evaluate(args: &SuggestArgs, common: &Common, folder: &Path) -> Done {
    let charts = corpus::read(folder)?;
    let suggester = open(args, common, args.date.unwrap_or(CODIESP_CODED_WITH))?;
    let figures = corpus::evaluate(&suggester, &charts);
    if common.json { print_json(&figures) } else { print_text(figures) }
}

fn open(args: &SuggestArgs, common: &Common, date: Date) -> Result<Suggester, Box<dyn Error>> {
    let pack = held::open(common.editions.as_deref())?;
    let entries = Manual::new(&pack).entries(Classification::Icd10cm)?;
    let notes = Notes::open(&pack)?;
    let terms = notes.terms(date);
    let synonyms = args.synonyms.as_deref().map(packs::read).transpose()?.unwrap_or_default();
    Ok(Suggester::open(&Sources { entries: &entries, terms: &terms, synonyms: &synonyms, date })?)
}

fn read_document(file: &Path) -> Result<String, Box<dyn Error>> {
    if file == Path::new("-") {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text)?;
        return Ok(text);
    }
    Ok(fs::read_to_string(file).map_err(|error| corpus::unreadable(file, &error))?)
}

#[expect(clippy::disallowed_methods, reason = "the command line is the door by which time comes in")]
fn today() -> Date {
    jiff::Timestamp::now().to_zoned(TimeZone::UTC).date()
}
