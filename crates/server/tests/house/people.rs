//! Who patients and people who sign in are: corrected, found by telephone, linked; and who is refused what.

use chart::access::Role;
use chart::directory::{Party, PartyKind};
use chart::intake::{Arrival, Change, Channel, KeyKind, Original, SourceKey};
use chart::patient::Identifier;

use crate::browser::House;
use crate::seed;

#[tokio::test(flavor = "multi_thread")]
async fn who_a_patient_is_is_corrected_after_a_look_at_what_changes() {
    let (house, seed) = House::furnished().await;
    let mut clerk = house.signed_in("all", "clerk").await;
    let base = format!("/patients/{}", seed.patient);
    clerk.get(&base).await.says(&format!("{base}/correct"));
    let form = clerk.get(&format!("{base}/correct")).await;
    form.says("name=\"version\" value=\"1\"");
    let number = form.body.split("name=\"number\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let number = number.expect("a record number").to_owned();
    let typed = [
        ("version", "1"),
        ("family", "Quill"),
        ("given", "Ada"),
        ("sex", "female"),
        ("number", number.as_str()),
        ("mother", "Ferrous"),
        ("phone", "206-342-8631"),
        ("phone", ""),
        ("reason", "driving licence seen"),
    ];
    let with = |birth: &'static str, confirm: &'static str| {
        [typed.as_slice(), &[("birth", birth), ("confirm", confirm)]].concat()
    };
    let wrong = clerk.post(&format!("{base}/correct"), &with("2.3.57", "yes")).await;
    assert_eq!(wrong.status, 422);
    wrong.says("is no date");
    let looked = clerk.post(&format!("{base}/correct"), &with("1957-02-03", "")).await;
    looked.says("Save these changes");
    looked.says("1957-03-02");
    let saved = clerk.post(&format!("{base}/correct"), &with("1957-02-03", "yes")).await;
    assert_eq!(saved.header("location"), format!("{base}/who"), "{}", saved.body);
    let who = clerk.get(&format!("{base}/who")).await;
    who.says("ALL: driving licence seen");
    who.says("1957-02-03");
    let late = clerk.post(&format!("{base}/correct"), &with("1957-02-04", "yes")).await;
    assert_eq!(late.status, 409, "{}", late.body);
    for typed in ["342 8631", "(206) 342-8631", "2063428631"] {
        let found = clerk.post("/patients", &[("query", typed)]).await;
        found.says(&format!("/patients/{}", seed.patient));
        found.says("1 record.");
    }
    let new = [("family", "Brown"), ("given", "Bea"), ("phone", "342-8631")];
    clerk.post("/patients/new", &new).await.says(&seed.patient.to_string());
    let mut officer = house.signed_in("all", "privacy-officer").await;
    officer.get("/audit?kind=patient-correct").await.says("driving licence seen");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_linked_to_a_practitioner_whose_patients_open_then() {
    let (house, _) = House::furnished().await;
    let doc = seed::person(&house.store, "doc", &[Role::Physician]).await;
    let other = seed::person(&house.store, "other", &[Role::Physician]).await;
    let party = Party {
        kind: PartyKind::Practitioner,
        name: "Mehta, Anjali".into(),
        identifiers: vec![Identifier {
            value: "9990000003".into(),
            kind: "NPI".into(),
            ..Identifier::default()
        }],
        types: Vec::new(),
        part_of: None,
        telecoms: Vec::new(),
        address: None,
        active: true,
    };
    let key = SourceKey::new("test", KeyKind::Party, "mehta");
    let arrival = Arrival {
        channel: Channel::Hand,
        kind: "Directory".into(),
        original: Original { media_type: "text/plain".into(), bytes: b"mehta".to_vec() },
        changes: vec![Change::Party { key, party: Box::new(party) }],
        attachments: Vec::new(),
        remarks: Vec::new(),
    };
    workflow::intake::apply(&house.store, &mut seed::context(), vec![arrival.into()]).await.unwrap();
    let mut manager = house.signed_in("all", "it-administrator").await;
    let path = format!("/users/{doc}");
    manager.get(&path).await.says("Not linked to a practitioner");
    manager.post(&path, &[("do", "find"), ("named", "nobody")]).await.says("No practitioner of that name");
    let found = manager.post(&path, &[("do", "find"), ("named", "meh")]).await;
    found.says("Mehta, Anjali (NPI 9990000003)");
    let id = found.body.split("name=\"party\" value=\"").nth(1).and_then(|rest| rest.get(..26));
    let id = id.expect("a practitioner").to_owned();
    let link = [("do", "link-party"), ("named", "meh"), ("party", id.as_str())];
    assert_eq!(manager.post(&path, &link).await.status, 303);
    manager.get(&path).await.says("This is <strong>Mehta, Anjali (NPI 9990000003)</strong>");
    let taken = manager.post(&format!("/users/{other}"), &link).await;
    assert_eq!(taken.status, 422);
    taken.says("belongs to the account doc");
    assert_eq!(manager.post(&path, &[("do", "unlink")]).await.status, 303);
    manager.get(&path).await.says("Not linked to a practitioner");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_seen_by_the_privacy_officer_with_the_address_pattern_only() {
    let (house, seed) = House::furnished().await;
    seed::person(&house.store, "doc", &[Role::Physician]).await;
    let mut coder = house.signed_in("all", "coder").await;
    assert_eq!(coder.get(&format!("/users/{}", seed.user)).await.status, 403);
    let mut physician = house.signed_in("doc", "physician").await;
    assert_eq!(physician.get(&format!("/patients/{}/results", seed.patient)).await.status, 403);
    house.browser().get("/users").await;
    let mut officer = house.signed_in("all", "privacy-officer").await;
    let seen = officer.get("/audit?kind=access-refused").await;
    seen.says("2 events in all");
    seen.says("/users/{user}");
    seen.says("the role worn lacks user.manage");
    seen.says("/patients/{patient}/results");
    seen.says("Quill, Ada");
    seen.says("denied");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_a_report_opens_behind_the_same_gate_and_is_written_down() {
    let (house, seed) = House::furnished().await;
    seed::person(&house.store, "doc", &[Role::Physician]).await;
    let mut coder = house.signed_in("all", "coder").await;
    let base = format!("/patients/{}/reports/{}", seed.patient, seed.report);
    let file = format!("{base}/files/{}", seed.film);
    let page = coder.get(&base).await;
    page.says(&file);
    let sent = coder.get(&file).await;
    assert_eq!((sent.status, sent.header("content-type")), (200, "image/png"));
    assert_eq!(coder.get(&format!("{base}/files/{}", chart::id::Digest::of(b"other"))).await.status, 404);
    let mut physician = house.signed_in("doc", "physician").await;
    assert_eq!(physician.get(&file).await.status, 403);
    let mut officer = house.signed_in("all", "privacy-officer").await;
    officer.get("/audit?kind=original-read").await.says("1 event in all");
}
