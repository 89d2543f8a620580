//! Entries of the chart: what is neither a document nor an encounter.

mod care;
mod diagnosis;
mod money;
mod result;

use serde::{Deserialize, Serialize};

use crate::coded::Coded;
use crate::date::When;
use crate::id::{EncounterId, EntryId, PatientId};
use crate::intake::Origin;

pub use care::{Allergy, Immunization, Medication, Order};
pub use diagnosis::{Diagnosis, DiagnosisRole, Procedure};
pub use money::{Charge, Coverage};
pub use result::{Finding, Part, Report, Value};

/// An entry with whose it is and where it came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Our identifier.
    pub id: EntryId,
    /// Counts changes, from 1.
    pub version: i64,
    /// Whose chart it is in.
    pub patient: PatientId,
    /// In which encounter, when in one.
    pub encounter: Option<EncounterId>,
    /// What it says.
    pub content: EntryContent,
    /// Withdrawn by its sender: shown struck through, never counted.
    pub in_error: bool,
    /// Where it came from.
    pub origin: Origin,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum EntryContent {
    /// A diagnosis or problem.
    Diagnosis(Diagnosis),
    /// An intervention that was done.
    Procedure(Procedure),
    /// A measurement or finding.
    Result(Finding),
    /// A report on results or images.
    Report(Report),
    /// Something asked for.
    Order(Order),
    /// A medication ordered, taken at home or prescribed.
    Medication(Medication),
    /// An allergy or intolerance.
    Allergy(Allergy),
    /// A vaccine given or not given.
    Immunization(Immunization),
    /// Who pays, under which policy.
    Coverage(Coverage),
    /// A charge.
    Charge(Charge),
}

impl EntryContent {
    /// The key its kind is stored and filtered by.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Diagnosis(_) => "diagnosis",
            Self::Procedure(_) => "procedure",
            Self::Result(_) => "result",
            Self::Report(_) => "report",
            Self::Order(_) => "order",
            Self::Medication(_) => "medication",
            Self::Allergy(_) => "allergy",
            Self::Immunization(_) => "immunization",
            Self::Coverage(_) => "coverage",
            Self::Charge(_) => "charge",
        }
    }

    /// What it is about, to show and to search.
    #[must_use]
    pub const fn what(&self) -> &Coded {
        match self {
            Self::Diagnosis(one) => &one.what,
            Self::Procedure(one) => &one.what,
            Self::Result(one) => &one.what,
            Self::Report(one) => &one.what,
            Self::Order(one) => &one.what,
            Self::Medication(one) => &one.what,
            Self::Allergy(one) => &one.what,
            Self::Immunization(one) => &one.what,
            Self::Coverage(one) => &one.plan,
            Self::Charge(one) => &one.what,
        }
    }

    /// When it was or began, to order by.
    #[must_use]
    pub const fn at(&self) -> Option<When> {
        match self {
            Self::Diagnosis(one) => first(one.onset, one.recorded),
            Self::Procedure(one) => one.start,
            Self::Result(one) => first(one.at, one.issued),
            Self::Report(one) => first(one.at, one.issued),
            Self::Order(one) => one.ordered,
            Self::Medication(one) => first(one.ordered, one.start),
            Self::Allergy(one) => first(one.recorded, one.onset),
            Self::Immunization(one) => one.at,
            Self::Coverage(one) => one.start,
            Self::Charge(one) => one.at,
        }
    }
}

/// The first of two that is known.
const fn first(one: Option<When>, other: Option<When>) -> Option<When> {
    if one.is_some() { one } else { other }
}
