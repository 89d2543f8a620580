//! The record: patient, encounter, documents and what is known of a person, with who said so and when.
//!
//! Everything here is a value: nothing reads a clock, a file or a database. [`intake`] is what interfaces and hand
//! entry bring; the other modules are what the record holds afterwards.

pub mod access;
pub mod amendment;
pub mod bed_days;
pub mod claim;
pub mod clock;
pub mod coded;
pub mod coding;
pub mod coding_audit;
pub mod correction;
pub mod date;
pub mod deficiency;
pub mod dictation;
pub mod difference;
pub mod directory;
pub mod document;
pub mod document_template;
pub mod document_type;
pub mod encounter;
pub mod entry;
pub mod id;
pub mod identity;
pub mod intake;
mod keyed;
pub mod letter;
pub mod machine;
pub mod patient;
pub mod query;
pub mod record;
mod revise;
pub mod sign;
pub mod signature;
mod table;

pub use revise::Oddity;
