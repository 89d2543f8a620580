//! The clinical document reader on documents of our own, on a corpus, and on garbage.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../hl7/show.rs"]
mod show;

use std::path::PathBuf;

use exchange::cda::{Source, read};
use jiff::tz::{Offset, TimeZone};
use proptest::prelude::*;

/// A source in a fixed zone, so that goldens are the same everywhere.
fn source() -> Source {
    Source { name: "interface".into(), zone: TimeZone::fixed(Offset::constant(-5)) }
}

fn shown(bytes: &[u8]) -> serde_json::Value {
    match read(bytes, &source()) {
        Ok(arrival) => show::arrival(&arrival),
        Err(refusal) => serde_json::json!({"refused": refusal.to_string()}),
    }
}

fn own_documents() -> Vec<PathBuf> {
    let files =
        std::fs::read_dir(show::tests().join("resources/cda")).unwrap().flatten().map(|one| one.path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "xml")).collect();
    files.sort();
    files
}

#[test]
fn our_own_documents_give_what_their_goldens_say() {
    let documents = own_documents();
    assert!(documents.len() >= 4, "{} documents", documents.len());
    for path in documents {
        let actual = serde_json::to_string_pretty(&shown(&std::fs::read(&path).unwrap())).unwrap();
        show::check(&path.with_extension("json"), &(actual + "\n"));
    }
}

#[test]
fn every_document_at_hand_is_read_as_its_golden_says() {
    let Some(files) = show::corpus("ccda") else {
        println!("skipped: the sample documents are not at hand");
        return;
    };
    let mut all = String::new();
    for path in &files {
        let name = path.file_stem().unwrap().to_string_lossy();
        let arrival = read(&std::fs::read(path).unwrap(), &source()).unwrap();
        all.push_str(&show::structure(&name, &arrival));
    }
    show::check(&show::tests().join("golden/cda.txt"), &all);
    assert_eq!(files.len(), 22);
}

/// Prints one document of the corpus with all that was read: `CHARTROOM_SHOW=Operative cargo test … -- --nocapture`.
#[test]
fn a_document_can_be_looked_at() {
    let (Ok(name), Some(files)) = (std::env::var("CHARTROOM_SHOW"), show::corpus("ccda")) else { return };
    for path in files.iter().filter(|path| path.to_string_lossy().contains(&name)) {
        println!(
            "{}\n{}",
            path.display(),
            serde_json::to_string_pretty(&shown(&std::fs::read(path).unwrap())).unwrap()
        );
    }
}

fn refused(xml: &str) -> String {
    read(xml.as_bytes(), &source()).unwrap_err().to_string()
}

#[test]
fn what_is_no_clinical_document_is_refused_with_the_reason() {
    assert!(refused("").starts_with("document: not well-formed XML"));
    assert!(refused("<a>").starts_with("document: not well-formed XML"));
    assert!(refused("<Bundle/>").starts_with("/: the root is `Bundle`"));
    let nobody = "<ClinicalDocument xmlns='urn:hl7-org:v3'><id root='1.2'/></ClinicalDocument>";
    assert!(refused(nobody).starts_with("/ClinicalDocument/recordTarget: the document names no patient"));
    let numberless = "<ClinicalDocument xmlns='urn:hl7-org:v3'><recordTarget><patientRole><id nullFlavor='NI'/></patientRole></recordTarget></ClinicalDocument>";
    assert!(refused(numberless).starts_with("/ClinicalDocument/recordTarget/patientRole: no patient number"));
}

#[test]
fn entity_bombs_and_towers_of_elements_are_refused() {
    let bomb = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><ClinicalDocument xmlns='urn:hl7-org:v3'>&b;</ClinicalDocument>";
    assert!(refused(bomb).starts_with("document: a document type declaration"));
    let tower = "<a>".repeat(200_000) + &"</a>".repeat(200_000);
    assert_eq!(refused(&tower), "document: elements nested deeper than 200; no clinical document is");
    // Angle brackets in comments, texts and attributes are no nesting.
    let flat = format!(
        "<ClinicalDocument xmlns='urn:hl7-org:v3'><!-- {} --><x y='{}'/></ClinicalDocument>",
        "<a>".repeat(300),
        "&lt;>".repeat(300)
    );
    assert!(refused(&flat).contains("names no patient"), "{}", refused(&flat));
}

#[test]
fn encodings_are_those_the_document_declares() {
    let xml = |encoding: &str, name: &str| {
        format!(
            "<?xml version='1.0' encoding='{encoding}'?><ClinicalDocument xmlns='urn:hl7-org:v3'><recordTarget><patientRole><id root='1.2' extension='3'/><patient><name><family>{name}</family></name></patient></patientRole></recordTarget></ClinicalDocument>"
        )
    };
    let latin: Vec<u8> = xml("ISO-8859-1", "Muñoz").chars().map(|one| one as u8).collect();
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(xml("UTF-16", "Muñoz").encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    for bytes in [latin.clone(), utf16, xml("UTF-8", "Muñoz").into_bytes()] {
        let names = &shown(&bytes)["changes"][0]["demographics"]["names"][0]["family"];
        assert_eq!(names, "Muñoz");
    }
    let wrong = [&b"<?xml version='1.0' encoding='UTF-8'?>"[..], &latin[44..]].concat();
    assert!(read(&wrong, &source()).unwrap_err().to_string().contains("bytes that are not UTF-8"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_bytes_come_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes, &source());
    }

    #[test]
    fn any_change_of_a_document_comes_to_an_end(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), piece in "[<>/=\"'&a-z0-9 Ä.-]{0,8}", cut in 0usize..40) {
        let documents = own_documents();
        let mut bytes = std::fs::read(which.get(&documents)).unwrap();
        let at = at.index(bytes.len());
        bytes.splice(at..(at + cut).min(bytes.len()), piece.bytes());
        let _ = read(&bytes, &source());
    }

    #[test]
    fn elements_may_be_missing_anywhere(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>()) {
        // Renames one element, so that the tree stays whole and one thing is not where it is looked for.
        let documents = own_documents();
        let text = String::from_utf8(std::fs::read(which.get(&documents)).unwrap()).unwrap();
        let names: Vec<&str> = text.split('<').filter_map(|tag| tag.split(['>', ' ', '/']).next()).filter(|name| !name.is_empty() && name.bytes().all(|one| one.is_ascii_alphabetic())).collect();
        let name = at.get(&names);
        let changed = text.replace(&format!("<{name}"), "<other").replace(&format!("</{name}>"), "</other>");
        let _ = read(changed.as_bytes(), &source());
    }
}
