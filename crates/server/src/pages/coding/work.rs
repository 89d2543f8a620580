//! The codes with everything that is said of them.

use chart::coding::{CodeSet, CodingState, Purpose, SECOND_REVIEW, pending_reasons};
use serde::Serialize;
use store::coding::Reached;
use workflow::coding::{Computed, Side};

use super::line::{Line, diagnoses, procedures, services};

use crate::pages::parts::{Cell, Choice, Table, Tag};
use crate::show::{self, Show};

/// The codes for one purpose.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Work {
    pub(crate) id: String,
    pub(crate) version: i64,
    pub(crate) state: Tag,
    /// Whether the codes are the claim's: a change of them needs a reason.
    pub(crate) is_claim: bool,
    /// Whether the reader may change them as they stand.
    pub(crate) open: bool,
    pub(crate) diagnoses: Vec<Line>,
    pub(crate) procedures: Vec<Line>,
    pub(crate) services: Vec<Line>,
    /// Whether HCPCS Level II services are coded: the encounter is an outpatient's.
    pub(crate) takes_services: bool,
    pub(crate) admitting: String,
    pub(crate) status: String,
    /// What would be taken back next, in words; `None` when there is nothing.
    pub(crate) undo: Option<String>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) group: Option<Group>,
    pub(crate) reached: Table,
    pub(crate) price: Option<Price>,
    pub(crate) pending: Vec<Choice>,
    pub(crate) reasons: Vec<Choice>,
    pub(crate) not_at_hand: Vec<String>,
    pub(crate) close: Option<String>,
    pub(crate) reopen: Option<String>,
    /// Where an auditor's own codes are finished; the pages that only the coder's codes have are left out then.
    pub(crate) finish: Option<String>,
    /// What a second review is asked for, for who may give it.
    pub(crate) review: Option<Review>,
    pub(crate) history: String,
    /// Where the documents are read for codes.
    pub(crate) suggested: String,
}

/// Codes that wait for another person's look.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Review {
    pub(crate) action: String,
    /// For what it is asked, and by whom.
    pub(crate) asked: String,
}

/// Something that was found.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Finding {
    pub(crate) tag: Tag,
    pub(crate) title: String,
    pub(crate) what: String,
    pub(crate) what_to_do: String,
    pub(crate) source: String,
    /// Where its rule is explained; empty for edits of the Medicare Code Editor.
    pub(crate) rule: String,
}

/// The DRG with its reasons.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Group {
    pub(crate) drg: String,
    pub(crate) title: String,
    pub(crate) weight: String,
    pub(crate) version: String,
    pub(crate) meaning: String,
    /// The formulas that were true, and what made them so.
    pub(crate) steps: Vec<String>,
    /// Codes without which it would be another.
    pub(crate) influences: Vec<String>,
    /// What more exact documentation could change.
    pub(crate) raises: Vec<String>,
}

/// The price.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Price {
    pub(crate) total: String,
    pub(crate) problem: String,
    pub(crate) lines: Table,
}

/// What the reader may do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct May {
    pub(crate) work: bool,
    pub(crate) close: bool,
    pub(crate) reopen: bool,
    pub(crate) review: bool,
}

impl Work {
    /// As it stands, at the address `here`.
    pub(crate) fn new(side: &Side, here: &str, may: May, takes_services: bool, show: &Show) -> Self {
        let (set, said) = (&side.set, &side.computed);
        let is_final = matches!(set.state, CodingState::Final { .. });
        let to = |end: &str| format!("{here}/{end}?for={}", set.purpose.key());
        let waits = |one: &chart::coding::Pending| Choice::new(one.key.clone(), one.shown(), "");
        let asked = set.state.pending().iter().find(|one| one.key == SECOND_REVIEW);
        let review = asked.filter(|_| may.review).map(|one| Review {
            action: to("review"),
            asked: format!("{} ({}, {})", one.shown(), one.since.by.name, show.moment(one.since.at)),
        });
        Self {
            id: set.id.to_string(),
            version: set.version,
            state: state(set),
            is_claim: set.purpose == Purpose::Claim,
            open: may.work && !is_final,
            diagnoses: diagnoses(set, said),
            procedures: procedures(set, said),
            services: services(set),
            takes_services,
            admitting: set.codes.admitting.map(codeset::Code::dotted).unwrap_or_default(),
            status: set.codes.discharge_status.clone(),
            undo: side.to_take_back(),
            finish: None,
            review,
            findings: findings(said),
            group: said.group.as_ref().map(group),
            reached: reached(&side.reached, show),
            price: side.price.as_ref().map(price),
            pending: set.state.pending().iter().map(waits).collect(),
            reasons: pending_reasons().iter().map(|one| Choice::new(&*one.key, &*one.title, "")).collect(),
            not_at_hand: said.not_at_hand.clone(),
            close: (may.close && set.state == CodingState::Open).then(|| to("close")),
            reopen: (may.reopen && is_final).then(|| to("reopen")),
            history: to("history"),
            suggested: to("suggestions"),
        }
    }

    /// An auditor's own codes, which are finished at the address `finish`: nothing of what the coder did.
    pub(crate) fn alone(side: &Side, finish: String, takes_services: bool, show: &Show) -> Self {
        let may = May { work: true, close: false, reopen: false, review: false };
        Self {
            finish: Some(finish),
            reasons: Vec::new(),
            undo: None,
            history: String::new(),
            suggested: String::new(),
            ..Self::new(side, "", may, takes_services, show)
        }
    }
}

fn state(set: &CodeSet) -> Tag {
    let tone = match set.state {
        CodingState::Open => "note",
        CodingState::Held { .. } => "warn",
        CodingState::Final { .. } => "good",
    };
    Tag { tone, text: set.state.key().into() }
}

/// What the editor and the guidelines found: what must be put right first.
fn findings(said: &Computed) -> Vec<Finding> {
    let edits = said.edits.iter().map(|one| Finding {
        tag: Tag { tone: "stop", text: "edit".into() },
        title: one.title.to_owned(),
        what: [one.code.as_str(), one.because.as_str()].join(" ").trim().to_owned(),
        what_to_do: String::new(),
        source: one.reference.to_owned(),
        rule: String::new(),
    });
    let reviewed = said.review.iter().flat_map(|review| &review.findings).map(|one| Finding {
        tag: Tag { tone: tone(one.severity), text: one.severity.key().into() },
        title: one.title.clone(),
        what: one.what.clone(),
        what_to_do: one.what_to_do.clone(),
        source: one.reference.citation.clone(),
        rule: format!("/coding-rules?rule={}", one.rule),
    });
    edits.chain(reviewed).collect()
}

const fn tone(severity: workflow::coding::Severity) -> &'static str {
    use workflow::coding::Severity;
    match severity {
        Severity::Error => "stop",
        Severity::Warning => "warn",
        Severity::Advice | Severity::Off => "note",
    }
}

fn group(group: &workflow::coding::Group) -> Group {
    let last = &group.trace.last;
    let evidence = |one: &workflow::coding::Evidence| format!("{}: {}", one.name, one.from.join(", "));
    let step = |one: &workflow::coding::FormulaStep| {
        let from: Vec<String> = one.evidence.iter().map(evidence).collect();
        format!("{} ({}); {}", one.outcome, one.formula, from.join("; "))
    };
    let influence = |one: &workflow::coding::Influence| {
        format!("Without {}: MS-DRG {:03} {}", one.code, one.drg_without.0, one.title_without)
    };
    Group {
        drg: format!("{:03}", group.drg),
        title: group.title.clone(),
        weight: group.weight.map_or_else(|| show::NOTHING.into(), |weight| weight.to_string()),
        version: group.version.clone(),
        meaning: if last.return_code == "OK" { String::new() } else { last.meaning.to_owned() },
        steps: last.steps.iter().map(step).collect(),
        influences: group.trace.influences.iter().map(influence).collect(),
        raises: group.raises.iter().map(raise).collect(),
    }
}

/// In the words of the condition; money is not mentioned.
fn raise(one: &workflow::coding::Raise) -> String {
    let exact: Vec<String> = one.more_exact.iter().map(|(code, title)| format!("{title} ({code})")).collect();
    format!(
        "{} ({}) is documented without its kind. Where the record shows signs of it, ask which: {}; it would group to \
         MS-DRG {:03} {}.",
        one.title,
        one.documented,
        exact.join("; "),
        one.drg,
        one.drg_title
    )
}

/// Baseline, working and final DRG below each other, with what was coded more and less than in the one before.
fn reached(all: &[Reached], show: &Show) -> Table {
    let columns = ["Stage", "MS-DRG", "Weight", "By", "When", "More", "Less"];
    let codes = |one: &Reached| -> Vec<String> {
        let diagnoses = one.codes.diagnoses.iter().map(|line| line.code.dotted());
        diagnoses.chain(one.codes.procedures.iter().map(|line| line.code.to_string())).collect()
    };
    let beyond = |one: &[String], other: &[String]| -> String {
        one.iter().filter(|code| !other.contains(code)).cloned().collect::<Vec<_>>().join(", ")
    };
    let row = |(at, one): (usize, &Reached)| {
        let before = at.checked_sub(1).map_or_else(|| codes(one), |before| codes(&all[before]));
        let now = codes(one);
        vec![
            Cell::new(show::worded(one.stage.key())),
            Cell::new(format!("{:03}", one.drg)).note(one.title.clone()),
            Cell::new(one.weight.clone()).number(),
            Cell::new(one.by.clone()),
            Cell::new(show.moment(one.at)),
            Cell::new(beyond(&now, &before)),
            Cell::new(beyond(&before, &now)),
        ]
    };
    Table::new("DRGs on the way", &columns, "None yet.").rows(all.iter().enumerate().map(row))
}

fn price(price: &Result<workflow::coding::Worksheet, String>) -> Price {
    let table = Table::new("Line by line", &["What", "Value", "How", "Source"], "Nothing to show.");
    match price {
        Err(problem) => Price { total: String::new(), problem: problem.clone(), lines: table },
        Ok(sheet) => {
            let row = |line: &workflow::coding::PriceLine| {
                vec![
                    Cell::new(line.title),
                    Cell::new(line.value.to_string()).number(),
                    Cell::new(line.formula.clone()),
                    Cell::new(line.source.clone()),
                ]
            };
            let missing: Vec<&str> = sheet.missing.iter().map(|one| one.name()).collect();
            let problem = if missing.is_empty() {
                String::new()
            } else {
                format!("Not at hand: {}", missing.join("; "))
            };
            Price {
                total: sheet.total.round_dp(2).to_string(),
                problem,
                lines: table.rows(sheet.lines.iter().map(row)),
            }
        }
    }
}
