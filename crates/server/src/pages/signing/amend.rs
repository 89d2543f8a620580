//! The page on which something is written after the fact, with the original beside it.

use serde::Serialize;

use super::super::chart::Top;
use super::super::chart::text::SectionView;
use super::super::frame::Crumb;
use super::super::parts::Choice;

/// Late entry, addendum, correction or attestation.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AmendPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    /// `Addendum`.
    pub(crate) heading: &'static str,
    /// When to choose this kind.
    pub(crate) explains: &'static str,
    pub(crate) action: String,
    pub(crate) problem: Option<String>,
    pub(crate) kind: &'static str,
    /// The document it belongs to; empty for a late entry that stands alone.
    pub(crate) original: String,
    pub(crate) original_title: String,
    pub(crate) version: i64,
    pub(crate) sections: Vec<SectionView>,
    /// Encounters to choose from where there is no original.
    pub(crate) encounters: Vec<Choice>,
    pub(crate) text: String,
    pub(crate) passage: String,
    pub(crate) reason: String,
    pub(crate) about: String,
    pub(crate) asks_code: bool,
    /// Said where the record was billed or asked for before.
    pub(crate) flagged: Option<String>,
}

/// Something that was written to a document afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct AmendmentView {
    pub(crate) href: String,
    pub(crate) title: String,
    /// Who wrote it, when.
    pub(crate) about: String,
    pub(crate) text: String,
    /// The passage it corrects.
    pub(crate) passage: String,
    pub(crate) reason: String,
    /// What a reviewer of the bill will look at.
    pub(crate) flags: Vec<String>,
}

impl super::super::Page for AmendPage {
    const TEMPLATE: &'static str = "signing/amend.html";
    fn title(&self) -> String {
        "Chart: amend".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        let mut crumbs = self.top.crumbs();
        crumbs.pop();
        crumbs.push(Crumb::to("Documents", format!("{}/documents", self.top.base)));
        crumbs.push(Crumb::here(self.heading));
        crumbs
    }
}

#[cfg(test)]
mod samples {
    use super::super::super::Samples;
    use super::super::super::chart::samples::top;
    use super::*;

    impl Samples for AmendPage {
        fn samples() -> Vec<Self> {
            let addendum = Self {
                top: top("Documents"),
                heading: "Correction",
                explains: "The document says something wrong.",
                action: "/patients/1/amend".into(),
                problem: Some("Copy the passage.".into()),
                kind: "correction",
                original: "2".into(),
                original_title: "Progress note".into(),
                version: 2,
                sections: vec![SectionView { title: "Plan".into(), depth: 0, blocks: Vec::new() }],
                encounters: Vec::new(),
                text: "Right".into(),
                passage: "Left".into(),
                reason: "Side".into(),
                about: String::new(),
                asks_code: true,
                flagged: Some("The bill went out on 2026-11-01.".into()),
            };
            let late = Self {
                kind: "late-entry",
                heading: "Late entry",
                original: String::new(),
                encounters: vec![Choice::new("3", "Inpatient", "")],
                problem: None,
                asks_code: false,
                flagged: None,
                ..addendum.clone()
            };
            vec![addendum, late]
        }
    }
}
