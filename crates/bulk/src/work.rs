//! What is done with each case, and what may be said of it besides group and edits.

use codeset::CodeIndex;
use grouper::{Desk, DeskError, DeskScratch, Outcome};
use rust_decimal::Decimal;

use crate::Claim;

/// What is done with each case. [`Desk`] groups and edits; a desk that also prices wraps it and adds columns.
pub trait CaseWork: Sync {
    /// Memory that one thread reuses from case to case.
    type Scratch: Default;

    /// The codes against which readers number what they read.
    fn codes(&self) -> &CodeIndex;

    /// What is said of each case besides group and edits; by default nothing.
    fn columns(&self) -> &[Column] {
        &[]
    }

    /// Groups and edits `claim`, and pushes one value for each of [`CaseWork::columns`] onto `added`, which comes empty.
    fn process(
        &self,
        claim: &Claim,
        scratch: &mut Self::Scratch,
        added: &mut Vec<Value>,
    ) -> Result<Outcome, DeskError>;
}

impl CaseWork for Desk {
    type Scratch = DeskScratch;

    fn codes(&self) -> &CodeIndex {
        Desk::codes(self)
    }

    fn process(
        &self,
        claim: &Claim,
        scratch: &mut DeskScratch,
        _added: &mut Vec<Value>,
    ) -> Result<Outcome, DeskError> {
        Desk::process(self, &claim.case, scratch)
    }
}

/// One thing more that is said of every case.
///
/// In JSON it stands in an object of its group (`"price": {"total": 9216.35}`), in CSV and Parquet in a column named
/// after both (`price_total`). Columns of one group stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The group, such as `price`.
    pub group: &'static str,
    /// The name within the group, such as `total`.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
}

impl Column {
    /// The name in flat outputs.
    pub fn flat_name(&self) -> String {
        format!("{}_{}", self.group, self.name)
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Whole numbers.
    Integer,
    /// Decimal numbers with so many digits after the point, 2 for dollars.
    Decimal(i8),
    /// Text.
    Text,
}

/// The value of a column for one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Not known for this case.
    Blank,
    /// For [`ColumnKind::Integer`].
    Integer(i64),
    /// For [`ColumnKind::Decimal`].
    Decimal(Decimal),
    /// For [`ColumnKind::Text`].
    Text(String),
}
