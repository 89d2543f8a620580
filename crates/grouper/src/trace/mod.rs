//! Why a case has its DRG: the formulas that were true, the code behind every name in them, what counted as MCC or
//! CC and what was cancelled, the higher-ranked formulas that were missed and what they lacked, and the codes whose
//! absence would change the DRG. Built only when asked for.

mod build;
mod influence;
mod missed;
mod text;

use codeset::{Drg, Mdc, Version};
use serde::Serialize;

use crate::Severity;

/// Why a case has its DRG. Prints itself for people; serializes for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// The grouper version.
    pub version: Version,
    /// The principal diagnosis.
    pub principal: PrincipalTrace,
    /// The secondary diagnoses in claim order.
    pub secondary: Vec<SecondaryTrace>,
    /// The procedures in claim order.
    pub procedures: Vec<ProcedureTrace>,
    /// Procedures that together acted as one more.
    pub clusters: Vec<ClusterTrace>,
    /// How the DRG was reached before the hospital-acquired-condition rules.
    pub initial: AssignmentTrace,
    /// How the final DRG was reached.
    pub last: AssignmentTrace,
    /// Higher-ranked formulas of the lists gone through that were not true, and what they lacked.
    pub missed: Vec<MissedFormula>,
    /// Codes whose absence would change the final DRG.
    pub influences: Vec<Influence>,
}

/// The principal diagnosis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrincipalTrace {
    /// The code.
    pub code: String,
    /// Whether the version has it.
    pub is_valid: bool,
    /// The MDC it leads to.
    pub mdc: Mdc,
    /// The MDC was chosen by the patient's sex.
    pub mdc_by_sex: bool,
    /// The group of secondary diagnoses whose severity it cancels; `None` if it cancels none.
    pub exclusion_group: Option<u16>,
}

/// A secondary diagnosis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecondaryTrace {
    /// The code.
    pub code: String,
    /// Whether the version has it.
    pub is_valid: bool,
    /// Its severity by table.
    pub severity: Severity,
    /// The severity it added to the final DRG.
    pub counted_as: Severity,
    /// Why it counted for less.
    pub cancelled: Option<String>,
    /// The hospital-acquired conditions it is listed under, each with how that ended.
    pub hacs: Vec<HacTrace>,
}

/// A hospital-acquired condition of a secondary diagnosis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HacTrace {
    /// Its number, 1 to 14.
    pub hac: u8,
    /// Its title.
    pub title: String,
    /// Whether it was met, or why not.
    pub outcome: String,
}

/// A procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProcedureTrace {
    /// The code.
    pub code: String,
    /// Whether the version has it.
    pub is_valid: bool,
    /// Whether the version counts it as an operating-room procedure.
    pub is_operation: bool,
    /// MDCs in which it counted for nothing, as part of a met cluster.
    pub silent_in: Vec<u16>,
}

/// A met cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClusterTrace {
    /// The pseudo-code that stands for it.
    pub code: String,
    /// The procedures on the claim that are its components.
    pub components: Vec<String>,
}

/// How one DRG was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AssignmentTrace {
    /// The DRG.
    pub drg: Drg,
    /// Its title.
    pub title: String,
    /// The MDC.
    pub mdc: Mdc,
    /// The MDC's title.
    pub mdc_title: String,
    /// The return code.
    pub return_code: &'static str,
    /// What the return code means.
    pub meaning: &'static str,
    /// The formulas that were true, in order.
    pub steps: Vec<FormulaStep>,
}

/// A formula that was true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormulaStep {
    /// The list: an MDC, 0 for Pre-MDC, 29 for procedures unrelated to the principal diagnosis.
    pub list: Mdc,
    /// Its rank in the list's hierarchy.
    pub rank: u16,
    /// The formula.
    pub formula: String,
    /// What it did.
    pub outcome: String,
    /// The names in it that were true, and what made them so.
    pub evidence: Vec<Evidence>,
}

/// What made a name in a formula true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The name.
    pub name: String,
    /// The codes that carry it, or what on the claim made it true.
    pub from: Vec<String>,
}

/// A higher-ranked formula that was not true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissedFormula {
    /// The list.
    pub list: Mdc,
    /// Its rank.
    pub rank: u16,
    /// The DRG it would have assigned.
    pub drg: Drg,
    /// The whole formula.
    pub formula: String,
    /// The part that was not true.
    pub lacking: String,
    /// How many names in the formula were true: the more, the nearer the miss.
    pub names_true: usize,
    /// How many names stand in the part that was not true: the fewer, the nearer the miss.
    pub names_lacking: usize,
}

/// A code whose absence would change the final DRG.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Influence {
    /// The code.
    pub code: String,
    /// The final DRG without it.
    pub drg_without: Drg,
    /// That DRG's title.
    pub title_without: String,
}

/// Why a case did not get a DRG asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhyNot {
    /// The DRG asked about.
    pub drg: Drg,
    /// Its title; blank if the version has no such DRG.
    pub title: String,
    /// One reason for each formula that assigns it.
    pub reasons: Vec<WhyNotReason>,
}

/// Why one formula did not assign the DRG asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhyNotReason {
    /// The formula's list.
    pub list: Mdc,
    /// Its rank.
    pub rank: u16,
    /// The formula.
    pub formula: String,
    /// The reason.
    pub reason: String,
}
