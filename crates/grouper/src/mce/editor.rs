//! The editor, opened from a pack.

use std::sync::OnceLock;

use codeset::{CodeIndex, CodeNumber};
use jiff::civil::Date;
use serde::Serialize;

use super::claim::{Claim, EditScratch};
use super::edit::{Edit, PaymentStage, Subject};
use super::edits::{RULES, Rule};
use super::flags::VALID;
use super::summary::EditSummary;
use super::tables::{Days, MceTables};
use crate::Case;
use crate::code_rows::CodeRows;

/// The Medicare Code Editor for all dates of the pack.
#[derive(Debug)]
pub struct Editor {
    pub(crate) tables: MceTables,
    diagnoses: usize,
    procedures: usize,
    /// First days of the spans in which no table row changes, and what holds in each, worked out when first needed.
    days: Vec<(u32, OnceLock<Day>)>,
}

/// One edit on one part of a claim, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditFinding {
    /// The edit.
    pub edit: &'static str,
    /// What it means.
    pub title: &'static str,
    /// The code it is about; blank for the claim as a whole.
    pub code: String,
    /// Why it was raised.
    pub because: String,
    /// Where the edit is written.
    pub reference: &'static str,
    /// When it acts.
    pub stage: PaymentStage,
}

/// The tables as they hold on one day.
#[derive(Debug)]
pub(crate) struct Day {
    diagnoses: Vec<u32>,
    procedures: Vec<u32>,
    pub(crate) rules: DayRules,
}

/// What does not depend on codes, as it holds on one day.
#[derive(Debug)]
pub(crate) struct DayRules {
    /// By edit: when it acts and the limit it compares with; `None` if it is not in force.
    edits: [Option<(PaymentStage, Option<i16>)>; Edit::ALL.len()],
    /// `(flag, least age, greatest age)`.
    pub(crate) age_ranges: Vec<(u32, i16, i16)>,
    statuses: [bool; 256],
}

impl DayRules {
    /// When `edit` acts; `None` if it is not in force.
    pub(crate) fn stage(&self, edit: Edit) -> Option<PaymentStage> {
        self.edits[edit as usize].map(|(stage, _)| stage)
    }

    /// The limit `edit` compares with.
    pub(crate) fn limit(&self, edit: Edit) -> Option<i16> {
        self.edits[edit as usize].and_then(|(_, limit)| limit)
    }

    /// Whether a discharge status code is valid.
    pub(crate) fn is_status(&self, status: u8) -> bool {
        self.statuses[usize::from(status)]
    }
}

impl Day {
    #[inline]
    pub(crate) fn diagnosis(&self, number: CodeNumber) -> u32 {
        self.diagnoses.get(number.index()).copied().unwrap_or(0)
    }

    #[inline]
    pub(crate) fn procedure(&self, number: CodeNumber) -> u32 {
        self.procedures.get(number.index()).copied().unwrap_or(0)
    }
}

/// A day as a whole number that sorts as days do.
pub(crate) fn day_number(date: Date) -> u32 {
    let (year, month, day) = (i32::from(date.year()), i32::from(date.month()), i32::from(date.day()));
    u32::try_from(year * 10_000 + month * 100 + day).unwrap_or(0)
}

impl Editor {
    pub(crate) fn new(tables: MceTables, codes: &CodeIndex) -> Self {
        let rows = tables.diagnoses.spans().chain(tables.procedures.spans());
        let rows = rows.chain(tables.age_ranges.iter().map(|r| r.days));
        let rows = rows.chain(tables.discharge_statuses.iter().map(|r| r.days));
        let rows = rows.chain(tables.edits.iter().map(|r| r.days));
        let mut changes: Vec<u32> = rows.flat_map(|days| [days.first, days.until]).chain([0]).collect();
        changes.sort_unstable();
        changes.dedup();
        Self {
            days: changes.into_iter().map(|day| (day, OnceLock::new())).collect(),
            diagnoses: codes.diagnoses.count(),
            procedures: codes.procedures.count(),
            tables,
        }
    }

    /// What holds on `date`.
    #[inline]
    pub(crate) fn on(&self, date: Date) -> &Day {
        let at = self.days.partition_point(|&(first, _)| first <= day_number(date)).saturating_sub(1);
        let (first, day) = &self.days[at];
        day.get_or_init(|| self.open_day(*first))
    }

    fn open_day(&self, day: u32) -> Day {
        let tables = &self.tables;
        let mut rules =
            DayRules { edits: [None; Edit::ALL.len()], age_ranges: Vec::new(), statuses: [false; 256] };
        for row in tables.edits.iter().filter(|r| r.days.hold(day)) {
            rules.edits[row.edit as usize] = Some((row.stage, row.limit));
        }
        let ranges = tables.age_ranges.iter().filter(|r| r.days.hold(day));
        rules.age_ranges = ranges.map(|r| (r.flag, r.from, r.to)).collect();
        for row in tables.discharge_statuses.iter().filter(|r| r.days.hold(day)) {
            rules.statuses[usize::from(row.status)] = true;
        }
        Day {
            diagnoses: flags_on(tables, &tables.diagnoses, day, self.diagnoses),
            procedures: flags_on(tables, &tables.procedures, day, self.procedures),
            rules,
        }
    }

    /// The edits on `case`, counted. `case` must be numbered against the pack this editor was opened from.
    #[inline]
    pub fn edit(&self, case: &Case, scratch: &mut EditScratch) -> EditSummary {
        let mut summary = EditSummary::default();
        let claim = Claim::read(case, self.on(case.discharge_date), scratch);
        run(&claim, &mut |rule, stage, _| summary.add(rule.edit(), stage));
        summary
    }

    /// The edits on `case`, one by one, each with its reason.
    pub fn findings(&self, case: &Case) -> Vec<EditFinding> {
        let mut scratch = EditScratch::default();
        let claim = Claim::read(case, self.on(case.discharge_date), &mut scratch);
        let mut findings = Vec::new();
        run(&claim, &mut |rule, stage, subject| {
            findings.push(EditFinding {
                edit: rule.edit().name(),
                title: rule.edit().title(),
                code: claim.code(subject),
                because: rule.because(&claim, subject),
                reference: rule.reference(),
                stage,
            });
        });
        findings
    }
}

#[inline]
fn run(claim: &Claim<'_>, found: &mut dyn FnMut(&dyn Rule, PaymentStage, Subject)) {
    for rule in RULES.iter().filter(|rule| rule.concerns(claim)) {
        if let Some(stage) = claim.rules.stage(rule.edit()) {
            rule.check(claim, &mut |subject| found(*rule, stage, subject));
        }
    }
}

fn flags_on(tables: &MceTables, rows: &CodeRows<Days>, day: u32, count: usize) -> Vec<u32> {
    let mut flags = vec![0; count];
    for (number, set) in rows.holding(|days| days.hold(day)) {
        flags[number] |= tables.flag_sets[usize::from(set)] | VALID;
    }
    flags
}
