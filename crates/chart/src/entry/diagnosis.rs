//! Diagnoses and interventions.

use serde::{Deserialize, Serialize};

use crate::coded::Coded;
use crate::date::When;
use crate::directory::Named;

/// A diagnosis or problem.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Diagnosis {
    /// What it is.
    pub what: Coded,
    /// What it is to the encounter or person.
    pub role: DiagnosisRole,
    /// Its place in a ranked list, from 1.
    pub rank: Option<u32>,
    /// `active`, `recurrence`, `inactive`, `remission`, `resolved`; empty when not said.
    pub clinical_status: String,
    /// `confirmed`, `provisional`, `differential`, `refuted`; empty when not said.
    pub verification: String,
    /// Mild, moderate, severe.
    pub severity: Option<Coded>,
    /// Where in the body.
    pub sites: Vec<Coded>,
    /// Present on admission: `Y`, `N`, `U`, `W`, `1`, as sent.
    pub present_on_admission: Option<String>,
    /// When it began.
    pub onset: Option<When>,
    /// When it ended.
    pub abated: Option<When>,
    /// When it was written down.
    pub recorded: Option<When>,
    /// Who said so.
    pub by: Option<Named>,
    /// Anything more.
    pub note: String,
}

/// What a diagnosis is to the encounter or person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DiagnosisRole {
    /// On the problem list, beyond one encounter.
    #[default]
    Problem,
    /// Why the patient was admitted.
    Admitting,
    /// Worked with during the encounter.
    Working,
    /// Established at discharge, or by the end of the visit.
    Discharge,
    /// As billed.
    Billing,
}

/// An intervention that was done, or was not.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Procedure {
    /// What was done.
    pub what: Coded,
    /// `completed`, `in-progress`, `not-done`, `stopped`, `preparation`.
    pub status: String,
    /// Its place in a ranked list, from 1.
    pub rank: Option<u32>,
    /// When it began.
    pub start: Option<When>,
    /// When it ended.
    pub end: Option<When>,
    /// Who did it, the surgeon first.
    pub by: Vec<Named>,
    /// Where in the body.
    pub sites: Vec<Coded>,
    /// What for.
    pub reasons: Vec<Coded>,
    /// General, regional, local; anesthesia as sent.
    pub anesthesia: Option<Coded>,
    /// What came of it.
    pub outcome: Option<Coded>,
    /// Anything more.
    pub note: String,
}
