//! Codes proposed from what documents say: deterministic, explained, and never final by themselves.
//!
//! A document is read into sections and sentences; phrases of the manuals, of our tables and of synonym packs are
//! found in it, whatever their word order; the words around say whether the patient has, had or does not have it.
//! Counts of coded charts say how often a phrase led to a code, and a logistic sum of named figures makes the score.
//! Words nearby narrow the code; what the record does not say is asked, not guessed.

mod acceptance;
mod candidate;
mod codebook;
mod context;
mod corpus;
mod counts;
mod evaluate;
mod fit;
mod learn;
mod lexicon;
mod manual;
mod mention;
mod policy;
mod section;
mod settle;
mod specify;
mod suggester;
mod suggestion;
mod weights;
mod words;

pub use acceptance::{Acceptance, Decisions};
pub use codebook::{Codebook, Node, category_of, node_of};
pub use corpus::{CorpusError, assigned_codes};
pub use evaluate::{ChartFigures, Evaluation, Judged, Measure, evaluate};
pub use learn::{CodedChart, Learned, learn};
pub use lexicon::Source;
pub use manual::Sources;
pub use policy::{DocumentPolicy, Use};
pub use suggester::{Document, Suggester, together};
pub use suggestion::{Evidence, Part, Question, Standing, Status, Step, Suggestion};
