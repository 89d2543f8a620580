//! What must hold on every page, asked of the browser.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;

use super::chromium::{Chromium, DESK, PHONE, Screen};

/// The rules of WCAG 2.0 to 2.2 at levels A and AA. The PDF viewer inside a frame is Chromium's own.
const AXE_RUN: &str = "
const done = arguments[arguments.length - 1];
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
axe.run(document, { runOnly: { type: 'tag', values: tags }, iframes: false, resultTypes: ['violations'] })
  .then((result) => done(result.violations.map((one) =>
    one.id + ': ' + one.help + ': ' + one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | '))))
  .catch((error) => done(['axe failed: ' + error]));
";

/// What a page is made of, for rules of our own.
const STRUCTURE: &str = "
const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
const widest = [...document.querySelectorAll('body *')]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
    && !one.closest('.scroll, svg, .hidden-text, pre'))
  .slice(0, 3).map((one) => one.tagName.toLowerCase() + '.' + one.className).join(', ');
return { headings: document.querySelectorAll('h1').length, title: document.title, wide, widest,
  lang: document.documentElement.lang, main: document.querySelectorAll('main').length };
";

/// axe-core as `cargo xtask test` fetches it; `None` where nobody did.
static AXE: LazyLock<Option<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("tmp lies in target");
    std::fs::read_to_string(folder.join("npm/axe-core/package/axe.min.js")).ok()
});

/// Says once per walk that axe is not there.
pub(crate) fn announce_axe() {
    if AXE.is_none() {
        println!("skipped: axe-core is not at hand (target/npm/axe-core); pages were walked without it");
    }
}

/// Looks at the page that is open, on the desk and on the phone: what is wrong with it. `name` names its pictures.
pub(crate) async fn findings(browser: &Chromium, name: &str) -> Vec<String> {
    let mut found = structure(browser, DESK).await;
    found.extend(axe(browser).await);
    keep_picture(browser, name, DESK).await;
    browser.look_through(PHONE).await;
    found.extend(structure(browser, PHONE).await);
    found.extend(axe(browser).await.into_iter().map(|one| format!("on the phone: {one}")));
    keep_picture(browser, name, PHONE).await;
    browser.look_through(DESK).await;
    found.extend(console(browser).await);
    found.extend(strangers(browser).await);
    found.dedup();
    found.into_iter().map(|one| format!("{name}: {one}")).collect()
}

/// One heading, a title, a main part, and nothing wider than the screen.
pub(crate) async fn structure(browser: &Chromium, screen: Screen) -> Vec<String> {
    let page = browser.run(STRUCTURE).await;
    let mut found = Vec::new();
    if page["headings"] != 1 || page["main"] != 1 {
        found.push(format!("{} h1 and {} main; one of each is wanted", page["headings"], page["main"]));
    }
    if page["title"].as_str().is_none_or(|title| title.trim().is_empty()) || page["lang"] != "en" {
        found.push(format!("title {} and language {}", page["title"], page["lang"]));
    }
    if page["wide"].as_i64().is_none_or(|wide| wide > 0) {
        found.push(format!("{} px wider than the {}: {}", page["wide"], screen.name, page["widest"]));
    }
    found
}

async fn axe(browser: &Chromium) -> Vec<String> {
    let Some(source) = AXE.as_deref() else { return Vec::new() };
    browser.run(source).await;
    let violations = browser.run_until_done(AXE_RUN).await;
    violations
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| one.as_str().unwrap_or_default().to_owned())
        .collect()
}

/// What htmx writes when a search is called off because more was typed: as it should be.
const CALLED_OFF: [&str; 2] = ["htmx:sendAbort", "htmx:afterRequest"];

/// What the browser complained about.
async fn console(browser: &Chromium) -> Vec<String> {
    let lines = browser.log("browser").await;
    let is_called_off =
        |line: &Value| CALLED_OFF.iter().any(|name| line["message"].to_string().contains(name));
    let bad = lines.iter().filter(|line| line["level"] == "SEVERE" || line["level"] == "WARNING");
    let bad = bad.filter(|line| !is_called_off(line));
    bad.map(|line| format!("console: {}", line["message"])).collect()
}

/// Requests that went to anybody but our server.
async fn strangers(browser: &Chromium) -> Vec<String> {
    let lines = browser.log("performance").await;
    let asked = lines.iter().filter_map(requested);
    asked
        .filter(|url| !is_ours(url, &browser.base))
        .map(|url| format!("asked another server: {url}"))
        .collect()
}

/// The address that a line of the network log says was asked for.
fn requested(line: &Value) -> Option<String> {
    let message: Value = serde_json::from_str(line["message"].as_str()?).ok()?;
    let event = &message["message"];
    (event["method"] == "Network.requestWillBeSent")
        .then(|| event["params"]["request"]["url"].as_str().map(str::to_owned))
        .flatten()
}

/// Whether the address is our server's, or one inside the browser: data in the page, its own PDF viewer.
fn is_ours(url: &str, base: &str) -> bool {
    url.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        || ["data:", "blob:", "about:", "chrome:", "chrome-untrusted:", "chrome-extension:"]
            .iter()
            .any(|inner| url.starts_with(inner))
}

async fn keep_picture(browser: &Chromium, name: &str, screen: Screen) {
    let folder = screens();
    std::fs::create_dir_all(&folder).expect("target can be written");
    let picture = browser.picture(screen).await;
    std::fs::write(folder.join(format!("{name}-{}.png", screen.name)), picture)
        .expect("target can be written");
}

fn screens() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("tmp lies in target").join("screens")
}

#[test]
fn only_our_server_is_ours() {
    let base = "http://127.0.0.1:8080";
    assert!(is_ours("http://127.0.0.1:8080/patients", base) && is_ours("data:image/png;base64,", base));
    assert!(!is_ours("http://127.0.0.1:80801/", base) && !is_ours("https://fonts.example/a.woff2", base));
    let line = |url: &str| {
        let event = serde_json::json!({ "message": {
            "method": "Network.requestWillBeSent", "params": { "request": { "url": url } } } });
        serde_json::json!({ "message": event.to_string() })
    };
    assert_eq!(requested(&line("http://a/")).as_deref(), Some("http://a/"));
    assert_eq!(requested(&serde_json::json!({ "message": "{}" })), None);
}
