//! What does not agree in a patient's record.

use serde::Serialize;

use crate::pages::Page;
use crate::pages::frame::Crumb;
use crate::pages::parts::Tag;

/// A record's findings.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct AccuracyPage {
    /// The patient's name as filed, with number and birth date.
    pub(crate) who: String,
    /// Back to the chart.
    pub(crate) back: String,
    pub(crate) action: String,
    pub(crate) may_decide: bool,
    pub(crate) findings: Vec<FindingView>,
    pub(crate) problem: Option<String>,
}

/// One finding.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct FindingView {
    pub(crate) id: String,
    pub(crate) version: i64,
    pub(crate) title: String,
    pub(crate) what: String,
    pub(crate) tag: Option<Tag>,
    pub(crate) passages: Vec<PassageView>,
    pub(crate) why: String,
    pub(crate) advice: String,
    /// What was decided, by whom and when.
    pub(crate) decided: Vec<String>,
    pub(crate) open: bool,
}

/// A passage with a way to it.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct PassageView {
    pub(crate) title: String,
    pub(crate) href: Option<String>,
    pub(crate) quote: String,
}

impl Page for AccuracyPage {
    const TEMPLATE: &'static str = "department/accuracy.html";
    fn title(&self) -> String {
        "What does not agree".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![
            Crumb::to("My desk", "/"),
            Crumb::to("Patients", "/patients"),
            Crumb::to("Chart", self.back.clone()),
            Crumb::here("What does not agree"),
        ]
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::pages::Samples;

    impl Samples for AccuracyPage {
        fn samples() -> Vec<Self> {
            let passage = |href: Option<&str>| PassageView {
                title: "Discharge summary, 2026-10-16".into(),
                href: href.map(Into::into),
                quote: "left pyelonephritis".into(),
            };
            let open = FindingView {
                id: "01F".into(),
                version: 1,
                title: "Left against right".into(),
                what: "kidney: left here, right elsewhere".into(),
                passages: vec![passage(Some("/patients/1/documents/2")), passage(None)],
                why: "x".into(),
                advice: "y".into(),
                open: true,
                ..FindingView::default()
            };
            let decided = FindingView {
                id: "01G".into(),
                tag: Some(Tag { tone: "good", text: "resolved".into() }),
                decided: vec!["A. Nyberg, today: corrected by addendum".into()],
                open: false,
                ..open.clone()
            };
            let full = Self {
                who: "Ortega, Lucía".into(),
                back: "/patients/1".into(),
                action: "/patients/1/accuracy".into(),
                may_decide: true,
                findings: vec![open, decided],
                problem: Some("Say in a few words what was done.".into()),
            };
            vec![Self { back: "/patients/1".into(), ..Self::default() }, full]
        }
    }
}
