//! Our tables: their codes exist, and the learned one holds only words of the manuals and of our own.

use std::collections::BTreeSet;

use codeset::Code;
use codeset::manual::Entry;

use crate::{DESK, ENTRIES, code, table};

fn rows(name: &str) -> Vec<Vec<String>> {
    let text = table(name);
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

#[test]
fn the_codes_of_our_phrases_are_in_the_manual() {
    for file in ["suggest/lay_term.tsv", "suggest/abbreviation.tsv"] {
        for row in rows(file) {
            let known = DESK.codes().resolve(code(&row[1]));
            assert!(known.is_some(), "{file}: {} leads to {}, which no manual has", row[0], row[1]);
        }
    }
}

/// Letters that a stem and its word share at the beginning: stems change endings (*biopsy*, *biopsi*).
const STEM_SHARES: usize = 3;

/// No word may stand in the table of counts that is not a word of the classification or of our own tables.
#[test]
fn counts_are_kept_only_of_words_of_our_own() {
    let titles = ENTRIES.iter().flat_map(|entry: &Entry| entry.titles.iter().map(|title| title.text.clone()));
    let notes = rows("icd10cm/notes.tsv").into_iter().map(|row| row[5].clone());
    let ours = ["suggest/lay_term.tsv", "suggest/abbreviation.tsv"];
    let ours = ours.into_iter().flat_map(rows).map(|row| row[0].clone());
    let mut words: BTreeSet<String> = BTreeSet::new();
    for text in titles.chain(notes).chain(ours) {
        let folded = text.to_lowercase().replace(['é', 'è', 'ê'], "e").replace('ö', "o").replace('ü', "u");
        words.extend(folded.split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned));
    }
    let is_known = |stem: &str| {
        let begin: String = stem.chars().take(STEM_SHARES).collect();
        words.range(begin.clone()..).next().is_some_and(|word| word.starts_with(&begin))
    };
    let counted = rows("suggest/phrase_count.tsv");
    let unknown: Vec<&str> =
        counted.iter().flat_map(|row| row[0].split(' ')).filter(|stem| !is_known(stem)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(counted.len() > 1000, "the table is not empty");
}

#[test]
fn learned_codes_are_codes() {
    for row in rows("suggest/phrase_count.tsv") {
        for pair in row[2].split(' ').filter(|pair| !pair.is_empty()) {
            let (text, count) = pair.split_once(':').expect("code:count");
            assert!(Code::parse(text).is_ok() && count.parse::<u32>().is_ok(), "{pair}");
        }
    }
}
