//! Writing a document, and changing it until it is signed.

use serde::Serialize;

use super::super::chart::Top;
use super::super::frame::Crumb;
use super::super::parts::Choice;

/// The form on which a document is written.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct WritePage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) heading: String,
    pub(crate) action: String,
    pub(crate) problem: Option<String>,
    /// Types to choose from; empty when the type is fixed.
    pub(crate) kinds: Vec<Choice>,
    pub(crate) kind: String,
    /// Encounters to choose from; empty when the encounter is fixed.
    pub(crate) encounters: Vec<Choice>,
    pub(crate) title: String,
    pub(crate) text: String,
    /// The version that is changed; 0 for a new document.
    pub(crate) version: i64,
}

impl super::super::Page for WritePage {
    const TEMPLATE: &'static str = "signing/write.html";
    fn title(&self) -> String {
        "Chart: write".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        let mut crumbs = self.top.crumbs();
        crumbs.pop();
        crumbs.push(Crumb::to("Documents", format!("{}/documents", self.top.base)));
        crumbs.push(Crumb::here(self.heading.clone()));
        crumbs
    }
}

#[cfg(test)]
mod samples {
    use super::super::super::Samples;
    use super::super::super::chart::samples::top;
    use super::*;

    impl Samples for WritePage {
        fn samples() -> Vec<Self> {
            let new = Self {
                top: top("Documents"),
                heading: "Write a document".into(),
                action: "/patients/1/write".into(),
                problem: Some("There is no text yet.".into()),
                kinds: vec![Choice::new("progress-note", "Progress note", "progress-note")],
                kind: "progress-note".into(),
                encounters: vec![Choice::new("3", "Inpatient", "3")],
                title: String::new(),
                text: "Subjective:\n".into(),
                version: 0,
            };
            let revised =
                Self { kinds: Vec::new(), encounters: Vec::new(), problem: None, version: 2, ..new.clone() };
            vec![new, revised]
        }
    }
}
