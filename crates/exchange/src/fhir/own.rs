//! What the record knows and R4 has no element for, written as extensions and codes of our own.
//!
//! They are read back, so that a record can leave by FHIR and come in again without loss.

/// Extension: the rank of a diagnosis or procedure in its encounter's list (`valuePositiveInt`).
pub const RANK: &str = "urn:chartroom:fhir:rank";
/// Extension: present on admission, as reported (`valueCode`).
pub const PRESENT_ON_ADMISSION: &str = "urn:chartroom:fhir:present-on-admission";
/// Extension: how the anesthesia was given (`valueCodeableConcept`).
pub const ANESTHESIA: &str = "urn:chartroom:fhir:anesthesia";
/// Extension: when the patient came to the door (`valueInstant`).
pub const ARRIVED: &str = "urn:chartroom:fhir:arrived";
/// Extension: who is expected to pay (`valueReference`).
pub const PAYER: &str = "urn:chartroom:fhir:payer";
/// Extension: who took a spoken order down (`valueReference`).
pub const VERBAL_TO: &str = "urn:chartroom:fhir:verbal-order-taken-by";
/// Extension: when a spoken order was authenticated (`valueDateTime`).
pub const AUTHENTICATED: &str = "urn:chartroom:fhir:verbal-order-authenticated";
/// Extension: a document is dictated and not yet typed (`valueBoolean`).
pub const DICTATED: &str = "urn:chartroom:fhir:dictated";
/// Extension: a document has been replaced by a later one (`valueBoolean`).
pub const SUPERSEDED: &str = "urn:chartroom:fhir:superseded";
/// Extension: a file that belongs to a composition (`valueAttachment`).
pub const ATTACHMENT: &str = "urn:chartroom:fhir:attachment";
/// Extension: a further number by which others know a composition (`valueIdentifier`).
pub const IDENTIFIER: &str = "urn:chartroom:fhir:identifier";
/// Extension: what a signature means, where R4 has no mode for it (`valueString`).
pub const MEANING: &str = "urn:chartroom:fhir:signature-meaning";
/// Extension: a relation amends the earlier document (`valueBoolean`).
pub const AMENDS: &str = "urn:chartroom:fhir:amends";
/// Extension: the bed and the facility of a place (`valueString`).
pub const BED: &str = "urn:chartroom:fhir:bed";
/// See [`BED`].
pub const FACILITY: &str = "urn:chartroom:fhir:facility";
/// Extension: the panel or report a result is part of (`valueReference`).
pub const REPORT: &str = "urn:chartroom:fhir:report";
/// Extension: the day of issue, where no time is known and R4 demands one (`valueDateTime`).
pub const ISSUED: &str = "urn:chartroom:fhir:issued";
/// Code system: the setting of an encounter, as its key.
pub const SETTING: &str = "urn:chartroom:setting";
/// Code system: the role of a diagnosis, as its key.
pub const ROLE: &str = "urn:chartroom:diagnosis-role";
/// Code system: categories of orders, reports and medications.
pub const CATEGORY: &str = "urn:chartroom:category";
