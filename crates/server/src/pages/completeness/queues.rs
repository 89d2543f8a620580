//! The queues of the analyst's desk.

use serde::Serialize;

use crate::pages::Page;
use crate::pages::frame::Crumb;
use crate::pages::parts::{Choice, Pager, Table};

/// Encounters that wait for analysis.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct WaitingPage {
    pub(crate) table: Table,
    pub(crate) pager: Pager,
}

impl Page for WaitingPage {
    const TEMPLATE: &'static str = "completeness/waiting.html";
    fn title(&self) -> String {
        "Records to analyse".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Records to analyse")]
    }
}

/// Deficiencies, the first due first.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct QueuePage {
    pub(crate) piles: Vec<Choice>,
    pub(crate) kinds: Vec<Choice>,
    pub(crate) settings: Vec<Choice>,
    pub(crate) table: Table,
    pub(crate) pager: Pager,
}

impl Page for QueuePage {
    const TEMPLATE: &'static str = "completeness/queue.html";
    fn title(&self) -> String {
        "Deficiencies".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Deficiencies")]
    }
}
