//! What the tests share.

use std::sync::OnceLock;

use codeset::Pack;
use grouper::Desk;

/// The desk of the embedded editions, opened once.
pub fn desk() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| Desk::open(&Pack::open(editions::EMBEDDED).expect("a pack")).expect("a desk"))
}

/// The only row group of a Parquet file.
pub fn rows(parquet: Vec<u8>) -> arrow_array::RecordBatch {
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(parquet));
    let mut batches = reader.expect("Parquet").with_batch_size(1 << 20).build().expect("batches");
    batches.next().expect("rows").expect("a batch")
}
