//! `chartroom find`: codes by words.

mod table;

use std::error::Error;
use std::fs;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use codeset::manual::Classification;
use encoder::Search;
use encoder::alphabetic::Index;
use encoder::search::{Hit, Phrase, Question};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::{Done, packs, parse_date, print_json, print_text};
use crate::{Common, held};

/// Find codes by words: any order, misspelt, abbreviated or in plain speech
///
/// Each hit names the phrase that matched and where it was read. Codes that take a seventh character are shown without
/// it, with the characters they take. Until a hospital imports the official alphabetic index (`chartroom edition import
/// --kind icd10cm-index`), an index built from titles and inclusion terms stands for it. Exit code 1 if nothing is found.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  chartroom find \"heart attack\"\n  chartroom find \"fracture wrist left\" --limit 5 --json\n  chartroom find \"resection appendix\" --system pcs\n  chartroom find --input diagnoses.txt > hits.jsonl\n  chartroom find \"rabbit fever\" --synonyms ./synonyms\n  chartroom find --table drugs \"acetaminophen\" --column \"adverse effect\"\n  chartroom find --table neoplasm \"breast, upper-outer\" --editions DIR"
)]
pub(crate) struct FindArgs {
    /// The words
    #[arg(required_unless_present = "input", conflicts_with = "input")]
    words: Option<String>,
    /// Read one query a line from FILE, or from standard input for -, and print one line of JSON for each
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// The most hits of a query
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// The classification to search
    #[arg(long, value_enum, default_value_t = System::Cm)]
    system: System,
    /// Look in the Neoplasm Table or the Table of Drugs: the words name the row
    #[arg(long, value_enum, conflicts_with_all = ["input", "system", "synonyms", "date"])]
    table: Option<table::TableArg>,
    /// Only this column of the table: the behaviour, or the intent
    #[arg(long, value_name = "WORDS", requires = "table")]
    column: Option<String>,
    /// The discharge date; today if left out
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Date>,
    /// Also search the phrases in DIR: *.tsv with the columns phrase and code, *.json of the Disease Ontology, official
    /// index *.xml
    #[arg(long, value_name = "DIR")]
    synonyms: Option<PathBuf>,
}

/// A classification, as people type it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum System {
    /// ICD-10-CM: diagnoses
    Cm,
    /// ICD-10-PCS: procedures, as the table rows that their first four characters name
    Pcs,
}

/// What a query found.
#[derive(Debug, Serialize)]
struct Answer<'q> {
    query: &'q str,
    hits: Vec<Found>,
}

/// A hit as it is printed.
#[derive(Debug, Serialize)]
struct Found {
    /// As the manual prints it.
    code: String,
    /// Whether a claim may report it as it stands.
    billable: bool,
    #[serde(flatten)]
    hit: Said,
}

/// What is said of a hit beside its code.
#[derive(Debug, Serialize)]
struct Said {
    title: String,
    matched: String,
    source: encoder::search::Source,
    /// Where the matched phrase stands, if above the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    stands_at: Option<String>,
    /// The seventh characters it takes.
    #[serde(skip_serializing_if = "String::is_empty")]
    seventh: String,
    /// What the query, or a part of it, was taken to mean.
    #[serde(skip_serializing_if = "Option::is_none")]
    taken_as: Option<String>,
    words: Vec<encoder::search::Matched>,
}

/// Searches and prints.
pub(crate) fn main(args: &FindArgs, common: &Common) -> Done {
    let pack = held::open(common.editions.as_deref())?;
    if let Some(table) = args.table {
        let words = args.words.as_deref().unwrap_or_default();
        let wanted = table::Wanted { words, column: args.column.as_deref(), limit: args.limit };
        return table::main(&pack, table, wanted, common.json);
    }
    let of = match args.system {
        System::Cm => Classification::Icd10cm,
        System::Pcs => Classification::Icd10pcs,
    };
    let mut search = Search::open(&pack, of)?;
    if let Some(folder) = &args.synonyms {
        search = search.with(&phrases(folder)?).0;
    }
    let date = args.date.unwrap_or_else(today);
    let find = |text: &str| {
        let hits = search.find(&Question { text, date, limit: args.limit, is_typing: false });
        hits.into_iter().map(|hit| found(of, hit)).collect::<Vec<_>>()
    };
    if let Some(input) = &args.input {
        return answer_lines(input, find);
    }
    let query = args.words.as_deref().unwrap_or_default();
    let answer = Answer { query, hits: find(query) };
    if common.json {
        print_json(&answer)?;
    } else {
        print_text(printed(&answer))?;
    }
    Ok(if answer.hits.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn found(of: Classification, hit: Hit) -> Found {
    let stands_at = (hit.stands_at != hit.code).then(|| of.print(hit.stands_at));
    Found {
        code: of.print(hit.code),
        billable: hit.is_code,
        hit: Said {
            title: hit.title,
            matched: hit.matched,
            source: hit.source,
            stands_at,
            seventh: hit.seventh,
            taken_as: hit.taken_as,
            words: hit.words,
        },
    }
}

/// One line of JSON for each line of `input`; a blank line finds nothing.
fn answer_lines(input: &Path, find: impl Fn(&str) -> Vec<Found>) -> Done {
    let lines: Box<dyn BufRead> = if input.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        let file = fs::File::open(input).map_err(|error| format!("{}: {error}", input.display()))?;
        Box::new(io::BufReader::new(file))
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in lines.lines() {
        let line = line?;
        let answer = Answer { query: &line, hits: find(&line) };
        let written = serde_json::to_writer(&mut out, &answer).map_err(io::Error::from);
        match written.and_then(|()| out.write_all(b"\n")) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => break,
            written => written?,
        }
    }
    match out.flush() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}

fn printed(answer: &Answer<'_>) -> String {
    let mut out = String::new();
    for Found { code, billable, hit } in &answer.hits {
        let needs = match (billable, hit.seventh.as_str()) {
            (true, _) => String::new(),
            (false, "") => "  (not complete)".to_owned(),
            (false, seventh) => format!("  (+ seventh character {seventh})"),
        };
        out.push_str(&format!("{code:<9} {}{needs}\n", hit.title));
        let at = hit.stands_at.as_ref().map(|at| format!(" of {at}")).unwrap_or_default();
        let meant = hit.taken_as.as_ref().map(|meant| format!("; {meant}")).unwrap_or_default();
        out.push_str(&format!("          {}{at}: {}{meant}\n", hit.source.describe(), hit.matched));
    }
    if answer.hits.is_empty() {
        out.push_str("nothing found\n");
    }
    out
}

/// Every phrase of the folder's packs, and of its official index files.
fn phrases(folder: &Path) -> Result<Vec<Phrase>, Box<dyn Error>> {
    let mut phrases: Vec<Phrase> = packs::read(folder)?.into_iter().map(Phrase::from).collect();
    for path in packs::files(folder, &["xml"])? {
        phrases.extend(Index::read(&packs::name(&path), &held::read_text(&path)?)?.phrases());
    }
    if phrases.is_empty() {
        return Err(format!("{} holds no synonyms: no *.tsv, *.json or index *.xml", folder.display()).into());
    }
    Ok(phrases)
}

#[expect(clippy::disallowed_methods, reason = "the command line is the door by which time comes in")]
fn today() -> Date {
    jiff::Timestamp::now().to_zoned(TimeZone::UTC).date()
}
