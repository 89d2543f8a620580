//! What a record says with somebody's own words, to be quoted where no sign of the table fits.

use super::{Sign, SignKind, View, treatment, whole_words};
use crate::entry::{Entry, EntryContent, Finding};
use crate::query::{Group, Indicator};

impl Sign {
    /// A sign of these words, with the words as its key; `None` where they hold nothing that can be looked for.
    #[must_use]
    pub fn of_words(words: &str) -> Option<Self> {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let can_be_found = words.chars().filter(|one| one.is_alphanumeric()).count() >= 2;
        let pattern = whole_words(&regex::escape(&words)).ok().filter(|_| can_be_found)?;
        Some(Self {
            key: words.to_lowercase(),
            kind: SignKind::Text,
            group: Group::Text,
            title: words,
            unit: String::new(),
            codes: Vec::new(),
            words: Some(pattern),
        })
    }
}

impl View<'_> {
    /// Everything of the encounter that has the words of a sign: sentences of documents, affirmed or not, results,
    /// treatments and diagnoses by their names. Who quotes it chooses.
    #[must_use]
    pub fn passages(&self, sign: &Sign) -> Vec<Indicator> {
        let written = self.sentences(sign).map(|one| one.indicator(sign));
        let listed = self.entries().flat_map(|entry| self.named(sign, entry));
        let mut all: Vec<Indicator> = written.chain(listed).collect();
        all.dedup_by(|one, before| one.quote == before.quote && one.document == before.document);
        all
    }

    fn named(&self, sign: &Sign, entry: &Entry) -> Vec<Indicator> {
        let of = |group, title: &str, quote: String| Indicator {
            key: sign.key.clone(),
            group,
            quote,
            title: title.to_owned(),
            date: self.day_of(entry),
            document: None,
            entry: Some(entry.id),
            encounter: entry.encounter,
        };
        match &entry.content {
            EntryContent::Result(found) => {
                let (group, title) = match found.category.as_str() {
                    "vital-signs" => (Group::Vital, "Vital signs"),
                    _ => (Group::Laboratory, "Results"),
                };
                measured(sign, found).into_iter().map(|quote| of(group, title, quote)).collect()
            }
            EntryContent::Diagnosis(one) if sign.is_named_in(&one.what.text) => {
                vec![of(Group::Diagnosis, "Diagnoses", one.what.text.clone())]
            }
            _ => {
                let said = treatment::said(entry).filter(|said| sign.is_named_in(said));
                said.map(|said| treatment::indicator(sign, entry, &said, self))
                    .map(|one| Indicator { group: Group::Treatment, ..one })
                    .into_iter()
                    .collect()
            }
        }
    }
}

/// The values of a finding, or of its parts, whose names have the words.
fn measured(sign: &Sign, found: &Finding) -> Vec<String> {
    if matches!(found.status.as_str(), "cancelled" | "entered-in-error") {
        return Vec::new();
    }
    let parts = found.parts.iter().map(|part| (&part.what, &part.value));
    let all = std::iter::once((&found.what, &found.value)).chain(parts);
    let named = all.filter(|(what, _)| sign.is_named_in(&what.text));
    let said = named.map(|(what, value)| format!("{} {}", what.text, value.shown()));
    said.map(|said| said.trim().to_owned()).collect()
}
