//! Building an ICD-10-PCS code one character at a time. Only values are offered that lead to a code valid on the day,
//! so that no other code can be built.

use std::collections::BTreeMap;

use codeset::manual::{Axes, Classification, Entry, Manual, compose_title};
use codeset::{Code, Pack, PackError, Table, TableError};
use jiff::civil::Date;
use serde::Serialize;

use crate::EncoderError;

/// A code has seven characters.
pub const CODE_LEN: usize = 7;

/// The tables of ICD-10-PCS on one day.
#[derive(Debug, Clone)]
pub struct Picker {
    /// The valid codes with their titles, in order.
    codes: Vec<(Code, Option<String>)>,
    axes: Axes,
    /// Section and position to the character's name.
    names: BTreeMap<(char, u8), String>,
    /// Section, position and value to its definition.
    definitions: BTreeMap<(char, u8, char), String>,
}

/// What may follow the characters chosen so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The characters chosen.
    pub chosen: String,
    /// What the next character stands for, such as `Approach`; `None` once the code is complete.
    pub axis: Option<String>,
    /// The values that may follow, in order.
    pub values: Vec<Value>,
    /// The code, once it is complete.
    pub complete: Option<Code>,
    /// Its title, or one composed from the labels; `None` where neither is at hand.
    pub title: Option<String>,
}

/// A value that may follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Value {
    /// The character.
    pub value: char,
    /// What it means; `None` where no label is at hand.
    pub label: Option<String>,
    /// The manual's definition, of root operations and approaches.
    pub definition: Option<String>,
    /// The valid codes it leads to.
    pub codes: usize,
}

impl Picker {
    /// Opens the tables of `pack` on `date`.
    pub fn open(pack: &Pack, date: Date) -> Result<Self, EncoderError> {
        let mut codes: Vec<_> = Manual::new(pack)
            .entries(Classification::Icd10pcs)?
            .into_iter()
            .filter(|entry| entry.is_valid_on(date))
            .map(|entry| (entry.code, title(&entry, date)))
            .collect();
        codes.sort_by_key(|(code, _)| *code);
        let text = |name: &str| -> Result<String, PackError> { pack.text(&format!("icd10pcs/{name}.tsv")) };
        Ok(Self {
            codes,
            axes: Axes::parse("icd10pcs/axes.tsv", &text("axes")?)?,
            names: names(&text("axis_names")?)?,
            definitions: definitions(&text("definitions")?)?,
        })
    }

    /// What may follow `chosen`; `None` if no valid code begins so.
    pub fn step(&self, chosen: &str) -> Option<Step> {
        let chosen = chosen.trim().to_ascii_uppercase();
        let prefix = Code::parse(&chosen).ok()?;
        let under = self.under(prefix);
        if under.is_empty() {
            return None;
        }
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        for (code, _) in under {
            if let Some(value) = code.to_string().chars().nth(chosen.len()) {
                *counts.entry(value).or_default() += 1;
            }
        }
        let complete = (chosen.len() == CODE_LEN).then_some(prefix);
        let position = u8::try_from(chosen.len() + 1).unwrap_or(u8::MAX);
        let section = chosen.chars().next();
        let axis = section
            .map_or(Some("Section".to_owned()), |section| self.names.get(&(section, position)).cloned());
        Some(Step {
            axis: axis.filter(|_| complete.is_none()),
            values: counts.into_iter().map(|(value, codes)| self.value(&chosen, value, codes)).collect(),
            title: complete.and_then(|code| {
                under.first().and_then(|(_, title)| title.clone()).or_else(|| compose_title(&self.axes, code))
            }),
            complete,
            chosen,
        })
    }

    /// The valid codes that begin with `prefix`, with their titles.
    pub fn under(&self, prefix: Code) -> &[(Code, Option<String>)] {
        let start = self.codes.partition_point(|(code, _)| *code < prefix);
        let len = self.codes[start..].partition_point(|(code, _)| code.starts_with(prefix));
        &self.codes[start..start + len]
    }

    fn value(&self, chosen: &str, value: char, codes: usize) -> Value {
        let whole = format!("{chosen}{value}");
        let position = u8::try_from(whole.len()).unwrap_or(u8::MAX);
        let label =
            Code::parse(&whole).ok().and_then(|code| self.axes.label(code, position)).map(str::to_owned);
        let section = whole.chars().next().unwrap_or(value);
        let definition = self.definitions.get(&(section, position, value)).cloned();
        Value { value, label, definition, codes }
    }
}

fn title(entry: &Entry, date: Date) -> Option<String> {
    entry.title_on(date).map(|title| title.text.clone())
}

fn names(text: &str) -> Result<BTreeMap<(char, u8), String>, TableError> {
    let table = Table::parse("icd10pcs/axis_names.tsv", text)?;
    table.expect_columns(&["section", "position", "name"])?;
    table.rows().map(|row| Ok(((row.parse(0)?, row.parse(1)?), row.field(2).to_owned()))).collect()
}

fn definitions(text: &str) -> Result<BTreeMap<(char, u8, char), String>, TableError> {
    let table = Table::parse("icd10pcs/definitions.tsv", text)?;
    table.expect_columns(&["section", "position", "value", "term", "definition"])?;
    let definition =
        |row: codeset::Row<'_>| Ok(((row.parse(0)?, row.parse(1)?, row.parse(2)?), row.field(4).to_owned()));
    table.rows().map(definition).collect()
}
