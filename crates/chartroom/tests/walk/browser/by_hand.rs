//! What a person does without a mouse, and what a person does without JavaScript.

use crate::support::database::{Database, Kind};
use crate::support::server::Server;
use crate::support::turn;

use super::chromium::Chromium;
use super::inspect::findings;

/// The key that sends a form, as WebDriver names it.
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_is_found_by_keyboard_alone() {
    let _turn = turn();
    let hospital = Database::hospital(Kind::Sqlite, "walk_keyboard").unwrap();
    let server = Server::serve(&hospital);
    let Some(browser) = Chromium::open(&server.base, "keyboard").await else { return };
    browser.sign_in("integrity").await;
    browser.keys("?").await;
    browser.find("dialog#keys[open]").await;
    assert_eq!(findings(&browser, "key-sheet").await, Vec::<String>::new());
    browser.keys(ESCAPE).await;
    assert_eq!(browser.count("dialog#keys[open]").await, 0, "Escape closes the sheet of keys");

    browser.keys("gp").await;
    browser.find("input[name=query]").await;
    assert_eq!(browser.place().await, "/patients");
    browser.keys(ESCAPE).await;
    browser.keys("/").await;
    browser.keys("Abb").await;
    // As-you-type: rows come without Enter.
    browser.find("#found [data-row] a").await;
    browser.settles().await;
    browser.keys(ENTER).await;
    // The same rows come once more: a key is for those that stay.
    browser.settles().await;
    browser.find("#found [data-row] a").await;
    browser.keys(ESCAPE).await;
    browser.keys("j").await;
    browser.find("[data-row][aria-selected=true]").await;
    browser.leave_by_keys(ENTER).await;
    browser.find("header.folder").await;
    assert!(browser.place().await.starts_with("/patients/"), "Enter opens the row");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_works_without_scripts() {
    let _turn = turn();
    let hospital = Database::hospital(Kind::Sqlite, "walk_plain").unwrap();
    let server = Server::serve(&hospital);
    let Some(browser) = Chromium::open(&server.base, "plain").await else { return };
    browser.scripts(false).await;
    browser.sign_in("everyone").await;
    browser.choose("#hat", "data-integrity").await;
    browser.click("header form[action='/hat'] button").await;
    browser.find("#hat option[value=data-integrity][selected]").await;
    browser.go("/patients").await;
    browser.fill("input[name=query]", "Abbott").await;
    browser.press("Search").await;
    browser.click("#found [data-row] a").await;
    browser.find("header.folder").await;
    browser.click("nav.tabs a[href$='/documents']").await;
    browser.click("main table tbody tr th a").await;
    browser.find("article .paper").await;
    browser.go("/messages").await;
    browser.click("nav[aria-label=Filter] a:not([aria-current])").await;
    assert!(browser.place().await.starts_with("/messages?state="));
}
