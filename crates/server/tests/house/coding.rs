//! A stay is coded over HTTP: on the page, and by a program.

use chart::access::Role;

use crate::browser::{Browser, House};
use crate::seed::{self, Seed};

pub(crate) fn desk(seed: &Seed) -> String {
    format!("/patients/{}/encounters/{}/coding", seed.patient, seed.encounter)
}

/// The value of the first hidden field of this name in the list of codes.
pub(crate) fn hidden(body: &str, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let rest = body.split(&field).nth(1).and_then(|rest| rest.split('"').next());
    rest.unwrap_or_else(|| panic!("no {name} in {body}")).to_owned()
}

/// Presses a button of the page that was shown last.
pub(crate) async fn press(browser: &mut Browser, path: &str, page: &str, fields: &[(&str, &str)]) -> String {
    let (id, version) = (hidden(page, "id"), hidden(page, "version"));
    let mut all = vec![("id", id.as_str()), ("version", version.as_str())];
    all.extend(fields);
    let answer = browser.post(path, &all).await;
    assert_eq!(answer.status, 200, "{fields:?}: {}", answer.body);
    answer.body
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_is_coded_on_the_page_closed_and_opened_again() {
    let (house, seed) = House::furnished().await;
    let mut coder = house.signed_in("all", Role::Coder.key()).await;
    let path = desk(&seed);
    coder.get(&path).await.says("Begin to code");
    let begun = coder.post(&path, &[("do", "begin"), ("for", "record")]).await;
    begun.says("The first is the principal diagnosis");
    let page =
        press(&mut coder, &path, &begun.body, &[("do", "add"), ("code", "N17.9"), ("present", "Y")]).await;
    let page = press(&mut coder, &path, &page, &[("do", "add"), ("code", "I50.21")]).await;
    assert!(page.contains("Acute systolic"), "{page}");
    let page = press(&mut coder, &path, &page, &[("do", "up"), ("what", "diagnosis"), ("at", "1")]).await;
    let place =
        |code: &str| page.find(&format!("<strong><a href=\"/codes/tabular/{code}\">{code}</a></strong>"));
    assert!(place("I50.21").is_some() && place("I50.21") < place("N17.9"), "I50.21 is principal");
    let page = press(&mut coder, &path, &page, &[("present", "Y"), ("what", "diagnosis"), ("at", "0")]).await;
    assert!(page.contains("MS-DRG"), "{page}");
    let undone = press(&mut coder, &path, &page, &[("do", "undo")]).await;
    assert!(undone.contains("Take back: I5021 moved to place 1"), "{undone}");
    let undone = press(&mut coder, &path, &undone, &[("do", "undo")]).await;
    assert!(undone.contains("Take back: I5021 added"), "two steps: {undone}");
    let undone = press(&mut coder, &path, &undone, &[("do", "up"), ("what", "diagnosis"), ("at", "1")]).await;
    let page =
        press(&mut coder, &path, &undone, &[("present", "Y"), ("what", "diagnosis"), ("at", "0")]).await;
    let wrong = coder.post(&path, &[("id", &hidden(&page, "id")), ("version", "1"), ("do", "remove")]).await;
    assert_eq!(wrong.status, 422);
    wrong.says("changed the codes after you opened them");
    let close = coder.get(&format!("{path}/close?for=record")).await;
    close.says("Close the codes of");
    let (id, version) = (hidden(&close.body, "id"), hidden(&close.body, "version"));
    let findings: Vec<String> = close
        .body
        .split("name=\"finding\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect();
    let mut fields = vec![("id", id.as_str()), ("version", version.as_str())];
    for finding in &findings {
        fields.extend([("finding", finding.as_str()), ("reason", "as documented")]);
    }
    let closed = coder.post(&format!("{path}/close?for=record"), &fields).await;
    assert_eq!(closed.status, 303, "{}", closed.body);
    let page = coder.get(&path).await;
    page.says("final");
    let history = coder.get(&format!("{path}/history?for=record")).await;
    history.says("msdrg ").says("I50.21 -").says("N17.9, I50.21").says("taken back");
    coder.get("/unbilled").await.says("Closed, not billed");
    let (id, version) = (hidden(&page.body, "id"), hidden(&page.body, "version"));
    let reopened = [("id", id.as_str()), ("version", version.as_str()), ("why", "denied")];
    assert_eq!(coder.post(&format!("{path}/reopen"), &reopened).await.status, 303);
    coder.post("/codes", &[("code", "acute systolic heart f")]).await.says("I50.21");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_codes_by_the_same_verbs() {
    let (house, seed) = House::furnished().await;
    seed::person(&house.store, "clerk", &[Role::Clerk]).await;
    let mut coder = house.signed_in("all", Role::Coder.key()).await;
    let path = format!("/api/encounters/{}/coding", seed.encounter);
    let token = coder.token.clone();
    let headers = [("content-type", "application/json"), ("x-csrf-token", token.as_str())];
    let begun = coder.ask("POST", &path, &headers, r#"{"do": "begin", "for": "record"}"#.into()).await;
    assert_eq!(begun.status, 200, "{}", begun.body);
    let begun: serde_json::Value = serde_json::from_str(&begun.body).unwrap();
    let add = serde_json::json!({
        "id": begun["code_set"]["id"], "version": 1, "do": "add-diagnosis",
        "line": { "code": "I50.21", "present": "Y", "origin": "entered" },
    });
    let added = coder.ask("POST", &path, &headers, add.to_string()).await;
    assert_eq!(added.status, 200, "{}", added.body);
    let added: serde_json::Value = serde_json::from_str(&added.body).unwrap();
    assert!(added["computed"]["group"]["drg"].is_number(), "{added}");
    let again = coder.ask("POST", &path, &headers, add.to_string()).await;
    assert_eq!(again.status, 422);
    again.says("changed the codes after you opened them");
    let read: serde_json::Value = serde_json::from_str(&coder.get(&path).await.body).unwrap();
    assert_eq!(read["code_set"]["codes"]["diagnoses"][0]["code"], "I5021");
    assert_eq!(read["reached"][0]["stage"], "baseline");
    let mut clerk = house.signed_in("clerk", Role::Clerk.key()).await;
    assert_eq!(clerk.get(&path).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn procedures_have_their_day_and_performer_on_the_page_and_by_program() {
    let (house, seed) = House::furnished().await;
    let mut coder = house.signed_in("all", Role::Coder.key()).await;
    let path = desk(&seed);
    let begun = coder.post(&path, &[("do", "begin"), ("for", "record")]).await.body;
    let done = [("do", "add"), ("code", "0DTJ4ZZ"), ("day", "2026-09-21"), ("performer", "Okafor")];
    let page = press(&mut coder, &path, &begun, &done).await;
    assert!(page.contains("2026-09-21 Okafor"), "{page}");
    let done = [("do", "done"), ("what", "procedure"), ("at", "0"), ("day", ""), ("performer", "Lindqvist")];
    let page = press(&mut coder, &path, &page, &done).await;
    assert!(page.contains("value=\"Lindqvist\"") && !page.contains("Okafor"), "{page}");
    let refused = [
        ("do", "service"),
        ("code", "J1885"),
        ("id", &hidden(&page, "id")),
        ("version", &hidden(&page, "version")),
    ];
    coder.post(&path, &refused).await.says("outpatients");
    let api = format!("/api/encounters/{}/coding", seed.encounter);
    let token = coder.token.clone();
    let headers = [("content-type", "application/json"), ("x-csrf-token", token.as_str())];
    let read: serde_json::Value = serde_json::from_str(&coder.get(&api).await.body).unwrap();
    let set = serde_json::json!({
        "id": read["code_set"]["id"], "version": read["code_set"]["version"], "do": "set-procedure",
        "at": 0, "day": "2026-09-21", "performer": { "name": "Mehta" },
    });
    let set = coder.ask("POST", &api, &headers, set.to_string()).await;
    assert_eq!(set.status, 200, "{}", set.body);
    let set: serde_json::Value = serde_json::from_str(&set.body).unwrap();
    let line = &set["code_set"]["codes"]["procedures"][0];
    assert_eq!((&line["day"], &line["performer"]["name"]), (&"2026-09-21".into(), &"Mehta".into()));
}
