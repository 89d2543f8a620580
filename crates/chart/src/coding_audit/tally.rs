//! What an audited encounter counts for in accuracy by code, by record and by DRG.

use std::collections::BTreeSet;
use std::ops::AddAssign;

use super::{AuditedCase, CaseState, ErrorClass, LineKind};

/// Counts of which accuracy is the ratio.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Codes reviewed: every code of the coder, and every code that was missed.
    pub codes: i64,
    /// Codes of the coder with which nothing is wrong. Order and DRG are none of a single code.
    pub codes_right: i64,
    /// Records audited.
    pub records: i64,
    /// Records without any error.
    pub records_right: i64,
    /// Records audited that have a DRG.
    pub drgs: i64,
    /// Of them, those whose DRG the audit left as it was.
    pub drgs_right: i64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.codes += other.codes;
        self.codes_right += other.codes_right;
        self.records += other.records;
        self.records_right += other.records_right;
        self.drgs += other.drgs;
        self.drgs_right += other.drgs_right;
    }
}

impl AuditedCase {
    /// What it counts for; nothing before it is settled.
    #[must_use]
    pub fn tally(&self) -> Option<Tally> {
        let CaseState::Settled { audited, .. } = &self.state else { return None };
        let stands = || audited.findings.iter().filter(|one| one.stands());
        let codes = &self.coded.codes;
        let coded = counted(codes.diagnoses.len() + codes.procedures.len() + codes.services.len());
        let wrong: BTreeSet<(LineKind, usize)> =
            stands().filter_map(|one| Some((one.kind, one.place?))).collect();
        let missed = stands().filter(|one| one.class == ErrorClass::Missed).count();
        let has_drg = self.coded.drg.is_some() || audited.drg.is_some();
        let holds = stands().all(|one| one.class != ErrorClass::DrgChange);
        Some(Tally {
            codes: coded + counted(missed),
            codes_right: coded - counted(wrong.len()),
            records: 1,
            records_right: i64::from(stands().next().is_none()),
            drgs: i64::from(has_drg),
            drgs_right: i64::from(has_drg && holds),
        })
    }
}

fn counted(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
