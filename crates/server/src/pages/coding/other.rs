//! Closing a code set, its history, codes found as one types, and what is not billed.

use serde::Serialize;

use super::under_encounters;
use crate::pages::Page;
use crate::pages::chart::Top;
use crate::pages::frame::Crumb;
use crate::pages::parts::{Choice, Table};

/// The question before a code set is closed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ClosePage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) encounter: String,
    pub(crate) action: String,
    pub(crate) back: String,
    pub(crate) id: String,
    pub(crate) version: i64,
    pub(crate) drg: String,
    pub(crate) codes: Vec<String>,
    pub(crate) objections: Vec<Objection>,
    pub(crate) problem: Option<String>,
}

/// Something that stands in the way.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Objection {
    pub(crate) finding: String,
    pub(crate) what: String,
    pub(crate) may_override: bool,
    /// The reason as typed before.
    pub(crate) reason: String,
}

impl Page for ClosePage {
    const TEMPLATE: &'static str = "coding/close.html";
    fn title(&self) -> String {
        "Chart: close the codes".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        under_encounters(&self.top, "Close the codes")
    }
}

/// Everything that was done to a code set.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CodingHistoryPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) back: String,
    pub(crate) table: Table,
}

impl Page for CodingHistoryPage {
    const TEMPLATE: &'static str = "coding/history.html";
    fn title(&self) -> String {
        "Chart: history of the codes".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        under_encounters(&self.top, "History of the codes")
    }
}

/// Codes that words may mean.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct CodesPage {
    pub(crate) query: String,
    pub(crate) systems: Vec<Choice>,
    pub(crate) table: Table,
}

impl Page for CodesPage {
    const TEMPLATE: &'static str = "coding/codes.html";
    fn title(&self) -> String {
        "Find codes".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Manuals")]
    }
}

/// Discharged, not final billed.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct UnbilledPage {
    pub(crate) settings: Vec<Choice>,
    pub(crate) summary: String,
    pub(crate) causes: Table,
    pub(crate) waits: Table,
}

impl Page for UnbilledPage {
    const TEMPLATE: &'static str = "coding/unbilled.html";
    fn title(&self) -> String {
        "Discharged, not billed".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Discharged, not billed")]
    }
}
