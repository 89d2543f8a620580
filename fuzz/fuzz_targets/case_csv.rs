//! Any bytes are CSV of cases or an error, and every message is short.
#![no_main]

use std::sync::LazyLock;

use bulk::{Batch, Claim, CsvBatch, CsvCases, Source};
use codeset::{CodeIndex, CodeNumbers};
use libfuzzer_sys::fuzz_target;

/// No code is known, which no reader minds.
static CODES: LazyLock<CodeIndex> =
    LazyLock::new(|| CodeIndex { diagnoses: CodeNumbers::new([]), procedures: CodeNumbers::new([]) });

fuzz_target!(|file: &[u8]| {
    let Ok(mut source) = CsvCases::new(file) else { return };
    let (mut batch, mut claim) = (CsvBatch::default(), Claim::default());
    while source.fill(&mut batch).is_ok_and(|filled| filled) {
        batch.for_each(&CODES, &mut claim, |_, _, read| {
            if let Err(fault) = read {
                assert!(fault.to_string().len() < 1_000);
            }
        });
    }
});
