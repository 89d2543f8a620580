//! Pages of dictation: the form, the work list, and the page on which one is typed, reviewed and signed.

use serde::Serialize;

use super::chart::Top;
use super::frame::Crumb;
use super::parts::{Choice, Fact, Pager, Table, Tag};

/// The form that takes a recording.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DictatePage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) action: String,
    pub(crate) problem: Option<String>,
    pub(crate) encounter: String,
    pub(crate) types: Vec<Choice>,
    pub(crate) remark: String,
    pub(crate) limit: String,
}

impl super::Page for DictatePage {
    const TEMPLATE: &'static str = "dictation/dictate.html";
    fn title(&self) -> String {
        "Chart: dictate".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        let mut crumbs = self.top.crumbs();
        crumbs.pop();
        crumbs.push(Crumb::to("Encounters", format!("{}/encounters", self.top.base)));
        crumbs.push(Crumb::here("Dictate"));
        crumbs
    }
}

/// The work list of the transcription desk.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct DictationsPage {
    pub(crate) filters: Vec<Choice>,
    pub(crate) table: Table,
    pub(crate) pager: Pager,
}

impl super::Page for DictationsPage {
    const TEMPLATE: &'static str = "dictation/list.html";
    fn title(&self) -> String {
        "Transcription".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Transcription")]
    }
}

/// One dictation, as it is worked on.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DictationPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) heading: String,
    pub(crate) action: String,
    pub(crate) problem: Option<String>,
    pub(crate) state: Tag,
    pub(crate) facts: Vec<Fact>,
    /// Where the recording is.
    pub(crate) voice: Option<String>,
    pub(crate) version: i64,
    pub(crate) text: String,
    /// Headings to fill in, when the text is still empty.
    pub(crate) lines: String,
    pub(crate) blanks: usize,
    /// Whether the reader may change the text now.
    pub(crate) writes: bool,
    /// What may be done with the text as it stands in the form.
    pub(crate) acts: Vec<Choice>,
    /// Whether the errors of a review are asked for.
    pub(crate) reviews: bool,
    pub(crate) classes: Vec<Fact>,
    /// Who may type it, for those who assign.
    pub(crate) typists: Vec<Choice>,
    pub(crate) other_priority: Option<Choice>,
    /// Whether it may be sent back or cancelled, which asks for a reason.
    pub(crate) refuses: Vec<Choice>,
    /// Whether the reader signs it now.
    pub(crate) signs: bool,
    pub(crate) asks_code: bool,
    pub(crate) history: Vec<String>,
    /// The document it became.
    pub(crate) document: Option<String>,
}

impl super::Page for DictationPage {
    const TEMPLATE: &'static str = "dictation/one.html";
    fn title(&self) -> String {
        "Dictation".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        let list = match self.action.starts_with("/inbox") {
            true => Crumb::to("Inbox", "/inbox"),
            false => Crumb::to("Transcription", "/dictations"),
        };
        vec![Crumb::to("My desk", "/"), list, Crumb::here("Dictation")]
    }
}

#[cfg(test)]
mod samples {
    use super::super::Samples;
    use super::super::chart::samples::top;
    use super::super::parts::Cell;
    use super::*;

    impl Samples for DictatePage {
        fn samples() -> Vec<Self> {
            vec![Self {
                top: top("Encounters"),
                action: "/patients/1/encounters/3/dictate".into(),
                problem: Some("Choose a recording.".into()),
                encounter: "Inpatient, 2026-11-01".into(),
                types: vec![Choice::new("operative-report", "Operative report", "")],
                remark: String::new(),
                limit: "50 MB".into(),
            }]
        }
    }

    impl Samples for DictationsPage {
        fn samples() -> Vec<Self> {
            let row = vec![Cell::new("Operative report").link("/dictations/1"), Cell::new("Quill, Ada")];
            let table = Table::new("Dictations", &["Work", "Patient"], "None.").rows([row]);
            let filters = vec![Choice::new("", "All", ""), Choice::new("mine", "Mine", "")];
            vec![Self::default(), Self { filters, table, pager: Pager::default() }]
        }
    }

    impl Samples for DictationPage {
        fn samples() -> Vec<Self> {
            let typing = Self {
                top: top("Documents"),
                heading: "Operative report".into(),
                action: "/dictations/1".into(),
                problem: Some("Somebody was faster.".into()),
                state: Tag { tone: "note", text: "In progress".into() },
                facts: vec![Fact { label: "Due", value: "2026-11-22 10:00".into() }],
                voice: Some("/dictations/1/voice".into()),
                version: 3,
                text: "The ____ was removed.".into(),
                lines: "0.32".into(),
                blanks: 1,
                writes: true,
                acts: vec![Choice::new("finish", "Typed", "")],
                reviews: false,
                classes: Vec::new(),
                typists: vec![Choice::new("4", "Lee", "")],
                other_priority: Some(Choice::new("stat", "STAT", "")),
                refuses: vec![Choice::new("send-back", "Send back", "")],
                signs: false,
                asks_code: false,
                history: vec!["2026-11-22 09:00 dictate by Mehta".into()],
                document: None,
            };
            let review = Self {
                reviews: true,
                classes: vec![Fact { label: "Critical", value: "wrong patient".into() }],
                ..typing.clone()
            };
            let signing = Self {
                action: "/inbox/dictations/1".into(),
                problem: None,
                signs: true,
                asks_code: true,
                acts: Vec::new(),
                typists: Vec::new(),
                other_priority: None,
                ..typing.clone()
            };
            let signed = Self {
                voice: None,
                writes: false,
                signs: false,
                refuses: Vec::new(),
                document: Some("/patients/1/documents/2".into()),
                ..signing.clone()
            };
            vec![typing, review, signing, signed]
        }
    }
}
