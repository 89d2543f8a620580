//! The classification manuals: pages about codes, never about patients.

#[cfg(test)]
mod samples;

use serde::Serialize;

use super::Page;
use super::frame::Crumb;
use super::parts::{Choice, Table, Tag};

/// A labelled value whose label comes out of the data.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Labelled {
    pub(crate) label: String,
    pub(crate) value: String,
}

/// A way to another place of a manual.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Way {
    pub(crate) href: String,
    pub(crate) label: String,
}

/// A place of the tabular list with all that governs it.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct TabularPage {
    /// The day of the manual.
    pub(crate) day: String,
    /// The address without a day.
    pub(crate) here: String,
    pub(crate) tag: Option<Tag>,
    /// From the chapter down to the place itself.
    pub(crate) rungs: Vec<RungView>,
    pub(crate) facts: Vec<Labelled>,
    pub(crate) seventh: Option<Table>,
    pub(crate) under: Option<Table>,
    pub(crate) former: Option<Table>,
}

/// A step of the way down, with the notes that stand there.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RungView {
    pub(crate) way: Way,
    pub(crate) title: String,
    pub(crate) notes: Vec<NotesView>,
}

/// Notes of one kind.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NotesView {
    pub(crate) heading: &'static str,
    pub(crate) lines: Vec<LineView>,
}

/// A note with the codes that it names.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LineView {
    pub(crate) text: String,
    pub(crate) ways: Vec<Way>,
}

/// A page of an alphabetic index.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct IndexPage {
    pub(crate) title: String,
    pub(crate) books: Vec<Choice>,
    pub(crate) word: String,
    pub(crate) place: String,
    pub(crate) entries: Vec<IndexEntry>,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    /// Why there is no index, and what to do.
    pub(crate) problem: Option<String>,
}

/// An entry of an index.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct IndexEntry {
    pub(crate) path: String,
    pub(crate) may_be_said: String,
    /// *See*, *see also* and where to.
    pub(crate) see: String,
    pub(crate) ways: Vec<Way>,
}

/// The Neoplasm Table or the Table of Drugs: rows by words, a column for each behaviour or intent.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct GridPage {
    pub(crate) title: &'static str,
    pub(crate) here: String,
    pub(crate) words: String,
    pub(crate) version: String,
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<GridRow>,
    pub(crate) problem: Option<String>,
}

/// A row of a table.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct GridRow {
    pub(crate) name: String,
    pub(crate) see: String,
    /// A cell for each column; `None` where the table gives no code.
    pub(crate) cells: Vec<Option<Way>>,
}

/// A procedure code, axis by axis.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct AxisPage {
    pub(crate) day: String,
    pub(crate) here: String,
    /// The characters chosen, each a way back to before it.
    pub(crate) chosen: Vec<Way>,
    pub(crate) axis: String,
    pub(crate) values: Vec<AxisValue>,
    /// The whole code, once it is.
    pub(crate) complete: Option<Labelled>,
}

/// A value that may follow.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AxisValue {
    pub(crate) href: String,
    pub(crate) value: String,
    /// The key that chooses it.
    pub(crate) key: String,
    pub(crate) label: String,
    pub(crate) definition: String,
    pub(crate) codes: usize,
}

/// What changed between two editions.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct ChangesPage {
    pub(crate) from: Vec<Choice>,
    pub(crate) to: Vec<Choice>,
    pub(crate) whose: Vec<Choice>,
    pub(crate) value: String,
    pub(crate) tables: Vec<Table>,
    pub(crate) problem: Option<String>,
}

/// ICD-9-CM and what it is today.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct FormerPage {
    pub(crate) words: String,
    pub(crate) table: Option<Table>,
}

fn crumbs(here: &'static str) -> Vec<Crumb> {
    vec![Crumb::to("My desk", "/"), Crumb::to("Manuals", "/codes"), Crumb::here(here)]
}

macro_rules! pages {
    ($($page:ident $template:literal $title:literal;)*) => {$(
        impl Page for $page {
            const TEMPLATE: &'static str = $template;
            fn title(&self) -> String {
                $title.into()
            }
            fn crumbs(&self) -> Vec<Crumb> {
                crumbs($title)
            }
        }
    )*};
}

pages! {
    TabularPage "manual/tabular.html" "Tabular list";
    IndexPage "manual/index.html" "Alphabetic index";
    GridPage "manual/grid.html" "Table of codes";
    AxisPage "manual/axes.html" "Procedure codes";
    ChangesPage "manual/changes.html" "What changed";
    FormerPage "manual/former.html" "ICD-9-CM";
}
