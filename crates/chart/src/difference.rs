//! What differs between two versions of who a person is, in words.

use crate::coded::{Coded, system};
use crate::date::When;
use crate::patient::{Address, Contact, Death, Demographics, Identifier, Name, Sex, Telecom};

/// One field that differs. A Social Security number shows its last four digits only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field, as a form names it: `Birth date`.
    pub field: &'static str,
    /// What it said; empty when nothing was known.
    pub before: String,
    /// What it says.
    pub after: String,
}

/// How a field reads.
type Words = fn(&Demographics) -> String;

/// The field whose words are masked.
const SOCIAL_SECURITY: &str = "Social security number";

const FIELDS: [(&str, Words); 16] = [
    ("Name", |who| who.names.first().map(named).unwrap_or_default()),
    ("Other names", |who| joined(who.names.iter().skip(1), named)),
    ("Birth date", |who| who.birth.map(|date| date.to_string()).unwrap_or_default()),
    ("Sex", |who| sex(who.sex).to_owned()),
    ("Mother's maiden name", |who| who.mothers_maiden_name.clone()),
    ("Birth order", |who| who.birth_order.map(|order| order.to_string()).unwrap_or_default()),
    ("Numbers", |who| joined(who.identifiers.iter().filter(|one| !is_social_security(one)), number)),
    (SOCIAL_SECURITY, |who| {
        joined(who.identifiers.iter().filter(|one| is_social_security(one)), |one| one.value.clone())
    }),
    ("Address", |who| joined(&who.addresses, address)),
    ("Telephone", |who| joined(&who.telecoms, telecom)),
    ("Death", |who| who.death.map(death).unwrap_or_default()),
    ("Marital status", |who| coded(who.marital.as_ref())),
    ("Race", |who| joined(&who.race, |one| one.text.clone())),
    ("Ethnicity", |who| coded(who.ethnicity.as_ref())),
    ("Language and religion", |who| joined([&who.language, &who.religion], |one| coded(one.as_ref()))),
    ("To call", |who| joined(&who.contacts, contact)),
];

/// The fields in which two versions differ, in the order of a registration form.
#[must_use]
pub fn differences(before: &Demographics, after: &Demographics) -> Vec<Difference> {
    let differs = |(field, words): &(&'static str, Words)| {
        let (before, after) = (words(before), words(after));
        (before != after).then_some((*field, before, after))
    };
    let shown = |(field, before, after): (&'static str, String, String)| {
        let mask = |text: String| if field == SOCIAL_SECURITY { masked(&text) } else { text };
        Difference { field, before: mask(before), after: mask(after) }
    };
    FIELDS.iter().filter_map(differs).map(shown).collect()
}

/// Whether this is a Social Security number.
#[must_use]
pub fn is_social_security(one: &Identifier) -> bool {
    one.system == system::SSN || one.kind == "SS"
}

/// `•••-••-6789`: enough to tell one number from another, not enough to use it.
#[must_use]
pub fn masked(number: &str) -> String {
    /// Digits shown.
    const SHOWN: usize = 4;
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    match digits.len().checked_sub(SHOWN) {
        Some(hidden) => format!("•••-••-{}", digits[hidden..].iter().collect::<String>()),
        None => "•".repeat(digits.len()),
    }
}

fn joined<'a, T: 'a>(all: impl IntoIterator<Item = &'a T>, words: impl Fn(&T) -> String) -> String {
    let all: Vec<String> = all.into_iter().map(words).filter(|one| !one.is_empty()).collect();
    all.join("; ")
}

fn named(name: &Name) -> String {
    [name.prefix.clone(), name.filed()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

const fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "Female",
        Sex::Male => "Male",
        Sex::Other => "Other",
        Sex::Unknown => "Unknown",
    }
}

fn number(one: &Identifier) -> String {
    let kind = if one.kind.is_empty() { "number" } else { &one.kind };
    format!("{} ({kind} of {})", one.value, one.system)
}

fn address(one: &Address) -> String {
    let place = [&one.city, &one.county, &one.state, &one.zip, &one.country];
    let parts = one.lines.iter().chain(place).filter(|part| !part.is_empty());
    parts.map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn telecom(one: &Telecom) -> String {
    if one.usage.is_empty() { one.value.clone() } else { format!("{} ({})", one.value, one.usage) }
}

fn death(death: Death) -> String {
    match death {
        Death::Undated => "died, date not known".into(),
        Death::At(When::Date(date)) => date.to_string(),
        Death::At(When::Instant(at)) => at.to_string(),
    }
}

fn coded(one: Option<&Coded>) -> String {
    one.map(|one| one.text.clone()).unwrap_or_default()
}

fn contact(one: &Contact) -> String {
    let parts = [one.name.filed(), one.relationship.text.clone(), joined(&one.telecoms, telecom)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(family: &str, ssn: &str) -> Demographics {
        Demographics {
            names: vec![Name { family: family.into(), given: vec!["Ada".into()], ..Name::default() }],
            identifiers: vec![Identifier {
                system: system::SSN.into(),
                value: ssn.into(),
                kind: "SS".into(),
            }],
            ..Demographics::default()
        }
    }

    #[test]
    fn only_what_differs_is_said_and_social_security_is_masked() {
        let (before, after) = (person("Quill", "536219874"), person("Quille", "536219875"));
        assert_eq!(differences(&before, &before), []);
        let shown: Vec<String> = differences(&before, &after)
            .into_iter()
            .map(|one| format!("{}: {} -> {}", one.field, one.before, one.after))
            .collect();
        assert_eq!(
            shown,
            ["Name: Quill, Ada -> Quille, Ada", "Social security number: •••-••-9874 -> •••-••-9875"]
        );
    }

    #[test]
    fn digits_that_are_not_shown_differ_all_the_same() {
        let found = differences(&person("Quill", "536219874"), &person("Quill", "436219874"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].before, found[0].after);
    }
}
