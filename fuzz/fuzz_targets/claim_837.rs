//! Any bytes are 837 claims or an error; whatever was read becomes a case or a fault.
#![no_main]

use std::sync::LazyLock;

use bulk::{Batch, Batch837, Cases837, Claim, Source};
use codeset::{CodeIndex, CodeNumbers};
use libfuzzer_sys::fuzz_target;

/// No code is known, which no reader minds.
static CODES: LazyLock<CodeIndex> =
    LazyLock::new(|| CodeIndex { diagnoses: CodeNumbers::new([]), procedures: CodeNumbers::new([]) });

fuzz_target!(|file: &[u8]| {
    let (mut batch, mut claim) = (Batch837::default(), Claim::default());
    let mut source = Cases837::new(file);
    while source.fill(&mut batch).is_ok_and(|filled| filled) {
        batch.for_each(&CODES, &mut claim, |_, _, read| {
            if let Err(fault) = read {
                assert!(fault.to_string().len() < 1_000);
            }
        });
    }
});
