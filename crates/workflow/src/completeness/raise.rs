//! A finding of the rules as a deficiency: its type, its clock, and the steps that make it good.

use std::collections::HashMap;

use chart::clock::Span;
use chart::deficiency::{Chain, DeficiencyKind, Evidence, Raised, Responsible, Step, StepKind, Subject, Why};
use chart::directory::Named;
use chart::id::{PartyId, PatientId};
use chart::intake::SourceKey;
use completeness::{Finding, Owed};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::dial;
use crate::{Error, Result};

/// Documents that are dictated here when they are missing; others are written or brought.
const DICTATED: [&str; 7] = [
    "discharge-summary",
    "death-summary",
    "operative-report",
    "history-and-physical",
    "final-note",
    "history-and-physical-surgery",
    "skilled-discharge-summary",
];
/// How long a typist has for what was dictated; the work type's own clock decides once the dictation is there.
const TYPING: Span = Span::hours(24);
/// How long an author has to sign what was typed, by policy.
const SIGNING: Span = Span::days(7);

/// People of the directory, by the keys that records name them by.
pub(super) type People = HashMap<SourceKey, PartyId>;

/// What is to be kept of a finding.
pub(super) fn raised(
    finding: &Finding,
    patient: PatientId,
    discharged: Option<Timestamp>,
    edition: &str,
    people: &People,
    zone: &TimeZone,
) -> Result<Raised> {
    let kind: DeficiencyKind = finding.kind.parse().map_err(|_| {
        Error::refused(format!("rule {} names no type of deficiency: {}", finding.rule, finding.kind))
    })?;
    let clock = dial::clock(finding, discharged, zone);
    let responsible = responsible(&finding.owed_by, people);
    Ok(Raised {
        patient,
        encounter: finding.encounter,
        subject: subject(&finding.subject),
        rule: finding.rule.clone(),
        kind,
        what: finding.what.clone(),
        chain: chain(finding, kind, responsible, clock.clone()),
        clock,
        why: why(finding, edition),
    })
}

/// The steps: what is dictated goes through typing and signing, everything else is done in one.
fn chain(finding: &Finding, kind: DeficiencyKind, who: Responsible, clock: chart::clock::Clock) -> Chain {
    let one = match kind {
        DeficiencyKind::Unsigned | DeficiencyKind::VerbalOrder => StepKind::Sign,
        DeficiencyKind::Cosignature => StepKind::CoSign,
        DeficiencyKind::Transcription => StepKind::Transcribe,
        DeficiencyKind::NotIndexed => StepKind::File,
        DeficiencyKind::Query | DeficiencyKind::ResultPending => StepKind::Answer,
        _ if DICTATED.contains(&finding.rule.as_str()) && kind == DeficiencyKind::MissingDocument => {
            let desk = Responsible { name: desk("transcription"), party: None };
            let first = Step { kind: StepKind::Dictate, responsible: who.clone(), clock, done: None };
            let rest =
                [Step::new(StepKind::Transcribe, desk, TYPING), Step::new(StepKind::Sign, who, SIGNING)];
            return Chain::starting(first, rest);
        }
        _ => StepKind::Complete,
    };
    Chain::of(one, who, clock)
}

/// Who owes it: the person named, with their entry in the directory; or the desk.
fn responsible(owed: &Owed, people: &People) -> Responsible {
    match &owed.who {
        Some(named) => {
            let party = named.key.as_ref().and_then(|key| people.get(key).copied());
            Responsible { name: named.clone(), party }
        }
        None => Responsible { name: desk(&owed.role), party: None },
    }
}

/// A desk by its name, with a capital: `Nursing`.
fn desk(role: &str) -> Named {
    let mut letters = role.chars();
    let name = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    Named { name, key: None }
}

/// The subject as it is kept: an event or a day is told apart after a slash.
pub(super) fn subject(of: &completeness::Subject) -> Subject {
    match of {
        completeness::Subject::Document(id) => Subject::Document(*id),
        completeness::Subject::Entry(id) => Subject::Entry(*id),
        completeness::Subject::Missing { what, of } if of.is_empty() => Subject::Missing(what.clone()),
        completeness::Subject::Missing { what, of } => Subject::Missing(format!("{what}/{of}")),
    }
}

fn why(finding: &Finding, edition: &str) -> Why {
    let evidence = finding.why.evidence.iter().map(|one| Evidence {
        document: one.document,
        entry: one.entry,
        text: one.text.clone(),
    });
    let note = if finding.why.verify { " (to be checked against the primary text)" } else { "" };
    Why {
        authority: format!("{}{note}", finding.why.authority),
        source: finding.why.text.clone(),
        edition: edition.to_owned(),
        evidence: evidence.collect(),
        clears: finding.why.clears.clone(),
    }
}
