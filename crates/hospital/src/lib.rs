//! The demo hospital: Harbor Bend Community Hospital, its staff, its charts, all invented.
//!
//! What it brings comes in as anything else does: as changes to the record ([`chart::intake`]). The charts written by
//! hand also say what a careful analyst finds in them ([`Expected`]): they are the corpus of the rooms that check.

mod expected;
mod generate;
mod keys;
mod records;
mod staff;
mod written;

pub use expected::{Expected, ExpectedKind};
pub use generate::arrivals as generated;
pub use keys::{SYSTEM, zone};
pub use records::{WrittenChart, charts, generated_records};
pub use staff::{SignIn, Staff};
pub use written::arrivals as written;
