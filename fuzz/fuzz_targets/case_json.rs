//! Any line of JSON is a case or a fault, and a case is read the same again.
#![no_main]

use std::sync::LazyLock;

use bulk::{Claim, read_case};
use codeset::{CodeIndex, CodeNumbers};
use libfuzzer_sys::fuzz_target;

/// No code is known, which no reader minds.
static CODES: LazyLock<CodeIndex> =
    LazyLock::new(|| CodeIndex { diagnoses: CodeNumbers::new([]), procedures: CodeNumbers::new([]) });

fuzz_target!(|line: &[u8]| {
    let (mut first, mut again) = (Claim::default(), Claim::default());
    let read = read_case(line, &CODES, &mut first);
    // What an earlier case left behind must not show.
    let _ = read_case(
        br#"{"id":"x","age":1,"charges":2,"pdx":"I10","sdx":["I10"],"discharge_date":20261103}"#,
        &CODES,
        &mut again,
    );
    assert_eq!(read.is_ok(), read_case(line, &CODES, &mut again).is_ok());
    if let Err(fault) = read {
        assert!(fault.to_string().len() < 1_000);
    } else {
        assert_eq!(first, again);
    }
});
