//! What people do all day, page by page.

use chart::access::Role;

use crate::browser::House;
use crate::seed;

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_is_found_read_and_the_reading_is_seen() {
    let (house, seed) = House::furnished().await;
    let mut coder = house.signed_in("all", "coder").await;
    let found = coder.post("/patients", &[("query", "quill, ada")]).await;
    found.says(&format!("/patients/{}", seed.patient));
    found.says("2 records.");
    let base = format!("/patients/{}", seed.patient);
    coder.get(&base).await.says("Quill, Ada");
    coder.get(&format!("{base}/documents")).await.says("Progress note");
    coder.get(&format!("{base}/documents/{}", seed.document)).await.says("crushing pain");
    coder.get(&format!("{base}/results")).await.says("class=\"high\"");
    coder.get(&format!("{base}/results/{}", seed.result)).await.says("5.9 mmol/L");
    coder.get(&format!("{base}/reports/{}", seed.report)).await.says("No effusion.");
    coder.get(&format!("{base}/timeline")).await.says("Inpatient");
    coder.get(&format!("{base}/encounters/{}", seed.encounter)).await.says("1 bed day");
    coder.post(&format!("{base}/find"), &[("query", "crushed")]).await.says("<mark>crushing</mark>");
    coder.post("/find", &[("query", "\"pain in the chest\"")]).await.says("1 place");
    let mut officer = house.signed_in("all", "privacy-officer").await;
    let trail = officer.get("/audit?kind=document-read").await;
    trail.says("Document read");
    trail.says("Quill, Ada");
    let verified = officer.post("/audit/verify", &[]).await;
    assert_eq!(verified.header("location"), "/audit", "{}", verified.body);
    officer.get("/audit").await.says("The chain is whole");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_registered_only_after_a_look_at_who_it_may_be() {
    let (house, seed) = House::furnished().await;
    let mut clerk = house.signed_in("all", "clerk").await;
    let typed = [("family", "Quill"), ("given", "Ada"), ("birth", "1957-03-02"), ("sex", "female")];
    let looked = clerk.post("/patients/new", &typed).await;
    looked.says("Is it one of these?");
    looked.says(&seed.patient.to_string());
    let blind = clerk.post("/patients/new", &[typed.as_slice(), &[("confirm", "new")]].concat()).await;
    assert_eq!(blind.status, 422, "what was not shown cannot be passed over");
    let (one, other) = (seed.patient.to_string(), seed.twin.to_string());
    let seen = [("confirm", "new"), ("seen", one.as_str()), ("seen", other.as_str())];
    let made = clerk.post("/patients/new", &[typed.as_slice(), &seen].concat()).await;
    assert_eq!(made.status, 303, "{}", made.body);
    clerk.get(made.header("location")).await.says("This is the new chart.");
    clerk.post("/patients/new", &[("family", "X"), ("birth", "2.3.57")]).await.says("is no date");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_records_are_merged_and_taken_apart_again() {
    let (house, seed) = House::furnished().await;
    let mut browser = house.signed_in("all", "data-integrity").await;
    let pair = format!("/duplicates/{}/{}", seed.patient, seed.twin);
    browser.get(&pair).await.says("One person or two?");
    let survivor = seed.patient.to_string();
    let merged =
        browser.post(&format!("{pair}/merge"), &[("survivor", &survivor), ("reason", "same person")]).await;
    assert_eq!(merged.header("location"), format!("/patients/{survivor}/merges"), "{}", merged.body);
    browser.get(&format!("/patients/{}", seed.twin)).await.says(&format!("/patients/{survivor}/timeline"));
    let list = browser.get(merged.header("location")).await;
    let undo = list.body.split("action=\"/merges/").nth(1).and_then(|rest| rest.get(..26)).expect("a merge");
    let undo = format!("/merges/{undo}/undo");
    assert_eq!(browser.post(&undo, &[("reason", "")]).await.status, 422);
    assert_eq!(browser.post(&undo, &[("reason", "two people")]).await.status, 303);
    browser.get(&format!("/patients/{}", seed.twin)).await.says(&format!("/patients/{}/timeline", seed.twin));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_physician_reads_own_patients_and_breaks_the_glass_for_others() {
    let (house, seed) = House::furnished().await;
    seed::person(&house.store, "doc", &[Role::Physician]).await;
    let mut physician = house.signed_in("doc", "physician").await;
    let base = format!("/patients/{}", seed.patient);
    let closed = physician.get(&base).await;
    assert_eq!(closed.status, 403);
    closed.says("not a patient of yours");
    closed.says(&format!("{base}/glass"));
    physician.get(&format!("{base}/glass")).await.says("The privacy officer sees");
    let words = [("reason", "coverage"), ("text", "covering tonight for the ward")];
    assert_eq!(physician.post(&format!("{base}/glass"), &words[..1]).await.status, 422);
    assert_eq!(physician.post(&format!("{base}/glass"), &words).await.status, 303);
    physician.get(&base).await.says("Quill, Ada");
    let mut officer = house.signed_in("all", "privacy-officer").await;
    officer.get("/audit?kind=glass-break").await.says("covering tonight for the ward");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restricted_chart_is_masked_in_the_search() {
    let (house, seed) = House::furnished().await;
    let mut officer = house.signed_in("all", "administrator").await;
    let base = format!("/patients/{}", seed.patient);
    let set =
        officer.post(&format!("{base}/restriction"), &[("kind", "employee"), ("reason", "works here")]).await;
    assert_eq!(set.status, 303, "{}", set.body);
    let mut coder = house.signed_in("all", "coder").await;
    let found = coder.post("/patients", &[("query", "quill")]).await;
    found.says("Q. A.");
    found.says("restricted");
    let closed = coder.get(&base).await;
    assert_eq!(closed.status, 403);
    closed.says("this chart is restricted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_is_uploaded_and_filed() {
    let (house, seed) = House::furnished().await;
    let mut clerk = house.signed_in("all", "supervisor").await;
    let token = clerk.token.clone();
    let part = |head: &str, body: &str| {
        format!("--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
    };
    let body = [
        part("name=\"csrf\"", &token),
        part("name=\"file\"; filename=\"scan.pdf\"", "%PDF-1.7 x"),
        "--edge--\r\n".to_owned(),
    ];
    let form = [("content-type", "multipart/form-data; boundary=edge")];
    let sent = clerk.ask("POST", "/upload", &form, body.concat()).await;
    assert_eq!(sent.header("location"), "/unfiled", "{}", sent.body);
    let queue = clerk.get("/unfiled").await;
    queue.says("scan.pdf");
    let id = queue
        .body
        .split("href=\"/unfiled/")
        .nth(1)
        .and_then(|rest| rest.get(..26))
        .expect("a paper")
        .to_owned();
    let (path, patient) = (format!("/unfiled/{id}"), seed.patient.to_string());
    let chart = clerk.get(&format!("/patients/{patient}")).await;
    let number = chart.body.split("<dt>Record</dt><dd>").nth(1).and_then(|rest| rest.split('<').next());
    let number = number.expect("a record number").to_owned();
    let typed = [("number", number.as_str()), ("kind", "progress-note"), ("title", "Old note")];
    let shown = clerk.post(&path, &typed).await;
    shown.says("Quill, Ada");
    let confirmed = [typed.as_slice(), &[("patient", patient.as_str()), ("confirm", "yes")]].concat();
    let filed = clerk.post(&path, &confirmed).await;
    assert_eq!(filed.status, 303, "{}", filed.body);
    let read = clerk.get(filed.header("location")).await;
    read.says("Old note");
    let file =
        read.body.split("<iframe class=\"viewer\" src=\"").nth(1).and_then(|rest| rest.split('"').next());
    let file = clerk.get(file.expect("a file")).await;
    assert_eq!((file.header("content-type"), file.body.as_str()), ("application/pdf", "%PDF-1.7 x"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_encounter_goes_to_the_chart_it_belongs_in() {
    let (house, seed) = House::furnished().await;
    let other = seed::patient(&house.store, "Ferrous", "Ivo", &[]).await;
    let number = other.demographics.record_number().expect("a number").value.clone();
    let mut browser = house.signed_in("all", "data-integrity").await;
    let path = format!("/patients/{}/encounters/{}/move", seed.patient, seed.encounter);
    browser.get(&path).await.says("Move Inpatient");
    browser.post(&path, &[("number", "nothing")]).await.says("Not exactly one patient");
    browser.post(&path, &[("number", &number)]).await.says("Ferrous, Ivo");
    let to = other.id.to_string();
    let sure = [
        ("number", number.as_str()),
        ("to", to.as_str()),
        ("version", "1"),
        ("confirm", "yes"),
        ("reason", "overlay"),
    ];
    let moved = browser.post(&path, &sure).await;
    assert_eq!(moved.status, 303, "{}", moved.body);
    browser.get(&format!("/patients/{to}/documents/{}", seed.document)).await.says("crushing pain");
}
