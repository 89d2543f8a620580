//! What can be wrong with an 835.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::super::InterchangeError;

/// Why a transaction set, or the rest of the file, cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RemittanceError {
    /// The file cannot be read on.
    #[error(transparent)]
    Interchange(#[from] InterchangeError),
    /// A transaction set other than 835; those after it are read.
    #[error("segment {segment}: the transaction set is a {set}, not an 835 remittance; it is passed over")]
    NotARemittance {
        /// The number of its ST.
        segment: u64,
        /// What it is, shortened.
        set: String,
    },
}

/// A segment that cannot be used. It is left out, with what belongs to it; the rest of the remittance is read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("segment {segment}: {element} is '{given}'; expected {expected}; the segment is left out")]
pub struct RemittanceFault {
    /// The segment's number in the file, from 1.
    pub segment: u64,
    /// The element, such as `CLP04`.
    pub element: Cow<'static, str>,
    /// The value, shortened.
    pub given: String,
    /// What the element can hold.
    pub expected: Cow<'static, str>,
}
