//! What the facility decides of the coder's desk: how grave the rules are, and its synonym packs.

use serde::Serialize;

use crate::pages::Page;
use crate::pages::frame::Crumb;
use crate::pages::parts::{Choice, Table};

/// How grave the guidelines' rules are here.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RulesPage {
    /// The rule that was chosen, where one was.
    pub(crate) explained: Option<Explained>,
    pub(crate) table: Table,
    pub(crate) changes: Table,
    /// For those who may decide.
    pub(crate) form: Option<RuleForm>,
    pub(crate) problem: Option<String>,
}

/// What a rule checks, and why.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Explained {
    pub(crate) title: String,
    /// Name and words of each part.
    pub(crate) parts: Vec<(String, String)>,
}

/// Deciding on a rule.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RuleForm {
    pub(crate) rules: Vec<Choice>,
    pub(crate) severities: Vec<Choice>,
    /// The reason as typed before.
    pub(crate) reason: String,
}

impl Page for RulesPage {
    const TEMPLATE: &'static str = "coding/rules.html";
    fn title(&self) -> String {
        "Coding rules".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Coding rules")]
    }
}

/// The synonym packs that are open.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct SynonymsPage {
    pub(crate) packs: Vec<PackLine>,
    pub(crate) changes: Table,
    /// The largest file taken, in words.
    pub(crate) limit: String,
    /// The source as typed before.
    pub(crate) source: String,
    pub(crate) may_change: bool,
    pub(crate) problem: Option<String>,
}

/// A pack that is open.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PackLine {
    pub(crate) digest: String,
    pub(crate) file: String,
    pub(crate) phrases: String,
    pub(crate) about: String,
}

impl Page for SynonymsPage {
    const TEMPLATE: &'static str = "coding/synonyms.html";
    fn title(&self) -> String {
        "Synonym packs".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::to("Manuals", "/codes"), Crumb::here("Synonym packs")]
    }
}
