//! A procedure code read by its seven axes, and the title composed from their labels where no source has one.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{Classification, Entry, Manual, ManualError};
use crate::{Code, Table, TableError};

/// What the procedure manual says of one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcedureCard {
    /// The code itself.
    pub entry: Entry,
    /// Its seven characters.
    pub axes: Vec<Axis>,
    /// Valid codes of the same table on the day, itself included.
    pub table_size: usize,
}

/// One character of a procedure code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// What the character stands for, such as `Body Part`.
    pub name: String,
    /// The character.
    pub value: char,
    /// What the value means; `None` where no label is at hand.
    pub label: Option<String>,
    /// The manual's definition of a root operation or approach.
    pub definition: Option<String>,
}

/// Labels of axis values.
#[derive(Debug, Clone, Default)]
pub struct Axes {
    /// `(the characters before, position from 1, value)` to label. From the fourth character on, the characters
    /// before are those of the table: the first three.
    labels: HashMap<(Code, u8, char), String>,
    /// The label all tables of a scope agree on; `None` where they differ. The scope is the body system for the
    /// fourth character, the section for those after it.
    agreed: HashMap<(Code, u8, char), Option<String>>,
}

/// A table of the manual is named by three characters: section, body system, root operation.
const TABLE_LEN: usize = 3;

impl Axes {
    /// Reads `axes.tsv`.
    pub fn parse(file: &str, text: &str) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        table.expect_columns(&["prefix", "position", "value", "label"])?;
        let mut axes = Self::default();
        for row in table.rows() {
            axes.insert(row.parse(0)?, row.parse(1)?, row.parse(2)?, row.field(3));
        }
        Ok(axes)
    }

    fn insert(&mut self, before: Code, position: u8, value: char, label: &str) {
        if let Some(scope) = scope(before, position) {
            self.agreed
                .entry((scope, position, value))
                .and_modify(|agreed| {
                    if agreed.as_deref() != Some(label) {
                        *agreed = None;
                    }
                })
                .or_insert_with(|| Some(label.to_owned()));
        }
        self.labels.insert((before, position, value), label.to_owned());
    }

    /// The label of the character of `code` at `position`, from 1: that of the code's own table, otherwise the one
    /// all tables of the body system (fourth character) or section (after it) agree on.
    pub fn label(&self, code: Code, position: u8) -> Option<&str> {
        let text = code.to_string();
        let at = usize::from(position).checked_sub(1)?;
        let value = text.chars().nth(at)?;
        let before = Code::parse(text.get(..at.min(TABLE_LEN))?).ok()?;
        if let Some(own) = self.labels.get(&(before, position, value)) {
            return Some(own);
        }
        self.agreed.get(&(scope(before, position)?, position, value))?.as_deref()
    }
}

/// The part of the manual within which a value is taken to mean one thing if all tables say so.
fn scope(before: Code, position: u8) -> Option<Code> {
    let len = match position {
        4 => 2,
        5.. => 1,
        _ => return None,
    };
    Code::parse(before.to_string().get(..len)?).ok()
}

pub(super) fn card(
    manual: &Manual<'_>,
    code: Code,
    date: Date,
) -> Result<Option<ProcedureCard>, ManualError> {
    const PCS: Classification = Classification::Icd10pcs;
    let page = manual.page(PCS, code)?;
    let Some(entry) = page.iter().find(|entry| entry.code == code).cloned() else {
        return Ok(None);
    };
    let axes = Axes::parse("icd10pcs/axes.tsv", &manual.text(PCS, "axes.tsv")?)?;
    let names = manual.text(PCS, "axis_names.tsv")?;
    let definitions = manual.text(PCS, "definitions.tsv")?;
    let text = code.to_string();
    let in_table =
        |entry: &&Entry| entry.is_valid_on(date) && entry.code.to_string()[..TABLE_LEN] == text[..TABLE_LEN];
    Ok(Some(ProcedureCard {
        axes: read_axes(code, &axes, &names, &definitions)?,
        table_size: page.iter().filter(in_table).count(),
        entry,
    }))
}

fn read_axes(code: Code, axes: &Axes, names: &str, definitions: &str) -> Result<Vec<Axis>, TableError> {
    let names = by_section("icd10pcs/axis_names.tsv", names, code)?;
    let definitions = by_section("icd10pcs/definitions.tsv", definitions, code)?;
    let text = code.to_string();
    let axis = |(value, position): (char, u8)| {
        let of = |rows: &[Vec<String>], wanted: &[&str]| {
            rows.iter()
                .find(|row| row.iter().zip(wanted).all(|(a, b)| a == b))
                .and_then(|row| row.last().cloned())
        };
        let place = position.to_string();
        Axis {
            name: of(&names, &[&place]).unwrap_or_default(),
            value,
            label: axes.label(code, position).map(str::to_owned),
            definition: of(&definitions, &[&place, &value.to_string()]),
        }
    };
    Ok(text.chars().zip(1..).map(axis).collect())
}

/// The rows of the section `code` lies in, without that first column.
fn by_section(file: &str, text: &str, code: Code) -> Result<Vec<Vec<String>>, TableError> {
    let table = Table::parse(file, text)?;
    let width = table.columns().len();
    let section = code.to_string().chars().next().map(String::from).unwrap_or_default();
    let own = table.rows().filter(|row| row.field(0) == section);
    Ok(own.map(|row| (1..width).map(|at| row.field(at).to_owned()).collect()).collect())
}
