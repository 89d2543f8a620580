//! How common names are: two Smiths are weaker evidence than two Zywickis.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::field::Field;
use super::table::{self, TableError};
use super::weight::Weight;

/// How much two equal names say, by name.
#[derive(Debug, Clone)]
pub struct Frequencies {
    surname: Names,
    given: Names,
}

/// One kind of name.
#[derive(Debug, Clone, Default)]
struct Names {
    /// Name → −log2 of the share of people who bear it.
    surprise: HashMap<String, Weight>,
    /// Of a name that is not listed: half as common as the rarest listed one.
    unlisted: Weight,
}

/// How common a name is, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rarity {
    /// Borne by one person in 500 or more.
    Common,
    /// Between the two.
    Ordinary,
    /// Borne by fewer than one person in 10,000.
    Rare,
}

impl Frequencies {
    /// Of the population of the United States.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Frequencies> = LazyLock::new(|| {
            Frequencies::read(include_str!("../../../../data/identity/frequencies.tsv"))
                .expect("a test reads the shipped frequencies")
        });
        &SHIPPED
    }

    /// Reads the layout of `data/identity/frequencies.tsv`: kind, name, bearers per million.
    ///
    /// # Errors
    /// [`TableError`] names the line or word that cannot be read.
    pub fn read(text: &str) -> Result<Self, TableError> {
        let mut surnames = Vec::new();
        let mut given = Vec::new();
        for [kind, name, per_million] in table::rows("frequencies", text)? {
            let row = (name, table::number("frequencies", per_million)?);
            match kind {
                "surname" => surnames.push(row),
                "given" => given.push(row),
                _ => return Err(TableError::Word { table: "frequencies", word: kind.to_owned() }),
            }
        }
        const MILLION: u32 = 1_000_000;
        Ok(Self { surname: Names::new(&surnames, MILLION), given: Names::new(&given, MILLION) })
    }

    /// From a hospital's own counts: name and bearers, and of how many people in all. Names are in the form of
    /// [`Name::whole`](super::Name::whole).
    pub fn from_counts(surnames: &[(&str, u32)], given: &[(&str, u32)], people: u32) -> Self {
        Self { surname: Names::new(surnames, people), given: Names::new(given, people) }
    }

    /// What it says, in bits, that two people both bear this name: −log2 of its share. `None` for fields that hold no
    /// name.
    pub fn surprise(&self, field: Field, name: &str) -> Option<Weight> {
        match field {
            Field::Surname => Some(self.surname.surprise(name)),
            Field::Given => Some(self.given.surprise(name)),
            _ => None,
        }
    }
}

impl Names {
    fn new(counts: &[(&str, u32)], people: u32) -> Self {
        let bits = |count: f64| Weight::from_bits((f64::from(people.max(1)) / count).log2().max(0.0));
        let rows = counts.iter().filter(|(_, count)| *count > 0);
        let surprise =
            rows.clone().map(|(name, count)| ((*name).to_owned(), bits(f64::from(*count)))).collect();
        let rarest = rows.map(|(_, count)| *count).min().unwrap_or(1);
        Self { surprise, unlisted: bits(f64::from(rarest) / 2.0) }
    }

    fn surprise(&self, name: &str) -> Weight {
        self.surprise.get(name).copied().unwrap_or(self.unlisted)
    }
}

impl Rarity {
    /// In words, for so many bits of surprise.
    pub fn of(surprise: Weight) -> Self {
        // log2(500) = 8.97, log2(10,000) = 13.29
        match surprise.hundredths() {
            ..=897 => Self::Common,
            898..=1329 => Self::Ordinary,
            _ => Self::Rare,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_names_say_more() {
        let surprise = |field, name| Frequencies::shipped().surprise(field, name).expect("a name field");
        let smith = surprise(Field::Surname, "SMITH");
        assert_eq!(smith.to_string(), "+6.64", "1.006 per cent of people");
        assert!(surprise(Field::Surname, "HENDRICKS") > smith);
        assert!(surprise(Field::Surname, "ZYWICKI") > surprise(Field::Surname, "HENDRICKS"));
        assert_eq!(Rarity::of(smith), Rarity::Common);
        assert_eq!(Rarity::of(surprise(Field::Given, "ZYGMUNT")), Rarity::Rare);
        assert_eq!(Frequencies::shipped().surprise(Field::City, "BOSTON"), None);
    }

    #[test]
    fn a_hospital_may_count_its_own() {
        let own = Frequencies::from_counts(&[("NGUYEN", 250), ("SMITH", 10)], &[], 1_000);
        assert_eq!(own.surprise(Field::Surname, "NGUYEN").map(Weight::hundredths), Some(200));
    }
}
