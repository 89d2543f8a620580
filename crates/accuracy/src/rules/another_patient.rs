//! Whose page it is: the identification on a page against the registration.

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
    fn is_of_both(&self) -> bool {
        self.number.is_some() && self.own_name && self.own_birth
    }

    fn is_of_another(&self) -> bool {
        let not_own = !(self.own_birth && (self.own_sex || self.own_name));
        (self.name.is_some() || self.sex.is_some()) && not_own
    }

    fn first(&self) -> Option<&'r Line> {
        self.name.or(self.birth).or(self.sex).or(self.number)
    }
}

fn misfiled(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    findings(
        rule,
        reading,
        |identity| !identity.is_of_both() && identity.is_of_another(),
        "This page seems to be another patient's: {}",
    )
}

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method alone is not general over the lifetime"
)]
fn named(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    findings(rule, reading, |one| one.is_of_both(), "This page names another patient beside this one")
}

fn birth_differs(rule: &Rule, reading: &Reading<'_>) -> Vec<Finding> {
    let only_birth = |one: &Identity<'_>| one.birth.is_some() && !one.is_of_both() && !one.is_of_another();
    findings(rule, reading, only_birth, "The birth date on this page is not the registered one")
}

fn findings(
    rule: &Rule,
    reading: &Reading<'_>,
    is: impl Fn(&Identity<'_>) -> bool,
    what: &str,
) -> Vec<Finding> {
    let patterns = Patterns::of(reading);
    let mut all = Vec::new();
    for page in &reading.pages {
        let identity = patterns.read(reading, page);
        if !is(&identity) {
            continue;
        }
        let Some(line) = identity.first() else { continue };
        let differs = [(identity.name, "name"), (identity.birth, "birth date"), (identity.sex, "sex")];
        let differs: Vec<_> =
            differs.iter().filter(|(line, _)| line.is_some()).map(|(_, what)| *what).collect();
        let passages = vec![page.says(line), registered(reading)];
        all.push(Finding::new(rule, "identity", what.replace("{}", &differs.join(", ")), passages));
    }
    all
}

/// Whether the page is another patient's, for rules that would only repeat it.
pub(super) fn is_misfiled(reading: &Reading<'_>, page: &Page<'_>) -> bool {
    let pages = reading.misfiled.get_or_init(|| {
        let patterns = Patterns::of(reading);
        let others = reading.pages.iter().filter(|page| patterns.read(reading, page).is_of_another());
        others.map(|page| page.document.id).collect()
    });
    pages.contains(&page.document.id)
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
    names: Option<Regex>,
    given: Vec<String>,
    number: Option<(Regex, String)>,
}

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
        let family = who.names.first().map(|name| regex::escape(&name.family)).filter(|name| name.len() > 2);
        let names = family.map(|family| {
            words(&format!(r"(?:{family},? ([a-z][a-z'-]+)|([a-z][a-z'-]+)(?: [a-z]\.?)? {family})\b"))
        });
        let given = who.names.iter().flat_map(|name| &name.given).map(|name| name.to_lowercase()).collect();
        // Another number of the same shape: letters stay, a digit is any digit.
        let number = who.record_number().map(|number| {
            let any_digit = |c: char| if c.is_ascii_digit() { r"\d".to_owned() } else { c.to_string() };
            let shape: String = regex::escape(&number.value).chars().map(any_digit).collect();
            (words(&format!(r"{shape}\b")), number.value.clone())
        });
        let number =
            number.filter(|(_, own)| own.len() >= 6 && own.contains(|c: char| c.is_ascii_alphabetic()));
        Self { names, given, number }
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
            if let Some((shape, own)) = &self.number {
                let other = shape.find_iter(&line.text).any(|found| found.as_str() != own);
                identity.number = identity.number.or(other.then_some(line));
            }
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
        let Some(names) = &self.names else { return };
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
