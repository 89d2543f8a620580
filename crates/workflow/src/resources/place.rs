//! Where in the record the resources of a type live.

use chart::access::Permission;
use chart::directory::PartyKind;

/// Where resources of a type live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The patient index.
    Patients,
    /// The encounters.
    Encounters,
    /// The entries of one kind, by its key.
    Entries(&'static str),
    /// The documents.
    Documents,
    /// The directory.
    Parties(PartyKind),
}

impl Place {
    /// The place of a type; `None` when the record has none and only keeps what came.
    pub(super) fn of(resource_type: &str) -> Option<Self> {
        Some(match resource_type {
            "Patient" => Self::Patients,
            "Encounter" => Self::Encounters,
            "Condition" => Self::Entries("diagnosis"),
            "Procedure" => Self::Entries("procedure"),
            "Observation" => Self::Entries("result"),
            "DiagnosticReport" => Self::Entries("report"),
            "ServiceRequest" => Self::Entries("order"),
            "MedicationRequest" => Self::Entries("medication"),
            "AllergyIntolerance" => Self::Entries("allergy"),
            "Immunization" => Self::Entries("immunization"),
            "Coverage" => Self::Entries("coverage"),
            "ChargeItem" => Self::Entries("charge"),
            "Composition" | "DocumentReference" => Self::Documents,
            "Practitioner" => Self::Parties(PartyKind::Practitioner),
            "Organization" => Self::Parties(PartyKind::Organization),
            "Location" => Self::Parties(PartyKind::Location),
            _ => return None,
        })
    }

    /// What it takes to read one, beside reading over FHIR.
    pub(super) const fn permission(self) -> Permission {
        match self {
            Self::Patients | Self::Encounters => Permission::PatientRead,
            Self::Entries(kind) if matches!(kind.as_bytes(), b"coverage") => Permission::PatientRead,
            Self::Entries(_) | Self::Documents => Permission::ChartRead,
            Self::Parties(_) => Permission::DirectoryRead,
        }
    }

    /// What it takes to search without naming a patient.
    pub(super) const fn roaming(self) -> Permission {
        match self {
            Self::Patients => Permission::PatientSearch,
            Self::Parties(_) => Permission::DirectoryRead,
            Self::Encounters | Self::Entries(_) | Self::Documents => Permission::ChartSearch,
        }
    }
}
