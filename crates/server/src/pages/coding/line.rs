//! The lines of a code set as the desk lists them, each with what a form takes of it.

use chart::coding::{CodeSet, Present};
use serde::Serialize;
use workflow::coding::{Computed, LineFacts};

use crate::pages::parts::Tag;
use crate::show;

/// A line of the list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line {
    pub(crate) at: usize,
    pub(crate) code: String,
    pub(crate) title: String,
    /// `Y`, `N`, `U`, `W`, or nothing.
    pub(crate) present: &'static str,
    /// Day and performer of a procedure or service, in words.
    pub(crate) day: String,
    /// The same as a form takes them, with modifiers and units of a service.
    pub(crate) fields: Option<LineFields>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) notes: Vec<String>,
    pub(crate) last: bool,
}

/// What a form takes of a procedure or service.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct LineFields {
    pub(crate) day: String,
    pub(crate) performer: String,
    pub(crate) modifiers: String,
    pub(crate) units: String,
}

pub(super) fn diagnoses(set: &CodeSet, said: &Computed) -> Vec<Line> {
    let count = set.codes.diagnoses.len();
    let pairs = set.codes.diagnoses.iter().zip(&said.diagnoses).enumerate();
    let line = |(at, (one, facts)): (usize, (&chart::coding::CodedDiagnosis, &LineFacts))| Line {
        present: if one.present == Present::Blank { "" } else { one.present.key() },
        ..plain(at, count, facts)
    };
    pairs.map(line).collect()
}

pub(super) fn procedures(set: &CodeSet, said: &Computed) -> Vec<Line> {
    let count = set.codes.procedures.len();
    let pairs = set.codes.procedures.iter().zip(&said.procedures).enumerate();
    let line = |(at, (one, facts)): (usize, (&chart::coding::CodedProcedure, &LineFacts))| {
        let fields = fields(one.day, one.performer.as_ref());
        Line { day: done(&fields), fields: Some(fields), ..plain(at, count, facts) }
    };
    pairs.map(line).collect()
}

pub(super) fn services(set: &CodeSet) -> Vec<Line> {
    let count = set.codes.services.len();
    let line = |(at, one): (usize, &chart::coding::Service)| {
        let fields = LineFields {
            modifiers: one.modifiers.join(" "),
            units: one.units.to_string(),
            ..fields(one.day, one.performer.as_ref())
        };
        Line {
            at,
            code: one.code.to_string(),
            title: [fields.modifiers.as_str(), &show::counted(i64::from(one.units), "unit")].join(" "),
            present: "",
            day: done(&fields),
            fields: Some(fields),
            tags: Vec::new(),
            notes: Vec::new(),
            last: at + 1 == count,
        }
    };
    set.codes.services.iter().enumerate().map(line).collect()
}

fn fields(day: Option<jiff::civil::Date>, by: Option<&chart::directory::Named>) -> LineFields {
    LineFields {
        day: day.map_or_else(String::new, |day| day.to_string()),
        performer: by.map_or_else(String::new, |who| who.name.clone()),
        ..LineFields::default()
    }
}

/// `2026-11-02 Okafor`.
fn done(fields: &LineFields) -> String {
    [fields.day.as_str(), fields.performer.as_str()].join(" ").trim().to_owned()
}

fn plain(at: usize, count: usize, facts: &LineFacts) -> Line {
    let tag = |tone, text: &str| Tag { tone, text: text.into() };
    let mut tags = Vec::new();
    if !facts.is_valid {
        tags.push(tag("stop", "not valid on the day of discharge"));
    }
    if !facts.severity.is_empty() {
        let counts = facts.counted_as == facts.severity;
        tags.push(tag(if counts { "good" } else { "" }, facts.severity));
    }
    if facts.decides {
        tags.push(tag("note", "decides the DRG"));
    }
    if !facts.hacs.is_empty() {
        tags.push(tag("warn", "HAC"));
    }
    if !facts.safety.is_empty() {
        tags.push(tag("warn", "PSI"));
    }
    Line {
        at,
        code: facts.code.clone(),
        title: facts.title.clone(),
        present: "",
        day: String::new(),
        fields: None,
        tags,
        notes: facts.cancelled.iter().chain(&facts.hacs).chain(&facts.safety).cloned().collect(),
        last: at + 1 == count,
    }
}
