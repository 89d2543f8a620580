//! The chart, or parts of it, to print.

use chart::document::Document;
use serde::Serialize;

use super::super::frame::Crumb;
use super::super::parts::{Choice, Table};
use super::Top;
use super::text::{SectionView, sections};
use crate::show::{self, Show};

/// Parts that can be printed: key and name.
pub(crate) const PARTS: [(&str, &str); 8] = [
    ("encounters", "Encounters"),
    ("problems", "Problems and diagnoses"),
    ("procedures", "Procedures"),
    ("medications", "Medications"),
    ("allergies", "Allergies and immunizations"),
    ("orders", "Orders"),
    ("history", "History and examination"),
    ("documents", "Documents"),
];

/// What is to be printed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PrintPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) parts: Vec<Choice>,
    /// Only documents of types that belong to the legal health record.
    pub(crate) legal: bool,
    pub(crate) tables: Vec<Table>,
    pub(crate) documents: Vec<Printed>,
}

/// A document in full.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Printed {
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) sections: Vec<SectionView>,
}

impl super::super::Page for PrintPage {
    const TEMPLATE: &'static str = "chart/print.html";
    fn title(&self) -> String {
        "Chart: print".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        self.top.crumbs()
    }
}

/// The documents in full, for print.
pub(crate) fn printed(documents: &[Document], show: &Show) -> Vec<Printed> {
    let view = |one: &Document| {
        let (status, _) = super::document::status(one.content.status);
        let by = show::names(&one.content.authors);
        Printed {
            title: super::document::title(&one.content),
            about: format!("{} · {by} · {status}, version {}", show.maybe(one.content.written), one.version),
            sections: sections(&one.content.sections),
        }
    };
    documents.iter().map(view).collect()
}
