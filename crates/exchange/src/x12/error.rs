//! What can be wrong with an 837, by claim and as a whole.

use std::fmt;
use std::io;

/// Why one claim cannot be used. The claims after it are read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClaimFault {
    /// A professional, dental or other claim.
    #[error("the claim is of guide {0}, not an institutional one (005010X223)")]
    NotInstitutional(String),
    /// A transaction set other than 837.
    #[error("the transaction set is a {0}, not an 837 claim")]
    NotAClaim(String),
    /// A diagnosis or procedure of the classification in use before October 2015.
    #[error(
        "segment {segment}, loop {within}: qualifier {qualifier} gives {code} as ICD-9; only ICD-10 is supported"
    )]
    Icd9 {
        /// The segment's number.
        segment: u64,
        /// The loop it stands in.
        within: Loop,
        /// The qualifier, such as `BK`.
        qualifier: String,
        /// The code.
        code: String,
    },
    /// A value that its element cannot hold.
    #[error("segment {segment}, loop {within}: {element} is '{given}'; expected {expected}")]
    Value {
        /// The segment's number.
        segment: u64,
        /// The loop it stands in.
        within: Loop,
        /// The element, such as `DTP03`.
        element: &'static str,
        /// The value, shortened.
        given: String,
        /// What the element can hold.
        expected: &'static str,
    },
    /// More entries than any claim has.
    #[error("segment {segment}, loop {within}: the claim has more than {max} codes of one kind", max = super::codes::MAX_CODES)]
    TooManyCodes {
        /// The segment's number.
        segment: u64,
        /// The loop it stands in.
        within: Loop,
    },
    /// More service lines than any claim has.
    #[error("segment {segment}, loop {within}: the claim has more than {max} service lines", max = super::content::MAX_LINES)]
    TooManyLines {
        /// The segment's number.
        segment: u64,
        /// The loop it stands in.
        within: Loop,
    },
}

/// Why a file cannot be read on.
#[derive(Debug, thiserror::Error)]
pub enum InterchangeError {
    /// The file or stream failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// No interchange header where one must be.
    #[error("segment {0}: expected an interchange header (ISA with 16 elements); is this an X12 file?")]
    NoHeader(u64),
    /// A segment without end.
    #[error("segment {segment} is longer than {max} bytes; its terminator is missing", max = super::segment::MAX_SEGMENT_LEN)]
    SegmentTooLong {
        /// The segment's number.
        segment: u64,
    },
    /// The file ends before the interchange does.
    #[error("the file ends after segment {0}, before its trailer (IEA); it may be cut short")]
    CutShort(u64),
}

/// A part of the 837, by the number the implementation guide gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Loop {
    /// Envelope and header.
    #[default]
    Header,
    /// Billing provider.
    BillingProvider,
    /// Subscriber.
    Subscriber,
    /// Patient, where not the subscriber.
    Patient,
    /// Claim.
    Claim,
    /// Another payer of the claim.
    OtherPayer,
    /// Service line.
    ServiceLine,
}

impl fmt::Display for Loop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Header => "header",
            Self::BillingProvider => "2000A",
            Self::Subscriber => "2000B",
            Self::Patient => "2000C",
            Self::Claim => "2300",
            Self::OtherPayer => "2320",
            Self::ServiceLine => "2400",
        })
    }
}
