//! The desk of queries, and their measures.

use serde::Serialize;

use crate::pages::Page;
use crate::pages::frame::Crumb;
use crate::pages::parts::{Choice, Fact, Pager, Table};

/// A pile of the desk.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct QueriesPage {
    /// The piles: key, name, and how many lie there as the note.
    pub(crate) piles: Vec<Choice>,
    pub(crate) table: Table,
    pub(crate) pager: Pager,
}

impl Page for QueriesPage {
    const TEMPLATE: &'static str = "clarifying/desk.html";
    fn title(&self) -> String {
        "Queries".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Queries")]
    }
}

/// The measures of a period.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct MeasuresPage {
    /// The first and the last day, as the form shows them.
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) facts: Vec<Fact>,
    pub(crate) by_author: Table,
    pub(crate) by_practitioner: Table,
}

impl Page for MeasuresPage {
    const TEMPLATE: &'static str = "clarifying/measures.html";
    fn title(&self) -> String {
        "Measures of queries".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::to("Queries", "/queries"), Crumb::here("Measures")]
    }
}
