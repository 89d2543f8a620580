//! The desk over the manuals and tables of this repository: context, specificity, policy, acceptance, a golden
//! document, any text at all, and the figures on coded charts where these are at hand.

#[path = "desk/chart.rs"]
mod chart;
#[path = "desk/context.rs"]
mod context;
#[path = "desk/figures.rs"]
mod figures;
#[path = "desk/golden.rs"]
mod golden;
#[path = "desk/policy.rs"]
mod policy;
#[path = "desk/specificity.rs"]
mod specificity;
#[path = "desk/tables.rs"]
mod tables;

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use codeset::Code;
use codeset::manual::{Classification, Entry, pages};
use codeset::rows::{read_codes, read_titles};
use jiff::civil::{Date, date};
use suggest::{Acceptance, Document, Sources, Suggester, Suggestion};

/// A day of fiscal year 2026.
const TODAY: Date = date(2026, 6, 1);

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let codes = read_codes("codes.tsv", &table("icd10cm/codes.tsv")).expect("codes are readable");
    let titles = read_titles("titles.tsv", &table("icd10cm/titles.tsv")).expect("titles are readable");
    pages(Classification::Icd10cm, &codes, &titles).into_values().flatten().collect()
});

static DESK: LazyLock<Suggester> = LazyLock::new(|| desk_of(TODAY));

/// The desk with the codes of `date`.
fn desk_of(date: Date) -> Suggester {
    let notes = table("icd10cm/notes.tsv");
    let terms = terms(&notes, date);
    let sources = Sources { entries: &ENTRIES, terms: &terms, synonyms: &[], date };
    Suggester::open(&sources).expect("the tables are readable")
}

/// The conditions that codes take in: columns node, kind, place, first, last, text.
fn terms(notes: &str, date: Date) -> Vec<(Code, &str)> {
    let term = |line| {
        let fields: Vec<&str> = str::split(line, '\t').collect();
        let [node, "inclusion-term" | "includes", _, _, last, text] = fields.as_slice() else { return None };
        let has_ended = last.parse::<Date>().is_ok_and(|last| last < date);
        Code::parse(node).ok().filter(|_| node.len() <= 7 && !has_ended).map(|code| (code, *text))
    };
    notes.lines().filter_map(term).collect()
}

/// A table under `data/`.
fn table(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn code(text: &str) -> Code {
    Code::parse(text).expect("a code")
}

/// What a document of `kind` suggests.
fn suggest(kind: Option<&str>, text: &str) -> Vec<Suggestion> {
    DESK.suggest(&Document { id: "note", kind, text }, &Acceptance::default())
}

/// The suggestion of exactly `wanted` in a text.
fn found(text: &str, wanted: &str) -> Suggestion {
    let all = suggest(None, text);
    let codes: Vec<String> = all.iter().map(|found| found.code.dotted()).collect();
    let hit = all.into_iter().find(|found| found.code == code(wanted));
    hit.unwrap_or_else(|| panic!("'{text}' suggests {codes:?}, not {wanted}"))
}
