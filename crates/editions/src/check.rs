//! Whether the tables of a data folder agree with each other: the code lists, the Medicare Code Editor's dates and
//! the grouper's tables come from different publications and must name the same codes.

use std::collections::BTreeSet;

use codeset::manual::Classification;
use codeset::rows::read_codes;
use codeset::{Code, Edition, Family, OPEN_END, Registry, Table, TableError};
use jiff::civil::Date;
use serde::Serialize;

use crate::{CompileError, Files};

/// What the cross-check found.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// How many codes hold on the first day of each grouper version, per table.
    pub holdings: Vec<Holding>,
    /// Where tables disagree.
    pub differences: Vec<Difference>,
}

/// The codes that hold on one day.
#[derive(Debug, Clone, Serialize)]
pub struct Holding {
    /// The classification.
    pub classification: Classification,
    /// The grouper version whose first day is meant.
    pub version: String,
    /// That day.
    pub date: Date,
    /// Codes in the code list.
    pub codes: usize,
}

/// Codes that one table has on a day and the code list has not, or the other way round.
#[derive(Debug, Clone, Serialize)]
pub struct Difference {
    /// The table compared with the code list.
    pub table: String,
    /// The day compared.
    pub date: Date,
    /// In the code list only.
    pub only_listed: Vec<Code>,
    /// In the table only.
    pub only_in_table: Vec<Code>,
}

/// Compares the tables of `files` on the first day of every grouper version.
pub fn check(files: &Files, registry: &Registry) -> Result<Report, CompileError> {
    let mut report = Report::default();
    for of in Classification::ALL {
        let name = match of {
            Classification::Icd10cm => "diagnosis.tsv",
            Classification::Icd10pcs => "procedure.tsv",
        };
        let list = format!("{}/codes.tsv", of.folder());
        let codes = read_codes(&list, text(files, &list)?)?;
        let (editor, grouper) = (format!("mce/{name}"), format!("msdrg/{name}"));
        let editor_rows = dated(&editor, text(files, &editor)?)?;
        let grouper_table = Table::parse(&grouper, text(files, &grouper)?)?;
        for edition in registry.editions().iter().filter(|edition| edition.family == Family::Msdrg) {
            let date = edition.first;
            let listed: BTreeSet<_> =
                codes.iter().filter(|row| row.valid.holds(date)).map(|row| row.code).collect();
            let edited =
                editor_rows.iter().filter(|row| (row.1..=row.2).contains(&date)).map(|row| row.0).collect();
            let grouped = of_version(&grouper_table, edition)?;
            let version = edition.version.clone();
            report.holdings.push(Holding { classification: of, version, date, codes: listed.len() });
            report.differences.extend(compare(&editor, date, &listed, &edited));
            report.differences.extend(compare(&grouper, date, &listed, &grouped));
        }
    }
    Ok(report)
}

fn text<'f>(files: &'f Files, name: &str) -> Result<&'f str, CompileError> {
    files.get(name).map(String::as_str).ok_or_else(|| CompileError::Missing(name.to_owned()))
}

/// Code, first and last day of every row.
fn dated(file: &str, text: &str) -> Result<Vec<(Code, Date, Date)>, TableError> {
    let table = Table::parse(file, text)?;
    table
        .rows()
        .map(|row| Ok((row.parse(0)?, row.date_or(1, OPEN_END)?, row.date_or(2, OPEN_END)?)))
        .collect()
}

/// The codes of one grouper version, cluster pseudo-codes (`Z@nnnn`) left out.
fn of_version(table: &Table<'_>, edition: &Edition) -> Result<BTreeSet<Code>, TableError> {
    let version = edition.version.replace('.', "");
    let holds =
        |first: &str, last: &str| first <= version.as_str() && (last.is_empty() || version.as_str() <= last);
    table
        .rows()
        .filter(|row| holds(row.field(1), row.field(2)) && !row.field(0).contains('@'))
        .map(|row| row.parse(0))
        .collect()
}

fn compare(table: &str, date: Date, listed: &BTreeSet<Code>, held: &BTreeSet<Code>) -> Option<Difference> {
    let difference = Difference {
        table: table.to_owned(),
        date,
        only_listed: listed.difference(held).copied().collect(),
        only_in_table: held.difference(listed).copied().collect(),
    };
    (listed != held).then_some(difference)
}
