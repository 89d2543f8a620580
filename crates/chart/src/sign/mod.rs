//! Signs: what can be looked for in a record, by name: an analyte, a vital sign, a treatment, words of a note, a
//! documented diagnosis.
//!
//! `data/signs/sign.tsv` says how each is recognised. [`View`] opens one encounter and finds them, each as an
//! [`Indicator`](crate::query::Indicator) with its place. Documentation alerts and queries both speak of signs only by
//! their keys, so that a word once learned is known to both.

mod cue;
mod measure;
mod mention;
mod passage;
mod treatment;
mod unit;
mod view;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

use crate::keyed::keyed;
use crate::query::Group;
use crate::table::{TableError, lines};

pub use measure::Measured;
pub use mention::{Mention, Page};
pub use unit::convert;
pub use view::View;

static SIGNS: &str = include_str!("../../../../data/signs/sign.tsv");

keyed! {
    /// Where a sign is looked for.
    SignKind, "kind of sign":
    /// Among results, by LOINC code; a number with its unit.
    Value = "value",
    /// Among medications given, orders and procedures, by name.
    Treatment = "treatment",
    /// In any document that may be read for evidence, affirmed.
    Text = "text",
    /// In what a provider wrote, and among diagnosis entries, affirmed.
    Diagnosis = "diagnosis",
}

/// Something that can be looked for in a record.
#[derive(Debug, Clone)]
pub struct Sign {
    /// Its key: `creatinine`, `acute-kidney-injury`.
    pub key: String,
    /// Where it is looked for.
    pub kind: SignKind,
    /// Under which heading it is shown.
    pub group: Group,
    /// What it is called: `creatinine`.
    pub title: String,
    /// The unit its values are compared in. Empty for what has no value.
    pub unit: String,
    /// The LOINC codes of a value.
    codes: Vec<String>,
    /// The words of anything else.
    words: Option<Regex>,
}

/// The table of signs.
#[derive(Debug)]
pub struct Signs {
    all: Vec<Sign>,
    by_key: HashMap<String, usize>,
}

/// The table that ships with the product.
pub fn signs() -> &'static Signs {
    static SHIPPED: LazyLock<Signs> =
        LazyLock::new(|| Signs::read(SIGNS).expect("the shipped table is read by a test"));
    &SHIPPED
}

impl Signs {
    /// Reads a table.
    ///
    /// # Errors
    /// The first line that cannot be understood, or whose key stood before.
    pub fn read(text: &str) -> Result<Self, TableError> {
        let (mut all, mut by_key) = (Vec::new(), HashMap::new());
        for line in lines::<6>(text) {
            let line = line?;
            let [key, _, _, title, unit, found_by] = line.cells;
            let kind = line.read(1)?;
            let is_value = kind == SignKind::Value;
            let words = (!is_value).then(|| whole_words(found_by)).transpose();
            let sign = Sign {
                key: key.to_owned(),
                kind,
                group: line.read(2)?,
                title: title.to_owned(),
                unit: unit.to_owned(),
                codes: if is_value { found_by.split('|').map(str::to_owned).collect() } else { Vec::new() },
                words: words.map_err(|error| line.wrong(&error.to_string()))?,
            };
            if by_key.insert(sign.key.clone(), all.len()).is_some() {
                return Err(line.wrong("a sign of this key stands above"));
            }
            all.push(sign);
        }
        Ok(Self { all, by_key })
    }

    /// Every sign, in the order of the table.
    #[must_use]
    pub fn all(&self) -> &[Sign] {
        &self.all
    }

    /// The sign of this key.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<&Sign> {
        self.by_key.get(key).map(|at| &self.all[*at])
    }
}

impl Sign {
    /// The LOINC codes of a value; none for what is found by words.
    #[must_use]
    pub fn codes(&self) -> &[String] {
        &self.codes
    }

    /// Whether its words stand in `text`, affirmed or not. Never for a value.
    #[must_use]
    pub fn is_named_in(&self, text: &str) -> bool {
        self.words.as_ref().is_some_and(|words| words.is_match(text))
    }

    /// Where its words stand in `text`, as byte ranges.
    pub fn ranges<'t>(&'t self, text: &'t str) -> impl Iterator<Item = std::ops::Range<usize>> + 't {
        self.words.iter().flat_map(move |words| words.find_iter(text).map(|found| found.range()))
    }
}

/// A pattern that begins at the start of a word; upper and lower case are alike.
///
/// Words are those of ASCII: with the words of all scripts, a single dash or degree sign in a note would make the
/// search many times slower.
fn whole_words(pattern: &str) -> Result<Regex, regex::Error> {
    let pattern = format!(r"\b(?:{pattern})").replace(r"\b", r"(?-u:\b)").replace(r"\w", "[0-9a-z_]");
    RegexBuilder::new(&pattern).case_insensitive(true).build()
}
