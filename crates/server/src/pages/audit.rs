//! The privacy officer's view: who saw this patient, what did this person see.

use serde::Serialize;

use super::Page;
use super::frame::Crumb;
use super::parts::{Choice, Pager, Table};

/// Audit events, filtered.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct AuditPage {
    pub(crate) number: String,
    pub(crate) users: Vec<Choice>,
    pub(crate) kinds: Vec<Choice>,
    /// Days, as `YYYY-MM-DD`; empty for no bound.
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) problem: Option<String>,
    /// What is shown, in a sentence.
    pub(crate) about: String,
    pub(crate) table: Table,
    pub(crate) pager: Pager,
}

impl Page for AuditPage {
    const TEMPLATE: &'static str = "audit.html";
    fn title(&self) -> String {
        "Who saw what".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Who saw what")]
    }
}

#[cfg(test)]
impl super::Samples for AuditPage {
    fn samples() -> Vec<Self> {
        use super::parts::Cell;
        let table = Table::new("Events", &["When", "Who", "What"], "Nothing in this span.");
        let row =
            vec![Cell::new("2026-10-14 09:31"), Cell::new("A. Mehta").note("Physician"), Cell::new("read")];
        let full = Self {
            users: vec![Choice::new("1", "A. Mehta", "1")],
            kinds: vec![Choice::new("", "Everything", "")],
            about: "Who saw record 100428".into(),
            problem: Some("No patient has this number.".into()),
            table: table.clone().rows([row]),
            pager: Pager { older: Some("/audit?before=3".into()), newer: Some("/audit".into()) },
            ..Self::default()
        };
        vec![Self { table, ..Self::default() }, full]
    }
}
