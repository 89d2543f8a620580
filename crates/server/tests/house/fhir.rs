//! The FHIR interface over a listener: what came in is read and searched again, and what is wrong is said as a resource.

use std::time::Instant;

use chart::access::Role;
use exchange::fhir::{Source, ndjson, read_bundle, read_resource};
use jiff::tz::TimeZone;
use serde_json::Value;
use store::Store;
use workflow::intake::{Outcome, apply};

use crate::browser::{Answer, Browser, House};
use crate::seed;

const BUNDLE: &str = include_str!("../../../workflow/tests/story/resources.json");
/// The types of the bundle that have a place in the record.
const TYPES: [&str; 16] = [
    "Patient",
    "Encounter",
    "Condition",
    "Procedure",
    "Observation",
    "DiagnosticReport",
    "DocumentReference",
    "Composition",
    "MedicationRequest",
    "AllergyIntolerance",
    "Immunization",
    "ServiceRequest",
    "Coverage",
    "Practitioner",
    "Organization",
    "Location",
];

async fn import(store: &Store, bundle: &[u8], system: &str) {
    let source = Source { system: system.into(), zone: TimeZone::UTC };
    let entries = read_bundle(bundle, &source).expect("a bundle");
    let incoming = entries.into_iter().map(|one| one.expect("an entry").into()).collect();
    for verdict in apply(store, &mut seed::context(), incoming).await.expect("the store works") {
        assert!(!matches!(verdict.outcome, Outcome::Rejected(_)), "{verdict:?}");
    }
}

async fn filled() -> (House, Browser) {
    let house = House::empty(|_| {}).await;
    import(&house.store, BUNDLE.as_bytes(), "urn:test").await;
    seed::person(&house.store, "ann", &[Role::Coder, Role::Clerk]).await;
    let browser = house.signed_in("ann", "coder").await;
    (house, browser)
}

#[track_caller]
fn json(answer: &Answer) -> Value {
    assert_eq!(answer.header("content-type"), "application/fhir+json", "{}", answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

#[track_caller]
fn says(answer: &Answer, status: u16, code: &str, words: &str) {
    let body = json(answer);
    assert_eq!((answer.status, &body["resourceType"]), (status, &Value::from("OperationOutcome")), "{body}");
    assert_eq!(body["issue"][0]["code"], code, "{body}");
    assert!(body["issue"][0]["diagnostics"].as_str().is_some_and(|said| said.contains(words)), "{body}");
}

/// The resources of a search, all pages of it.
async fn all(browser: &mut Browser, query: &str) -> Vec<Value> {
    let (mut next, mut found) = (format!("/fhir/{query}"), Vec::new());
    loop {
        let mut page = json(&browser.get(&next).await);
        assert_eq!(page["type"], "searchset", "{page}");
        for entry in page["entry"].as_array_mut().into_iter().flatten() {
            found.push(entry["resource"].take());
        }
        let links = page["link"].as_array().cloned().unwrap_or_default();
        let Some(link) = links.iter().find(|link| link["relation"] == "next") else { return found };
        let url = link["url"].as_str().expect("a link");
        let path = url.split_once("/fhir/").map(|(_, path)| path).expect("an address of ours");
        next = format!("/fhir/{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_type_is_searched_page_by_page_and_read_again() {
    let (_house, mut browser) = filled().await;
    for kind in TYPES {
        let found = all(&mut browser, &format!("{kind}?_count=1")).await;
        assert!(!found.is_empty(), "{kind}");
        let mut ids: Vec<&str> = found.iter().filter_map(|one| one["id"].as_str()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((ids.len(), count), (found.len(), found.len()), "{kind}: each once");
        for one in &found {
            let path = format!("/fhir/{kind}/{}", one["id"].as_str().expect("an id"));
            let answer = browser.get(&path).await;
            assert_eq!((json(&answer), answer.header("etag")), (one.clone(), "W/\"1\""), "{path}");
            assert_eq!(one["meta"]["versionId"], "1");
            assert!(one["meta"]["lastUpdated"].is_string(), "{one}");
            let again = browser.ask("GET", &path, &[("if-none-match", "W/\"1\"")], String::new()).await;
            assert_eq!((again.status, again.body.as_str()), (304, ""));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_is_imported_into_another_house_as_the_same() {
    let (_house, mut browser) = filled().await;
    let other = House::empty(|_| {}).await;
    seed::person(&other.store, "ann", &[Role::Coder]).await;
    let mut entries = Vec::new();
    for kind in TYPES.iter().filter(|kind| **kind != "DocumentReference") {
        for resource in all(&mut browser, kind).await {
            entries.push(format!("{{\"resource\":{resource}}}"));
        }
    }
    let bundle =
        format!(r#"{{"resourceType":"Bundle","type":"collection","entry":[{}]}}"#, entries.join(","));
    import(&other.store, bundle.as_bytes(), "urn:first").await;
    let mut reader = other.signed_in("ann", "coder").await;
    for kind in TYPES.iter().filter(|kind| **kind != "DocumentReference") {
        let mut ours: Vec<String> = all(&mut browser, kind).await.into_iter().map(bare).collect();
        let mut theirs: Vec<String> = all(&mut reader, kind).await.into_iter().map(bare).collect();
        ours.sort_unstable();
        theirs.sort_unstable();
        assert_eq!(ours, theirs, "{kind}");
    }
}

/// A resource without what differs from house to house: identifiers of ours.
fn bare(mut resource: Value) -> String {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(object) => {
                object.retain(|name, _| !matches!(name.as_str(), "id" | "meta" | "reference"));
                object.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    strip(&mut resource);
    resource.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_is_wrong_is_said_as_a_resource() {
    let (house, mut browser) = filled().await;
    let mut stranger = house.browser();
    says(&stranger.get("/fhir/Patient").await, 401, "login", "sign in");
    assert!(stranger.get("/fhir/Patient").await.header("www-authenticate").starts_with("Cookie"));
    assert_eq!(json(&stranger.get("/fhir/metadata").await)["resourceType"], "CapabilityStatement");
    let nobody = "/fhir/Patient/01JD0000000000000000000000";
    says(&browser.get(nobody).await, 404, "not-found", "no such resource");
    says(&browser.get("/fhir/Nothing?x=1").await, 404, "not-supported", "cannot be searched");
    says(&browser.get("/fhir/Patient?colour=red").await, 400, "not-supported", "colour");
    says(&browser.get("/fhir/Patient?birthdate=soon").await, 400, "value", "birthdate");
    says(&browser.get("/fhir/Patient?_count=many").await, 400, "value", "_count");
    says(&browser.get("/fhir/a/b/c").await, 404, "not-found", "no such resource");
    let mut clerk = house.signed_in("ann", "clerk").await;
    says(&clerk.get("/fhir/Patient").await, 403, "forbidden", "fhir.read");
    assert_eq!(browser.ask("POST", "/fhir/Patient", &[], String::new()).await.status, 405);
    seed::person(&house.store, "lee", &[Role::DataIntegrity]).await;
    let mut lee = house.signed_in("lee", "data-integrity").await;
    says(&lee.get("/fhir/Condition?code=I10").await, 400, "business-rule", "patient=");
}

#[tokio::test(flavor = "multi_thread")]
async fn originals_and_files_are_given_byte_for_byte() {
    let (_house, mut browser) = filled().await;
    let specimen = browser.get("/fhir/Specimen/k1").await;
    assert_eq!(json(&specimen)["type"]["text"], "blood");
    let summary = all(&mut browser, "DocumentReference?identifier=N-1").await.remove(0);
    let url = summary["content"][0]["attachment"]["url"].as_str().expect("a file").to_owned();
    let file = browser.get(&format!("/fhir/{url}")).await;
    assert_eq!((file.status, file.body.as_str()), (200, "%PDF-1.4\n"));
    let none = "0".repeat(64);
    says(&browser.get(&format!("/fhir/Binary/{none}")).await, 404, "not-found", "no such resource");
}

/// Latency over the listener on a hospital of FHIR files, unpacked in the folder that `CHARTROOM_FHIR_HOSPITAL` names:
/// `cargo test -p server --test house -- --ignored --nocapture`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures; needs the hospital at hand"]
async fn reading_and_searching_are_measured() {
    let folder = std::env::var_os("CHARTROOM_FHIR_HOSPITAL").unwrap_or_default();
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: CHARTROOM_FHIR_HOSPITAL names no folder of NDJSON files");
        return;
    };
    let house = House::empty(|_| {}).await;
    seed::person(&house.store, "ann", &[Role::Coder]).await;
    let mut count = 0;
    let mut files: Vec<_> =
        files.map(|one| one.expect("readable").path()).filter(|one| one.is_file()).collect();
    let name = |path: &std::path::Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    files.sort_by_key(|path| (ndjson::rank(&name(path)), name(path)));
    for file in files {
        count += import_file(&house.store, &std::fs::read(&file).expect("readable")).await;
    }
    println!("{count} resources read");
    let mut browser = house.signed_in("ann", "coder").await;
    let patient = json(&browser.get("/fhir/Patient?_count=1").await)["entry"][0]["resource"]["id"].clone();
    let patient = patient.as_str().expect("a patient");
    for query in [
        format!("Patient/{patient}"),
        "Patient?name=smith".into(),
        format!("Observation?patient={patient}"),
        format!("Observation?patient={patient}&code=8867-4"),
        format!("Observation?patient={patient}&_sort=-date&_count=500"),
        format!("Condition?patient={patient}&clinical-status=active"),
        "Condition?code=I10".into(),
        "Encounter?status=finished&_count=50".into(),
    ] {
        let mut took: Vec<_> = Vec::new();
        let mut bytes = 0;
        for _ in 0..20 {
            let begun = Instant::now();
            let answer = browser.get(&format!("/fhir/{query}")).await;
            took.push(begun.elapsed());
            bytes = answer.body.len();
        }
        took.sort_unstable();
        println!(
            "{:>9.1?} median {:>9.1?} worst {bytes:>9} bytes  {}",
            took[10],
            took[19],
            query.replace(patient, "…")
        );
    }
}

/// Reads a file of one resource on each line; gives how many there were.
async fn import_file(store: &Store, bytes: &[u8]) -> usize {
    let source = Source { system: "urn:hospital".into(), zone: TimeZone::UTC };
    let lines: Vec<&[u8]> = ndjson::lines(bytes).map(|(_, line)| line).collect();
    for chunk in lines.chunks(1000) {
        let incoming =
            chunk.iter().filter_map(|line| read_resource(line, &source).ok()).map(Into::into).collect();
        apply(store, &mut seed::context(), incoming).await.expect("the store works");
    }
    lines.len()
}
