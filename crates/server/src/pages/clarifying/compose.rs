//! Composing a query: the templates with what they would quote, and the one that is chosen.

use serde::Serialize;

use super::Evidence;
use crate::pages::Page;
use crate::pages::chart::Top;
use crate::pages::frame::Crumb;
use crate::pages::parts::Choice;

/// Composing a query about an encounter.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ComposePage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) encounter: String,
    pub(crate) action: String,
    /// Templates for which the record holds enough, the one of the alert first.
    pub(crate) templates: Vec<TemplateLine>,
    /// What the others lack.
    pub(crate) lacking: Vec<String>,
    pub(crate) chosen: Option<ComposeForm>,
    /// Where one asks in one's own words.
    pub(crate) own: String,
    pub(crate) problem: Option<String>,
}

/// A template that can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct TemplateLine {
    pub(crate) href: String,
    pub(crate) title: String,
    /// `7 findings, 3 choices`.
    pub(crate) about: String,
    pub(crate) by_alert: bool,
}

/// The template that is chosen, as it would be asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct ComposeForm {
    pub(crate) template: String,
    pub(crate) alert: String,
    pub(crate) title: String,
    pub(crate) question: String,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) choices: Vec<String>,
    /// What one writes oneself, where no template is chosen.
    pub(crate) own: Option<OwnForm>,
    pub(crate) people: Vec<Choice>,
    /// Who takes no part in the encounter.
    pub(crate) others: Vec<Choice>,
    pub(crate) timings: Vec<Choice>,
    pub(crate) retentions: Vec<Choice>,
    pub(crate) credentials: String,
    pub(crate) contact: String,
    pub(crate) prior_reason: String,
}

/// What is written in one's own words, beside title and question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct OwnForm {
    pub(crate) quoted_by: String,
    pub(crate) choices: String,
}

impl Page for ComposePage {
    const TEMPLATE: &'static str = "clarifying/compose.html";
    fn title(&self) -> String {
        "Chart: ask a practitioner".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        self.top.crumbs()
    }
}
