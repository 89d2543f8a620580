//! A closed stay is drawn, coded again blind, compared, rebutted and decided over HTTP; and a criterion holds finished
//! codes for another person.

use chart::access::Role;

use crate::browser::{Browser, House};
use crate::coding::{desk, hidden, press};
use crate::seed::{self, Seed};

/// Codes the stay with one diagnosis and asks for it to be closed; gives where that led.
async fn closed(coder: &mut Browser, seed: &Seed) -> String {
    let path = desk(seed);
    let begun = coder.post(&path, &[("do", "begin"), ("for", "record")]).await.body;
    press(coder, &path, &begun, &[("do", "add"), ("code", "I50.21"), ("present", "Y")]).await;
    let close = coder.get(&format!("{path}/close?for=record")).await.body;
    let (id, version) = (hidden(&close, "id"), hidden(&close, "version"));
    let mut fields = vec![("id", id.as_str()), ("version", version.as_str())];
    let findings: Vec<String> = close
        .split("name=\"finding\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect();
    for finding in &findings {
        fields.extend([("finding", finding.as_str()), ("reason", "as documented")]);
    }
    let answer = coder.post(&format!("{path}/close?for=record"), &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    coder.get(&path).await.body
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sample_goes_from_the_draw_to_its_accuracy() {
    let (house, seed) = House::furnished().await;
    for (login, role) in [("cody", Role::Coder), ("audrey", Role::Auditor), ("susan", Role::Supervisor)] {
        seed::person(&house.store, login, &[role]).await;
    }
    let mut coder = house.signed_in("cody", Role::Coder.key()).await;
    let mut auditor = house.signed_in("audrey", Role::Auditor.key()).await;
    let mut supervisor = house.signed_in("susan", Role::Supervisor.key()).await;
    closed(&mut coder, &seed).await;
    let form =
        [("from", "2000-01-01"), ("to", "2999-01-01"), ("size", "1"), ("unit", "count"), ("seed", "s-1")];
    let drawn = supervisor.post("/coding-audits", &form).await;
    assert_eq!(drawn.status, 303, "{}", drawn.body);
    let sample = drawn.header("location").to_owned();
    let page = auditor.get(&sample).await;
    page.says("s-1").says("To be coded again");
    assert!(!page.body.contains("CODY"), "an auditor is not told whose codes they are");
    let case = format!(
        "/coding-audits/cases/{}",
        page.body.split("/coding-audits/cases/").nth(1).unwrap().split('"').next().unwrap()
    );
    let before = auditor.get(&case).await;
    before.says("Code it again");
    assert!(!before.body.contains("I50.21"), "{}", before.body);
    auditor.get(&desk(&seed)).await.says("coded again blind");
    let api = format!("/api/encounters/{}/coding", seed.encounter);
    assert_eq!(auditor.get(&api).await.status, 422, "nor by program");
    let version = hidden(&before.body, "version");
    let code = format!("{case}/code");
    assert_eq!(auditor.post(&code, &[("do", "begin"), ("version", &version)]).await.status, 303);
    let blind = auditor.get(&case).await;
    blind.says("Finish your own codes").says("Add a code");
    assert!(!blind.body.contains("Acute systolic") && !blind.body.contains("Suggested by"), "{}", blind.body);
    let version = hidden(&blind.body, "version");
    let add = [("do", "add"), ("code", "I50.23"), ("present", "Y"), ("version", version.as_str())];
    assert_eq!(auditor.post(&code, &add).await.status, 303);
    let version = hidden(&auditor.get(&case).await.body, "version");
    assert_eq!(auditor.post(&code, &[("do", "finish"), ("version", &version)]).await.status, 303);
    let compared = auditor.get(&case).await;
    compared.says("I50.21 Y").says("I50.23 Y").says("Wrong principal").says("Report to the coder");
    let version = hidden(&compared.body, "version");
    let count = compared.body.matches("name=\"is_error\"").count();
    let word = |version: &str, is_error: &str, reason: &str| {
        let mut fields = vec![("version".to_owned(), version.to_owned())];
        for _ in 0..count {
            fields.push(("is_error".into(), is_error.into()));
            fields.push(("reason".into(), reason.into()));
        }
        fields
    };
    let send = async |browser: &mut Browser, to: &str, fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(one, two)| (one.as_str(), two.as_str())).collect();
        browser.post(&format!("{case}/{to}"), &fields).await
    };
    let wordless = send(&mut auditor, "report", word(&version, "yes", "")).await;
    assert_eq!(wordless.status, 422);
    wordless.says("needs its reason");
    let reported = send(&mut auditor, "report", word(&version, "yes", "acute on chronic")).await;
    assert_eq!(reported.status, 303, "{}", reported.body);
    coder.get("/coding-audits/mine").await.says("With the coder");
    let version = hidden(&coder.get(&case).await.body, "version");
    assert_eq!(send(&mut coder, "answer", word(&version, "no", "no chronic failure")).await.status, 303);
    let version = hidden(&supervisor.get(&case).await.body, "version");
    assert_eq!(send(&mut supervisor, "decide", word(&version, "yes", "echo of 2024")).await.status, 303);
    coder.get(&case).await.says("Settled").says("echo of 2024");
    supervisor.get("/coding-audits/accuracy").await.says("By code").says("0 of 1");
    let csv = supervisor.get("/coding-audits/accuracy.csv").await;
    csv.says("coder,\"CODY\",record,0,1,0.0");
    coder.get("/coding-audits/mine").await.says("0.0 %");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_criterion_holds_codes_until_another_person_has_looked() {
    let (house, seed) = House::furnished().await;
    for (login, role) in [("cody", Role::Coder), ("carla", Role::Coder), ("ada", Role::Administrator)] {
        seed::person(&house.store, login, &[role]).await;
    }
    let mut coder = house.signed_in("cody", Role::Coder.key()).await;
    let mut other = house.signed_in("carla", Role::Coder.key()).await;
    let mut administrator = house.signed_in("ada", Role::Administrator.key()).await;
    let on =
        [("criterion", "new-coder"), ("on", "yes"), ("value", "5"), ("reason", "three joined this month")];
    assert_eq!(administrator.post("/second-reviews", &on).await.status, 303);
    administrator.get("/second-reviews").await.says("three joined this month");
    let page = closed(&mut coder, &seed).await;
    assert!(page.contains("held") && !page.contains("It has come"), "{page}");
    other.get("/second-reviews").await.says("CODY");
    let seen = other.get(&desk(&seed)).await.body;
    let (id, version) = (hidden(&seen, "id"), hidden(&seen, "version"));
    let words = [("id", id.as_str()), ("version", version.as_str()), ("words", "agreed")];
    let review = format!("{}/review", desk(&seed));
    let own = coder.post(&review, &words).await;
    assert_eq!(own.status, 422);
    own.says("another person reviews them");
    assert_eq!(other.post(&review, &words).await.status, 303);
    coder.get(&desk(&seed)).await.says("Close the codes");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_test_of_the_program_alone_is_turned_on_with_a_reason() {
    let (house, _) = House::furnished().await;
    let mut administrator = house.signed_in("all", Role::Administrator.key()).await;
    administrator.get("/autonomous").await.says("It was never on").says("Outpatient imaging");
    let silent = administrator.post("/autonomous", &[("on", "yes"), ("reason", " ")]).await;
    assert_eq!(silent.status, 422);
    assert_eq!(administrator.post("/autonomous", &[("on", "yes"), ("reason", "a trial")]).await.status, 303);
    administrator.get("/autonomous").await.says("a trial").says("Turn it off");
}
