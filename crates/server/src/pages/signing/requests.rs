//! Patients' requests to amend the record.

use serde::Serialize;

use super::super::chart::Top;
use super::super::frame::Crumb;
use super::super::parts::{Choice, Fact, Table, Tag};

/// The requests that are to be decided, and what was written after the bill.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RequestsPage {
    pub(crate) waiting: Table,
    pub(crate) flagged: Table,
}

impl super::super::Page for RequestsPage {
    const TEMPLATE: &'static str = "signing/requests.html";
    fn title(&self) -> String {
        "Requests to amend".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Requests to amend")]
    }
}

/// One request; or the form for a new one, when there is none.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RequestPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) action: String,
    pub(crate) problem: Option<String>,
    /// 0 for a new one.
    pub(crate) version: i64,
    pub(crate) state: Option<Tag>,
    pub(crate) facts: Vec<Fact>,
    /// What may be done now.
    pub(crate) acts: Vec<Choice>,
    pub(crate) bases: Vec<Choice>,
    /// What was done, oldest first.
    pub(crate) history: Vec<String>,
    /// Earlier requests of the patient.
    pub(crate) earlier: Table,
}

impl super::super::Page for RequestPage {
    const TEMPLATE: &'static str = "signing/request.html";
    fn title(&self) -> String {
        "Request to amend".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![
            Crumb::to("My desk", "/"),
            Crumb::to("Requests to amend", "/requests"),
            Crumb::to("Chart", self.top.base.clone()),
            Crumb::here("Request"),
        ]
    }
}

#[cfg(test)]
mod samples {
    use super::super::super::Samples;
    use super::super::super::chart::samples::top;
    use super::super::super::parts::Cell;
    use super::*;

    impl Samples for RequestsPage {
        fn samples() -> Vec<Self> {
            let row = vec![
                Cell::new("Quill, Ada").link("/requests/1"),
                Cell::new("2026-12-01"),
                Cell::new("received"),
            ];
            let waiting = Table::new("To be decided", &["Patient", "Due", "State"], "None.").rows([row]);
            vec![
                Self::default(),
                Self { waiting, flagged: Table::new("After the bill", &["Patient"], "None.") },
            ]
        }
    }

    impl Samples for RequestPage {
        fn samples() -> Vec<Self> {
            let new = Self {
                top: top("Overview"),
                action: "/patients/1/requests".into(),
                problem: Some("Write down what the patient wants changed.".into()),
                version: 0,
                state: None,
                facts: Vec::new(),
                acts: Vec::new(),
                bases: Vec::new(),
                history: Vec::new(),
                earlier: Table::new("Earlier requests", &["Received", "State"], "None."),
            };
            let one = Self {
                action: "/requests/1".into(),
                problem: None,
                version: 1,
                state: Some(Tag { tone: "warn", text: "received".into() }),
                facts: vec![Fact { label: "Due", value: "2026-12-01".into() }],
                acts: vec![Choice::new("deny", "Deny", "")],
                bases: vec![Choice::new("accurate", "It is accurate", "")],
                history: vec!["2026-11-01 received by Lee".into()],
                ..new.clone()
            };
            let over = Self { acts: Vec::new(), bases: Vec::new(), ..one.clone() };
            vec![new, one, over]
        }
    }
}
