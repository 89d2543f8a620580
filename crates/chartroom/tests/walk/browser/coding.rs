//! A stay coded from opening to closing without a mouse.

use std::time::Instant;

use crate::support::database::{Database, Kind};
use crate::support::server::Server;
use crate::support::stay::{self, FAMILY};
use crate::support::turn;

use super::chromium::Chromium;
use super::inspect::findings;
use super::stories::{expect_good, find_patient};

/// The key that sends a form, as WebDriver names it.
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

/// Somebody at the keyboard, with how many keys were pressed.
struct Coder<'b> {
    browser: &'b Chromium,
    keys: usize,
}

impl Coder<'_> {
    async fn press(&mut self, keys: &str) {
        self.keys += keys.chars().count();
        self.browser.keys(keys).await;
    }

    /// Adds a code that was found in the manual, and says that it was present on admission.
    async fn add(&mut self, code: &str, title: &str, row: usize) {
        self.press("a").await;
        self.browser.find("#add:focus").await;
        self.press(code).await;
        self.browser.settles().await;
        self.press(ENTER).await;
        self.browser.find(&format!("ol.lines > li.code-line:nth-child({row})")).await;
        self.browser.reads(title).await;
        // The cursor stays where the next code is typed; Escape leaves it.
        self.press(ESCAPE).await;
        self.press("j").await;
        self.browser.find("li.code-line[aria-current=true]").await;
        self.press("y").await;
        self.browser.find(&format!("li.code-line:nth-child({row}) button[value=Y][aria-pressed=true]")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_is_coded_from_opening_to_closing_by_keyboard_alone() {
    let _turn = turn();
    let hospital = Database::hospital(Kind::Sqlite, "walk_coding").expect("SQLite is everywhere");
    stay::import(&hospital, true);
    let server = Server::serve(&hospital);
    let Some(browser) = Chromium::open(&server.base, "coding").await else { return };
    browser.sign_in("coder").await;
    find_patient(&browser, FAMILY).await;
    browser.click("#found [data-row] a").await;
    browser.click("nav.tabs a[href$='/encounters']").await;
    browser.click("main table tbody tr th a").await;
    browser.link("Codes").await;

    let begun = Instant::now();
    let mut coder = Coder { browser: &browser, keys: 0 };
    coder.press("b").await;
    browser.find("#add").await;
    coder.add("J18.9", "Pneumonia, unspecified organism", 1).await;
    coder.add("I10", "Essential (primary) hypertension", 2).await;
    browser.reads("MS-DRG 195").await;
    expect_good(&findings(&browser, "coding-by-keyboard").await);
    coder.press("F").await;
    browser.reads("Close the codes of").await;
    coder.press("F").await;
    browser.find("#work .tag.good").await;
    assert_eq!(browser.count("#add").await, 0, "closed codes are not added to");
    println!("a stay coded: {} keys, {:.1} s with the waiting", coder.keys, begun.elapsed().as_secs_f64());
    expect_good(&findings(&browser, "coding-closed").await);
}
