//! Entries of the chart: what is neither a document nor an encounter.

use serde::{Deserialize, Serialize};

use crate::coded::Coded;
use crate::date::When;
use crate::directory::Named;
use crate::document::Attachment;
use crate::id::{EncounterId, EntryId, PatientId};
use crate::intake::{Origin, SourceKey};

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

/// A value measured or found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Nothing was given.
    #[default]
    None,
    /// A number with its unit. The number is text, exactly as sent.
    Quantity {
        /// `<`, `<=`, `>`, `>=`, or empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        comparator: String,
        /// The number: digits, sign and point.
        number: String,
        /// The unit, UCUM where the sender uses it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        unit: String,
    },
    /// A choice of a list.
    Coded(Coded),
    /// Words.
    Text(String),
}

impl Value {
    /// As a person reads it: `1.9 mg/dL`.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Quantity { comparator, number, unit } => {
                format!("{comparator}{number} {unit}").trim_end().to_owned()
            }
            Self::Coded(coded) => coded.text.clone(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// A measurement or finding: laboratory, vital sign, examination, social history.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Finding {
    /// What was measured.
    pub what: Coded,
    /// `laboratory`, `vital-signs`, `social-history`, `exam`, `survey`, `imaging`, or as sent.
    pub category: String,
    /// `final`, `preliminary`, `corrected`, `cancelled`.
    pub status: String,
    /// What was found.
    pub value: Value,
    /// Why there is no value, when said.
    pub absent_reason: Option<Coded>,
    /// Reference range, as sent or `low–high`.
    pub range: String,
    /// Low end of the reference range, as text of a number.
    pub low: Option<String>,
    /// High end.
    pub high: Option<String>,
    /// `H`, `L`, `HH`, `A`, `N`, as sent.
    pub flags: Vec<String>,
    /// When the specimen was taken or the finding made.
    pub at: Option<When>,
    /// When the value was made known.
    pub issued: Option<When>,
    /// Parts with values of their own: systolic and diastolic.
    pub parts: Vec<Part>,
    /// Who measured.
    pub by: Vec<Named>,
    /// Blood, urine.
    pub specimen: Option<Coded>,
    /// The panel or report it is part of.
    pub report: Option<SourceKey>,
    /// Anything more.
    pub note: String,
}

/// A part of a finding.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Part {
    /// What was measured.
    pub what: Coded,
    /// What was found.
    pub value: Value,
    /// Reference range.
    pub range: String,
    /// `H`, `L`, … as sent.
    pub flags: Vec<String>,
}

/// A report on results or images.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// What was examined.
    pub what: Coded,
    /// `laboratory`, `imaging`, `pathology`, `cardiology`, or as sent.
    pub category: String,
    /// `final`, `preliminary`, `amended`, `cancelled`.
    pub status: String,
    /// When the study was made.
    pub at: Option<When>,
    /// When the report was issued.
    pub issued: Option<When>,
    /// Its text.
    pub text: String,
    /// What it concludes.
    pub conclusion: String,
    /// The results it reports.
    pub results: Vec<SourceKey>,
    /// Files that came with it.
    pub attachments: Vec<Attachment>,
    /// Who read or measured.
    pub by: Vec<Named>,
    /// The order it answers.
    pub order: Option<SourceKey>,
}

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
    pub identifiers: Vec<crate::patient::Identifier>,
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
