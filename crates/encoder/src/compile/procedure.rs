//! What the search over ICD-10-PCS is made of: the rows of its tables (the first four characters of a code) and the
//! paths of its index.

use std::collections::{BTreeMap, BTreeSet};

use codeset::manual::Axes;
use codeset::rows::{CodeRow, Interval, read_codes, read_titles};
use codeset::{Code, Table};

use super::{CompileError, Files, text, words};
use crate::search::build::Material;
use crate::search::{Findable, Phrase, Source};

/// Section, body system, root operation, body part.
const ROW_LEN: usize = 4;

pub(super) fn material(files: &Files) -> Result<Material, CompileError> {
    let (codes, titles, axes) = ("icd10pcs/codes.tsv", "icd10pcs/titles.tsv", "icd10pcs/axes.tsv");
    let axes = Axes::parse(axes, text(files, axes)?)?;
    let titles = read_titles(titles, text(files, titles)?)?;
    let titles: BTreeMap<Code, &str> = titles.iter().map(|row| (row.code, row.title.text.as_str())).collect();
    let rows = rows(&read_codes(codes, text(files, codes)?)?);
    let nodes: Vec<Findable> =
        rows.iter().filter_map(|(row, under)| node(*row, under, &titles, &axes)).collect();
    let mut all = phrases(&nodes, files)?;
    all.extend(spelled_out(&nodes, &titles, &axes));
    let mut material =
        Material { phrases: all, nodes, thesaurus: words::thesaurus(files)?, apart: words::apart(files)? };
    add_meanings(&mut material, files)?;
    Ok(material)
}

/// A table row's days and codes.
struct Under {
    days: Interval,
    codes: BTreeSet<Code>,
}

fn rows(codes: &[CodeRow]) -> BTreeMap<Code, Under> {
    let mut rows: BTreeMap<Code, Under> = BTreeMap::new();
    for code in codes {
        let Some(row) = code.code.to_string().get(..ROW_LEN).and_then(|text| Code::parse(text).ok()) else {
            continue;
        };
        let under = rows.entry(row).or_insert_with(|| Under { days: code.valid, codes: BTreeSet::new() });
        under.days.first = under.days.first.min(code.valid.first);
        under.days.last = under.days.last.max(code.valid.last);
        under.codes.insert(code.code);
    }
    rows
}

/// A table row as something that can be found: named by the labels of its axes, or by what its codes' titles share.
fn node(row: Code, under: &Under, titles: &BTreeMap<Code, &str>, axes: &Axes) -> Option<Findable> {
    let first = || under.codes.iter().find_map(|code| titles.get(code)).map(|title| (*title).to_owned());
    let title = labels(row, axes).or_else(|| shared(&under.codes, titles)).or_else(first)?;
    let Interval { first, last } = under.days;
    Some(Findable { code: row, title, first, last, is_code: false, seventh: String::new() })
}

fn labels(row: Code, axes: &Axes) -> Option<String> {
    let (operation, part) = (axes.label(row, 3)?, axes.label(row, 4)?);
    Some(format!("{operation} {part}"))
}

/// The words that the titles of all `codes` share, in order.
fn shared(codes: &BTreeSet<Code>, titles: &BTreeMap<Code, &str>) -> Option<String> {
    let mut titles = codes.iter().filter_map(|code| titles.get(code));
    let mut shared: Vec<&str> = titles.next()?.split_whitespace().collect();
    for title in titles {
        shared.retain(|word| title.split_whitespace().any(|other| other == *word));
    }
    let mut words: Vec<&str> = Vec::new();
    for word in shared {
        if is_link(word) && words.last().is_some_and(|last| is_link(last)) {
            words.pop();
        }
        words.push(word);
    }
    while words.last().is_some_and(|word| is_link(word) || *word == "Approach") {
        words.pop();
    }
    (words.len() > 1).then(|| words.join(" ").trim_matches(',').to_owned())
}

/// Whether a word only joins others.
fn is_link(word: &str) -> bool {
    ["of", "using", "with", "and", "to", "in", "into", "for"].contains(&word)
}

/// Where the labels of the axes are not at hand, the titles of a row's codes stand for them.
fn spelled_out(nodes: &[Findable], titles: &BTreeMap<Code, &str>, axes: &Axes) -> Vec<Phrase> {
    let unlabelled = |row: Code| axes.label(row, 4).is_none();
    let mut phrases = Vec::new();
    for node in nodes.iter().filter(|node| unlabelled(node.code)) {
        let codes = titles.range(node.code..).take_while(|(code, _)| code.starts_with(node.code));
        let titles = codes.map(|(_, title)| *title);
        let phrase = |title: &str| Phrase { code: node.code, source: Source::Title, text: title.to_owned() };
        phrases.extend(titles.map(phrase));
    }
    phrases
}

/// The paths of the index, those that name a code given to its table row.
fn phrases(nodes: &[Findable], files: &Files) -> Result<Vec<Phrase>, CompileError> {
    let file = "icd10pcs/index.tsv";
    let table = Table::parse(file, text(files, file)?)?;
    table.expect_columns(&["path", "prefix"])?;
    let known: BTreeSet<Code> = nodes.iter().map(|node| node.code).collect();
    let mut phrases = Vec::new();
    for row in table.rows() {
        let prefix = row.field(1);
        let code = Code::parse(prefix.get(..ROW_LEN).unwrap_or(prefix)).unwrap_or_default();
        if known.contains(&code) {
            phrases.push(Phrase { code, source: Source::Index, text: row.field(0).to_owned() });
        }
    }
    Ok(phrases)
}

/// What the index means by other names of body parts, devices and operations: *Achilles tendon, use Lower Leg Tendon*.
fn add_meanings(material: &mut Material, files: &Files) -> Result<(), CompileError> {
    let file = "icd10pcs/index_use.tsv";
    let table = Table::parse(file, text(files, file)?)?;
    table.expect_columns(&["term", "kind", "means"])?;
    for row in table.rows() {
        material.thesaurus.insert_phrase(row.field(0), row.field(2), Source::Index);
    }
    Ok(())
}
