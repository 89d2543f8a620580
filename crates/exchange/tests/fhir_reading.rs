//! Resources of our own making, and what each is read as. The expected readings stand beside them; after a change run
//! with `CHARTROOM_BLESS=1` and read the difference.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use exchange::fhir::{Entry, Source, ndjson, read_bundle, read_file, read_resource};
use proptest::prelude::*;

fn source() -> Source {
    Source { system: "https://clinic.example/fhir".into(), zone: jiff::tz::TimeZone::UTC }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fhir")
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).expect("the fixture opens")
}

/// An entry as a person checks it: changes, remarks, names of files; not the original, which is the fixture.
fn told(entry: &Entry) -> String {
    let arrival = match entry {
        Ok(arrival) => arrival,
        Err(refused) => return format!("refused: {refused}\n"),
    };
    let mut text = format!("{}\n", arrival.kind);
    for change in &arrival.changes {
        let _ = writeln!(text, "{change:#?}");
    }
    for file in &arrival.attachments {
        let _ = writeln!(text, "file: {}, {} bytes", file.media_type, file.bytes.len());
    }
    for remark in &arrival.remarks {
        let _ = writeln!(text, "remark: {remark}");
    }
    text
}

fn check(name: &str, text: &str) {
    let expected = folder().join(name).with_extension("expected.txt");
    if std::env::var_os("CHARTROOM_BLESS").is_some() {
        std::fs::write(&expected, text).expect("the expectation is written");
    }
    let expected = std::fs::read_to_string(&expected).expect("the expectation opens");
    assert_eq!(text, expected, "{name} is read differently; look, then run with CHARTROOM_BLESS=1");
}

#[test]
fn resources_are_read_as_expected() {
    for name in ["odd.ndjson", "patient.ndjson", "encounter.ndjson", "document.ndjson", "entry.ndjson"] {
        let mut text = String::new();
        for (at, line) in ndjson::lines(&fixture(name)) {
            let read = match read_resource(line, &source()) {
                Ok(arrival) => {
                    assert_eq!(arrival.original.bytes, line, "the original is kept byte for byte");
                    told(&Ok(arrival))
                }
                Err(refusal) => format!("refused: {refusal}\n"),
            };
            let _ = write!(text, "== line {at}\n{read}");
        }
        check(name, &text);
    }
}

#[test]
fn a_bundle_is_read_as_expected() {
    let entries = read_bundle(&fixture("transaction.json"), &source()).unwrap();
    let text: String = entries.iter().map(|entry| format!("== {}", told(entry))).collect();
    check("transaction.json", &text);
}

#[test]
fn a_file_is_a_bundle_or_a_resource() {
    let count = |bytes: &[u8]| read_file(bytes, &source()).map(|entries| entries.len());
    assert_eq!(count(&fixture("transaction.json")), Ok(11));
    assert_eq!(count(br#"{"resourceType":"Patient","id":"1"}"#), Ok(1));
    assert!(count(b"<Patient/>").is_err());
}

#[test]
fn the_same_resource_has_the_same_key_twice() {
    let nameless = br#"{"resourceType":"Patient","name":[{"family":"Ray"}]}"#;
    let read = || read_resource(nameless, &source()).unwrap().changes;
    assert_eq!(read(), read());
}

#[test]
fn deep_nesting_is_refused_or_remarked_and_never_overflows() {
    let deep = format!(
        r#"{{"resourceType":"Composition","id":"1","subject":{{"reference":"Patient/1"}},"section":{}{}}}"#,
        r#"[{"section":"#.repeat(20_000),
        "}]".repeat(20_000)
    );
    let read = read_resource(deep.as_bytes(), &source());
    assert!(read.is_err() || read.is_ok_and(|arrival| !arrival.remarks.is_empty()));
}

proptest! {
    /// Whatever is done to a resource, it is read or refused.
    #[test]
    fn mutilated_resources_never_panic(
        file in proptest::sample::select(vec!["odd.ndjson", "patient.ndjson", "encounter.ndjson", "document.ndjson",
            "entry.ndjson", "transaction.json"]),
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        line in any::<prop::sample::Index>(),
    ) {
        let bytes = fixture(file);
        let lines: Vec<&[u8]> = if file.ends_with(".json") { vec![&bytes] } else {
            ndjson::lines(&bytes).map(|(_, line)| line).collect()
        };
        let mut bytes = line.get(&lines).to_vec();
        for (at, byte) in cuts {
            let at = at.index(bytes.len());
            match byte {
                0..64 => drop(bytes.drain(at..(at + usize::from(byte)).min(bytes.len()))),
                64..128 => bytes[at] = b"{}[]\",:0 nt"[usize::from(byte) % 11],
                _ => bytes[at] = byte,
            }
            if bytes.is_empty() {
                return Ok(());
            }
        }
        let _ = read_resource(&bytes, &source());
        let _ = read_file(&bytes, &source());
    }
}
