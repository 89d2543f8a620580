//! FHIR R4: resources read into changes to the record, and the record written as resources.
//!
//! Reading is tolerant: an element that cannot be understood is left out with a remark, and only a resource that
//! cannot be filed at all is refused; the bytes are kept either way. Writing is exact: what the record holds, with
//! decimals as they were sent. `docs/fhir.md` says what becomes what.

mod bundle;
mod capability;
pub mod json;
pub mod ndjson;
mod outcome;
pub mod own;
mod read;
pub mod search;
mod searchset;
mod table;
pub mod write;

use jiff::tz::TimeZone;

pub use bundle::{Entry, Refused, read_bundle, read_file};
pub use capability::{Context, capability_statement};
pub use outcome::{Issue, Severity, operation_outcome};
pub use read::{Known, kinds, read_resource, read_resource_knowing};
pub use searchset::{Page, searchset};

/// The media type of FHIR resources as JSON.
pub const MEDIA_TYPE: &str = "application/fhir+json";

/// Who sends, and how their resources are to be understood.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name their keys are filed under: the base address of their server, or a name given to a folder. Relative
    /// references, and absolute ones that begin with it, are theirs.
    pub system: String,
    /// The zone of times that name none, and of days where an instant is needed.
    pub zone: TimeZone,
}
