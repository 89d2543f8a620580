//! Accuracy: its definitions, its figures and their plot.

use serde::Serialize;

use crate::pages::Page;
use crate::pages::frame::Crumb;
use crate::pages::parts::Table;

/// Accuracy of a period.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct AccuracyFiguresPage {
    /// The first and the last day, as the form shows them.
    pub(crate) from: String,
    pub(crate) to: String,
    /// What each measure is the ratio of, and its value.
    pub(crate) all: Table,
    pub(crate) coders: Table,
    pub(crate) months: Table,
    /// SVG; empty when there are not two months to draw.
    pub(crate) plot: String,
    /// What the plot shows, in words.
    pub(crate) plot_says: String,
    /// Where the same figures are as CSV.
    pub(crate) csv: String,
}

impl Page for AccuracyFiguresPage {
    const TEMPLATE: &'static str = "auditing/accuracy.html";
    fn title(&self) -> String {
        "Coding accuracy".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::to("Coding audits", "/coding-audits"), Crumb::here("Accuracy")]
    }
}
