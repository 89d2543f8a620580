//! What hospitals and payers exchange, read into types of its own. Pure: bytes in, values out.

pub mod cda;
pub mod fhir;
pub mod hl7;
pub mod x12;
