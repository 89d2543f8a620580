//! What people do with the record, from beginning to end.

use std::path::{Path, PathBuf};

use crate::support::database::{Database, Kind};
use crate::support::server::Server;
use crate::support::{Turn, paper, sender, turn};

use super::chromium::Chromium;
use super::inspect::findings;

/// A server on a hospital of its own, and a browser before it; `None` where there is no browser.
pub(super) async fn begin(name: &str) -> Option<(Turn, Database, Server, Chromium)> {
    let turn = turn();
    let hospital = Database::hospital(Kind::Sqlite, name).expect("SQLite is everywhere");
    let server = Server::serve(&hospital);
    let browser = Chromium::open(&server.base, name).await?;
    Some((turn, hospital, server, browser))
}

/// The page that is open holds the rules.
#[track_caller]
pub(super) fn expect_good(findings: &[String]) {
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

pub(super) async fn find_patient(browser: &Chromium, words: &str) {
    browser.go("/patients").await;
    browser.fill("input[name=query]", words).await;
    browser.settles().await;
    browser.find("#found [data-row] a").await;
}

/// The record number of the first patient found.
async fn first_number(browser: &Chromium) -> String {
    let cell = browser
        .run("return document.querySelector('#found td[data-label=\"Record number\"]').innerText")
        .await;
    last_word(cell.as_str().expect("a cell has text"))
}

fn last_word(text: &str) -> String {
    text.split_whitespace().last().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chart_and_its_documents_are_read() {
    let Some((_turn, _hospital, _server, browser)) = begin("walk_reading").await else { return };
    browser.sign_in("integrity").await;
    find_patient(&browser, "Abbott").await;
    expect_good(&findings(&browser, "patients-found").await);
    browser.click("#found [data-row] a").await;
    browser.find("header.folder").await;
    browser.click("nav.tabs a[href$='/documents']").await;
    browser.click("main table tbody tr th a").await;
    browser.find("article .paper").await;
    assert!(browser.text().await.len() > 300, "a document has text to read");
    expect_good(&findings(&browser, "document-read").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_is_uploaded_and_filed() {
    let Some((_turn, _hospital, _server, browser)) = begin("walk_filing").await else { return };
    browser.sign_in("integrity").await;
    find_patient(&browser, "Abbott").await;
    let number = first_number(&browser).await;
    let scan = keep("walk-scan.pdf", &paper::pdf("Outside cardiology letter, walked in"));
    browser.go("/upload").await;
    browser.attach("input[type=file]", &scan).await;
    browser.fill("input[name=title]", "Letter from outside").await;
    browser.press("Upload").await;
    browser.go("/unfiled").await;
    browser.link("walk-scan.pdf").await;
    browser.fill("input[name=number]", &number).await;
    browser.press("Look up the patient").await;
    browser.find("input[name=patient]").await;
    expect_good(&findings(&browser, "filing-found").await);
    browser.fill("input[name=title]", "Letter from outside").await;
    browser.press("File it in this chart").await;
    find_patient(&browser, &number).await;
    browser.click("#found [data-row] a").await;
    browser.click("nav.tabs a[href$='/documents']").await;
    browser.link("Letter from outside").await;
    browser.find("iframe.viewer").await;
    expect_good(&findings(&browser, "document-scanned").await);
    browser.go("/unfiled").await;
    assert!(!browser.text().await.contains("walk-scan.pdf"), "what is filed waits no longer");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_is_merged_and_parted_again() {
    let Some((_turn, _hospital, _server, browser)) = begin("walk_merging").await else { return };
    browser.sign_in("integrity").await;
    browser.go("/duplicates").await;
    let waiting = browser.count("main tbody tr").await;
    assert!(waiting > 0, "the demo hospital has duplicates");
    browser.click("main table tbody tr th a").await;
    let pair = browser.place().await;
    expect_good(&findings(&browser, "pair").await);
    let left = last_word(&browser.find("main thead th:nth-child(2) a").await.text().await.expect("a number"));
    let right =
        last_word(&browser.find("main thead th:nth-child(3) a").await.text().await.expect("a number"));
    browser.fill("form[action$='/merge'] input[name=reason]", "Same birth date, address and daughter").await;
    browser.press("Merge").await;
    expect_good(&findings(&browser, "merges").await);
    // The number that went keeps working: both lead to the one chart.
    assert_eq!(
        chart_of(&browser, &left).await,
        chart_of(&browser, &right).await,
        "{left} and {right} are one"
    );
    browser.click("nav a[href='/duplicates']").await;
    browser.find("main h1").await;
    assert_eq!(browser.count("main tbody tr").await, waiting - 1, "a pair that was merged waits no longer");
    let survivor = chart_of(&browser, &left).await;
    browser.go(&format!("{survivor}/merges")).await;
    browser.fill("main input[name=reason]", "They are sisters-in-law").await;
    browser.press("Undo").await;
    assert_ne!(
        chart_of(&browser, &left).await,
        chart_of(&browser, &right).await,
        "{left} and {right} are two again"
    );
    browser.go(&pair).await;
    browser.reads("One person or two?").await;
}

/// The address of the chart that a record number leads to.
async fn chart_of(browser: &Chromium, number: &str) -> String {
    find_patient(browser, number).await;
    browser.click("#found [data-row] a").await;
    browser.find("header.folder").await;
    let place = browser.place().await;
    place.split('?').next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn glass_is_broken_and_the_privacy_officer_sees_it() {
    let Some((_turn, _hospital, _server, browser)) = begin("walk_glass").await else { return };
    browser.sign_in("director").await;
    find_patient(&browser, "Abbott").await;
    let number = first_number(&browser).await;
    browser.click("#found [data-row] a").await;
    let chart = browser.place().await;
    browser.choose("#restriction", "vip").await;
    browser.fill("#restriction-reason", "A neighbor of several people who work here").await;
    browser.press("Set").await;

    browser.sign_in("coder").await;
    browser.go(&chart).await;
    browser.reads("This chart is closed to you").await;
    expect_good(&without_status(findings(&browser, "chart-closed").await, 403));
    browser.link("Open it in an emergency").await;
    expect_good(&findings(&browser, "glass").await);
    browser.tick("input[name=reason]").await;
    browser.fill("textarea[name=text]", "Covering for a colleague on leave").await;
    browser.press("Open the chart").await;
    browser.find("header.folder").await;

    browser.sign_in("privacy").await;
    browser.go(&format!("/audit?number={number}")).await;
    browser.reads("Covering for a colleague on leave").await;
    browser.reads("Samuel Oyelaran").await;
    expect_good(&findings(&browser, "audit-of-patient").await);
    browser.press("Verify the chain").await;
    assert!(!browser.text().await.to_lowercase().contains("broken at"), "the chain holds");
}

/// Chromium writes a console line for an answer that is a refusal: 403 for a closed chart, 422 for a form to be mended.
pub(super) fn without_status(findings: Vec<String>, status: u16) -> Vec<String> {
    let line = format!("the server responded with a status of {status}");
    findings.into_iter().filter(|one| !one.contains(&line)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_message_is_mended_and_played_again() {
    let Some((_turn, _hospital, server, browser)) = begin("walk_mending").await else { return };
    let good = sender::registration("MEND-1", "TM-77001", "Mendelbaum");
    // The patient's number is lost: nobody can say whose message it is.
    let bad = good.replace("TM-77001^^^TIDEMILL^MR", "");
    assert_ne!(good, bad);
    let mut interface = sender::Sender::connect(server.hl7).expect("the interface listens");
    assert_eq!(interface.send(&bad, "MEND-1").expect("it answers"), "AE");

    browser.sign_in("integrity").await;
    browser.go("/messages?state=rejected").await;
    browser.click("main table tbody tr th a").await;
    expect_good(&findings(&browser, "message-rejected").await);
    browser.fill("textarea[name=text]", &good.replace('\r', "\n")).await;
    browser.fill("form[action$='/replay'] input[name=reason]", "Number asked of the clinic").await;
    browser.press("Play again").await;
    find_patient(&browser, "TM-77001").await;
    browser.reads("Mendelbaum").await;
}

/// Puts a file where the browser can take it from.
pub(super) fn keep(name: &str, bytes: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("target/tmp can be written");
    path
}
