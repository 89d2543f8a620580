//! Audit samples: drawing them, coding again, comparing, answering, and the accuracy that comes of them.

pub(crate) mod accuracy;
pub(crate) mod case;
#[cfg(test)]
mod samples;

use serde::Serialize;

use super::Page;
use super::frame::Crumb;
use super::parts::{Choice, Fact, Table};

/// The samples, and the form that draws one.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct AuditsPage {
    pub(crate) table: Table,
    /// The form, for those who may draw.
    pub(crate) form: Option<DrawForm>,
    pub(crate) problem: Option<String>,
}

/// The form that draws a sample, as typed.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct DrawForm {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) settings: Vec<Choice>,
    pub(crate) coders: Vec<Choice>,
    pub(crate) drg: String,
    pub(crate) payer: String,
    pub(crate) size: String,
    pub(crate) units: Vec<Choice>,
    pub(crate) seed: String,
}

impl Page for AuditsPage {
    const TEMPLATE: &'static str = "auditing/samples.html";
    fn title(&self) -> String {
        "Coding audits".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Coding audits")]
    }
}

/// One sample.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct SamplePage {
    pub(crate) drawn: String,
    pub(crate) facts: Vec<Fact>,
    pub(crate) table: Table,
    /// What the settled ones come to.
    pub(crate) accuracy: Table,
}

impl Page for SamplePage {
    const TEMPLATE: &'static str = "auditing/sample.html";
    fn title(&self) -> String {
        "Coding audit".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![
            Crumb::to("My desk", "/"),
            Crumb::to("Coding audits", "/coding-audits"),
            Crumb::here(self.drawn.clone()),
        ]
    }
}

/// What audits found in one's own codes.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct MyAuditsPage {
    pub(crate) table: Table,
    pub(crate) accuracy: Table,
}

impl Page for MyAuditsPage {
    const TEMPLATE: &'static str = "auditing/mine.html";
    fn title(&self) -> String {
        "My audited codes".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("My audited codes")]
    }
}
