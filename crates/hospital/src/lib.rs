//! The demo hospital: Harbor Bend Community Hospital, its staff, its charts, all invented.
//!
//! What it brings comes in as anything else does: as changes to the record ([`chart::intake`]). The charts written by
//! hand also say what a careful analyst finds in them ([`Expected`]): they are the corpus of the rooms that check. What an
//! expert coder makes of them ([`gold_codes`]) is the corpus of the rooms that code.

mod expected;
mod generate;
mod gold;
mod keys;
mod records;
mod staff;
mod written;

pub use expected::{Expected, ExpectedKind};
pub use generate::arrivals as generated;
pub use gold::{
    GoldAdmitting, GoldChart, GoldCodes, GoldCoding, GoldDiagnosis, GoldDrg, GoldEncounter, GoldProcedure,
    GoldQuery, NaiveFinding, gold_codes,
};
pub use keys::{SYSTEM, zone};
pub use records::{WrittenChart, charts, generated_records};
pub use staff::{SignIn, Staff};
pub use written::arrivals as written;
