//! Any bytes are resources and bundles, or are refused in few words.
#![no_main]

use exchange::fhir::{Source, ndjson, read_file};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    let source = Source { system: "fuzz".into(), zone: jiff::tz::TimeZone::UTC };
    for (_, line) in ndjson::lines(file).take(20) {
        match read_file(line, &source) {
            Ok(entries) => {
                for refused in entries.into_iter().filter_map(Result::err) {
                    assert!(refused.to_string().len() < 1_000);
                }
            }
            Err(refusal) => assert!(refusal.to_string().len() < 1_000),
        }
    }
});
