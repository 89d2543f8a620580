//! The demo hospital's invented people.

use chart::coded::{Coded, system};
use chart::date::PartialDate;
use chart::intake::{Change, Extent, SourceKey};
use chart::patient::{Address, Demographics, Identifier, Name, Sex, Telecom};
use jiff::ToSpan;
use jiff::civil::Date;
use rand::RngExt as _;
use rand::rngs::ChaCha8Rng;

use super::data::{Data, Scenario};
use crate::keys::{SYSTEM, instant, zone};

/// A person as drawn.
pub(super) struct Person {
    pub(super) mrn: String,
    pub(super) is_female: bool,
    pub(super) payer: String,
    pub(super) allergy: Option<&'static str>,
    /// Conditions the person lives with.
    pub(super) past: Vec<&'static str>,
    birth: Date,
    family: String,
    given: String,
    middle: String,
    address: Address,
    phone: String,
    ssn: Option<String>,
}

/// What people live with, and what they are allergic to.
const PAST: [&str; 9] = [
    "hypertension",
    "type 2 diabetes",
    "hyperlipidemia",
    "osteoarthritis of the knees",
    "gastroesophageal reflux",
    "atrial fibrillation",
    "hypothyroidism",
    "depression",
    "chronic kidney disease stage 3",
];
const ALLERGIES: [&str; 6] =
    ["Penicillin", "Sulfonamides", "Codeine", "Latex", "Shellfish", "Iodinated contrast"];
/// From which age the past begins to fill.
const PAST_FROM_AGE: i16 = 35;

impl Person {
    /// A person whom `scenario` can befall at `begin`.
    pub(super) fn draw(
        data: &Data,
        scenario: &Scenario,
        begin: jiff::Timestamp,
        number: u32,
        random: &mut ChaCha8Rng,
    ) -> Self {
        let names = &data.names;
        let is_female =
            scenario.sex.as_deref().map_or_else(|| random.random_ratio(1, 2), |sex| sex == "female");
        let [youngest, oldest] = scenario.age;
        let age = random.random_range(youngest..=oldest);
        let day = zone().to_datetime(begin).date();
        let back = if scenario.age == [0, 0] { 0 } else { random.random_range(1..364) };
        let birth = day.saturating_sub(age.years()).saturating_sub(back.days());
        let pick = |all: &[String], random: &mut ChaCha8Rng| all[random.random_range(0..all.len())].clone();
        let given = if is_female { &names.female } else { &names.male };
        let [city, zip] = names.town[random.random_range(0..names.town.len())].clone();
        let street = format!("{} {}", random.random_range(1..240), pick(&names.street, random));
        let likely = if age >= PAST_FROM_AGE { 30 } else { 3 };
        Self {
            mrn: format!("HB-{}", 200_000 + number * 7),
            payer: if age >= 65 { "Medicare".into() } else { pick(&names.payer, random) },
            allergy: random.random_ratio(1, 4).then(|| ALLERGIES[random.random_range(0..ALLERGIES.len())]),
            past: PAST.into_iter().filter(|_| random.random_ratio(likely, 100)).collect(),
            birth,
            is_female,
            family: pick(&names.family, random),
            given: pick(given, random),
            middle: pick(given, random),
            address: Address {
                lines: vec![street],
                city,
                zip,
                state: "ME".into(),
                country: "US".into(),
                ..Address::default()
            },
            phone: format!("207-555-01{:02}", random.random_range(0..100)),
            // Numbers that begin with 9 are never issued.
            ssn: random.random_ratio(4, 5).then(|| {
                format!("9{:02}-{:02}-{:04}", number % 100, random.random_range(10..70), number % 10_000)
            }),
        }
    }

    /// The same person as a hurried registration writes them.
    pub(super) fn with_a_slip(mut self, random: &mut ChaCha8Rng) -> Self {
        self.mrn = format!("{}-D", self.mrn);
        self.middle = String::new();
        match random.random_range(0..5) {
            0 => self.given.truncate(self.given.chars().take(3).map(char::len_utf8).sum()),
            1 => self.family = self.family.replace("ll", "l").replace("ou", "u").replace('y', "i"),
            2 => self.ssn = None,
            3 => self.address.lines = vec!["PO Box 14".into()],
            _ => std::mem::swap(&mut self.family, &mut self.given),
        }
        self
    }

    /// The first day on which they can come again, in the morning.
    pub(super) fn first_visit(&self) -> jiff::Timestamp {
        instant(self.birth.saturating_add(7.days()).at(9, 0, 0, 0))
    }

    /// Years of age at `at`.
    pub(super) fn age(&self, at: jiff::Timestamp) -> i16 {
        let day = zone().to_datetime(at).date();
        let years = i32::from(day.year()) - i32::from(self.birth.year());
        let had_birthday = (day.month(), day.day()) >= (self.birth.month(), self.birth.day());
        i16::try_from(years - i32::from(!had_birthday)).unwrap_or(0).max(0)
    }

    /// The registration.
    pub(super) fn change(&self, patient: &SourceKey) -> Change {
        let number = |system: &str, value: &str, kind: &str| Identifier {
            system: system.into(),
            value: value.into(),
            kind: kind.into(),
        };
        let mut identifiers = vec![number(SYSTEM, &self.mrn, "MR")];
        identifiers.extend(self.ssn.iter().map(|ssn| number(system::SSN, ssn, "SS")));
        let given =
            [self.given.clone(), self.middle.clone()].into_iter().filter(|name| !name.is_empty()).collect();
        let demographics = Demographics {
            identifiers,
            names: vec![Name { family: self.family.clone(), given, ..Name::default() }],
            sex: if self.is_female { Sex::Female } else { Sex::Male },
            birth: Some(PartialDate::Day(self.birth)),
            addresses: vec![self.address.clone()],
            telecoms: vec![Telecom {
                system: "phone".into(),
                value: self.phone.clone(),
                usage: "home".into(),
            }],
            language: Some(Coded::text("English")),
            ..Demographics::default()
        };
        Change::Patient { key: patient.clone(), demographics: Box::new(demographics), extent: Extent::Whole }
    }
}
