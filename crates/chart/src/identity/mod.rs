//! The patient index: whether two records are of one person, and why.
//!
//! What comes in is text ([`Raw`]). It is normalised once ([`Traits`]), gives a few cheap keys by which candidates are
//! found ([`blocks`]), is compared field by field ([`compare`]) and weighed by a model that is data ([`Model`],
//! [`score`]). A score proposes; a person's decision outranks it ([`decide`]). `docs/identity.md` tells the same to the
//! people who work the queue.
//!
//! The method is that of Fellegi and Sunter (A Theory for Record Linkage, Journal of the American Statistical
//! Association 64, 1969), with weights by level of agreement and by how common a name is.
//!
//! ```
//! use chart::identity::{Frequencies, Model, Outcome, Raw, Traits, Vocabulary, blocks, compare, score};
//!
//! let traits = |given: &str, birth_date: &str| {
//!     let raw = Raw {
//!         surname: "Hendricks".into(),
//!         given: given.into(),
//!         birth_date: birth_date.into(),
//!         phones: vec!["206-342-8631".into()],
//!         ..Raw::default()
//!     };
//!     Traits::normalise(&raw, Vocabulary::shipped())
//! };
//! let (robert, bob) = (traits("Robert", "1956-04-09"), traits("Bob", "1956-09-04"));
//! assert!(blocks(&robert).iter().any(|key| blocks(&bob).contains(key)));
//!
//! let score = score(&compare(&robert, &bob), Model::shipped(), Frequencies::shipped());
//! assert_eq!(score.outcome, Outcome::SuggestLink);
//! assert_eq!(score.fields[1].why(), "One given name is a familiar form of the other.");
//! ```

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
pub use search::{Hit, Lookup, blocks_for_search, rank, telephone_key};
pub use table::TableError;
pub use train::{TrainError, Training, train};
pub use traits::Traits;
pub use vocabulary::Vocabulary;
pub use weight::Weight;
