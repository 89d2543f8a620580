//! Where cases come from: a source fills batches in order, and any thread turns a batch into claims.

use std::fmt;
use std::io;

use codeset::CodeIndex;

use crate::{CaseFault, Claim};

/// An input, read in order by one thread.
pub trait Source: Send {
    /// A portion of the input, not yet understood, so that one thread can read and many can understand.
    type Batch: Batch;

    /// Fills `batch`, whose former content is lost; false if the input is at its end and the batch is empty. After
    /// an error the batch holds what was read before it.
    fn fill(&mut self, batch: &mut Self::Batch) -> Result<bool, SourceError>;
}

/// A portion of an input.
pub trait Batch: Default + Send {
    /// Reads each claim into `claim` and hands it to `take`, with what is wrong with it if it could not be read whole.
    fn for_each(&self, codes: &CodeIndex, claim: &mut Claim, take: impl FnMut(Place, &Claim, Result<(), CaseFault>));
}

/// Why an input cannot be read on. The cases before that place are processed.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The file or stream failed.
    #[error("the input cannot be read: {0}")]
    Io(#[from] io::Error),
    /// The input's header lacks a column or names one twice.
    #[error("the input's header {0}")]
    Header(String),
    /// The CSV is broken beyond the row.
    #[error("the input is no readable CSV: {0}")]
    Csv(#[from] csv::Error),
    /// The Parquet file is broken or of another shape.
    #[error("the input is no readable Parquet: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// The 837 is broken beyond the claim.
    #[error("the input is no readable 837: {0}")]
    Claims(#[from] exchange::x12::InterchangeError),
}

/// Where a case stands in its input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The line's number, from 1.
    Line(u64),
    /// The row's number in a Parquet file, from 1.
    Row(u64),
    /// The number of the segment that opens the claim, from 1.
    Segment(u64),
}

impl Place {
    /// The unit counted, as written in the rejects file.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Line(_) => "line",
            Self::Row(_) => "row",
            Self::Segment(_) => "segment",
        }
    }

    /// The number, from 1.
    pub fn number(self) -> u64 {
        match self {
            Self::Line(number) | Self::Row(number) | Self::Segment(number) => number,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.unit(), self.number())
    }
}
