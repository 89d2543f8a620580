//! What became of everything, counted by kind.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use workflow::intake::{Outcome, Verdict};

/// Distinct reasons and remarks that are listed; the rest is counted.
const MOST_LISTED: usize = 40;

/// Counts by kind, and the reasons of what was rejected.
#[derive(Debug, Default, Serialize)]
pub(super) struct Tally {
    kinds: BTreeMap<String, Counts>,
    total: Counts,
    reasons: BTreeMap<String, u64>,
    remarks: BTreeMap<String, u64>,
}

#[derive(Debug, Default, Clone, Copy, Serialize)]
struct Counts {
    read: u64,
    applied: u64,
    kept: u64,
    unchanged: u64,
    rejected: u64,
}

impl Counts {
    const fn count(&mut self, outcome: &Outcome) {
        self.read += 1;
        match outcome {
            Outcome::Applied => self.applied += 1,
            Outcome::Kept => self.kept += 1,
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Rejected(_) => self.rejected += 1,
        }
    }

    fn row(&self, kind: &str) -> String {
        format!(
            "{kind:<28}{:>10}{:>10}{:>10}{:>11}{:>10}\n",
            self.read, self.applied, self.kept, self.unchanged, self.rejected
        )
    }
}

impl Tally {
    /// Counts one.
    pub(super) fn count(&mut self, verdict: Verdict) {
        self.total.count(&verdict.outcome);
        if let Outcome::Rejected(reason) = &verdict.outcome {
            *self.reasons.entry(reason.clone()).or_default() += 1;
        }
        for remark in verdict.remarks {
            *self.remarks.entry(remark).or_default() += 1;
        }
        self.kinds.entry(verdict.kind).or_default().count(&verdict.outcome);
    }

    /// How many were rejected.
    pub(super) const fn rejected(&self) -> u64 {
        self.total.rejected
    }

    /// As a table for people.
    pub(super) fn text(&self, with_remarks: bool) -> String {
        let mut text = format!(
            "{:<28}{:>10}{:>10}{:>10}{:>11}{:>10}\n",
            "", "read", "applied", "kept", "unchanged", "rejected"
        );
        for (kind, counts) in &self.kinds {
            text += &counts.row(kind);
        }
        text += &self.total.row("all");
        list("Rejected, and in the error queue:", &self.reasons, &mut text);
        if with_remarks {
            list("Read, but odd:", &self.remarks, &mut text);
        } else if !self.remarks.is_empty() {
            let _ = write!(text, "\n{} kinds of remark; --remarks lists them.\n", self.remarks.len());
        }
        text
    }
}

fn list(title: &str, all: &BTreeMap<String, u64>, text: &mut String) {
    if all.is_empty() {
        return;
    }
    let _ = write!(text, "\n{title}\n");
    let mut often: Vec<(&String, &u64)> = all.iter().collect();
    often.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    for (what, count) in often.iter().take(MOST_LISTED) {
        let _ = writeln!(text, "{count:>8}  {what}");
    }
    if often.len() > MOST_LISTED {
        let _ = writeln!(text, "          and {} other kinds", often.len() - MOST_LISTED);
    }
}
