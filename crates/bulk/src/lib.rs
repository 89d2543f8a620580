//! Millions of inpatient cases: JSON lines, CSV, Parquet and 837 claims in; results out; all cores.
//!
//! A [`Source`] reads batches in order, [`run`] has them understood and worked on by many threads ([`CaseWork`]) and
//! writes the results in input order to a [`Sink`]. A case that cannot be read is a [`Rejection`] and stops nothing.

mod case_837;
mod case_csv;
mod case_json;
mod case_parquet;
mod cell;
mod claim;
mod fault;
mod field;
mod flat;
mod format;
mod json_lines;
mod output;
mod pipeline;
mod result_csv;
mod result_json;
mod result_parquet;
mod sink;
mod source;
mod work;

pub use case_837::{Batch837, Cases837};
pub use case_csv::{CsvBatch, CsvCases, MAX_ROW_LEN};
pub use case_json::read_case;
pub use case_parquet::{ParquetBatch, ParquetCases};
pub use claim::{Billing, Claim, MAX_LIST_LEN};
pub use fault::{CaseFault, FieldName};
pub use format::{Compression, Format, decompress}; 
pub use json_lines::{JsonLines, LineBatch, MAX_LINE_LEN};
pub use output::OutputFile;
pub use pipeline::{Observer, Rejection, RunError, Tally, run};
pub use result_csv::CsvBlock;
pub use result_json::JsonBlock;
pub use result_parquet::{ParquetBlock, ParquetSink};
pub use sink::{Block, Sink, TextBlock, TextSink};
pub use source::{Batch, Place, Source, SourceError};
pub use work::{CaseWork, Column, ColumnKind, Value};
