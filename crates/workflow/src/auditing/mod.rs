//! Audit samples: closed codes are drawn by chance, coded again blind, compared, answered and settled; and the accuracy
//! that comes of them.
//!
//! The machine is [`chart::coding_audit`]. Here it is kept, and it is seen to that who codes again does not see the
//! first codes: the coder's desk of an encounter is closed to them until their own codes are finished.

mod accuracy;
mod blind;
mod draw;
mod read;
mod verbs;

pub use accuracy::{Accuracy, Figures, accuracy};
pub(crate) use blind::must_not_be_blind;
pub use draw::draw;
pub use read::{CaseRow, Mine, OneCase, OneSample, SampleRow, Samples, case, mine, sample, samples};
pub use verbs::{Verb, act};
