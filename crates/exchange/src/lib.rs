//! What hospitals and payers exchange.
pub mod x12;
