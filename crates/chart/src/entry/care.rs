//! Orders, medications, allergies and vaccines.

use serde::{Deserialize, Serialize};

use crate::coded::Coded;
use crate::date::When;
use crate::directory::Named;
use crate::patient::Identifier;

use super::Value;

/// Something asked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Order {
    /// What is asked for.
    pub what: Coded,
    /// `laboratory`, `imaging`, `consult`, `diet`, `nursing`, `procedure`, or as sent.
    pub category: String,
    /// `active`, `completed`, `revoked`, `on-hold`.
    pub status: String,
    /// `routine`, `urgent`, `stat`.
    pub priority: String,
    /// When it was given.
    pub ordered: Option<When>,
    /// When it is to be done.
    pub due: Option<When>,
    /// Who gave it.
    pub by: Option<Named>,
    /// Spoken, to be authenticated: who took it down.
    pub verbal_to: Option<Named>,
    /// When a spoken order was authenticated.
    pub authenticated: Option<When>,
    /// What for.
    pub reasons: Vec<Coded>,
    /// Placer and filler numbers.
    pub identifiers: Vec<Identifier>,
    /// Anything more.
    pub note: String,
}

/// A medication ordered, taken at home or prescribed at discharge.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Medication {
    /// The drug.
    pub what: Coded,
    /// `inpatient`, `outpatient`, `community` (taken at home), `discharge`.
    pub category: String,
    /// `active`, `completed`, `stopped`, `on-hold`.
    pub status: String,
    /// `order`, `plan`, `statement`, as sent.
    pub intent: String,
    /// The direction in words: `40 mg by mouth twice a day`.
    pub direction: String,
    /// Dose with unit.
    pub dose: Value,
    /// By mouth, into a vein.
    pub route: Option<Coded>,
    /// How often, in words.
    pub frequency: String,
    /// When it was ordered.
    pub ordered: Option<When>,
    /// First dose, or since when.
    pub start: Option<When>,
    /// Last dose.
    pub end: Option<When>,
    /// Who ordered.
    pub by: Option<Named>,
    /// What for.
    pub reasons: Vec<Coded>,
    /// Anything more.
    pub note: String,
}

/// An allergy or intolerance, or that there is none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Allergy {
    /// To what.
    pub what: Coded,
    /// `allergy`, `intolerance`, or as sent.
    pub category: String,
    /// `active`, `inactive`, `resolved`.
    pub status: String,
    /// `low`, `high`, `unable-to-assess`.
    pub criticality: String,
    /// What happened.
    pub reactions: Vec<Coded>,
    /// Since when.
    pub onset: Option<When>,
    /// When it was written down.
    pub recorded: Option<When>,
    /// Who said so.
    pub by: Option<Named>,
    /// Anything more.
    pub note: String,
}

/// A vaccine given, or not given with the reason.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Immunization {
    /// The vaccine.
    pub what: Coded,
    /// `completed`, `not-done`.
    pub status: String,
    /// Why not, when not.
    pub not_done_reason: Option<Coded>,
    /// When.
    pub at: Option<When>,
    /// Lot number.
    pub lot: String,
    /// How much.
    pub dose: Value,
    /// Into which arm.
    pub site: Option<Coded>,
    /// By which route.
    pub route: Option<Coded>,
    /// Who gave it.
    pub by: Option<Named>,
    /// Anything more.
    pub note: String,
}
