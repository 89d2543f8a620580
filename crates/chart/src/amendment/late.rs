//! Writing after the bill or after an auditor has asked: a reviewer looks there first.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What is known of the bill for an encounter, and of who asked for its record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Billing {
    /// When the claim went out first.
    pub billed: Option<Timestamp>,
    /// When a payer or auditor first asked for the record.
    pub audit_requested: Option<Timestamp>,
}

/// Why a reviewer will look at something that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// Written after the claim went out.
    AfterBill(Timestamp),
    /// Written after the record was asked for.
    AfterAuditRequest(Timestamp),
}

impl Billing {
    /// The flags of what is written at `at`.
    #[must_use]
    pub fn flags(&self, at: Timestamp) -> Vec<Flag> {
        let before = |event: Option<Timestamp>| event.filter(|event| *event < at);
        let billed = before(self.billed).map(Flag::AfterBill);
        let asked = before(self.audit_requested).map(Flag::AfterAuditRequest);
        billed.into_iter().chain(asked).collect()
    }
}

impl Flag {
    /// What it says: `Written after the bill`.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::AfterBill(_) => "Written after the bill",
            Self::AfterAuditRequest(_) => "Written after an auditor asked for the record",
        }
    }

    /// When the bill went out, or the record was asked for.
    #[must_use]
    pub const fn since(self) -> Timestamp {
        match self {
            Self::AfterBill(at) | Self::AfterAuditRequest(at) => at,
        }
    }
}
