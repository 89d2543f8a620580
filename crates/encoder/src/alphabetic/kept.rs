//! The official indexes as a data folder keeps them: a table each, written when a file is imported and packed as it is.

use codeset::rows::head;
use codeset::{Code, Pack, PackError, Row as Line, Table, TableError};

use super::{Cell, Entry, Grid, Index, Lead, Row};
use crate::EncoderError;

/// Between the terms of a path; no official index has it in a term.
const UNDER: &str = " | ";

/// The columns of an index; those of a table begin with the first and the last but one of them.
const INDEX_COLUMNS: [&str; 5] = ["path", "may_be_said", "leads", "to", "with"];
/// The columns of a table before those that hold codes.
const GRID_COLUMNS: [&str; 2] = ["path", "see"];

/// One of the four official indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Book {
    /// The index to diseases and injuries.
    Diseases,
    /// The index to external causes.
    ExternalCauses,
    /// The Neoplasm Table.
    Neoplasms,
    /// The Table of Drugs and Chemicals.
    Drugs,
}

impl Book {
    /// Those that are lists of terms.
    pub const INDEXES: [Self; 2] = [Self::Diseases, Self::ExternalCauses];
    /// Those that are tables of rows and columns.
    pub const TABLES: [Self; 2] = [Self::Neoplasms, Self::Drugs];

    /// Its file under a data folder, and its section in a pack.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Diseases => "alphabetic/diseases.tsv",
            Self::ExternalCauses => "alphabetic/external_causes.tsv",
            Self::Neoplasms => "alphabetic/neoplasms.tsv",
            Self::Drugs => "alphabetic/drugs.tsv",
        }
    }

    /// Its name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Diseases => "Index to Diseases and Injuries",
            Self::ExternalCauses => "Index to External Causes",
            Self::Neoplasms => "Neoplasm Table",
            Self::Drugs => "Table of Drugs and Chemicals",
        }
    }

    /// The kind by which `chartroom edition import` takes its file.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Diseases => "icd10cm-index",
            Self::ExternalCauses => "icd10cm-external-causes",
            Self::Neoplasms => "icd10cm-neoplasms",
            Self::Drugs => "icd10cm-drugs",
        }
    }

    /// What to do where it is not at hand.
    pub fn how_to_import(self) -> String {
        format!(
            "the {} is not imported; get its XML file from CDC, run `chartroom edition import --kind {} FILE --data \
             DIR` and use that folder with --editions",
            self.title(),
            self.kind()
        )
    }

    /// The table that a data folder keeps of the official file `text`.
    pub fn import(self, file: &str, text: &str) -> Result<String, super::IndexError> {
        let source =
            |version: &str| format!("Source: CDC/NCHS, {}, {version}, imported from {file}", self.title());
        Ok(match self {
            Self::Diseases | Self::ExternalCauses => {
                let index = Index::read(file, text)?;
                index.export(&source(&index.version))
            }
            Self::Neoplasms | Self::Drugs => {
                let grid = Grid::read(file, text)?;
                grid.export(&source(&grid.version))
            }
        })
    }
}

impl Index {
    /// The index as a data folder keeps it, under the line `source`.
    pub fn export(&self, source: &str) -> String {
        let (title, version) = (format!("Title: {}", self.title), format!("Version: {}", self.version));
        let mut out = head(&[source, &title, &version], &INDEX_COLUMNS);
        for Entry { path, nonessential, lead } in &self.entries {
            let (leads, to, with) = match lead {
                Lead::Code(code) => ("code", code.to_string(), String::new()),
                Lead::Pair(cause, manifestation) => ("pair", cause.to_string(), manifestation.to_string()),
                Lead::See(to) => ("see", to.clone(), String::new()),
                Lead::SeeAlso(to) => ("see-also", to.clone(), String::new()),
            };
            out.push_str(&format!("{}\t{nonessential}\t{leads}\t{to}\t{with}\n", path.join(UNDER)));
        }
        out
    }

    /// Reads what [`Index::export`] writes.
    pub fn parse(file: &str, text: &str) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        table.expect_columns(&INDEX_COLUMNS)?;
        Ok(Self {
            title: said(&table, "Title: "),
            version: said(&table, "Version: "),
            entries: table.rows().map(|line| entry(&line)).collect::<Result<_, _>>()?,
        })
    }

    /// The index in `pack`; `None` if the hospital has not imported it.
    pub fn open(pack: &Pack, book: Book) -> Result<Option<Self>, EncoderError> {
        let text = text(pack, book)?;
        Ok(text.map(|text| Self::parse(book.file(), &text)).transpose()?)
    }
}

impl Grid {
    /// The table as a data folder keeps it, under the line `source`.
    pub fn export(&self, source: &str) -> String {
        let columns: Vec<&str> =
            GRID_COLUMNS.into_iter().chain(self.columns.iter().map(String::as_str)).collect();
        let mut out = head(&[source, &format!("Version: {}", self.version)], &columns);
        for Row { path, see, cells } in &self.rows {
            out.push_str(&format!("{}\t{}", path.join(UNDER), see.as_deref().unwrap_or_default()));
            for cell in cells {
                match cell {
                    Cell::Code(code) => out.push_str(&format!("\t{code}")),
                    Cell::None => out.push('\t'),
                }
            }
            out.push('\n');
        }
        out
    }

    /// Reads what [`Grid::export`] writes.
    pub fn parse(file: &str, text: &str) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        let columns: Vec<String> =
            table.columns().iter().skip(GRID_COLUMNS.len()).map(ToString::to_string).collect();
        let row = |line: Line<'_>| {
            let cell = |at: usize| match line.field(GRID_COLUMNS.len() + at) {
                "" => Ok(Cell::None),
                text => code(&line, text).map(Cell::Code),
            };
            Ok(Row {
                path: path(&line),
                see: Some(line.field(1)).filter(|see| !see.is_empty()).map(str::to_owned),
                cells: (0..columns.len()).map(cell).collect::<Result<_, TableError>>()?,
            })
        };
        let rows = table.rows().map(row).collect::<Result<_, TableError>>()?;
        Ok(Self { version: said(&table, "Version: "), rows, columns })
    }

    /// The table in `pack`; `None` if the hospital has not imported it.
    pub fn open(pack: &Pack, book: Book) -> Result<Option<Self>, EncoderError> {
        let text = text(pack, book)?;
        Ok(text.map(|text| Self::parse(book.file(), &text)).transpose()?)
    }
}

fn text(pack: &Pack, book: Book) -> Result<Option<String>, PackError> {
    match pack.text(book.file()) {
        Ok(text) => Ok(Some(text)),
        Err(PackError::Missing(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn entry(line: &Line<'_>) -> Result<Entry, TableError> {
    let to = line.field(3);
    let lead = match line.field(2) {
        "code" => Lead::Code(code(line, to)?),
        "pair" => Lead::Pair(code(line, to)?, code(line, line.field(4))?),
        "see" => Lead::See(to.to_owned()),
        "see-also" => Lead::SeeAlso(to.to_owned()),
        other => return Err(line.error(format!("'{other}' is none of code, pair, see, see-also"))),
    };
    Ok(Entry { path: path(line), nonessential: line.field(1).to_owned(), lead })
}

fn path(line: &Line<'_>) -> Vec<String> {
    line.field(0).split(UNDER).map(str::to_owned).collect()
}

fn code(line: &Line<'_>, text: &str) -> Result<Code, TableError> {
    Code::parse(text).map_err(|error| line.error(error.to_string()))
}

/// What the comment that begins with `name` says.
fn said(table: &Table<'_>, name: &str) -> String {
    table.comments().iter().find_map(|comment| comment.strip_prefix(name)).unwrap_or_default().to_owned()
}
