//! A correction by hand of who a person is: what a form shows of a person, and the person after it was changed.
//!
//! What the form does not show stays as it was, and so does every part of it that is left alone.

use crate::coded::system;
use crate::date::PartialDate;
use crate::difference::is_social_security;
use crate::patient::{Address, Demographics, Identifier, Name, NameUse, Sex, Telecom};

/// What can be corrected by hand, as a form has it. Empty text is what is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Correction {
    /// Family name, of the legal name.
    pub family: String,
    /// First given name.
    pub given: String,
    /// The other given names, a blank between.
    pub middle: String,
    /// After the name: Jr, III.
    pub suffix: String,
    /// The family name before, by marriage or otherwise.
    pub former: String,
    /// Date of birth.
    pub birth: Option<PartialDate>,
    /// Administrative sex.
    pub sex: Sex,
    /// The mother's family name at her birth.
    pub mothers_maiden_name: String,
    /// Street and house, of the first address.
    pub street: String,
    /// City.
    pub city: String,
    /// State.
    pub state: String,
    /// ZIP code.
    pub zip: String,
    /// Telephone numbers in their order. An empty one is taken away; one more than there were is a new one.
    pub phones: Vec<String>,
    /// The values of all identifiers but Social Security numbers, in their order. An empty one is taken away.
    pub numbers: Vec<String>,
    /// A Social Security number that takes the place of the one known; empty keeps it, `0` takes it away.
    pub ssn: String,
}

impl Correction {
    /// A person as the form shows them.
    #[must_use]
    pub fn of(who: &Demographics) -> Self {
        let name = who.names.first().cloned().unwrap_or_default();
        let address = who.addresses.first().cloned().unwrap_or_default();
        Self {
            family: name.family,
            given: name.given.first().cloned().unwrap_or_default(),
            middle: name.given.get(1..).unwrap_or_default().join(" "),
            suffix: name.suffix,
            former: who
                .names
                .iter()
                .find(|one| is_former(one))
                .map(|one| one.family.clone())
                .unwrap_or_default(),
            birth: who.birth,
            sex: who.sex,
            mothers_maiden_name: who.mothers_maiden_name.clone(),
            street: address.lines.join(", "),
            city: address.city,
            state: address.state,
            zip: address.zip,
            phones: who.telecoms.iter().filter(|one| is_phone(one)).map(|one| one.value.clone()).collect(),
            numbers: numbers(who).map(|one| one.value.clone()).collect(),
            ssn: String::new(),
        }
    }

    /// The person after the correction.
    #[must_use]
    pub fn apply(&self, who: &Demographics) -> Demographics {
        let shown = Self::of(who);
        let mut after = who.clone();
        self.apply_name(&shown, &mut after.names);
        self.apply_former(&shown, &mut after.names);
        self.apply_address(&shown, &mut after.addresses);
        self.apply_phones(&mut after.telecoms);
        self.apply_numbers(&mut after.identifiers);
        after.birth = self.birth;
        after.sex = self.sex;
        after.mothers_maiden_name.clone_from(&self.mothers_maiden_name);
        after
    }

    fn apply_name(&self, shown: &Self, names: &mut Vec<Name>) {
        if names.is_empty() {
            names.push(Name::default());
        }
        let Some(name) = names.first_mut() else { return };
        name.family.clone_from(&self.family);
        name.suffix.clone_from(&self.suffix);
        // Two given names of one sender may be one in two words: they are taken apart only when they are changed.
        if (&self.given, &self.middle) != (&shown.given, &shown.middle) {
            let all = std::iter::once(self.given.as_str()).chain(self.middle.split_whitespace());
            name.given = all.filter(|one| !one.is_empty()).map(str::to_owned).collect();
        }
    }

    fn apply_former(&self, shown: &Self, names: &mut Vec<Name>) {
        if self.former == shown.former {
            return;
        }
        let known = names.iter().position(is_former);
        match (known, self.former.is_empty()) {
            (Some(place), true) => drop(names.remove(place)),
            (Some(place), false) => names[place].family.clone_from(&self.former),
            (None, false) => {
                names.push(Name { family: self.former.clone(), usage: NameUse::Former, ..Name::default() });
            }
            (None, true) => {}
        }
    }

    fn apply_address(&self, shown: &Self, addresses: &mut Vec<Address>) {
        let mut address = addresses.first().cloned().unwrap_or_default();
        if self.street != shown.street {
            address.lines = Some(self.street.clone()).filter(|line| !line.is_empty()).into_iter().collect();
        }
        address.city.clone_from(&self.city);
        address.state.clone_from(&self.state);
        address.zip.clone_from(&self.zip);
        match (addresses.is_empty(), address == Address::default()) {
            _ if addresses.first() == Some(&address) => {}
            (true, true) => {}
            (true, false) => addresses.push(address),
            (false, true) => drop(addresses.remove(0)),
            (false, false) => addresses[0] = address,
        }
    }

    fn apply_phones(&self, telecoms: &mut Vec<Telecom>) {
        let mut typed = self.phones.iter();
        for phone in telecoms.iter_mut().filter(|one| is_phone(one)) {
            phone.value = typed.next().cloned().unwrap_or_default();
        }
        let new =
            typed.map(|value| Telecom { system: "phone".into(), value: value.clone(), usage: "home".into() });
        telecoms.extend(new);
        telecoms.retain(|one| !is_phone(one) || !one.value.is_empty());
    }

    fn apply_numbers(&self, identifiers: &mut Vec<Identifier>) {
        let mut typed = self.numbers.iter();
        for number in identifiers.iter_mut().filter(|one| !is_social_security(one)) {
            number.value = typed.next().cloned().unwrap_or_default();
        }
        identifiers.retain(|one| !one.value.is_empty());
        let digits: String = self.ssn.chars().filter(char::is_ascii_digit).collect();
        if digits.is_empty() {
            return;
        }
        identifiers.retain(|one| !is_social_security(one));
        if digits != "0" {
            identifiers.push(Identifier { system: system::SSN.into(), value: digits, kind: "SS".into() });
        }
    }
}

/// The identifiers that a form shows with their values.
pub fn numbers(who: &Demographics) -> impl Iterator<Item = &Identifier> {
    who.identifiers.iter().filter(|one| !is_social_security(one))
}

fn is_former(name: &Name) -> bool {
    matches!(name.usage, NameUse::Former | NameUse::Maiden)
}

fn is_phone(one: &Telecom) -> bool {
    one.system == "phone"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::difference::differences;

    fn number(system: &str, value: &str, kind: &str) -> Identifier {
        Identifier { system: system.into(), value: value.into(), kind: kind.into() }
    }

    fn person() -> Demographics {
        let telecom = |system: &str, value: &str| Telecom {
            system: system.into(),
            value: value.into(),
            usage: "work".into(),
        };
        Demographics {
            identifiers: vec![
                number("mercy", "100", "MR"),
                number(system::SSN, "536219874", "SS"),
                number("payer", "Z9", "MB"),
            ],
            names: vec![
                Name {
                    family: "Quill".into(),
                    given: vec!["Mary Ann".into(), "Ada".into()],
                    ..Name::default()
                },
                Name { family: "Ferrous".into(), usage: NameUse::Maiden, ..Name::default() },
            ],
            addresses: vec![Address {
                lines: vec!["12 Oak Ave".into(), "Apt 3".into()],
                country: "US".into(),
                ..Address::default()
            }],
            telecoms: vec![telecom("email", "a@example.org"), telecom("phone", "555 0142")],
            birth: "1957-03".parse().ok(),
            ..Demographics::default()
        }
    }

    #[test]
    fn a_form_sent_back_as_it_was_changes_nothing() {
        let blank = Demographics {
            names: vec![Name::default()],
            addresses: vec![Address::default(), Address { city: "Portland".into(), ..Address::default() }],
            ..Demographics::default()
        };
        for who in [person(), blank] {
            assert_eq!(Correction::of(&who).apply(&who), who);
        }
    }

    #[test]
    fn what_is_changed_is_changed_and_the_rest_stays() {
        let who = person();
        let typed = Correction {
            given: "Marian".into(),
            former: String::new(),
            zip: "97201".into(),
            phones: vec![String::new(), "555 0199".into()],
            numbers: vec!["101".into(), String::new()],
            ssn: "0".into(),
            ..Correction::of(&who)
        };
        let after = typed.apply(&who);
        assert_eq!(
            after.names,
            [Name { family: "Quill".into(), given: vec!["Marian".into(), "Ada".into()], ..Name::default() }]
        );
        assert_eq!(after.identifiers, [number("mercy", "101", "MR")]);
        assert_eq!((after.addresses[0].lines.len(), after.addresses[0].zip.as_str()), (2, "97201"));
        let values: Vec<&str> = after.telecoms.iter().map(|one| one.value.as_str()).collect();
        assert_eq!(values, ["a@example.org", "555 0199"]);
        let fields: Vec<&str> = differences(&who, &after).into_iter().map(|one| one.field).collect();
        assert_eq!(
            fields,
            ["Name", "Other names", "Numbers", "Social security number", "Address", "Telephone"]
        );
    }

    #[test]
    fn a_new_social_security_number_takes_the_place_of_the_old() {
        let after = Correction { ssn: "536-21-9875".into(), ..Correction::of(&person()) }.apply(&person());
        let all: Vec<&str> = after
            .identifiers
            .iter()
            .filter(|one| is_social_security(one))
            .map(|one| one.value.as_str())
            .collect();
        assert_eq!(all, ["536219875"]);
    }
}
