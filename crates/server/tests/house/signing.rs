//! A document is written, signed and added to; a dictation goes from the voice to the signed text; page by page.

use chart::access::Role;

use crate::browser::{Answer, Browser, House};
use crate::seed::{self, Seed};

/// A physician for whom the chart is open.
async fn physician(house: &House, seed: &Seed) -> Browser {
    seed::person(&house.store, "doc", &[Role::Physician]).await;
    let mut physician = house.signed_in("doc", "physician").await;
    let words = [("reason", "coverage"), ("text", "covering tonight for the ward")];
    physician.post(&format!("/patients/{}/glass", seed.patient), &words).await;
    physician
}

/// Where an answer sends the browser.
#[track_caller]
fn sent(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_written_signed_and_added_to() {
    let (house, seed) = House::furnished().await;
    let mut doc = physician(&house, &seed).await;
    let base = format!("/patients/{}", seed.patient);
    doc.get(&format!("{base}/write?kind=progress-note")).await.says("Subjective:");
    let encounter = seed.encounter.to_string();
    let empty = [("kind", "progress-note"), ("encounter", encounter.as_str()), ("text", "Plan:\n")];
    let refused = doc.post(&format!("{base}/write"), &empty).await;
    assert_eq!(refused.status, 422);
    refused.says("There is no text yet");
    let typed = [empty[0], empty[1], ("text", "Subjective: Sleeps <well>.\nPlan:\nHome.")];
    let sign = sent(&doc.post(&format!("{base}/write"), &typed).await);
    let page = doc.get(&sign).await;
    for words in
        ["Digest (BLAKE3)", "Version to sign", "Sleeps &lt;well&gt;.", "I wrote this, and it is right"]
    {
        page.says(words);
    }
    doc.get("/inbox").await.says("1 item, about 1 minute");

    let wrong = doc.post(&sign, &[("version", "1"), ("meaning", "author"), ("password", "no")]).await;
    assert_eq!(wrong.status, 422);
    wrong.says("nothing was signed");
    let right = [("version", "1"), ("meaning", "author"), ("password", seed::PASSWORD)];
    assert_eq!(sent(&doc.post(&sign, &right).await), "/inbox");
    doc.get("/inbox").await.says("Nothing waits for you");
    let document = sign.trim_end_matches("/sign").to_owned();
    let read = doc.get(&document).await;
    for words in ["Signed as author", "BLAKE3", "text unchanged", "version 2", "Addendum"] {
        read.says(words);
    }
    let again = doc.post(&sign, &right).await;
    assert_eq!(again.status, 422, "a second click signs nothing");

    let id = document.rsplit('/').next().unwrap_or_default().to_owned();
    let amend = format!("{base}/amend");
    doc.get(&format!("{amend}?kind=addendum&document={id}")).await.says("the original, version 2");
    let added = [
        ("kind", "addendum"),
        ("document", id.as_str()),
        ("version", "2"),
        ("text", "Culture grew nothing."),
        ("reason", "The result came later."),
        ("password", seed::PASSWORD),
    ];
    assert_eq!(sent(&doc.post(&amend, &added).await), document);
    let read = doc.get(&document).await;
    read.says("Culture grew nothing.");
    read.says("Sleeps &lt;well&gt;.");
}

/// A form with a file, as a browser sends it.
async fn send_voice(browser: &mut Browser, path: &str) -> Answer {
    const EDGE: &str = "edge-of-a-part";
    let token = browser.token.clone();
    let fields =
        [("csrf", token.as_str()), ("type", "progress-note"), ("priority", "stat"), ("seconds", "4")];
    let part = |(name, value): &(&str, &str)| {
        format!("--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let fields: String = fields.iter().map(part).collect();
    let file = "content-disposition: form-data; name=\"file\"; filename=\"a.ogg\"\r\ncontent-type: audio/ogg\r\n\r\nOggS voice";
    let body = format!("{fields}--{EDGE}\r\n{file}\r\n--{EDGE}--\r\n");
    let kind = format!("multipart/form-data; boundary={EDGE}");
    browser.ask("POST", path, &[("content-type", &kind)], body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dictation_is_typed_sent_back_and_signed() {
    let (house, seed) = House::furnished().await;
    let mut doc = physician(&house, &seed).await;
    seed::person(&house.store, "lee", &[Role::Transcriptionist]).await;
    let mut lee = house.signed_in("lee", "transcriptionist").await;
    let dictate = format!("/patients/{}/encounters/{}/dictate", seed.patient, seed.encounter);
    doc.get(&dictate).await.says("Send to transcription");
    let own = sent(&send_voice(&mut doc, &dictate).await);
    let desk = own.trim_start_matches("/inbox").to_owned();
    lee.get("/dictations").await.says(&desk);
    lee.get(&desk).await.says("Begin to type");
    let part = lee.ask("GET", &format!("{desk}/voice"), &[("range", "bytes=0-3")], String::new()).await;
    assert_eq!(
        (part.status, part.header("content-range"), part.body.as_str()),
        (206, "bytes 0-3/10", "OggS")
    );

    let text = ("text", "Plan: Remove the ____.");
    sent(&lee.post(&desk, &[("version", "1"), ("act", "start")]).await);
    let late = lee.post(&desk, &[("version", "1"), ("act", "finish"), text]).await;
    assert_eq!(late.status, 422);
    late.says("Remove the ____.");
    sent(&lee.post(&desk, &[("version", "2"), ("act", "finish"), text]).await);
    sent(&lee.post(&desk, &[("version", "3"), ("act", "give")]).await);
    doc.get("/inbox").await.says("1 blank");
    let sign = |text: &'static str, version: &'static str| {
        [("version", version), ("act", "sign"), ("text", text), ("password", seed::PASSWORD)]
    };
    let blank = doc.post(&own, &sign("Plan: Remove the ____.", "4")).await;
    assert_eq!(blank.status, 422);
    blank.says("Fill every blank");
    sent(&doc.post(&own, &[("version", "4"), ("act", "send-back"), ("why", "what is removed")]).await);
    lee.get(&desk).await.says("what is removed");
    sent(&lee.post(&desk, &[("version", "5"), ("act", "start")]).await);
    sent(&lee.post(&desk, &[("version", "6"), ("act", "finish"), ("text", "Plan: Remove the drain.")]).await);
    sent(&lee.post(&desk, &[("version", "7"), ("act", "give")]).await);
    assert_eq!(sent(&doc.post(&own, &sign("Plan: Remove the drain.", "8")).await), "/inbox");
    doc.get(&own).await.says("The signed document");
    doc.get(&format!("/patients/{}/documents", seed.patient)).await.says("final");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patients_request_runs_by_its_clock() {
    let (house, seed) = House::furnished().await;
    let mut officer = house.signed_in("all", "privacy-officer").await;
    let new = format!("/patients/{}/requests", seed.patient);
    officer.get(&new).await.says("What the patient wants changed");
    let asked = [("asked", "I never smoked"), ("reason", "It says so")];
    let one = sent(&officer.post(&new, &asked).await);
    officer.get(&one).await.says("To be decided by");
    officer.get("/requests").await.says("I never smoked");
    let denied = [("version", "1"), ("act", "deny"), ("basis", "accurate"), ("words", "You told the nurse.")];
    sent(&officer.post(&one, &denied).await);
    officer.get(&one).await.says("164.526(a)(2)(iv)");
    let again = officer.post(&one, &denied).await;
    assert_eq!(again.status, 422, "it was decided");
}
