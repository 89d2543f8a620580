//! A stay with every paper but the discharge summary, as another system sends it.

use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::database::Database;

/// The family name of its patient, whom no other test knows.
pub(crate) const FAMILY: &str = "Tidewater";

/// The account number of the stay, and who pays for it.
pub(crate) const ACCOUNT: &str = "TW-4711";
pub(crate) const PAYER: &str = "Example Medicare";

/// Type, title, text, and how many hours ago it was written.
const PAPERS: [(&str, &str, &str, i64); 10] = [
    (
        "consent-admission",
        "Consent to admission",
        "Agrees to admission and treatment. Signed by the patient, witnessed.",
        71,
    ),
    ("admission-order", "Admission order", "Admit to inpatient, medicine.", 71),
    (
        "history-and-physical",
        "History and physical",
        "History: three days of cough. Examination: crackles. Plan: ceftriaxone.",
        70,
    ),
    (
        "nursing-admission-assessment",
        "Nursing admission assessment",
        "Alert, walks unaided, skin intact. Pulse 88.",
        70,
    ),
    (
        "medication-reconciliation",
        "Medication reconciliation on admission",
        "Lisinopril 10 mg daily, confirmed.",
        69,
    ),
    ("progress-note", "Progress note", "Breathing easier. Plan: tablets tomorrow.", 40),
    ("medication-administration-record", "Medication administration record", "Ceftriaxone 1 g daily.", 3),
    ("vital-signs-flowsheet", "Vital signs", "Pulse 80, blood pressure 124/70.", 3),
    ("medication-reconciliation", "Medication reconciliation at discharge", "Continue lisinopril.", 2),
    ("discharge-instructions", "Discharge instructions", "Rest and fluids. See Dr. Keller in a week.", 2),
];

/// Imports the stay as it is: in the house, or at home since an hour.
pub(crate) fn import(database: &Database, is_over: bool) {
    let status = if is_over { "finished" } else { "in-progress" };
    let path = file(&format!("stay-{status}.json"));
    std::fs::write(&path, bundle(status, is_over).to_string()).expect("target/tmp can be written");
    let done = Command::new(env!("CARGO_BIN_EXE_chartroom"))
        .arg("import")
        .arg(&path)
        .args(["--database", database.url()])
        .output()
        .expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn bundle(status: &str, is_over: bool) -> Value {
    let mut stay = json!({
        "resourceType": "Encounter", "id": "tess-1", "status": status, "class": { "code": "IMP" },
        "identifier": [{ "system": "harbor-bend", "value": ACCOUNT, "type": { "coding": [{ "code": "AN" }] } }],
        "subject": { "reference": "Patient/tess" },
        "priority": { "coding": [{ "code": "EM", "display": "Emergency" }], "text": "Emergency" },
        "participant": [{ "type": [{ "coding": [{ "code": "ATND" }] }], "individual": okafor() }],
        "period": { "start": ago(72) },
    });
    if is_over {
        stay["period"]["end"] = ago(1).into();
        stay["hospitalization"] = json!({
            "admitSource": { "coding": [{ "system": "urn:nubc:point-of-origin", "code": "1" }] },
            "dischargeDisposition": { "coding": [{ "code": "01" }] },
        });
    }
    let mut resources = vec![patient(), stay, coverage()];
    resources.extend(PAPERS.iter().enumerate().map(paper));
    let entries: Vec<Value> = resources.into_iter().map(|one| json!({ "resource": one })).collect();
    json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
}

fn patient() -> Value {
    json!({
        "resourceType": "Patient", "id": "tess",
        "identifier": [{
            "system": "harbor-bend", "value": "HB-777001", "type": { "coding": [{ "code": "MR" }] },
        }],
        "name": [{ "family": FAMILY, "given": ["Tess"] }], "gender": "female", "birthDate": "1961-04-12",
        "address": [{
            "use": "home", "line": ["4 Quay Street"], "city": "Harbor Bend", "state": "ME", "postalCode": "04101-0004",
        }],
    })
}

fn coverage() -> Value {
    json!({
        "resourceType": "Coverage", "id": "tess-cover", "status": "active", "order": 1,
        "beneficiary": { "reference": "Patient/tess" }, "payor": [{ "display": PAYER }],
        "relationship": { "coding": [{ "code": "self" }] }, "subscriberId": "1EG4TE5MK73",
    })
}

fn paper((at, (kind, title, text, hours)): (usize, &(&str, &str, &str, i64))) -> Value {
    json!({
        "resourceType": "Composition", "id": format!("tess-paper-{at}"), "status": "final",
        "type": { "coding": [{ "system": "urn:chartroom:document-type", "code": kind }] },
        "title": title, "subject": { "reference": "Patient/tess" },
        "encounter": { "reference": "Encounter/tess-1" }, "date": ago(*hours), "author": [okafor()],
        "attester": [{ "mode": "professional", "time": ago(*hours), "party": okafor() }],
        "section": [{ "text": { "status": "generated", "div": format!("<div>{text}</div>") } }],
    })
}

/// The physician of the demo hospital, by its own key.
fn okafor() -> Value {
    json!({
        "type": "Practitioner", "display": "Ngozi Okafor, MD",
        "identifier": { "system": "harbor-bend", "value": "okafor" },
    })
}

#[expect(clippy::disallowed_methods, reason = "the server under test lives by the real clock")]
fn ago(hours: i64) -> String {
    let whole = Timestamp::from_second(Timestamp::now().as_second()).expect("a time of our days");
    (whole - SignedDuration::from_hours(hours)).to_string()
}
