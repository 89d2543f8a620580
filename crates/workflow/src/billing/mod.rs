//! From closed codes to the claim, and from the payer's answer back to the encounter.
//!
//! [`claims`] writes what [`assemble`](self) puts together: nothing is invented, and what is missing is told in words.
//! [`remittances`] posts what payers answer, and keeps what belongs to no encounter.

mod assemble;
mod charges;
pub mod claims;
mod codes;
mod draft;
pub mod facility;
mod parties;
pub mod remittances;
mod tables;

pub use draft::Prepared;
pub use facility::Biller;

// What a claim and a remittance say is said in the words of the exchange; pages read these.
pub use exchange::x12::{
    Adjustment, DenialCategory, InstitutionalClaim, Remittance, RemittedClaim, ServiceLine,
    adjustment_reason, denial_category, remark_words, remittance_words,
};
pub use store::remittances::{Answer, DenialSum, Listed};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Dollars as cents.
fn cents(dollars: Decimal) -> i64 {
    dollars.saturating_mul(Decimal::ONE_HUNDRED).round().to_i64().unwrap_or(i64::MAX)
}
