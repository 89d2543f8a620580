//! Remittance advice: the 835 of HIPAA version 5010 (implementation guide 005010X221A1), which says what a payer paid,
//! what it took off, and why.
//!
//! ```text
//! ISA interchange · GS group · ST transaction set (835): one payment
//!   BPR amount · TRN trace · N1 payer, payee
//!     LX · CLP claim (loop 2100) · CAS adjustments · SVC service lines (2110)
//!   PLB adjustments of the provider's account
//! ```
//!
//! A segment that cannot be read is reported with its number and left out; the others are read.

mod balance;
mod error;
mod reader;
mod reasons;
mod remittance;
mod take;

pub use balance::{Denial, Imbalance};
pub use error::{RemittanceError, RemittanceFault};
pub use reader::{Remittances, read_remittances};
pub use reasons::{
    AdjustmentReason, DenialCategory, adjustment_reason, denial_category, remark_words, remittance_words,
};
pub use remittance::{
    Adjustment, ClaimStatus, Payee, Payment, ProviderAdjustment, Remittance, RemittedClaim, RemittedLine,
    RemittingPayer,
};
