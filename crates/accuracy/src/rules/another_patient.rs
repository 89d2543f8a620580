//! Whose page it is: the identification on a page against the registration.

use std::cell::OnceCell;
use std::sync::LazyLock;

use chart::patient::Sex;
use regex::Regex;

use super::{ACCURATE, Rule};
use crate::finding::{Finding, Passage};
use crate::reading::{Line, Page, Reading};
use crate::table::{exact, words};
use crate::written::{FULL_DATE, age, full_date};

/// # What it checks
/// Whether the name, birth date or sex on a page are those of another person.
/// # Why
/// A misfiled page misleads the next who cares, and goes out with a release to the wrong person.
/// # Example
/// A page headed `LIONEL OUELLETTE, 64 y/o M, DOB 9/12/62` in the chart of Linda, female, born 1962-09-21.
pub(super) const MISFILED: Rule = Rule {
    key: "another-patient",
    title: "Page of another patient",
    why: "The page carries another person's identity; what it says may be acted on or disclosed as this patient's",
    source: ACCURATE,
    advice: "Show it to the records department: find whose it is, move page and data there, and tell those who used it",
    check: misfiled,
};

/// # What it checks
/// Whether a page that is this patient's also names another patient with a record number.
pub(super) const NAMED: Rule = Rule {
    key: "names-another-patient",
    title: "Page that names another patient",
    why: "A page that concerns two patients discloses the one in a copy of the other's record",
    source: "45 CFR 164.502(a), uses and disclosures of protected health information",
    advice: "Move it to the correction file of both, or keep it out of every release of this chart",
    check: named,
};

/// # What it checks
/// Whether the birth date on a page differs from registration while everything else agrees.
pub(super) const BIRTH: Rule = Rule {
    key: "birth-date-differs",
    title: "Birth date differs on a page",
    why: "Identification on a page must agree with registration; a birth date is one of the two identifiers",
    source: "Joint Commission NPSG.01.01.01, two patient identifiers",
    advice: "Check the patient's own word and the wristband, and correct the page or the registration by an amendment",
    check: birth_differs,
};

/// What a page says of identity that is the patient's own (`own`) or is not (`other`), with the sentences.
#[derive(Default)]
struct Identity<'r> {
    own_name: bool,
    own_birth: bool,
    own_sex: bool,
    name: Option<&'r Line>,
    birth: Option<&'r Line>,
    sex: Option<&'r Line>,
    number: Option<&'r Line>,
}

impl<'r> Identity<'r> {
    fn whose(&self) -> Whose {
        let not_own = !(self.own_birth && (self.own_sex || self.own_name));
        if self.number.is_some() && self.own_name && self.own_birth {
            Whose::Both
        } else if (self.name.is_some() || self.sex.is_some()) && not_own {
            Whose::Another
        } else if self.birth.is_some() {
            Whose::OtherBirth
        } else {
            Whose::Own
        }
    }

    fn verdict(&self, page: &Page<'_>) -> Verdict {
        let first = self.name.or(self.birth).or(self.sex).or(self.number);
        let line = page.lines.iter().position(|line| first.is_some_and(|first| std::ptr::eq(first, line)));
        let differs = [(self.name, "name"), (self.birth, "birth date"), (self.sex, "sex")];
        Verdict {
            whose: self.whose(),
            line: line.unwrap_or(0),
            differs: differs.into_iter().filter(|(line, _)| line.is_some()).map(|(_, what)| what).collect(),
        }
    }
}

/// Whose a page is, by what stands on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// This patient's, as far as it says.
    Own,
    /// This patient's, with a birth date that is not registered.
    OtherBirth,
    /// Another patient's.
    Another,
    /// This patient's, and it names another with a record number.
    Both,
}

/// Whose a page is, and the line that shows it.
#[derive(Debug, Clone)]
pub(crate) struct Verdict {
    whose: Whose,
    /// The line's number in its page.
    line: usize,
    /// What differs: `name`, `sex`.
    differs: Vec<&'static str>,
}

fn misfiled(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    findings(rule, reading, Whose::Another, "This page seems to be another patient's: {}")
}

fn named(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    findings(rule, reading, Whose::Both, "This page names another patient beside this one")
}

fn birth_differs(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    findings(rule, reading, Whose::OtherBirth, "The birth date on this page is not the registered one")
}

fn findings(rule: &Rule, reading: &Reading<'_>, whose: Whose, what: &str) -> Vec<Finding> {
    let pages = reading.pages().zip(verdicts(reading)).filter(|(_, verdict)| verdict.whose == whose);
    let finding = |(page, verdict): (&Page<'_>, &Verdict)| {
        let passages = vec![page.says(page.lines.get(verdict.line)?), registered(reading)];
        Some(Finding::new(rule, "identity", what.replace("{}", &verdict.differs.join(", ")), passages))
    };
    pages.filter_map(finding).collect()
}

/// Whether the page is another patient's, for rules that would only repeat it.
pub(super) fn is_misfiled(reading: &Reading<'_>, page: &Page<'_>) -> bool {
    let at = reading.pages().position(|one| one.document.id == page.document.id);
    at.and_then(|at| verdicts(reading).get(at)).is_some_and(|verdict| verdict.whose == Whose::Another)
}

/// Whose each page is: read once, when a rule asks first.
fn verdicts<'r>(reading: &'r Reading<'_>) -> &'r [Verdict] {
    reading.verdicts.get_or_init(|| {
        let patterns = Patterns::of(reading);
        reading.pages().map(|page| patterns.read(reading, page).verdict(page)).collect()
    })
}

fn registered(reading: &Reading<'_>) -> Passage {
    let who = &reading.record.patient.demographics;
    let birth = who.birth.map_or_else(|| "birth date not known".into(), |birth| format!("born {birth}"));
    let number = who.record_number().map_or_else(String::new, |number| format!(", {}", number.value));
    let sex = match who.sex {
        Sex::Female => ", female",
        Sex::Male => ", male",
        Sex::Other | Sex::Unknown => "",
    };
    reading.registration(format!("{}, {birth}{sex}{number}", who.filed_name()))
}

/// What to look for in the pages of one patient.
struct Patterns {
    /// The family name; empty when it is too short to look for.
    family: String,
    /// The family name with a given name before or after it; made when a page has an identification.
    names: OnceCell<Regex>,
    given: Vec<String>,
    /// The record number, where it has letters and is long enough to have a shape of its own.
    number: Option<String>,
}

/// A record number of fewer characters may be anything.
const SHORTEST_NUMBER: usize = 6;

static BIRTH_DATE: LazyLock<Regex> =
    LazyLock::new(|| words(&format!(r"(?:DOB|date of birth|birth ?date)[:,]? ?({FULL_DATE})")));
static ANY_DATE: LazyLock<Regex> = LazyLock::new(|| words(&format!("({FULL_DATE})")));
/// An age with a sex: `64-year-old man`, `64 y/o M`, `64M`.
static AGED: LazyLock<Regex> = LazyLock::new(|| {
    exact(
        r"\b(\d{1,3})[ -]?(?:y/?o|Y|yo|years?[ -]old|year-old)?[ -]?(M|F|MALE|FEMALE|male|female|man|woman|boy|girl)\b",
    )
});
static SEX: LazyLock<Regex> =
    LazyLock::new(|| exact(r"(?:[,.(] (M|F)\b|\b(MALE|FEMALE|[Mm]ale|[Ff]emale)\b)"));

impl Patterns {
    fn of(reading: &Reading<'_>) -> Self {
        let who = &reading.record.patient.demographics;
        let family = who.names.first().map(|name| name.family.clone()).filter(|family| family.len() > 2);
        let number = who.record_number().map(|number| number.value.clone());
        let has_shape = |number: &String| {
            number.len() >= SHORTEST_NUMBER && number.contains(|c: char| c.is_ascii_alphabetic())
        };
        Self {
            family: family.unwrap_or_default(),
            names: OnceCell::new(),
            given: who.names.iter().flat_map(|name| &name.given).map(|name| name.to_lowercase()).collect(),
            number: number.filter(has_shape),
        }
    }

    /// Whether a text has another number of the shape of the record number: letters stay, a digit is any digit.
    fn has_other_number(&self, text: &str) -> bool {
        let Some(own) = &self.number else { return false };
        let is_like = |(one, own): (char, char)| one == own || one.is_ascii_digit() && own.is_ascii_digit();
        text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .filter(|word| word.len() == own.len() && word != own)
            .any(|word| word.chars().zip(own.chars()).all(is_like))
    }

    fn read<'r>(&self, reading: &Reading<'_>, page: &'r Page<'_>) -> Identity<'r> {
        let mut identity = Identity::default();
        for line in &page.lines {
            let heading = line.heading.to_lowercase();
            let heads = heading.contains("identification") || line.text.starts_with("RE:");
            self.birth(reading, page, line, heads, &mut identity);
            self.sex(reading, page, line, heads, &mut identity);
            if heads || line.text.starts_with("Patient:") {
                self.name(line, &mut identity);
            }
            identity.number = identity.number.or(self.has_other_number(&line.text).then_some(line));
        }
        identity
    }

    fn birth<'r>(
        &self,
        reading: &Reading<'_>,
        page: &Page<'_>,
        line: &'r Line,
        heads: bool,
        identity: &mut Identity<'r>,
    ) {
        let Some(birth) = reading.birth() else { return };
        let today = reading.day(reading.now);
        let pattern = if heads { &ANY_DATE } else { &BIRTH_DATE };
        for found in pattern.captures_iter(&line.text) {
            let Some(date) = full_date(&found[1], today) else { continue };
            // In a heading stand other dates too; a birth date is long before the page, or is the patient's own.
            if date == birth {
                identity.own_birth = true;
            } else if !heads || age(date, page.day) >= 1 && age(birth, page.day) >= 1 {
                identity.birth = identity.birth.or(Some(line));
            }
        }
    }

    fn sex<'r>(
        &self,
        reading: &Reading<'_>,
        page: &Page<'_>,
        line: &'r Line,
        heads: bool,
        identity: &mut Identity<'r>,
    ) {
        let own = reading.record.patient.demographics.sex;
        if !matches!(own, Sex::Female | Sex::Male) {
            return;
        }
        let years = reading.birth().map(|birth| age(birth, page.day));
        let aged = AGED.captures_iter(&line.text).filter(|found| {
            let said: Option<i16> = found[1].parse().ok();
            said.zip(years).is_some_and(|(said, years)| years >= 12 && (said - years).abs() <= 1)
        });
        let mut said: Vec<String> = aged.map(|found| found[2].to_lowercase()).collect();
        if heads {
            let words = SEX.captures_iter(&line.text).filter_map(|found| found.get(1).or(found.get(2)));
            said.extend(words.map(|word| word.as_str().to_lowercase()));
        }
        for word in said {
            let is_male = word.starts_with('m') || word == "boy";
            if is_male == (own == Sex::Male) {
                identity.own_sex = true;
            } else {
                identity.sex = identity.sex.or(Some(line));
            }
        }
    }

    fn name<'r>(&self, line: &'r Line, identity: &mut Identity<'r>) {
        const NO_NAMES: [&str; 8] = ["mr", "mrs", "ms", "dr", "chart", "patient", "daughter", "baby"];
        if self.family.is_empty() {
            return;
        }
        let names = self.names.get_or_init(|| {
            let family = regex::escape(&self.family);
            words(&format!(r"(?:{family},? ([a-z][a-z'-]+)|([a-z][a-z'-]+)(?: [a-z]\.?)? {family})\b"))
        });
        for found in names.captures_iter(&line.text) {
            let given =
                found.get(1).or(found.get(2)).map_or_else(String::new, |name| name.as_str().to_lowercase());
            if self.given.contains(&given) {
                identity.own_name = true;
            } else if !NO_NAMES.contains(&given.as_str()) {
                identity.name = identity.name.or(Some(line));
            }
        }
    }
}
