//! The record written as R4 resources, with our own ids.
//!
//! What is written is read back as it was: the property tests of `tests/fhir_round_trip.rs` hold every kind to that.

mod charge;
mod coverage;
mod datatype;
mod diagnosis;
mod document;
mod encounter;
mod entry;
mod finding;
mod medication;
mod narrative;
mod order;
mod party;
mod patient;
mod procedure;
mod report;

use chart::intake::{Origin, SourceKey};

pub use document::{composition, document_reference};
pub use encounter::encounter;
pub use entry::{entry, resource_type};
pub use party::party;
pub use patient::patient;

use super::json::Object;

/// Where the things are that a record names by their senders' keys.
pub trait Refs {
    /// The reference to what this key names here, `Practitioner/01J…`; `None` when it is not in the record. It is
    /// then written by the key alone.
    fn reference(&self, key: &SourceKey) -> Option<String>;
}

/// Knows nothing: everybody is written by name and key.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoRefs;

impl Refs for NoRefs {
    fn reference(&self, _: &SourceKey) -> Option<String> {
        None
    }
}

/// A resource with its id and `meta`: version, when it was stored, and from whom it came.
fn resource(resource_type: &str, id: &str, version: i64, origin: Option<&Origin>) -> Object {
    let meta = Object::new()
        .with("versionId", version.to_string())
        .maybe("lastUpdated", origin.map(|origin| origin.received.to_string()))
        .maybe("source", origin.and_then(|origin| Some(&origin.key.as_ref()?.system)));
    Object::resource(resource_type).with("id", id).with("meta", meta)
}
