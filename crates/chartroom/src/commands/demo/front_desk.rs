//! What waits at the front desk, from `demo/front-desk.toml`: papers from outside that nobody has filed, and charts that
//! open only with a reason.

use chart::patient::RestrictionKind;
use hospital::zone;
use jiff::civil::DateTime;
use paper::{Block, Footer, Header, Level, Paper, Sheet};
use serde::Deserialize;
use toml::value::Datetime;

const FILE: &str = include_str!("../../../demo/front-desk.toml");

/// What waits.
#[derive(Debug, Deserialize)]
pub(crate) struct FrontDesk {
    paper: Vec<Waiting>,
    restricted: Vec<Restricted>,
}

/// A paper from outside: a letter that is printed, or text as it is.
#[derive(Debug, Deserialize)]
struct Waiting {
    file: String,
    text: String,
    #[serde(flatten)]
    letter: Option<Letter>,
}

#[derive(Debug, Deserialize)]
struct Letter {
    from: String,
    patient: String,
    number: String,
    born: String,
    written: Datetime,
    title: String,
}

/// A chart that opens only with a reason.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Restricted {
    /// Its record number.
    pub(crate) number: String,
    /// Why it is restricted, in kind.
    pub(crate) kind: RestrictionKind,
    /// Why, in words.
    pub(crate) reason: String,
}

impl FrontDesk {
    /// The front desk of the demo hospital.
    pub(crate) fn load() -> Self {
        toml::from_str(FILE).expect("demo/front-desk.toml is right: a test reads it")
    }

    /// The papers as files: name and bytes, the same every time.
    pub(crate) fn papers(&self) -> impl Iterator<Item = (String, Vec<u8>)> {
        self.paper.iter().map(|one| (one.file.clone(), one.bytes()))
    }

    /// The restricted charts.
    pub(crate) fn restricted(&self) -> &[Restricted] {
        &self.restricted
    }
}

impl Waiting {
    fn bytes(&self) -> Vec<u8> {
        match &self.letter {
            Some(letter) => paper::pdf(&letter.sheet(&self.text)).expect("the demo's letters can be printed"),
            None => self.text.clone().into_bytes(),
        }
    }
}

impl Letter {
    fn sheet(&self, text: &str) -> Sheet {
        let shown = self.written.to_string();
        let written: DateTime = shown.parse().expect("a letter has a local time");
        let written = zone().to_ambiguous_timestamp(written).compatible().expect("a time of our calendar");
        let heading = Block::Heading { level: Level::Part, text: self.title.clone() };
        Sheet {
            paper: Paper::LETTER,
            title: self.title.clone(),
            header: Header {
                hospital: self.from.clone(),
                patient: self.patient.clone(),
                record_number: self.number.clone(),
                birth: Some(self.born.clone()),
                is_letter: false,
            },
            footer: Footer {
                printed_at: written,
                printed_shown: shown.replace('T', " "),
                printed_by: self.from.clone(),
                confidentiality: "For the addressee only.".into(),
            },
            blocks: vec![heading, Block::Paragraph(text.trim().into())],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_papers_wait_and_are_the_same_every_time() {
        let desk = FrontDesk::load();
        let papers: Vec<(String, Vec<u8>)> = desk.papers().collect();
        assert_eq!(papers, FrontDesk::load().papers().collect::<Vec<_>>());
        assert_eq!(papers.len(), 6);
        for (name, bytes) in &papers {
            assert_eq!(name.ends_with(".pdf"), bytes.starts_with(b"%PDF-"), "{name}");
        }
        let kinds: Vec<RestrictionKind> = desk.restricted().iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [RestrictionKind::Employee, RestrictionKind::Vip, RestrictionKind::Requested]);
    }
}
