//! The model: how often each level is seen in two records of one person and of two people, as dated data.

use std::sync::LazyLock;

use super::field::{Field, Level};
use super::frequency::Frequencies;
use super::table::{self, TableError};
use super::weight::Weight;

/// How often a level is seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Share of the pairs that are one person, 0 to 1.
    pub m: f64,
    /// Share of the pairs that are two people, 0 to 1.
    pub u: f64,
}

impl Rate {
    /// log2(m/u).
    pub fn weight(self) -> Weight {
        Weight::from_bits((self.m / self.u).log2())
    }
}

/// The figures that are not of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// From this weight on, a pair is suggested as one person.
    pub suggest: Weight,
    /// From this weight on, a person looks at the pair.
    pub review: Weight,
    /// log2 of the odds that two records are one person before anything is compared.
    pub prior: Weight,
    /// Per cent taken off what members of one household share, where given name or birth date differ.
    pub household_differs: i32,
    /// The same where they are not known, and neither differs.
    pub household_unknown: i32,
}

/// Rates by field and level, and the settings. A model without a row for a level takes it as no evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    rates: Table<Option<Rate>>,
    weights: Table<Weight>,
    settings: Settings,
}

type Table<T> = [[T; Level::ALL.len()]; Field::ALL.len()];

impl Model {
    /// The model that comes with the program.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Model> = LazyLock::new(|| {
            let rates = include_str!("../../../../data/identity/model.tsv");
            let settings = include_str!("../../../../data/identity/settings.tsv");
            Model::read(rates, settings).expect("a test reads the shipped model")
        });
        &SHIPPED
    }

    /// Reads the layouts of `data/identity/model.tsv` and `data/identity/settings.tsv`.
    ///
    /// # Errors
    /// [`TableError`] names the line, word or number that cannot be used, or the setting that is absent.
    pub fn read(rates: &str, settings: &str) -> Result<Self, TableError> {
        let mut model = Self::without_rates(read_settings(settings)?);
        for [field, level, m, u] in table::rows("model", rates)? {
            let unknown = |word: &str| TableError::Word { table: "model", word: word.to_owned() };
            let field = Field::named(field).ok_or_else(|| unknown(field))?;
            let level =
                Level::named(level).filter(|level| level.is_evidence()).ok_or_else(|| unknown(level))?;
            model.set(field, level, Rate { m: share(m)?, u: share(u)? });
        }
        Ok(model)
    }

    /// The text of [`Model::read`]'s first table: for keeping a trained model. `source` says how it was got.
    pub fn to_table(&self, source: &str) -> String {
        let mut text = format!("# Source: {source}\nfield\tlevel\tm\tu\n");
        for (field, level, rate) in self.rates() {
            text += &format!("{}\t{}\t{:.9}\t{:.9}\n", field.name(), level.name(), rate.m, rate.u);
        }
        text
    }

    /// A model that knows its settings only.
    pub(super) fn without_rates(settings: Settings) -> Self {
        Self {
            rates: [[None; Level::ALL.len()]; Field::ALL.len()],
            weights: [[Weight::ZERO; Level::ALL.len()]; Field::ALL.len()],
            settings,
        }
    }

    /// Sets what is known of a level.
    pub(super) fn set(&mut self, field: Field, level: Level, rate: Rate) {
        self.rates[field as usize][level as usize] = Some(rate);
        self.weights[field as usize][level as usize] = rate.weight();
    }

    /// Thresholds and the like.
    pub fn settings(&self) -> Settings {
        self.settings
    }

    /// The same rates with other settings.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// What is known of a level.
    pub fn rate(&self, field: Field, level: Level) -> Option<Rate> {
        self.rates[field as usize][level as usize]
    }

    /// All rates, by field and level.
    pub fn rates(&self) -> impl Iterator<Item = (Field, Level, Rate)> {
        let places = Field::ALL.into_iter().flat_map(|field| Level::ALL.map(|level| (field, level)));
        places.filter_map(|(field, level)| Some((field, level, self.rate(field, level)?)))
    }

    /// The weight of a level; zero where nothing is known of it.
    pub fn weight(&self, field: Field, level: Level) -> Weight {
        self.weights[field as usize][level as usize]
    }

    /// The weight of two names at a level, by how common they are.
    ///
    /// Equal names weigh log2(m / share of people who bear the name): the share takes the place of u. Names that are
    /// only alike never weigh more than the commoner of them would if both were the same.
    pub fn weight_of_names(
        &self,
        (field, level): (Field, Level),
        names: (&str, &str),
        frequencies: &Frequencies,
    ) -> Weight {
        let usual = self.weight(field, level);
        let Some(rate) = self.rate(field, Level::Exact) else {
            return usual;
        };
        let surprise = |name| frequencies.surprise(field, name);
        let Some(commoner) = surprise(names.0).into_iter().chain(surprise(names.1)).min() else {
            return usual;
        };
        let if_equal = Weight::from_bits(rate.m.log2()) + commoner;
        if level == Level::Exact { if_equal } else { usual.min(if_equal) }
    }
}

/// A share that may be divided by and has a logarithm.
fn share(text: &str) -> Result<f64, TableError> {
    let share: f64 = table::number("model", text)?;
    if share > 0.0 && share <= 1.0 {
        return Ok(share);
    }
    Err(TableError::Number { table: "model", text: text.to_owned() })
}

fn read_settings(text: &str) -> Result<Settings, TableError> {
    let rows: Vec<[&str; 3]> = table::rows("settings", text)?;
    let value = |name: &str| {
        let row = rows.iter().find(|row| row[0] == name);
        row.map(|row| row[1]).ok_or_else(|| TableError::Missing { table: "settings", what: name.to_owned() })
    };
    let bits = |name: &str| Ok(Weight::from_bits(table::number("settings", value(name)?)?));
    Ok(Settings {
        suggest: bits("suggest")?,
        review: bits("review")?,
        prior: bits("prior")?,
        household_differs: table::number("settings", value("household_differs")?)?,
        household_unknown: table::number("settings", value("household_unknown")?)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_of_each_field_add_up_to_one() {
        for field in Field::compared() {
            let rates = || Model::shipped().rates().filter(|(of, ..)| *of == field).map(|(.., rate)| rate);
            let (m, u): (f64, f64) = (rates().map(|rate| rate.m).sum(), rates().map(|rate| rate.u).sum());
            assert!((m - 1.0).abs() < 1e-6 && (u - 1.0).abs() < 1e-6, "{field:?}: m {m}, u {u}");
        }
    }

    #[test]
    fn exact_speaks_for_and_disagreement_against() {
        let model = Model::shipped();
        for (field, level, rate) in model.rates() {
            let weight = rate.weight();
            assert!(weight <= model.weight(field, Level::Exact), "{field:?} {level:?}");
            assert!(weight >= model.weight(field, Level::Disagree), "{field:?} {level:?}");
        }
    }

    #[test]
    fn a_model_survives_writing_and_reading() {
        let settings = include_str!("../../../../data/identity/settings.tsv");
        let text = Model::shipped().to_table("a test");
        assert_eq!(Model::read(&text, settings).as_ref(), Ok(Model::shipped()));
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let settings = "# Source: x\nname\tvalue\tmeaning\nsuggest\t24\t\n";
        let error = Model::read("", settings).expect_err("settings are absent");
        assert_eq!(error.to_string(), "settings: there is no row for review; add it");
        let settings = include_str!("../../../../data/identity/settings.tsv");
        let error = Model::read("h\nsex\texact\t0\t1\n", settings).expect_err("a share of nothing");
        assert_eq!(error.to_string(), "model: '0' is not a number in the range this column allows");
    }
}
