//! What a run does with each case. One type for all three, so that the readers and writers are compiled once.

use bulk::{CaseWork, Claim, Column, Value};
use codeset::CodeIndex;
use grouper::{Desk, DeskError, DeskScratch, Outcome};

use super::explain::ExplainedDesk;
use crate::price::PricedDesk;

/// What is done with each case.
#[derive(Debug)]
pub(super) enum Work<'d> {
    /// Group and edit.
    Group(&'d Desk),
    /// Group, edit and price.
    Price(PricedDesk<'d>),
    /// Explain for people.
    Explain(ExplainedDesk<'d>),
}

impl CaseWork for Work<'_> {
    type Scratch = DeskScratch;

    fn codes(&self) -> &CodeIndex {
        match self {
            Self::Group(desk) => desk.codes(),
            Self::Price(desk) => desk.desk.codes(),
            Self::Explain(desk) => desk.reporter.desk.codes(),
        }
    }

    fn columns(&self) -> &[Column] {
        match self {
            Self::Group(_) => &[],
            Self::Price(_) => &PricedDesk::COLUMNS,
            Self::Explain(_) => &ExplainedDesk::COLUMNS,
        }
    }

    #[inline]
    fn process(
        &self,
        claim: &Claim,
        scratch: &mut DeskScratch,
        added: &mut Vec<Value>,
    ) -> Result<Outcome, DeskError> {
        match self {
            Self::Group(desk) => desk.process(&claim.case, scratch),
            Self::Price(desk) => desk.process(claim, scratch, added),
            Self::Explain(desk) => desk.process(claim, added),
        }
    }
}
