//! Codes that documents suggest, and what was done with them here.

use serde::Serialize;

use super::under_encounters;
use crate::pages::Page;
use crate::pages::chart::Top;
use crate::pages::frame::Crumb;
use crate::pages::parts::Table;

/// What the documents of an encounter suggest. The coder's desk takes its list from here.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SuggestedPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    /// The address of the coder's desk.
    pub(crate) here: String,
    /// `record` or `claim`.
    pub(crate) purpose: &'static str,
    pub(crate) id: String,
    pub(crate) version: i64,
    /// Whether the reader may decide.
    pub(crate) open: bool,
    pub(crate) lines: Vec<SuggestedLine>,
    pub(crate) problem: Option<String>,
}

/// A suggested code.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SuggestedLine {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) score: String,
    /// Whether it cannot be coded from, and may found a query.
    pub(crate) only_query: bool,
    pub(crate) reason: String,
    pub(crate) said: Vec<Said>,
    /// How the words led to the code, strongest first.
    pub(crate) path: Vec<String>,
    /// What is missing.
    pub(crate) questions: Vec<String>,
}

/// A sentence that says it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Said {
    /// Shows the document with the sentence marked.
    pub(crate) href: String,
    pub(crate) document: String,
    pub(crate) section: String,
    pub(crate) before: String,
    pub(crate) words: String,
    pub(crate) after: String,
    /// What the words around say.
    pub(crate) status: String,
}

impl Page for SuggestedPage {
    const TEMPLATE: &'static str = "coding/suggested.html";
    fn title(&self) -> String {
        "Chart: suggested codes".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        under_encounters(&self.top, "Suggested codes")
    }
}

/// What coders here did with suggestions.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct LearnedPage {
    pub(crate) codes: Vec<LearnedCode>,
    pub(crate) problem: Option<String>,
}

/// What they did with one code.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LearnedCode {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) phrases: Table,
}

impl Page for LearnedPage {
    const TEMPLATE: &'static str = "coding/learned.html";
    fn title(&self) -> String {
        "Suggested codes".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Suggested codes")]
    }
}

/// How good the suggestions are on encounters whose codes are closed.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct MeasuredPage {
    pub(crate) precision: String,
    pub(crate) recall: String,
    /// Wrong proposals for each encounter.
    pub(crate) noise: String,
    /// Charts that do not open to the reader.
    pub(crate) left_out: usize,
    pub(crate) table: Table,
}

impl Page for MeasuredPage {
    const TEMPLATE: &'static str = "coding/measured.html";
    fn title(&self) -> String {
        "Suggestions measured".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![
            Crumb::to("My desk", "/"),
            Crumb::to("Suggested codes", "/codes/suggestions"),
            Crumb::here("Measured"),
        ]
    }
}
