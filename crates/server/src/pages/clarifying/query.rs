//! One query: at the desk, to be answered, and among those of a chart.

use serde::Serialize;

use super::QueryView;
use crate::pages::Page;
use crate::pages::chart::Top;
use crate::pages::frame::Crumb;
use crate::pages::parts::{Choice, Piece};

/// A query at the desk.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct QueryPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) action: String,
    pub(crate) query: QueryView,
    /// What stands in the way of sending a draft.
    pub(crate) findings: Vec<FindingView>,
    /// The fields of a draft, for those who may change it.
    pub(crate) draft: Option<DraftForm>,
    pub(crate) verbs: Vec<VerbForm>,
    pub(crate) history: Vec<String>,
    pub(crate) problem: Option<String>,
}

/// A finding of the linter with its words marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct FindingView {
    /// `Title`, `Choice 2`.
    pub(crate) part: String,
    pub(crate) what: String,
    pub(crate) advice: &'static str,
    /// The text of the part, the words found marked; empty where something is missing.
    pub(crate) pieces: Vec<Piece>,
}

/// What of a draft is in its author's hand, beside title, question, findings and choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct DraftForm {
    pub(crate) credentials: String,
    pub(crate) contact: String,
    pub(crate) prior_reason: String,
}

/// Something that can be done with a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct VerbForm {
    pub(crate) key: &'static str,
    pub(crate) label: &'static str,
    /// What must be said; empty for nothing.
    pub(crate) asks: &'static str,
    /// What is chosen, and how the choice is called; empty for nothing.
    pub(crate) chooses: &'static str,
    pub(crate) choices: Vec<Choice>,
}

impl Page for QueryPage {
    const TEMPLATE: &'static str = "clarifying/query.html";
    fn title(&self) -> String {
        "Chart: query".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::to("Queries", "/queries"), Crumb::here("Query")]
    }
}

/// A query as the practitioner answers it: made for a phone.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AnswerPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) action: String,
    pub(crate) query: QueryView,
    /// Whether an answer is owed by the reader.
    pub(crate) may_answer: bool,
    /// Why not, where not.
    pub(crate) why_not: String,
    pub(crate) asks_code: bool,
    /// What was chosen and written before the form came back.
    pub(crate) chosen: String,
    pub(crate) text: String,
    pub(crate) problem: Option<String>,
}

impl Page for AnswerPage {
    const TEMPLATE: &'static str = "clarifying/answer.html";
    fn title(&self) -> String {
        "Inbox: answer a query".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::to("Inbox", "/inbox"), Crumb::here("Answer")]
    }
}

/// The queries of a chart.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChartQueriesPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) queries: Vec<QueryView>,
}

impl Page for ChartQueriesPage {
    const TEMPLATE: &'static str = "clarifying/chart.html";
    fn title(&self) -> String {
        "Chart: queries".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        self.top.crumbs()
    }
}
