//! Queries to practitioners and documentation alerts: at the desk, in the chart, in the inbox.

pub(crate) mod alerts;
pub(crate) mod compose;
pub(crate) mod desk;
pub(crate) mod query;
#[cfg(test)]
pub(in crate::pages) mod samples;

use ::chart::encounter::Encounter;
use ::chart::query::{Answer, Choice, Group, Indicator, Outcome, Query, Retention, State, Timing};
use serde::Serialize;

use super::parts::{Fact, Tag};
use crate::show::{self, Show};

/// Passages of the record under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Evidence {
    pub(crate) title: &'static str,
    pub(crate) quotes: Vec<Quote>,
}

/// A passage with the way to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Quote {
    /// Its place in the query, from 0.
    pub(crate) place: usize,
    pub(crate) text: String,
    pub(crate) href: Option<String>,
}

/// Indicators by their groups, with ways into the chart at `base`.
pub(crate) fn evidence(all: &[Indicator], base: &str) -> Vec<Evidence> {
    let group = |group: &Group| {
        let of_group = all.iter().enumerate().filter(|(_, one)| one.group == *group);
        let quote =
            |(place, one): (usize, &Indicator)| Quote { place, text: one.shown(), href: place_of(one, base) };
        let quotes: Vec<Quote> = of_group.map(quote).collect();
        (!quotes.is_empty()).then(|| Evidence { title: heading(*group), quotes })
    };
    Group::ALL.iter().filter_map(group).collect()
}

const fn heading(group: Group) -> &'static str {
    match group {
        Group::Diagnosis => "Documented",
        Group::Laboratory => "Laboratory and imaging",
        Group::Vital => "Vital signs",
        Group::Treatment => "Treatment",
        Group::Text => "Notes",
    }
}

fn place_of(one: &Indicator, base: &str) -> Option<String> {
    if let Some(document) = one.document {
        return Some(format!("{base}/documents/{document}"));
    }
    let entry = one.entry?;
    Some(match one.group {
        Group::Laboratory | Group::Vital => format!("{base}/results/{entry}"),
        Group::Treatment => format!("{base}/medications"),
        Group::Diagnosis | Group::Text => format!("{base}/problems"),
    })
}

/// A choice of a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ChoiceView {
    pub(crate) place: usize,
    pub(crate) key: String,
    pub(crate) text: String,
}

impl ChoiceView {
    /// The choices in their order.
    pub(crate) fn all(choices: &[Choice]) -> Vec<Self> {
        let view =
            |(place, one): (usize, &Choice)| Self { place, key: one.key.clone(), text: one.text.clone() };
        choices.iter().enumerate().map(view).collect()
    }
}

/// An answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct AnswerView {
    pub(crate) choice: String,
    pub(crate) text: String,
    /// `Ngozi Okafor, MD, 2026-11-20 14:05`.
    pub(crate) by: String,
}

/// A query as every page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct QueryView {
    pub(crate) id: String,
    pub(crate) version: i64,
    pub(crate) title: String,
    pub(crate) state: Tag,
    pub(crate) question: String,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) choices: Vec<ChoiceView>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) answers: Vec<AnswerView>,
}

impl QueryView {
    /// The query as it stands now.
    pub(crate) fn new(query: &Query, encounter: Option<&Encounter>, base: &str, show: &Show) -> Self {
        let ask = &query.ask;
        Self {
            id: query.id.to_string(),
            version: query.version,
            title: ask.title.clone(),
            state: state(query, show),
            question: ask.question.clone(),
            evidence: evidence(&ask.indicators, base),
            choices: ChoiceView::all(&ask.choices),
            facts: facts(query, encounter, show),
            answers: query.answers.iter().map(|one| answered(query, one, show)).collect(),
        }
    }
}

fn facts(query: &Query, encounter: Option<&Encounter>, show: &Show) -> Vec<Fact> {
    let (ask, author) = (&query.ask, &query.ask.author);
    let by = [author.by.name.as_str(), &author.credentials, &author.contact];
    let by: Vec<&str> = by.into_iter().filter(|part| !part.is_empty()).collect();
    let facts = [
        Fact::new("To", ask.addressed.name.name.clone()),
        Fact::new("From", by.join(", ")),
        Fact::new("About", encounter.map_or_else(String::new, |one| stay(one, show))),
        Fact::new("Sent", show.maybe_moment(query.issued_at())),
        Fact::new("Answer due", show.maybe_moment(query.due())),
        Fact::new("Timing", timing(ask.timing)),
        Fact::new("Kept", retention(ask.retention)),
        Fact::new("Earlier findings", ask.prior_reason.clone()),
    ];
    facts.into_iter().flatten().collect()
}

/// An encounter in a line: `Inpatient, 2026-10-14 09:31 – 2026-10-17 14:05`.
pub(crate) fn stay(one: &Encounter, show: &Show) -> String {
    format!("{}, {}", one.visit.setting.title(), show.span(one.visit.stay))
}

fn answered(query: &Query, one: &Answer, show: &Show) -> AnswerView {
    let choice = one.choice.as_deref().and_then(|key| query.ask.choice(key));
    let by = [one.by.by.name.clone(), one.credentials.clone(), show.moment(one.by.at)];
    let by: Vec<String> = by.into_iter().filter(|part| !part.is_empty()).collect();
    AnswerView {
        choice: choice.map_or_else(String::new, |choice| choice.text.clone()),
        text: one.text.clone(),
        by: by.join(", "),
    }
}

/// How far a query has come, in a word.
pub(crate) fn state(query: &Query, show: &Show) -> Tag {
    let late = query.is_overdue(show.now);
    let (tone, text) = match &query.state {
        State::Draft { .. } => ("note", "draft".into()),
        State::Issued { .. } | State::Reminded { .. } | State::Escalated { .. } if late => {
            ("stop", format!("{}, overdue", query.state.key()))
        }
        State::Issued { .. } | State::Reminded { .. } => ("warn", query.state.key().to_string()),
        State::Escalated { rung, .. } => ("stop", format!("escalated: {}", show::worded(rung))),
        State::Answered { .. } => ("good", "answered".into()),
        State::Closed { outcome, .. } => ("", format!("closed: {}", self::outcome(*outcome))),
        State::Withdrawn { .. } => ("", "withdrawn".into()),
    };
    Tag { tone, text }
}

/// What came of a query, in words.
pub(crate) const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Agreed => "agreed",
        Outcome::Disagreed => "disagreed",
        Outcome::Other => "another answer",
        Outcome::Undetermined => "cannot be determined",
        Outcome::NoResponse => "no response",
    }
}

/// When a query is asked, in words.
pub(crate) const fn timing(timing: Timing) -> &'static str {
    match timing {
        Timing::Concurrent => "while the patient is here",
        Timing::Retrospective => "after the discharge",
        Timing::PostBill => "after the bill",
    }
}

/// How a query is kept, in words.
pub(crate) const fn retention(retention: Retention) -> &'static str {
    match retention {
        Retention::Business => "with the business records",
        Retention::Legal => "with the legal health record",
    }
}
