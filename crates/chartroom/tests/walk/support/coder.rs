//! The coder's desk over HTTP: stays that wait, a code set that is begun, codes that are added and taken away.

use ureq::Error;

use super::html;
use super::person::{Answer, Person};

/// Which code set a page showed, in which version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    id: String,
    version: String,
}

/// The desks of stays that are not billed, as the board lists them.
pub(crate) fn waiting(person: &mut Person) -> Result<Vec<String>, Error> {
    let board = person.get("/unbilled")?;
    let desks = html::links_below(&board.html, "/patients/");
    Ok(desks.into_iter().filter(|link| link.ends_with("/coding")).collect())
}

/// Opens a desk, and begins to code where nobody has; `None` where it is closed to this person, or its codes are.
pub(crate) fn begin(person: &mut Person, desk: &str) -> Result<Option<Seen>, Error> {
    let page = person.get(desk)?;
    if let Some(seen) = seen(&page.html) {
        return Ok(page.html.contains("value=\"add\"").then_some(seen));
    }
    if !page.is_good() || !page.html.contains("value=\"begin\"") {
        return Ok(None);
    }
    let begun = person.post(desk, &[("for", "record"), ("do", "begin")])?;
    Ok(seen(&begun.html))
}

/// The code set that a page shows.
pub(crate) fn seen(page: &str) -> Option<Seen> {
    Some(Seen { id: html::field(page, "id")?, version: html::field(page, "version")? })
}

/// Adds a diagnosis; the desk as it is then.
pub(crate) fn add(person: &mut Person, desk: &str, seen: &Seen, code: &str) -> Result<Answer, Error> {
    send(person, desk, seen, &[("do", "add"), ("code", code), ("present", "Y")])
}

/// Takes the first diagnosis away.
pub(crate) fn remove_first(person: &mut Person, desk: &str, seen: &Seen) -> Result<Answer, Error> {
    send(person, desk, seen, &[("do", "remove"), ("what", "diagnosis"), ("at", "0")])
}

fn send(person: &mut Person, desk: &str, seen: &Seen, what: &[(&str, &str)]) -> Result<Answer, Error> {
    let mut form = vec![("id", seen.id.as_str()), ("version", seen.version.as_str()), ("for", "record")];
    form.extend(what);
    person.post(desk, &form)
}

/// How many codes [`code`] gives.
pub(crate) const CODES: usize = SUBSTANCES.len() * INTENTS * ENCOUNTERS.len();
/// Poisonings by systemic anti-infectives and hormones: categories that take every intent and every seventh character.
const SUBSTANCES: [&str; 24] = [
    "T36.0X", "T36.1X", "T36.2X", "T36.3X", "T36.4X", "T36.5X", "T36.6X", "T36.7X", "T36.8X", "T37.0X",
    "T37.1X", "T37.2X", "T37.3X", "T37.4X", "T37.5X", "T37.8X", "T38.0X", "T38.1X", "T38.2X", "T38.3X",
    "T38.4X", "T38.5X", "T38.6X", "T38.7X",
];
/// From accidental poisoning to underdosing.
const INTENTS: usize = 6;
const ENCOUNTERS: [char; 3] = ['A', 'D', 'S'];

/// A valid diagnosis code; each number below [`CODES`] gives another.
pub(crate) fn code(number: usize) -> String {
    let (substance, rest) = (number / (INTENTS * ENCOUNTERS.len()), number % (INTENTS * ENCOUNTERS.len()));
    let (intent, encounter) = (rest / ENCOUNTERS.len() + 1, ENCOUNTERS[rest % ENCOUNTERS.len()]);
    format!("{}{intent}{encounter}", SUBSTANCES[substance % SUBSTANCES.len()])
}

#[test]
fn every_code_is_another() {
    let codes: std::collections::BTreeSet<String> = (0..CODES).map(code).collect();
    assert_eq!(codes.len(), CODES);
    assert_eq!((code(0), code(CODES - 1)), ("T36.0X1A".into(), "T38.7X6S".into()));
}
