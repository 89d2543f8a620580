//! Clocks: from when something is owed, how long it may take, and when it is late.
//!
//! Hours are elapsed time: 24 hours over the night when clocks go forward end at another time of day. Days are days of
//! the calendar in the facility's own zone: the day it begins does not count, and the last day counts whole. So a
//! record to be complete within 30 days of a discharge on 1 March is due on 31 March, one second before midnight,
//! whatever daylight saving did in between. 42 CFR 482.24(c)(4)(vii) says "within 30 days following discharge".

mod run;
mod span;

use serde::{Deserialize, Serialize};

use crate::keyed::keyed;

pub use run::{Clock, ClockError, Run};
pub use span::{NotASpan, Span, Unit, due};

keyed! {
    /// What a clock counts from.
    Basis, "basis of a clock":
    /// The patient was admitted or arrived.
    Admission = "admission",
    /// A procedure ended.
    ProcedureEnd = "procedure-end",
    /// An order was given.
    Order = "order",
    /// The patient left.
    Discharge = "discharge",
    /// The record was analysed.
    Analysis = "analysis",
    /// The step before was finished.
    StepBefore = "step-before",
    /// A request or a dictation came in.
    Receipt = "receipt",
    /// A query was issued.
    Issue = "issue",
}

impl Basis {
    /// To be read after "counted from": `the discharge`.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Admission => "the admission",
            Self::ProcedureEnd => "the end of the procedure",
            Self::Order => "the order",
            Self::Discharge => "the discharge",
            Self::Analysis => "the analysis",
            Self::StepBefore => "the step before",
            Self::Receipt => "the receipt",
            Self::Issue => "the issue of the query",
        }
    }
}

/// Time during which a clock stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// From when.
    pub from: jiff::Timestamp,
    /// Until when.
    pub until: jiff::Timestamp,
}
