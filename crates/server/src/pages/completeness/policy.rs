//! What records must hold: the table, one row with its history, and blank forms for the day without the system.

use serde::Serialize;

use crate::pages::Page;
use crate::pages::frame::Crumb;
use crate::pages::parts::{Choice, Table};

/// The rows in force.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct PolicyPage {
    pub(crate) table: Table,
    pub(crate) facility: Vec<Choice>,
    pub(crate) may_change: bool,
    /// Record types whose blank forms can be printed.
    pub(crate) forms: Vec<Choice>,
}

impl Page for PolicyPage {
    const TEMPLATE: &'static str = "completeness/policy.html";
    fn title(&self) -> String {
        "What records must hold".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("What records must hold")]
    }
}

/// One row, and what it was before.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct PolicyRowPage {
    pub(crate) key: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) history: Table,
    pub(crate) may_change: bool,
    pub(crate) first: String,
    pub(crate) reason: String,
    pub(crate) problem: Option<String>,
}

/// A column of the row.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) value: String,
}

impl Page for PolicyRowPage {
    const TEMPLATE: &'static str = "completeness/policy_row.html";
    fn title(&self) -> String {
        "What records must hold: a row".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![
            Crumb::to("My desk", "/"),
            Crumb::to("What records must hold", "/policy"),
            Crumb::here(self.key.clone()),
        ]
    }
}

/// Blank forms of a record type, to print.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct FormsPage {
    pub(crate) setting: String,
    pub(crate) forms: Vec<BlankForm>,
}

/// A form with its lines.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct BlankForm {
    pub(crate) title: String,
    pub(crate) asks: String,
    pub(crate) lines: Vec<String>,
}

impl Page for FormsPage {
    const TEMPLATE: &'static str = "completeness/forms.html";
    fn title(&self) -> String {
        format!("Blank forms: {}", self.setting)
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![
            Crumb::to("My desk", "/"),
            Crumb::to("What records must hold", "/policy"),
            Crumb::here("Blank forms"),
        ]
    }
}
