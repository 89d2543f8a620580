//! What the tests of the rules share: a query that passes, and the record it is about.

use chart::coded::{Coded, system};
use chart::deficiency::Responsible;
use chart::directory::Named;
use chart::document::{Document, DocumentContent, DocumentStatus, Section};
use chart::id::{DocumentId, EncounterId, EntryId, PatientId, UserId};
use chart::intake::{Channel, Origin};
use chart::machine::Actor;
use chart::patient::{Demographics, Patient, Standing};
use chart::query::{Ask, Author, Choice, ChoiceKind, Form, Group, Indicator, Retention, Timing};
use chart::record::Record;
use chart::sign::View;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Finding, Part, lint};

const HERE: EncounterId = EncounterId::from_bits(2);

/// A query that passes.
pub(crate) fn ask() -> Ask {
    let indicator = Indicator {
        key: "creatinine".into(),
        group: Group::Laboratory,
        quote: "Creatinine 2.4 mg/dL".into(),
        title: "Results".into(),
        date: None,
        document: None,
        entry: Some(EntryId::from_bits(4)),
        encounter: Some(HERE),
    };
    let choice = |key: &str, text: &str, kind| {
        let supported_by = if kind == ChoiceKind::Clinical { vec![0] } else { Vec::new() };
        Choice { key: key.into(), text: text.into(), kind, supported_by }
    };
    let author = Actor::person(UserId::from_bits(1), "Dana Roy");
    let named = Named { name: "Mehta".into(), key: None };
    Ask {
        template: "renal-findings".into(),
        title: "Clarification of renal findings".into(),
        addressed: Responsible { name: named, party: None },
        author: Author { by: author, credentials: "CCS".into(), contact: "ext. 4410".into() },
        indicators: vec![indicator],
        question: "Which diagnosis, if any, do these findings represent?".into(),
        form: Form::MultipleChoice,
        choices: vec![
            choice("prerenal", "Prerenal", ChoiceKind::Clinical),
            choice("tubular", "Tubular necrosis", ChoiceKind::Clinical),
            choice("other", "Other", ChoiceKind::Other),
            choice("undetermined", "Unable to determine", ChoiceKind::Undetermined),
        ],
        about: String::new(),
        prior_reason: String::new(),
        timing: Timing::Concurrent,
        retention: Retention::Business,
    }
}

/// A record whose one note documents an anemia.
fn record() -> Record {
    let section = Section { text: "1. Anemia, stable.".into(), ..Section::default() };
    let content = DocumentContent {
        kind: Coded::new(system::DOCUMENT_TYPE, "progress-note", "Progress note"),
        status: DocumentStatus::Final,
        sections: vec![section],
        ..DocumentContent::default()
    };
    let origin =
        Origin { channel: Channel::Hand, key: None, original: None, received: Timestamp::UNIX_EPOCH };
    let (id, patient) = (DocumentId::from_bits(5), PatientId::from_bits(1));
    let document = Document { id, version: 1, patient, encounter: Some(HERE), content, origin };
    let patient = Patient {
        id: patient,
        version: 1,
        demographics: Demographics::default(),
        standing: Standing::Active,
        restriction: None,
    };
    Record { patient, encounters: Vec::new(), documents: vec![document], entries: Vec::new() }
}

fn findings(rule: &str, ask: &Ask) -> Vec<Finding> {
    let (record, zone) = (record(), TimeZone::UTC);
    let all = lint(ask, &View::new(&record, HERE, &zone));
    all.into_iter().filter(|one| one.rule == rule).collect()
}

/// What `rule` says of `ask`.
pub(crate) fn found_by(rule: &str, ask: &Ask) -> Vec<String> {
    findings(rule, ask).into_iter().map(|one| one.what).collect()
}

/// The words that `rule` marks in `ask`.
pub(crate) fn marked(rule: &str, ask: &Ask) -> Vec<String> {
    let words = |one: Finding| {
        let text = match one.part {
            Part::Title => &ask.title,
            Part::Question => &ask.question,
            Part::Choice(at) => &ask.choices[at].text,
            Part::Indicator(at) => &ask.indicators[at].quote,
            Part::Whole => return String::new(),
        };
        one.marked.map_or_else(String::new, |range| text[range].to_owned())
    };
    findings(rule, ask).into_iter().map(words).collect()
}
