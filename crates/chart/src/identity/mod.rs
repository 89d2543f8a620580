//! The patient index: whether two records are of one person, and why.
//!
//! What comes in is text ([`Raw`]). It is normalised once ([`Traits`]), gives a few cheap keys by which candidates are
//! found ([`blocks`]), is compared field by field ([`compare`]) and weighed by a model that is data ([`Model`],
//! [`score`]). A score proposes; a person's decision outranks it ([`decide`]). `docs/identity.md` tells the same to the
//! people who work the queue.
//!
//! The method is that of Fellegi and Sunter (A Theory for Record Linkage, Journal of the American Statistical
//! Association 64, 1969), with weights by level of agreement and by how common a name is.

mod address;
mod birth;
mod block;
mod compare;
mod decision;
mod explain;
mod field;
mod frequency;
mod model;
mod name;
mod number;
mod person;
mod raw;
mod score;
mod search;
mod table;
mod text;
mod train;
mod traits;
mod vocabulary;
mod weight;

pub use birth::BirthDate;
pub use block::{BlockKey, blocks};
pub use compare::{FieldComparison, compare};
pub use decision::{Decision, Ruling, Verdict, decide};
pub use field::{Field, Level};
pub use frequency::{Frequencies, Rarity};
pub use model::{Model, Rate, Settings};
pub use name::Name;
pub use raw::{Raw, RecordNumber};
pub use score::{FieldScore, Outcome, Score, score};
pub use search::{Hit, Lookup, blocks_for_search, rank};
pub use table::TableError;
pub use train::{TrainError, Training, train};
pub use traits::Traits;
pub use vocabulary::Vocabulary;
pub use weight::Weight;
