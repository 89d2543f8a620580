//! Encounters: stays and visits of every setting, from registration to discharge.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::coded::Coded;
use crate::directory::Named;
use crate::id::{EncounterId, PatientId};
use crate::intake::Origin;
use crate::patient::Identifier;

/// Where care is given; it decides which record type, which forms and which codes apply.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// Acute inpatient.
    Inpatient,
    /// Emergency room.
    Emergency,
    /// Observation: in a bed, an outpatient by law.
    Observation,
    /// Surgery with discharge on the same day.
    AmbulatorySurgery,
    /// Office or clinic.
    #[default]
    Clinic,
    /// Labor, delivery and after.
    Obstetric,
    /// The newborn's own stay.
    Newborn,
    /// Skilled care in an acute hospital's bed (42 CFR 482.58, 485.645).
    SwingBed,
    /// Skilled nursing facility.
    SkilledNursing,
}

impl Setting {
    /// Every setting, in the order to list them.
    pub const ALL: [Self; 9] = [
        Self::Inpatient,
        Self::Emergency,
        Self::Observation,
        Self::AmbulatorySurgery,
        Self::Clinic,
        Self::Obstetric,
        Self::Newborn,
        Self::SwingBed,
        Self::SkilledNursing,
    ];

    /// Whether nights count as bed days.
    #[must_use]
    pub const fn has_bed_days(self) -> bool {
        !matches!(self, Self::Emergency | Self::Observation | Self::AmbulatorySurgery | Self::Clinic)
    }

    /// What it is called: `Ambulatory surgery`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Inpatient => "Inpatient",
            Self::Emergency => "Emergency",
            Self::Observation => "Observation",
            Self::AmbulatorySurgery => "Ambulatory surgery",
            Self::Clinic => "Clinic",
            Self::Obstetric => "Obstetric",
            Self::Newborn => "Newborn",
            Self::SwingBed => "Swing bed",
            Self::SkilledNursing => "Skilled nursing",
        }
    }

    /// The key it is stored and filtered by: `swing-bed`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Inpatient => "inpatient",
            Self::Emergency => "emergency",
            Self::Observation => "observation",
            Self::AmbulatorySurgery => "ambulatory-surgery",
            Self::Clinic => "clinic",
            Self::Obstetric => "obstetric",
            Self::Newborn => "newborn",
            Self::SwingBed => "swing-bed",
            Self::SkilledNursing => "skilled-nursing",
        }
    }
}

/// How far a stay or visit has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Stay {
    /// Expected.
    Planned {
        /// When, if known.
        expected: Option<Timestamp>,
    },
    /// The patient is here.
    Open {
        /// Since when: arrival, or admission once admitted; `None` when the sender did not say.
        since: Option<Timestamp>,
    },
    /// The patient has left.
    Closed {
        /// Arrival or admission.
        since: Option<Timestamp>,
        /// Discharge or end of the visit; `None` when the sender did not say.
        until: Option<Timestamp>,
    },
    /// It did not take place.
    Cancelled {
        /// When it was expected or had begun.
        since: Option<Timestamp>,
    },
}

impl Stay {
    /// When it began, or was to begin.
    #[must_use]
    pub const fn since(self) -> Option<Timestamp> {
        match self {
            Self::Planned { expected: since }
            | Self::Open { since }
            | Self::Closed { since, .. }
            | Self::Cancelled { since } => since,
        }
    }

    /// When it ended.
    #[must_use]
    pub const fn until(self) -> Option<Timestamp> {
        if let Self::Closed { until, .. } = self { until } else { None }
    }
}

impl Default for Stay {
    fn default() -> Self {
        Self::Planned { expected: None }
    }
}

/// What happened to a patient, as registration tells it (HL7 v2 trigger events A01 to A13 and their like).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Movement {
    /// Expected (A05, A14).
    Preadmit,
    /// Registered as an outpatient or in the emergency room (A04).
    Register,
    /// Admitted (A01), or an outpatient who becomes an inpatient (A06).
    Admit,
    /// An inpatient who becomes an outpatient (A07).
    MakeOutpatient,
    /// Another bed or ward (A02).
    Transfer,
    /// Discharged, or the visit has ended (A03).
    Discharge,
    /// The admission or visit did not take place (A11, A27, A38).
    CancelAdmit,
    /// The transfer did not take place (A12).
    CancelTransfer,
    /// Still here after all (A13).
    CancelDischarge,
    /// Nothing moved; what is known has changed (A08, a FHIR resource).
    Update,
}

/// A place where the patient was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Ward, unit or clinic.
    pub unit: String,
    /// Room and bed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub bed: String,
    /// Facility or building, when more than one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub facility: String,
}

/// A stay at a place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// Where.
    pub place: Place,
    /// From when; `None` when the sender did not say.
    pub from: Option<Timestamp>,
}

/// What somebody is to an encounter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attends {
    /// Responsible for the care.
    Attending,
    /// Admitted the patient.
    Admitting,
    /// Asked for advice.
    Consulting,
    /// Sent the patient.
    Referring,
    /// Discharged the patient.
    Discharging,
    /// Operated or performed.
    Performing,
    /// Nurse.
    Nurse,
    /// Anything else.
    Other,
}

/// Somebody's part in an encounter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// What they are to it.
    pub role: Attends,
    /// Who.
    pub who: Named,
}

/// What is known of a stay or visit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Visit {
    /// Account and visit numbers.
    pub identifiers: Vec<Identifier>,
    /// Where care is given.
    pub setting: Setting,
    /// How far it has come, with its times.
    pub stay: Stay,
    /// When the patient came to the door, when that was before admission.
    pub arrived: Option<Timestamp>,
    /// Emergency, urgent, elective, newborn, trauma (NUBC priority of visit).
    pub admission_type: Option<Coded>,
    /// From where (NUBC point of origin).
    pub admission_source: Option<Coded>,
    /// To where (NUBC patient discharge status).
    pub disposition: Option<Coded>,
    /// Medicine, Surgery, Obstetrics.
    pub service: Option<Coded>,
    /// What for: the complaint or admitting diagnosis.
    pub reasons: Vec<Coded>,
    /// Where the patient was, in order; the last is where they are or left from.
    pub moves: Vec<Move>,
    /// Who took part.
    pub attendance: Vec<Attendance>,
    /// Who is expected to pay, the first payer first.
    pub payers: Vec<Named>,
}

impl Visit {
    /// Who has this part in it, first named first.
    pub fn attending(&self, role: Attends) -> impl Iterator<Item = &Named> {
        self.attendance.iter().filter(move |one| one.role == role).map(|one| &one.who)
    }
}

/// A stay or visit of a patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encounter {
    /// Our identifier.
    pub id: EncounterId,
    /// Counts changes, from 1.
    pub version: i64,
    /// Whose it is.
    pub patient: PatientId,
    /// What is known of it.
    pub visit: Visit,
    /// Where the latest of it came from.
    pub origin: Origin,
}
