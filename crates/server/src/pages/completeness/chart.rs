//! The completeness of a chart, encounter by encounter, and one deficiency with its verbs.

use serde::Serialize;

use super::Lack;
use crate::pages::Page;
use crate::pages::chart::Top;
use crate::pages::frame::Crumb;
use crate::pages::parts::Choice;

/// What a chart lacks.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CompletenessPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) encounters: Vec<EncounterLacks>,
}

/// What one encounter's record lacks.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EncounterLacks {
    pub(crate) title: String,
    /// How far the analysis has come.
    pub(crate) standing: &'static str,
    /// The analyst's desk for it.
    pub(crate) analysis: String,
    pub(crate) owed: Vec<Lack>,
    pub(crate) predicted: Vec<Lack>,
    pub(crate) review: Vec<Lack>,
    pub(crate) settled: Vec<Lack>,
    /// What came late, in a line each: recorded, and nobody's work.
    pub(crate) late: Vec<String>,
}

impl Page for CompletenessPage {
    const TEMPLATE: &'static str = "completeness/chart.html";
    fn title(&self) -> String {
        "Chart: completeness".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        self.top.crumbs()
    }
}

/// One deficiency, and what can be done with it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DeficiencyPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) lack: Lack,
    pub(crate) steps: Vec<String>,
    pub(crate) history: Vec<String>,
    pub(crate) version: i64,
    pub(crate) problem: Option<String>,
    pub(crate) verbs: Vec<VerbForm>,
    /// Who may owe it instead.
    pub(crate) practitioners: Vec<Choice>,
}

/// A verb that the reader may use now.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct VerbForm {
    pub(crate) key: &'static str,
    pub(crate) label: &'static str,
    /// What to write; empty when the verb needs no words.
    pub(crate) asks: &'static str,
    /// Whether it also asks for a name.
    pub(crate) names: bool,
}

impl Page for DeficiencyPage {
    const TEMPLATE: &'static str = "completeness/deficiency.html";
    fn title(&self) -> String {
        "Chart: deficiency".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        let mut crumbs = self.top.crumbs();
        crumbs.pop();
        crumbs.push(Crumb::to("Completeness", format!("{}/completeness", self.top.base)));
        crumbs.push(Crumb::here("Deficiency"));
        crumbs
    }
}
