//! The coder's desk: from the first code to the bill.
//!
//! [`Books`] are opened once and hold what codes are held against. [`compute()`] is where everything that is said of a
//! list of codes comes together: the Medicare Code Editor, the guidelines, the DRG with its reasons, the price. Another
//! check is added there and shows on the page, in the API and in the way of closing a code set.

mod books;
mod compute;
mod facts;
mod find;
pub mod manual;
mod measured;
mod raise;
mod read;
mod reading;
mod rules;
mod second_review;
mod shadow;
mod suggested;
mod synonyms;
mod unbilled;
mod verbs;

pub use books::{Books, BooksError};
pub use compute::{Computed, Group, LineFacts, Objection, compute};
pub use facts::Facts;
pub use find::{Found, find};
pub use measured::{Measured, OfEncounter, Proposals, measured};
pub use raise::Raise;
pub use read::{CodingDesk, Side, read};
pub(crate) use rules::in_force as rules_in_force;
pub use rules::{RuleChange, Rules, rules, set_rule};
pub use second_review::{CriterionChange, SecondReviews, WaitsForReview, second_reviews, set_criterion};
pub use shadow::{Agreement, Class, Comparison, Differs, Test, TestChange, classes, comparison, turn_test};
pub use suggested::{Answer, Suggested, decide, forget, learned, suggested};
pub use synonyms::{KeptPack, PackChange, Synonyms, add_pack, read_anew, remove_pack, synonyms};
pub use unbilled::{Board, Cause, Waits, unbilled};
pub use verbs::{Done, Verb, act, begin, what_was};

// What is said of codes is said in the words of the engines; pages read these.
pub use codeset::manual::Classification;
pub use grouper::{Evidence, FormulaStep, Influence};
pub use guidelines::Severity;
pub use pricer::{Line as PriceLine, MissingFactor, Worksheet};
pub use store::coding::Learned;
pub use suggest::{Evidence as Passage, Standing, Step, Suggestion};
