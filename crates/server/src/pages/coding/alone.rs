//! The second review before the bill, and the test of coding by the program alone.

use serde::Serialize;

use crate::pages::Page;
use crate::pages::frame::Crumb;
use crate::pages::parts::Table;

/// What waits for a second review, and for what codes are reviewed.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct SecondReviewsPage {
    pub(crate) waits: Table,
    pub(crate) criteria: Vec<CriterionForm>,
    pub(crate) changes: Table,
    pub(crate) may_change: bool,
    pub(crate) problem: Option<String>,
}

/// A criterion as it is in force.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CriterionForm {
    pub(crate) key: &'static str,
    pub(crate) title: &'static str,
    pub(crate) on: bool,
    pub(crate) value: String,
    pub(crate) takes_value: bool,
}

impl Page for SecondReviewsPage {
    const TEMPLATE: &'static str = "coding/second_reviews.html";
    fn title(&self) -> String {
        "Second reviews".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Second reviews")]
    }
}

/// How the program alone compares with the coders.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct AutonomousPage {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) on: bool,
    pub(crate) classes: Table,
    pub(crate) asked: Table,
    pub(crate) differs: Table,
    pub(crate) history: Table,
    pub(crate) problem: Option<String>,
}

impl Page for AutonomousPage {
    const TEMPLATE: &'static str = "coding/autonomous.html";
    fn title(&self) -> String {
        "Coding by the program: test".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Coding by the program: test")]
    }
}
