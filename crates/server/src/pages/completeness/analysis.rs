//! Quantitative analysis: what an encounter's record lacks beside the document; and the chart in its order of assembly.

use serde::Serialize;

use super::Lack;
use crate::pages::Page;
use crate::pages::chart::Top;
use crate::pages::chart::text::SectionView;
use crate::pages::frame::Crumb;

/// The list beside the document.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AnalysisPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) encounter: String,
    pub(crate) standing: &'static str,
    pub(crate) lacks: Vec<Lack>,
    pub(crate) documents: Vec<Leaf>,
    pub(crate) shown: Option<Shown>,
    /// The next document, and the chart order.
    pub(crate) next: Option<String>,
    pub(crate) order: String,
    /// Where the analyst says that the record was looked through; nothing while the patient is here.
    pub(crate) action: Option<String>,
}

/// A document of the list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Leaf {
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) here: bool,
}

/// The document that is open.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Shown {
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) sections: Vec<SectionView>,
}

impl Page for AnalysisPage {
    const TEMPLATE: &'static str = "completeness/analysis.html";
    fn title(&self) -> String {
        "Chart: analysis".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        under_completeness(&self.top, "Analysis")
    }
}

/// The chart as it is assembled, to print and lay on top.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OrderPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) encounter: String,
    pub(crate) lines: Vec<OrderLine>,
}

/// A place in the chart.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OrderLine {
    pub(crate) title: String,
    /// `in the chart: 2`, `missing`, `not asked for`.
    pub(crate) holds: String,
    pub(crate) missing: bool,
}

impl Page for OrderPage {
    const TEMPLATE: &'static str = "completeness/order.html";
    fn title(&self) -> String {
        "Chart: order of assembly".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        under_completeness(&self.top, "Order of assembly")
    }
}

fn under_completeness(top: &Top, here: &'static str) -> Vec<Crumb> {
    let mut crumbs = top.crumbs();
    crumbs.pop();
    crumbs.push(Crumb::to("Completeness", format!("{}/completeness", top.base)));
    crumbs.push(Crumb::here(here));
    crumbs
}
