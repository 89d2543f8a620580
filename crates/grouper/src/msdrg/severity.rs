//! Which secondary diagnoses count as complications (rule F), and what stands against the others.

use super::claim::Scratch;
use super::tables::Severity;

/// Why a secondary diagnosis that is an MCC or CC by table does not count as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cancelled {
    /// The principal diagnosis' exclusion group holds it.
    Excluded,
    /// An MCC only for patients discharged alive, and the patient died.
    Died,
    /// A hospital-acquired condition: it must not raise the payment.
    HospitalAcquired,
}

impl Scratch {
    /// The best severity among the secondary diagnoses that count, those on suppression list `suppression` left out.
    #[inline]
    pub(crate) fn severity(&self, suppression: u32) -> Severity {
        let counting = self.secondary.iter().filter(|s| s.suppressions & suppression == 0);
        counting.map(super::claim::Secondary::counts_as).max().unwrap_or_default()
    }
}
