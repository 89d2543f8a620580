//! One encounter of a sample, but for the time in which it is coded again: then it is the coder's desk.

use serde::Serialize;

use crate::pages::Page;
use crate::pages::chart::Top;
use crate::pages::frame::Crumb;
use crate::pages::parts::{Fact, Table, Tag};

/// One encounter of a sample.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AuditedCasePage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) encounter: String,
    /// The address of this page; what is done is sent to places below it.
    pub(crate) here: String,
    /// Where the sample is; empty for who may not see it.
    pub(crate) sample: String,
    pub(crate) version: i64,
    pub(crate) state: Tag,
    pub(crate) facts: Vec<Fact>,
    /// The coder's codes and the auditor's side by side, once both may be seen.
    pub(crate) codes: Option<Table>,
    pub(crate) findings: Vec<FindingLine>,
    pub(crate) turn: Option<Turn>,
    /// Whether the reader may begin to code it again.
    pub(crate) begin: bool,
    /// Whether the reader may take it back from who codes it.
    pub(crate) give_back: bool,
    /// Whether the reader may settle it without the coder's answer.
    pub(crate) settle: bool,
    pub(crate) history: Table,
    pub(crate) problem: Option<String>,
}

/// Whose word is asked for, with what to choose from.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Turn {
    /// The last part of the address that takes it.
    pub(crate) to: &'static str,
    pub(crate) heading: &'static str,
    /// The word that it is an error.
    pub(crate) error: &'static str,
    /// The word that it is none.
    pub(crate) none: &'static str,
    pub(crate) button: &'static str,
}

/// A difference.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FindingLine {
    pub(crate) number: usize,
    pub(crate) class: Tag,
    pub(crate) kind: String,
    pub(crate) coded: String,
    pub(crate) audited: String,
    /// What was said of it, in order.
    pub(crate) said: Vec<String>,
    /// Whether the reader is asked for their word on it.
    pub(crate) asked: bool,
    /// The reason as typed before.
    pub(crate) reason: String,
}

impl Page for AuditedCasePage {
    const TEMPLATE: &'static str = "auditing/case.html";
    fn title(&self) -> String {
        "Chart: coding audit".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        let mut crumbs = vec![Crumb::to("My desk", "/")];
        if self.sample.is_empty() {
            crumbs.push(Crumb::to("My audited codes", "/coding-audits/mine"));
        } else {
            crumbs.push(Crumb::to("Coding audits", "/coding-audits"));
            crumbs.push(Crumb::to("Sample", self.sample.clone()));
        }
        crumbs.push(Crumb::here("Encounter"));
        crumbs
    }
}
