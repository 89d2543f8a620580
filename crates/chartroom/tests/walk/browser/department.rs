//! The department's work from beginning to end: a chart completed, a letter and a suspension, a morning of many hats.

use crate::support::database::{Database, Kind};
use crate::support::paper;
use crate::support::server::Server;
use crate::support::stay::{self, FAMILY};
use crate::support::turn;

use super::chromium::{Chromium, PHONE};
use super::inspect::findings;
use super::stories::{begin, expect_good, find_patient, keep, without_status};
use crate::support::PASSWORD;

/// What the typist heard, with one word not heard.
const TYPED: &str = "Diagnoses: community-acquired pneumonia of the right lower lobe.\n\nCourse: admitted with cough and \
                     fever, treated with ceftriaxone, better on the ____ day.\n\nDisposition: discharged home. Follow-up \
                     with Dr. Keller in a week.";

#[tokio::test(flavor = "multi_thread")]
async fn a_chart_goes_from_discharge_to_complete() {
    let turn = turn();
    let hospital = Database::hospital(Kind::Sqlite, "walk_complete").unwrap();
    stay::import(&hospital, false);
    let server = Server::serve(&hospital);
    let Some(browser) = Chromium::open(&server.base, "walk_complete").await else { return };

    browser.sign_in("analyst").await;
    let chart = open_chart(&browser).await;
    let lacks = format!("{chart}/completeness");
    browser.comes(&lacks, "Will be owed").await;
    browser.reads("Discharge summary").await;
    stay::import(&hospital, true);
    browser.comes(&lacks, "Owed").await;
    expect_good(&findings(&browser, "chart-lacks").await);

    dictate(&browser).await;
    type_it(&browser).await;
    let read = sign_it(&browser).await;
    add_to_it(&browser, &read).await;

    browser.sign_in("analyst").await;
    browser.comes(&lacks, "Settled").await;
    let said = browser.text().await;
    assert!(!said.contains("\nOwed\n"), "nothing is owed any more:\n{said}");
    browser.click("main a[href$='/analysis']").await;
    browser.reads("Nothing is lacking that the rules know of").await;
    browser.press("I have looked through this record").await;
    expect_good(&findings(&browser, "chart-complete").await);
    browser.reads("complete").await;
    drop(turn);
}

/// The address of the chart of the stay's patient.
async fn open_chart(browser: &Chromium) -> String {
    find_patient(browser, FAMILY).await;
    browser.click("#found [data-row] a").await;
    browser.find("header.folder").await;
    browser.place().await
}

/// The physician finds it in the inbox and dictates.
async fn dictate(browser: &Chromium) {
    browser.sign_in("okafor").await;
    browser.go("/inbox").await;
    browser.follow(&format!("//main//li[contains(., '{FAMILY}')]//a[contains(., 'Dictate')]")).await;
    let voice = keep("walk-voice.wav", &paper::silence());
    browser.attach("input[type=file]", &voice).await;
    browser.choose("select[name=type]", "discharge-summary").await;
    browser.press("Send to transcription").await;
    browser.reads("Discharge summary").await;
}

/// The typist hears it, leaves a blank, and gives it to its author.
async fn type_it(browser: &Chromium) {
    browser.sign_in("transcriptionist").await;
    browser.go("/dictations").await;
    browser.follow(&format!("//main//tr[contains(., '{FAMILY}')]//a")).await;
    browser.find("audio").await;
    browser.press("Begin to type").await;
    browser.fill("textarea[name=text]", TYPED).await;
    browser.press("Typed: give it on").await;
    expect_good(&findings(browser, "dictation-typed").await);
    browser.press("Give it to the author").await;
}

/// The author fills the blank on a phone and signs. Gives the address of the document.
async fn sign_it(browser: &Chromium) -> String {
    browser.sign_in("okafor").await;
    browser.look_through(PHONE).await;
    browser.go("/inbox").await;
    browser.follow(&format!("//main//li[contains(., '{FAMILY}')]//a[contains(., 'Read and sign')]")).await;
    browser.fill("input[name=password]", PASSWORD).await;
    browser.press("Sign it as author").await;
    browser.find("[role=alert]").await;
    browser.fill("textarea[name=text]", &TYPED.replace("____", "third")).await;
    browser.fill("input[name=password]", PASSWORD).await;
    browser.press("Sign it as author").await;
    assert_eq!(browser.place().await, "/inbox");
    expect_good(&without_status(findings(browser, "inbox-on-a-phone").await, 422));
    browser.look_through(super::chromium::DESK).await;
    let chart = open_chart(browser).await;
    browser.go(&format!("{chart}/documents")).await;
    browser.link("Discharge summary").await;
    browser.reads("text unchanged").await;
    browser.place().await
}

/// What was forgotten is added beside the signed text, which stays as it is.
async fn add_to_it(browser: &Chromium, read: &str) {
    browser.link("Addendum").await;
    browser.fill("textarea[name=text]", "A chest x-ray is to be repeated in six weeks.").await;
    browser.fill("input[name=reason]", "Forgotten in the dictation").await;
    browser.fill("input[name=password]", PASSWORD).await;
    browser.press("Sign and add").await;
    browser.go(read).await;
    browser.reads("A chest x-ray is to be repeated in six weeks.").await;
    browser.reads("treated with ceftriaxone, better on the third day").await;
    browser.reads("text unchanged").await;
    expect_good(&findings(browser, "document-with-addendum").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_leads_to_suspension_and_the_work_to_restoration() {
    let Some((_turn, _hospital, _server, browser)) = begin("walk_letters").await else { return };
    browser.sign_in("supervisor").await;
    browser.go("/delinquency").await;
    browser.press("Draft the letters that are due").await;
    expect_good(&findings(&browser, "letters-drafted").await);
    browser.link("Ngozi Okafor, MD").await;
    browser.press("Issue to the inbox").await;

    browser.sign_in("okafor").await;
    browser.go("/inbox").await;
    browser.click("main a[href^='/inbox/letters/']").await;
    expect_good(&findings(&browser, "letter-read").await);
    browser.press("I have read it").await;
    assert_eq!(
        browser.count("main a[href^='/inbox/letters/']").await,
        0,
        "a letter that was read waits no longer"
    );

    browser.sign_in("supervisor").await;
    browser.go("/delinquency").await;
    let listed = suspended(&browser).await;
    browser.choose_label("form[action$='/suspend'] select", "Ngozi Okafor, MD").await;
    browser.fill("form[action$='/suspend'] input[name=reason]", "Records past the last warning").await;
    browser.press("Suspend").await;
    assert_eq!(suspended(&browser).await, listed + 1, "one more is on the suspension list");
    browser.choose_label("form[action$='/restore'] select", "Ngozi Okafor, MD").await;
    browser.fill("form[action$='/restore'] input[name=reason]", "All records are complete").await;
    browser.press("Restore").await;
    browser.reads("All records are complete").await;
    assert_eq!(suspended(&browser).await, listed, "the list is left");
    expect_good(&findings(&browser, "letters-restored").await);
}

/// How many practitioners the page says are on the suspension list.
async fn suspended(browser: &Chromium) -> usize {
    browser.text().await.matches("on the suspension list").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_works_through_the_morning_under_many_hats() {
    let Some((_turn, _hospital, _server, browser)) = begin("walk_my_day").await else { return };
    browser.sign_in("everyone").await;
    browser.go("/my-day").await;
    expect_good(&findings(&browser, "my-day").await);
    // First what is past its clock: what is no lack is declined with a reason.
    browser.press("Record analyst").await;
    browser.go("/my-day").await;
    browser.follow("//main//tr[contains(., 'Record analyst')]//a[contains(@href, '/deficiencies/')]").await;
    browser
        .fill("form:has(button[value=decline]) input[name=reason]", "The paper is in the old folder, seen")
        .await;
    browser.press("Not mine, or not needed").await;
    browser.reads("The paper is in the old folder, seen").await;
    // Then, without signing in again, the papers that came by post.
    browser.go("/my-day").await;
    browser.press("Records clerk").await;
    browser.go("/unfiled").await;
    assert!(browser.count("main tbody tr").await > 0, "papers wait to be filed");
    // What one has done alone is to be looked at again by oneself, later and marked so.
    browser.go("/my-day").await;
    browser.reads("To look at again yourself").await;
    expect_good(&findings(&browser, "my-day-later").await);

    browser.sign_in("privacy").await;
    browser.go("/audit").await;
    browser.press("Verify the chain").await;
    assert!(!browser.text().await.to_lowercase().contains("broken at"), "the chain holds");
}
