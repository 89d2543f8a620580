//! `chartroom find --table`: the Neoplasm Table and the Table of Drugs in two steps, the row by its words, then the
//! column by behaviour or intent.

use std::process::ExitCode;

use clap::ValueEnum;
use codeset::Pack;
use encoder::alphabetic::{Book, Grid, Row};
use serde::Serialize;

use crate::commands::{Done, print_json, print_text};

/// A table, as people type it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TableArg {
    /// Neoplasm Table: the site, then the behaviour
    Neoplasm,
    /// Table of Drugs and Chemicals: the substance, then the intent
    Drugs,
}

/// What is asked of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub words: &'a str,
    /// The column, or the beginning of any of its words; all columns if left out.
    pub column: Option<&'a str>,
    pub limit: usize,
}

/// A row with the cells asked for.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Found {
    row: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    see: Option<String>,
    cells: Vec<Shown>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Shown {
    column: String,
    /// As the manual prints it; `None` where the table gives none.
    code: Option<String>,
}

/// Looks in the table and prints.
pub(super) fn main(pack: &Pack, table: TableArg, wanted: Wanted<'_>, as_json: bool) -> Done {
    let book = match table {
        TableArg::Neoplasm => Book::Neoplasms,
        TableArg::Drugs => Book::Drugs,
    };
    let grid = Grid::open(pack, book)?.ok_or_else(|| book.how_to_import())?;
    let found = pick(&grid, wanted)?;
    if as_json {
        print_json(&found)?;
    } else {
        print_text(printed(&found))?;
    }
    Ok(if found.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn pick(grid: &Grid, wanted: Wanted<'_>) -> Result<Vec<Found>, String> {
    let columns = columns(grid, wanted.column)?;
    let shown = |row: &Row, at: usize| Shown {
        column: grid.columns[at].clone(),
        code: grid.code(row, at).map(codeset::Code::dotted),
    };
    let found = |row: &Row| Found {
        row: row.path.join(", "),
        see: row.see.clone(),
        cells: columns.iter().map(|at| shown(row, *at)).collect(),
    };
    Ok(grid.rows_for(wanted.words, wanted.limit).into_iter().map(found).collect())
}

/// The columns, by number, whose name has all the words of `asked`, each perhaps only begun.
fn columns(grid: &Grid, asked: Option<&str>) -> Result<Vec<usize>, String> {
    let asked = asked.unwrap_or_default().to_lowercase();
    let is_meant = |name: &str| {
        let name = name.to_lowercase();
        let has = |word: &str| name.split(|c: char| !c.is_alphanumeric()).any(|held| held.starts_with(word));
        asked.split_whitespace().all(has)
    };
    let columns: Vec<usize> = (0..grid.columns.len()).filter(|at| is_meant(&grid.columns[*at])).collect();
    if columns.is_empty() {
        return Err(format!("the table has no column '{asked}'; it has {}", grid.columns.join(", ")));
    }
    Ok(columns)
}

fn printed(found: &[Found]) -> String {
    let mut out = String::new();
    for Found { row, see, cells } in found {
        out.push_str(&format!("{row}\n"));
        out.extend(see.iter().map(|see| format!("  see {see}\n")));
        for Shown { column, code } in cells.iter().filter(|cell| see.is_none() || cell.code.is_some()) {
            out.push_str(&format!("  {column:<38} {}\n", code.as_deref().unwrap_or("none")));
        }
    }
    if found.is_empty() {
        out.push_str("nothing found\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRUGS: &str = "# Source: made up\npath\tsee\tPoisoning, Accidental\tAdverse effect\nAcid\t\tT542X1\t\nAcid | acetic\t\tT542X1\tT542X5\n";

    #[test]
    fn a_row_then_a_column() {
        let grid = Grid::parse("drugs.tsv", DRUGS).unwrap();
        let wanted = Wanted { words: "acetic acid", column: Some("adv"), limit: 1 };
        let found = pick(&grid, wanted).unwrap();
        assert_eq!(found[0].row, "Acid, acetic");
        assert_eq!(found[0].cells, [Shown { column: "Adverse effect".into(), code: Some("T54.2X5".into()) }]);
        let error = pick(&grid, Wanted { column: Some("intent"), ..wanted }).unwrap_err();
        assert!(error.contains("Adverse effect"), "{error}");
        assert_eq!(pick(&grid, Wanted { column: None, ..wanted }).unwrap()[0].cells.len(), 2);
    }
}
