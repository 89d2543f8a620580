//! Any bytes are a clinical document or a refusal.
#![no_main]

use exchange::cda::{Source, read};
use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let source = Source { name: "interface".into(), zone: TimeZone::UTC };
    if let Err(refusal) = read(bytes, &source) {
        assert!(!refusal.place.is_empty() && !refusal.what.is_empty());
    }
});
