//! What the editor says of a claim in one word and a few counts.

use super::edit::{Edit, PaymentStage};

/// The edits found on a claim, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EditSummary {
    counts: [u16; Edit::ALL.len()],
    before: bool,
    after: bool,
}

/// Whether the claim's edits act before payment, after it, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EditKind {
    /// No edit that touches payment.
    None,
    /// Before payment.
    Prepayment,
    /// After payment.
    Postpayment,
    /// Some before, some after.
    Both,
}

impl EditSummary {
    #[inline]
    pub(crate) fn add(&mut self, edit: Edit, stage: PaymentStage) {
        let count = &mut self.counts[edit as usize];
        *count = count.saturating_add(1);
        self.before |= stage == PaymentStage::Before;
        self.after |= stage == PaymentStage::After;
    }

    /// The result type the CMS editor prints.
    pub fn kind(&self) -> EditKind {
        match (self.before, self.after) {
            (false, false) => EditKind::None,
            (true, false) => EditKind::Prepayment,
            (false, true) => EditKind::Postpayment,
            (true, true) => EditKind::Both,
        }
    }

    /// The edits found, by name, with how often.
    pub fn counts(&self) -> impl Iterator<Item = (Edit, u16)> {
        Edit::ALL.iter().copied().zip(self.counts).filter(|&(_, count)| count > 0)
    }
}

impl EditKind {
    /// The name the CMS editor prints.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::Prepayment => "PREPAYMENT",
            Self::Postpayment => "POSTPAYMENT",
            Self::Both => "BOTH",
        }
    }
}
