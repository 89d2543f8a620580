//! Any bytes are 837 claims or an error; whatever was read becomes a case or a fault.
#![no_main]

use bulk::{Batch, Batch837, Cases837, Claim, Source};
use codeset::{CodeIndex, CodeNumbers};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    let codes = CodeIndex { diagnoses: CodeNumbers::new([]), procedures: CodeNumbers::new([]) };
    let (mut batch, mut claim) = (Batch837::default(), Claim::default());
    let mut source = Cases837::new(file);
    while source.fill(&mut batch).is_ok_and(|filled| filled) {
        batch.for_each(&codes, &mut claim, |_, _, read| {
            if let Err(fault) = read {
                assert!(fault.to_string().len() < 1_000);
            }
        });
    }
});
