//! Who pays, and for what.

use serde::{Deserialize, Serialize};

use crate::coded::Coded;
use crate::date::When;
use crate::directory::Named;

/// Who pays, under which policy.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Coverage {
    /// The plan or its type.
    pub plan: Coded,
    /// The payer.
    pub payer: Named,
    /// First payer, second payer …, from 1.
    pub rank: Option<u32>,
    /// `active`, `cancelled`.
    pub status: String,
    /// Member or policy number.
    pub member: String,
    /// Group number.
    pub group: String,
    /// What the subscriber is to the patient.
    pub relationship: Option<Coded>,
    /// First day.
    pub start: Option<When>,
    /// Last day.
    pub end: Option<When>,
}

/// A charge, credit or charge reversed (HL7 FT1).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Charge {
    /// What is charged.
    pub what: Coded,
    /// `charge`, `credit`, `payment`, `adjustment`, as sent.
    pub category: String,
    /// When the service was given.
    pub at: Option<When>,
    /// How many, as text of a number.
    pub quantity: String,
    /// The extended amount in cents, when given.
    pub amount_cents: Option<i64>,
    /// The procedure it is for, when coded.
    pub procedure: Option<Coded>,
    /// The diagnoses it is for.
    pub diagnoses: Vec<Coded>,
    /// Who did it.
    pub by: Option<Named>,
}
