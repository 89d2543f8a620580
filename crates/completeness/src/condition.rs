//! When a row applies: a small vocabulary over the facts of an encounter, joined by commas.

use crate::event::{Class, Event};
use crate::facts::Facts;
use crate::need::Seen;
use crate::policy::FacilityKind;
use crate::table::{TableError, optional};
use crate::words::Words;

/// What can be written, for the message of an error.
const KNOWN: &str = "write closed, died, psychiatric-unit, intensive-care, tissue, prior-history, critical-access, \
     stay>48h, stay<=48h, disposition:61, event:transfusion or document:TYPE/TYPE, with ! before it for its contrary";

/// The conditions of a row: all must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Conditions(Vec<(bool, Condition)>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Condition {
    Closed,
    Died,
    PsychiatricUnit,
    /// The patient was in intensive care when the event ended.
    IntensiveCare,
    /// Tissue was taken in the event.
    Tissue,
    /// The history and physical in the chart was written before the admission.
    PriorHistory,
    CriticalAccess,
    StayOver(chart::clock::Span),
    Disposition(String),
    Event(Class),
    /// A document of one of these types is here: in the row's own time, so that an event has its own.
    Document(Vec<String>),
    /// A document that is here says one of these words.
    Says(Words),
}

/// What a condition is asked about.
pub(crate) struct Asked<'a> {
    pub(crate) facts: &'a Facts<'a>,
    pub(crate) event: Option<&'a Event>,
    pub(crate) seen: &'a Seen<'a>,
    pub(crate) facility: FacilityKind,
}

impl Conditions {
    pub(crate) fn parse(table: &'static str, row: &str, text: &str) -> Result<Self, TableError> {
        let Some(text) = optional(text) else { return Ok(Self::default()) };
        let one = |word: &str| {
            let (holds, name) = word.strip_prefix('!').map_or((true, word), |rest| (false, rest));
            let condition = Condition::parse(name).ok_or_else(|| TableError::Word {
                table,
                row: row.into(),
                word: word.into(),
                what: "condition",
                known: KNOWN,
            })?;
            Ok(if name.starts_with("stay<=") { (!holds, condition) } else { (holds, condition) })
        };
        text.split(',').map(|word| one(word.trim())).collect::<Result<_, _>>().map(Self)
    }

    pub(crate) fn hold(&self, asked: &Asked<'_>) -> bool {
        self.0.iter().all(|(holds, condition)| condition.is_true(asked) == *holds)
    }
}

impl Condition {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "closed" => Self::Closed,
            "died" => Self::Died,
            "psychiatric-unit" => Self::PsychiatricUnit,
            "intensive-care" => Self::IntensiveCare,
            "tissue" => Self::Tissue,
            "prior-history" => Self::PriorHistory,
            "critical-access" => Self::CriticalAccess,
            other => return Self::parse_with_value(other),
        })
    }

    fn parse_with_value(text: &str) -> Option<Self> {
        if let Some(span) = text.strip_prefix("stay>").or_else(|| text.strip_prefix("stay<=")) {
            return crate::clock::span(span).map(Self::StayOver);
        }
        match text.split_once(':')? {
            ("disposition", code) => Some(Self::Disposition(code.into())),
            ("event", class) => Class::by_key(class).map(Self::Event),
            ("document", kinds) => Some(Self::Document(kinds.split('/').map(str::to_owned).collect())),
            ("says", words) => Some(Self::Says(Words::parse(words))),
            _ => None,
        }
    }

    fn is_true(&self, asked: &Asked<'_>) -> bool {
        let facts = asked.facts;
        match self {
            Self::Closed => facts.closed,
            Self::Died => facts.died,
            Self::PsychiatricUnit => facts.psychiatric,
            Self::IntensiveCare => asked.event.is_some_and(|event| asked.seen.intensive_care_after(event)),
            Self::Tissue => asked.event.is_some_and(|event| asked.seen.tissue_taken(event)),
            Self::PriorHistory => asked.seen.prior_history(),
            Self::CriticalAccess => asked.facility == FacilityKind::CriticalAccess,
            Self::StayOver(span) => asked.seen.stay_is_over(*span),
            Self::Disposition(code) => facts.disposition() == Some(code),
            Self::Event(class) => facts.of_class(*class).next().is_some(),
            Self::Document(kinds) => asked.seen.any_document(kinds, asked.event),
            Self::Says(words) => asked.seen.any_says(words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_and_unknown_ones_are_named() {
        for text in ["-", "died", "!died,stay>48h", "event:operation", "document:a/b", "disposition:61"] {
            assert!(Conditions::parse("t", "r", text).is_ok(), "{text}");
        }
        let error = Conditions::parse("profile.tsv", "x", "asleep").unwrap_err().to_string();
        assert!(
            error.starts_with("profile.tsv, row x: `asleep` is not a condition; write closed"),
            "{error}"
        );
    }
}
