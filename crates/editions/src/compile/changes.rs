//! The rows that do not hold throughout: what `edition diff` compares, without the hundred thousand rows that never
//! change.

use std::collections::BTreeSet;

use codeset::diff::{EXCLUSION_GROUPS, SECTION_PREFIX, TABLES};
use codeset::rows::head;
use codeset::{Family, Registry, Row, Table};

use super::{CompileError, Files, text};

/// A section for each table that `edition diff` compares, holding the rows of the codes that change.
pub(super) fn sections(files: &Files, registry: &Registry) -> Result<Vec<(String, String)>, CompileError> {
    let mut sections = Vec::new();
    let mut groups = BTreeSet::new();
    for compared in &TABLES {
        let table = Table::parse(compared.file, text(files, compared.file)?)?;
        let rows = changing(&table, &start_of(compared.family, registry));
        if let Some(column) = compared.exclusion_group_column() {
            groups.extend(rows.iter().map(|row| row.field(column)));
        }
        sections.push((section(compared.file), print(&table, &rows)));
    }
    let table = Table::parse(EXCLUSION_GROUPS, text(files, EXCLUSION_GROUPS)?)?;
    let rows: Vec<_> = table.rows().filter(|row| groups.contains(row.field(0))).collect();
    sections.push((section(EXCLUSION_GROUPS), print(&table, &rows)));
    Ok(sections)
}

fn section(file: &str) -> String {
    format!("{SECTION_PREFIX}{file}")
}

/// The first day or version of `family`, as its tables write it: rows that ended before are of no edition.
fn start_of(family: Family, registry: &Registry) -> String {
    let mut of_family = registry.editions().iter().filter(|edition| edition.family == family);
    match (of_family.next(), family) {
        (None, _) => String::new(),
        (Some(edition), Family::Msdrg) => edition.version.replace('.', ""),
        (Some(edition), _) => edition.first.to_string(),
    }
}

/// The rows of codes that have a row beginning after `start` or ending at all; rows that ended before `start` left
/// out. Column 0 is the code, 1 the first and 2 the last day or version.
fn changing<'t>(table: &Table<'t>, start: &str) -> Vec<Row<'t>> {
    let current = |row: &Row<'_>| row.field(2).is_empty() || row.field(2) >= start;
    let rows: Vec<_> = table.rows().filter(current).collect();
    let changes = |row: &&Row<'t>| !row.field(2).is_empty() || row.field(1) > start;
    let codes: BTreeSet<_> = rows.iter().filter(changes).map(|row| row.field(0)).collect();
    rows.into_iter().filter(|row| codes.contains(row.field(0))).collect()
}

fn print(table: &Table<'_>, rows: &[Row<'_>]) -> String {
    let width = table.columns().len();
    let mut out = head(table.comments(), table.columns());
    for row in rows {
        let fields: Vec<_> = (0..width).map(|at| row.field(at)).collect();
        out.push_str(&fields.join("\t"));
        out.push('\n');
    }
    out
}
