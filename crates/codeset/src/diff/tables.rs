//! Comparing the dated tables of grouper and editor, code by code.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Change;
use crate::manual::ManualError;
use crate::{Code, Family, Pack, Registry, Row, Table, TableError};

/// What the names of the pack sections begin with that hold the rows of changing codes.
pub const SECTION_PREFIX: &str = "changes/";

/// The table of exclusion groups: number, secondary diagnoses.
pub const EXCLUSION_GROUPS: &str = "msdrg/exclusion_group.tsv";

/// A table compared: column 0 is the code, 1 the first and 2 the last day or version.
#[derive(Debug)]
pub struct Compared {
    /// The file under `data/`.
    pub file: &'static str,
    /// Whose editions govern it.
    pub family: Family,
    /// Column, what it says, how.
    columns: &'static [(usize, &'static str, Kind)],
}

/// How a field is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// As a whole.
    Value,
    /// As a set of words.
    Words,
    /// As the codes of an exclusion group.
    ExclusionGroup,
}

/// The tables compared.
pub static TABLES: [Compared; 5] = [
    Compared {
        file: "msdrg/diagnosis.tsv",
        family: Family::Msdrg,
        columns: &[
            (3, "MDC", Kind::Value),
            (4, "severity", Kind::Value),
            (5, "grouper attributes", Kind::Words),
            (6, "hospital-acquired condition", Kind::Words),
            (7, "diagnosis category", Kind::Words),
        ],
    },
    Compared {
        file: "msdrg/procedure.tsv",
        family: Family::Msdrg,
        columns: &[(3, "grouper attributes", Kind::Words)],
    },
    Compared {
        file: "msdrg/pdx_exclusion.tsv",
        family: Family::Msdrg,
        columns: &[(3, "secondary diagnoses excluded as CC or MCC", Kind::ExclusionGroup)],
    },
    Compared { file: "mce/diagnosis.tsv", family: Family::Mce, columns: &[(3, "editor flags", Kind::Words)] },
    Compared { file: "mce/procedure.tsv", family: Family::Mce, columns: &[(3, "editor flags", Kind::Words)] },
];

impl Compared {
    /// The column that names an exclusion group, if the table has one.
    pub fn exclusion_group_column(&self) -> Option<usize> {
        self.columns.iter().find(|column| column.2 == Kind::ExclusionGroup).map(|column| column.0)
    }

    /// The day as the table's columns 1 and 2 write it: a date, or a grouper version such as `440`.
    fn point(&self, registry: &Registry, day: Date) -> Result<String, ManualError> {
        let edition = registry.on(self.family, day)?;
        Ok(match self.family {
            Family::Msdrg => edition.version.replace('.', ""),
            _ => day.to_string(),
        })
    }
}

/// Number of an exclusion group to the codes in it.
type Groups = BTreeMap<String, BTreeSet<String>>;

/// All changes between two days, by table and code.
pub(super) fn changes(
    pack: &Pack,
    registry: &Registry,
    from: Date,
    to: Date,
) -> Result<Vec<Change>, ManualError> {
    let section = |file| format!("{SECTION_PREFIX}{file}");
    let groups = groups(&pack.text(&section(EXCLUSION_GROUPS))?)?;
    let mut changes = Vec::new();
    for compared in &TABLES {
        let text = pack.text(&section(compared.file))?;
        let table = Table::parse(compared.file, &text)?;
        let from = rows_on(&table, &compared.point(registry, from)?);
        let to = rows_on(&table, &compared.point(registry, to)?);
        for (code, after) in &to {
            if let Some(before) = from.get(code) {
                compare(compared, before, after, &groups, &mut changes)?;
            }
        }
    }
    Ok(changes)
}

fn groups(text: &str) -> Result<Groups, TableError> {
    let words = |row: Row<'_>| (row.field(0).to_owned(), words(row.field(1)));
    Ok(Table::parse(EXCLUSION_GROUPS, text)?.rows().map(words).collect())
}

/// The row of every code that holds at `point`. Days and versions are written so that text order is their order.
fn rows_on<'t>(table: &Table<'t>, point: &str) -> BTreeMap<&'t str, Row<'t>> {
    let holds = |row: &Row<'_>| row.field(1) <= point && (row.field(2).is_empty() || point <= row.field(2));
    table.rows().filter(holds).map(|row| (row.field(0), row)).collect()
}

fn compare(
    compared: &Compared,
    before: &Row<'_>,
    after: &Row<'_>,
    groups: &Groups,
    changes: &mut Vec<Change>,
) -> Result<(), TableError> {
    for &(column, aspect, kind) in compared.columns {
        if before.field(column) == after.field(column) {
            continue;
        }
        let (old, new) = (said(before.field(column), kind, groups), said(after.field(column), kind, groups));
        let lost: Vec<_> = old.difference(&new).cloned().collect();
        let gained: Vec<_> = new.difference(&old).cloned().collect();
        if !lost.is_empty() || !gained.is_empty() {
            let code: Code = after.parse(0)?;
            changes.push(Change { code, aspect, lost, gained });
        }
    }
    Ok(())
}

fn said(field: &str, kind: Kind, groups: &Groups) -> BTreeSet<String> {
    match kind {
        Kind::Value => BTreeSet::from([field.to_owned()]),
        Kind::Words => words(field),
        Kind::ExclusionGroup => groups.get(field).cloned().unwrap_or_default(),
    }
}

fn words(field: &str) -> BTreeSet<String> {
    field.split_whitespace().map(str::to_owned).collect()
}
