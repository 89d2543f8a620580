//! What the comparison sees of one person.

use super::address;
use super::birth::BirthDate;
use super::field::Field;
use super::name::{self, Name};
use super::number::{social_security, telephone};
use super::raw::{Raw, RecordNumber};
use super::text::joined;
use super::vocabulary::Vocabulary;

/// A person, normalised: every field in one spelling, and nothing where nothing is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traits {
    pub(super) surname: Option<Name>,
    pub(super) given: Option<Name>,
    /// The formal names that the given name may stand for, sorted.
    pub(super) formal_given: Vec<String>,
    pub(super) middle: Option<String>,
    pub(super) generation: Option<u8>,
    pub(super) former_surnames: Vec<Name>,
    pub(super) birth_date: Option<BirthDate>,
    pub(super) birth_order: Option<u8>,
    pub(super) sex: Option<char>,
    pub(super) ssn: Option<String>,
    pub(super) phones: Vec<String>,
    pub(super) house_number: Option<String>,
    pub(super) street: Option<String>,
    pub(super) city: Option<String>,
    pub(super) state: Option<String>,
    pub(super) zip: Option<String>,
    pub(super) record_numbers: Vec<RecordNumber>,
}

impl Traits {
    /// Normalises what is known of a person. Placeholders (`UNKNOWN`, `BABY BOY`, 999-99-9999, 1900-01-01) are dropped.
    pub fn normalise(raw: &Raw, vocabulary: &Vocabulary) -> Self {
        let mut traits = Self::default();
        traits.take_names(raw, vocabulary);
        traits.take_address(raw, vocabulary);
        traits.birth_date = birth_date(&raw.birth_date, vocabulary);
        traits.sex = sex(&raw.sex);
        traits.ssn = social_security(&raw.ssn, vocabulary);
        traits.phones = sorted(raw.phones.iter().filter_map(|phone| telephone(phone, vocabulary)).collect());
        traits.record_numbers = sorted(raw.record_numbers.iter().filter_map(record_number).collect());
        traits
    }

    /// The value of a field, as it was compared. A page shows it beside the sentence of the explanation to those who
    /// may see it; the explanation itself holds no values.
    pub fn shown(&self, field: Field) -> Option<String> {
        let name = |name: &Option<Name>| name.as_ref().map(|name| name.parts().join(" "));
        match field {
            Field::Surname => name(&self.surname),
            Field::Given => name(&self.given),
            Field::Middle => self.middle.clone(),
            Field::Generation => self.generation.map(|number| number.to_string()),
            Field::BirthDate => self.birth_date.map(|date| date.to_string()),
            Field::BirthOrder => self.birth_order.map(|number| number.to_string()),
            Field::Sex => self.sex.map(String::from),
            Field::Ssn => self.ssn.clone(),
            Field::Phone => some_joined(self.phones.clone()),
            Field::Street => self.street.clone(),
            Field::HouseNumber => self.house_number.clone(),
            Field::City => self.city.clone(),
            Field::State => self.state.clone(),
            Field::Zip => self.zip.clone(),
            Field::RecordNumber => {
                some_joined(self.record_numbers.iter().map(|number| number.value.clone()).collect())
            }
            Field::Household => None,
        }
    }

    fn take_names(&mut self, raw: &Raw, vocabulary: &Vocabulary) {
        let surname = name::read(&raw.surname, vocabulary);
        let given = name::read(&raw.given, vocabulary);
        let middle = name::read(&raw.middle, vocabulary);
        let generations = [surname.generation, given.generation, middle.generation];
        self.generation =
            name::generation(&raw.suffix, vocabulary).or_else(|| generations.into_iter().flatten().next());
        self.birth_order = raw.birth_order.or(given.birth_order);
        self.middle = middle.name.map(|name| name.whole().to_owned());
        if is_nobody(given.name.as_ref(), surname.name.as_ref(), vocabulary) {
            return;
        }
        let former = raw.previous_surnames.iter().filter_map(|name| name::read(name, vocabulary).name);
        self.former_surnames = former.filter(|former| surname.name.as_ref() != Some(former)).collect();
        self.surname = surname.name;
        self.formal_given = given.name.as_ref().map_or_else(Vec::new, |name| formal_names(name, vocabulary));
        self.given = given.name;
    }

    fn take_address(&mut self, raw: &Raw, vocabulary: &Vocabulary) {
        let line = address::street_line(&raw.house_number, &raw.street, vocabulary);
        self.house_number = line.house_number;
        self.street = line.street;
        self.city = address::city(&raw.city, vocabulary);
        self.state = address::state(&raw.state, vocabulary);
        self.zip = address::zip(&raw.zip);
    }
}

/// John Doe and the like: a whole name that is a placeholder.
fn is_nobody(given: Option<&Name>, surname: Option<&Name>, vocabulary: &Vocabulary) -> bool {
    let (Some(given), Some(surname)) = (given, surname) else {
        return false;
    };
    vocabulary.is_placeholder("full_name", &format!("{} {}", given.whole(), surname.whole()))
}

/// The formal names of the whole given name, and of its first word where it has several.
fn formal_names(name: &Name, vocabulary: &Vocabulary) -> Vec<String> {
    let mut formal = vocabulary.formal_names(name.whole());
    if let [first, _, ..] = name.parts() {
        formal.extend(vocabulary.formal_names(first));
    }
    sorted(formal)
}

fn birth_date(text: &str, vocabulary: &Vocabulary) -> Option<BirthDate> {
    let date = BirthDate::parse(text)?;
    (!vocabulary.is_placeholder("birth_date", &date.to_string())).then_some(date)
}

/// `M`, `F`, or `O` for every other value that says something.
fn sex(text: &str) -> Option<char> {
    match joined(text).as_str() {
        "M" | "MALE" => Some('M'),
        "F" | "FEMALE" => Some('F'),
        "O" | "OTHER" | "A" | "AMBIGUOUS" | "X" => Some('O'),
        _ => None,
    }
}

/// A number in upper case without punctuation and leading zeros; one digit throughout is no number.
fn record_number(number: &RecordNumber) -> Option<RecordNumber> {
    let text = joined(&number.value);
    let value = text.trim_start_matches('0');
    let first = value.chars().next()?;
    let is_filler = value.len() > 3 && value.chars().all(|c| c == first);
    (!is_filler)
        .then(|| RecordNumber { issuer: number.issuer.trim().to_uppercase(), value: value.to_owned() })
}

fn sorted<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort_unstable();
    values.dedup();
    values
}

fn some_joined(values: Vec<String>) -> Option<String> {
    (!values.is_empty()).then(|| values.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_unknown() {
        let raw = Raw {
            surname: "Unknown".into(),
            given: "Baby Girl B".into(),
            middle: "NMN".into(),
            birth_date: "01/01/1900".into(),
            sex: "U".into(),
            ssn: "999-99-9999".into(),
            phones: vec!["000-000-0000".into()],
            street: "HOMELESS".into(),
            city: "unknown".into(),
            zip: "99999".into(),
            record_numbers: vec![RecordNumber { issuer: "mercy".into(), value: "0000".into() }],
            ..Raw::default()
        };
        let expected = Traits { birth_order: Some(2), ..Traits::default() };
        assert_eq!(Traits::normalise(&raw, Vocabulary::shipped()), expected);
    }

    #[test]
    fn john_doe_is_nobody() {
        let raw = Raw { surname: "Doe".into(), given: "John".into(), ..Raw::default() };
        assert_eq!(Traits::normalise(&raw, Vocabulary::shipped()), Traits::default());
    }

    #[test]
    fn what_is_shown_is_what_was_compared() {
        let raw = Raw {
            surname: "O'Neil-Smith Jr".into(),
            given: "Bob".into(),
            birth_date: "4/9/1956".into(),
            street: "12 Oak Avenue Apt 3".into(),
            ..Raw::default()
        };
        let traits = Traits::normalise(&raw, Vocabulary::shipped());
        let shown: Vec<String> = Field::ALL.into_iter().filter_map(|field| traits.shown(field)).collect();
        assert_eq!(shown, ["ONEIL SMITH", "BOB", "2", "1956-04-09", "OAK AVE", "12"]);
        assert_eq!(traits.formal_given, ["BOB", "ROBERT", "ROBERTO"]);
    }
}
