//! What records lack: in a chart, at the desk, and one by one.

pub(crate) mod analysis;
pub(crate) mod chart;
pub(crate) mod policy;
pub(crate) mod queues;
#[cfg(test)]
mod samples;

use ::chart::deficiency::{Deficiency, State, deficiency_types};
use serde::Serialize;
use store::deficiencies::Pile;

use super::parts::{Fact, Tag};
use crate::show::{self, Show};

/// One deficiency, as every page shows it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Lack {
    pub(crate) href: String,
    pub(crate) what: String,
    pub(crate) kind: String,
    pub(crate) state: Tag,
    pub(crate) owed_by: String,
    /// `due 2026-11-10 23:59, 10 days late`.
    pub(crate) due: String,
    pub(crate) late: bool,
    pub(crate) pile: &'static str,
    pub(crate) facts: Vec<Fact>,
    pub(crate) evidence: Vec<Proof>,
}

/// A place that shows it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Proof {
    pub(crate) text: String,
    pub(crate) href: Option<String>,
}

impl Lack {
    /// As it stands now, with its reason.
    pub(crate) fn new(one: &Deficiency, base: &str, show: &Show) -> Self {
        let owes = one.responsible();
        let pile = Pile::of(one.state.key());
        let late = one.is_delinquent(show.now);
        Self {
            href: format!("{base}/deficiencies/{}", one.id),
            what: one.what.clone(),
            kind: deficiency_types().of(one.kind).title.clone(),
            state: state(one, late),
            owed_by: owes.name.name.clone(),
            due: one.due().map_or_else(|| "no date yet".into(), |due| show.moment(due)),
            late,
            pile: pile.key(),
            facts: reason(one, show),
            evidence: proofs(one, base),
        }
    }
}

fn state(one: &Deficiency, late: bool) -> Tag {
    let tone = match one.state {
        State::Open { .. } | State::Claimed { .. } if late => "stop",
        State::Open { .. } | State::Claimed { .. } | State::Declined { .. } => "warn",
        State::Predicted { .. } => "note",
        _ => "good",
    };
    let text = if late { format!("{}, late", one.state.key()) } else { one.state.key().to_string() };
    Tag { tone, text }
}

/// The why: authority, what it asks for, the clock, and what would clear it.
fn reason(one: &Deficiency, show: &Show) -> Vec<Fact> {
    let from = one.clock.started().map_or_else(|| "not yet".into(), |from| show.moment(from));
    let clock = format!("{} counted from {}: {from}", one.clock.span, one.clock.basis.says());
    let facts = [
        Fact::new("Rule", format!("{}, {}", one.rule, one.why.edition)),
        Fact::new("Authority", one.why.authority.clone()),
        Fact::new("It asks", one.why.source.clone()),
        Fact::new("Clock", clock),
        Fact::new("Cleared by", one.why.clears.clone()),
    ];
    facts.into_iter().flatten().collect()
}

fn proofs(one: &Deficiency, base: &str) -> Vec<Proof> {
    let href = |document| format!("{base}/documents/{document}");
    let proof =
        |one: &::chart::deficiency::Evidence| Proof { text: one.text.clone(), href: one.document.map(href) };
    one.why.evidence.iter().map(proof).collect()
}

/// What has happened to it, oldest first: `2026-11-20 20:10 claim, Priya Raman: …`.
pub(crate) fn history(one: &Deficiency, show: &Show) -> Vec<String> {
    let line = |done: &::chart::machine::Happened| {
        let note = if done.note.is_empty() { String::new() } else { format!(": {}", done.note) };
        format!("{} {}, {}{note}", show.moment(done.stamp.at), show::worded(&done.verb), done.stamp.by.name)
    };
    one.history.all().iter().map(line).collect()
}
