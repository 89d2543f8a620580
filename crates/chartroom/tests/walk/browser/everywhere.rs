//! Every page of every area, found by following links as each role sees them, and inspected.

use std::collections::{BTreeMap, VecDeque};

use crate::support::database::{Database, Kind};
use crate::support::html;
use crate::support::paper;
use crate::support::person::Person;
use crate::support::server::Server;
use crate::support::turn;

use super::chromium::{Chromium, DESK};
use super::inspect;

/// Who walks, and where they begin beside their own desk. Together they may open everything.
const WALKERS: [(&str, &[&str]); 11] = [
    ("everyone", &["/keys", "/about"]),
    ("director", &["/patients"]),
    ("integrity", &["/duplicates", "/messages"]),
    ("clerk", &["/patients/new", "/upload"]),
    ("privacy", &["/audit"]),
    ("it", &["/users"]),
    ("okafor", &["/patients"]),
    (
        "coder",
        &[
            "/find",
            "/codes/tabular/S72.001",
            "/codes/tabular/I21.4",
            "/codes/procedure/0DT",
            "/codes/changes?whose=code&value=E11",
        ],
    ),
    ("transcriptionist", &["/dictations"]),
    ("analyst", &["/patients"]),
    ("supervisor", &["/board"]),
];

/// Pages that must be among those found; `*` stands for an identifier.
const EXPECTED: [&str; 74] = [
    "/",
    "/about",
    "/account/password",
    "/account/second-step",
    "/analysis",
    "/audit",
    "/autonomous",
    "/board",
    "/deficiencies",
    "/codes",
    "/codes/changes",
    "/codes/former",
    "/codes/index",
    "/codes/procedure",
    "/codes/procedure/*",
    "/codes/synonyms",
    "/codes/tables/*",
    "/codes/tabular",
    "/codes/tabular/*",
    "/coding-audits",
    "/coding-audits/*",
    "/coding-audits/accuracy",
    "/coding-audits/cases/*",
    "/coding-audits/mine",
    "/coding-rules",
    "/delinquency",
    "/delinquency/texts",
    "/dictations",
    "/dictations/*",
    "/directory",
    "/duplicates",
    "/duplicates/*/*",
    "/find",
    "/hand-over",
    "/inbox",
    "/keys",
    "/messages",
    "/messages/*",
    "/my-day",
    "/patients",
    "/patients/*",
    "/patients/*/accuracy",
    "/patients/*/allergies",
    "/patients/*/completeness",
    "/patients/*/correct",
    "/patients/*/coverage",
    "/patients/*/documents",
    "/patients/*/documents/*",
    "/patients/*/encounters",
    "/patients/*/encounters/*",
    "/patients/*/encounters/*/move",
    "/patients/*/history",
    "/patients/*/medications",
    "/patients/*/merges",
    "/patients/*/orders",
    "/patients/*/print",
    "/patients/*/problems",
    "/patients/*/procedures",
    "/patients/*/reports/*",
    "/patients/*/results",
    "/patients/*/results/*",
    "/patients/*/timeline",
    "/patients/*/who",
    "/patients/new",
    "/policy",
    "/queues",
    "/requests",
    "/second-reviews",
    "/tour",
    "/unfiled",
    "/unfiled/*",
    "/upload",
    "/users",
    "/users/*",
];

/// A family name that some of the demo hospital's people have.
const SOUGHT: &str = "Abbott";
/// Pages of one pattern that are looked at: a second one shows what the first had no example of.
const OF_ONE_PATTERN: usize = 2;
/// A limit on what one walker asks for, against links without end.
const MOST_REQUESTS: usize = 400;

#[tokio::test(flavor = "multi_thread")]
async fn every_page_holds_the_rules() {
    let _turn = turn();
    let hospital = Database::hospital(Kind::Sqlite, "walk_everywhere").unwrap();
    let server = Server::serve(&hospital);
    let Some(browser) = Chromium::open(&server.base, "everywhere").await else { return };
    inspect::announce_axe();
    let mut desk = Person::sign_in(&server.base, "integrity");
    desk.upload("/upload", &[], "letter.pdf", &paper::pdf("A letter that nobody has filed")).unwrap();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut findings = Vec::new();
    browser.go("/sign-in").await;
    findings.extend(inspect::findings(&browser, "sign-in").await);
    for (walker, begins) in WALKERS {
        let pages = pages_of(&server, walker, begins, &mut seen);
        browser.sign_in(walker).await;
        for (page, pattern) in &pages {
            browser.go(page).await;
            let is_second =
                pages.iter().take_while(|(one, _)| one != page).any(|(_, other)| other == pattern);
            let name = if page == "/" { format!("home-{walker}") } else { file_name(pattern, is_second) };
            findings.extend(inspect::findings(&browser, &name).await);
            findings.extend(without_scripts(&browser, page, &name).await);
        }
    }
    println!("{} kinds of page, {} pages", seen.len(), seen.values().sum::<usize>());
    let missed = EXPECTED.iter().filter(|pattern| !seen.contains_key(**pattern));
    findings.extend(missed.map(|pattern| format!("{pattern}: no link leads there")));
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// Pages that this walker can reach and nobody before has shown, each with its pattern.
fn pages_of(
    server: &Server,
    walker: &str,
    begins: &[&str],
    seen: &mut BTreeMap<String, usize>,
) -> Vec<(String, String)> {
    let mut person = Person::sign_in(&server.base, walker);
    let mut ahead: VecDeque<String> = ["/"].iter().chain(begins).map(|&begin| begin.to_owned()).collect();
    if let Ok(found) = person.post("/patients", &[("query", SOUGHT)]) {
        ahead.extend(html::links_below(&found.html, "/patients/"));
    }
    let mut known: Vec<String> = Vec::new();
    let mut pages = Vec::new();
    while let Some(path) = ahead.pop_front() {
        let pattern = pattern(&path);
        let enough = seen.get(&pattern).is_some_and(|count| *count >= OF_ONE_PATTERN) && pattern != "/";
        if enough || known.contains(&path) || known.len() >= MOST_REQUESTS {
            continue;
        }
        known.push(path.clone());
        let answer = person.get(&path).unwrap_or_else(|error| panic!("{walker} opens {path}: {error}"));
        if answer.status != 200 || !answer.media_type.starts_with("text/html") {
            assert!(answer.status < 500, "{walker} opens {path}: {answer:?}");
            continue;
        }
        ahead.extend(html::links(&answer.html).into_iter().filter(|link| is_page(link)));
        *seen.entry(pattern.clone()).or_default() += 1;
        pages.push((path, pattern));
    }
    pages
}

/// Whether a link may lead to a page of the house: not a place in this page, a file or another program.
fn is_page(link: &str) -> bool {
    link.starts_with('/')
        && !link.starts_with("//")
        && !link.contains("download=")
        && !link.contains("/assets/")
}

/// Lists whose members are addressed by a key in words.
const KEYED: [&str; 6] = ["forms", "procedure", "queues", "rows", "tables", "tabular"];

/// The path with `*` for identifiers: segments that hold a digit and are longer than a word's number, and keys.
fn pattern(path: &str) -> String {
    let bare = path.split(['?', '#']).next().unwrap_or_default();
    let is_identifier = |part: &str| part.len() > 8 && part.bytes().any(|byte| byte.is_ascii_digit());
    let mut parts: Vec<&str> = Vec::new();
    for part in bare.split('/') {
        let is_key = parts.last().is_some_and(|list| KEYED.contains(list));
        parts.push(if is_key || is_identifier(part) { "*" } else { part });
    }
    parts.join("/")
}

fn file_name(pattern: &str, is_second: bool) -> String {
    let name = pattern.trim_matches('/').replace("/*", "-one").replace('/', "-");
    if is_second { name + "-second" } else { name }
}

/// The same page with scripts turned off: it must still be one, and as wide as the screen.
async fn without_scripts(browser: &Chromium, page: &str, name: &str) -> Vec<String> {
    browser.scripts(false).await;
    browser.go(page).await;
    let found = inspect::structure(browser, DESK).await;
    browser.scripts(true).await;
    found.into_iter().map(|one| format!("{name} without scripts: {one}")).collect()
}

#[test]
fn patterns_leave_identifiers_out() {
    let id = "01JD4Z9F7Q3T5V8X0Y2A4C6E8G";
    assert_eq!(pattern(&format!("/patients/{id}/documents/{id}?version=2")), "/patients/*/documents/*");
    assert_eq!(pattern("/patients/new"), "/patients/new");
    assert_eq!(pattern("/policy/rows/triage"), "/policy/rows/*");
    assert_eq!(file_name("/patients/*/documents/*", true), "patients-one-documents-one-second");
    assert!(is_page("/patients?page=2") && !is_page("#main") && !is_page("https://example.org/"));
}
