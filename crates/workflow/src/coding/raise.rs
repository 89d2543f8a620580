//! Which documented conditions, named more exactly, would lead to another DRG. It is said in the words of the condition,
//! and never as money: a question to a physician must not name it.

use chart::coding::Codes;
use codeset::manual::Classification;
use codeset::{Code, Drg};
use grouper::{Grouper, Scratch, Severity};
use serde::Serialize;

use super::{Books, Facts};

/// A documented condition whose more exact form would lead to another DRG.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Raise {
    /// The code that is documented.
    pub documented: String,
    /// Its title.
    pub title: String,
    /// More exact codes of its category that would count as more, a few of them.
    pub more_exact: Vec<(String, String)>,
    /// What the first of them is: `MCC` or `CC`.
    pub severity: &'static str,
    /// The DRG it would lead to.
    pub drg: u16,
    /// That DRG's title.
    pub drg_title: String,
}

/// Codes of one category that are named at most.
const MOST: usize = 3;
/// A category is the first three characters of a diagnosis code.
const CATEGORY: usize = 3;

/// The secondary diagnoses of which a more exact form would change the DRG.
pub(super) fn raises(books: &Books, facts: &Facts, codes: &Codes, grouper: &Grouper, now: Drg) -> Vec<Raise> {
    let places = 1..codes.diagnoses.len();
    places.filter_map(|place| raise(books, facts, codes, grouper, (place, now))).collect()
}

fn raise(
    books: &Books,
    facts: &Facts,
    codes: &Codes,
    grouper: &Grouper,
    (place, now): (usize, Drg),
) -> Option<Raise> {
    let documented = codes.diagnoses.get(place)?.code;
    let counts = severity(books, facts, documented);
    if counts == Severity::Mcc || !is_unspecified(books, facts, documented) {
        return None;
    }
    let mut found: Option<Raise> = None;
    for code in siblings(books, documented) {
        let more = severity(books, facts, code);
        if more <= counts {
            continue;
        }
        let exact = (code.dotted(), books.title(Classification::Icd10cm, code, facts.discharged));
        match &mut found {
            Some(raise) if raise.more_exact.len() >= MOST => break,
            Some(raise) => raise.more_exact.push(exact),
            None => {
                let drg = with(facts, codes, (place, code), books, grouper);
                if drg == now {
                    continue;
                }
                found = Some(Raise {
                    documented: documented.dotted(),
                    title: books.title(Classification::Icd10cm, documented, facts.discharged),
                    more_exact: vec![exact],
                    severity: if more == Severity::Mcc { "MCC" } else { "CC" },
                    drg: drg.0,
                    drg_title: grouper.drg_title(drg).to_owned(),
                });
            }
        }
    }
    found
}

/// Only what says itself that it is not exact is asked about: a title with `unspecified` in it.
fn is_unspecified(books: &Books, facts: &Facts, code: Code) -> bool {
    books.title(Classification::Icd10cm, code, facts.discharged).to_lowercase().contains("unspecified")
}

fn siblings(books: &Books, code: Code) -> impl Iterator<Item = Code> + '_ {
    let text = code.to_string();
    let category = text.get(..CATEGORY).and_then(|text| Code::parse(text).ok()).unwrap_or(code);
    let all = books.desk.codes().diagnoses.codes();
    all.iter().copied().filter(move |one| *one != code && one.starts_with(category))
}

/// What a code is as a secondary diagnosis in the version of the discharge.
fn severity(books: &Books, facts: &Facts, code: Code) -> Severity {
    let edition = books.desk.editions().on(codeset::Family::Msdrg, facts.discharged).ok();
    let Some(version) = edition.and_then(|edition| edition.version.parse::<codeset::Version>().ok()) else {
        return Severity::None;
    };
    let entries = books.desk.diagnosis_entries(code);
    let holds = |entry: &&grouper::DiagnosisEntry| {
        entry.first <= version && entry.last.is_none_or(|last| last >= version)
    };
    entries.iter().find(holds).map_or(Severity::None, |entry| entry.severity)
}

fn with(facts: &Facts, codes: &Codes, (place, code): (usize, Code), books: &Books, grouper: &Grouper) -> Drg {
    let mut codes = codes.clone();
    if let Some(line) = codes.diagnoses.get_mut(place) {
        line.code = code;
    }
    grouper.group(&facts.case(&codes, books.desk.codes()), &mut Scratch::default()).last.drg
}
