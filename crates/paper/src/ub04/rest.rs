//! What the electronic claim has and the form has no room for.

use exchange::x12::InstitutionalClaim;

use super::codes;
use crate::sheet::{Block, Level};
use crate::words::Words;

/// A heading and the codes by kind; nothing if the form holds all.
pub(super) fn blocks(claim: &InstitutionalClaim) -> Vec<Block> {
    let kinds = [
        ("Condition codes", beyond(&claim.condition_codes, codes::CONDITIONS, String::clone)),
        ("Occurrence codes", beyond(&claim.occurrences, codes::OCCURRENCES, codes::occurrence)),
        ("Occurrence spans", beyond(&claim.occurrence_spans, codes::SPANS, codes::span)),
        ("Value codes", beyond(&claim.value_codes, codes::VALUES, codes::value)),
        ("Other diagnoses", beyond(&claim.other_diagnoses, codes::OTHER_DIAGNOSES, codes::diagnosis)),
        ("External causes", beyond(&claim.external_causes, codes::EXTERNAL_CAUSES, codes::diagnosis)),
        ("Other procedures", beyond(&claim.procedures, 1 + codes::OTHER_PROCEDURES, codes::procedure)),
    ];
    let filled = kinds.into_iter().filter(|(_, text)| !text.is_empty());
    let filled: Vec<(String, Words)> =
        filled.map(|(kind, text)| (kind.to_owned(), Words::from(text))).collect();
    if filled.is_empty() {
        return Vec::new();
    }
    let text = "On the electronic claim, beyond the room of the form".to_owned();
    vec![Block::Heading { level: Level::Section, text }, Block::KeyValues(filled)]
}

fn beyond<T>(all: &[T], room: usize, shown: impl Fn(&T) -> String) -> String {
    let shown: Vec<String> = all.iter().skip(room).map(shown).collect();
    shown.join(", ")
}
