//! Letters on incomplete records, the suspension list, the rate; and one letter.

use serde::Serialize;

use crate::pages::Page;
use crate::pages::frame::Crumb;
use crate::pages::parts::{Choice, Table, Tag};

/// Letters, suspensions and the rate.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct DelinquencyPage {
    /// `12.5 %`, or a dash.
    pub(crate) rate: String,
    /// `25 delinquent charts ÷ 200 average monthly discharges of the last 12 months`.
    pub(crate) rate_about: String,
    pub(crate) denominators: Vec<Choice>,
    pub(crate) owing: Table,
    pub(crate) drafts: Table,
    pub(crate) sent: Table,
    pub(crate) suspensions: Table,
    /// Whether the suspension list may be changed.
    pub(crate) may_suspend: bool,
    /// Practitioners who may be put on the list.
    pub(crate) to_suspend: Vec<Choice>,
    /// Practitioners who are on it.
    pub(crate) to_restore: Vec<Choice>,
    pub(crate) problem: Option<String>,
}

impl Page for DelinquencyPage {
    const TEMPLATE: &'static str = "department/delinquency.html";
    fn title(&self) -> String {
        "Letters and suspensions".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Letters and suspensions")]
    }
}

/// One letter.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct LetterPage {
    pub(crate) action: String,
    pub(crate) shown: String,
    pub(crate) tags: Vec<Tag>,
    pub(crate) text: String,
    pub(crate) drafted: bool,
    pub(crate) issued: bool,
    /// Everything that was done with it.
    pub(crate) history: Table,
    pub(crate) problem: Option<String>,
}

impl Page for LetterPage {
    const TEMPLATE: &'static str = "department/letter.html";
    fn title(&self) -> String {
        "Letter".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![
            Crumb::to("My desk", "/"),
            Crumb::to("Letters and suspensions", "/delinquency"),
            Crumb::here("Letter"),
        ]
    }
}

/// A letter as its addressee reads it.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct OwnLetterPage {
    pub(crate) action: String,
    /// `Second notice`.
    pub(crate) shown: String,
    /// Its paragraphs, by line.
    pub(crate) paragraphs: Vec<Vec<String>>,
    /// Whether it waits to be acknowledged.
    pub(crate) waits: bool,
}

impl Page for OwnLetterPage {
    const TEMPLATE: &'static str = "department/own_letter.html";
    fn title(&self) -> String {
        self.shown.clone()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::to("Inbox", "/inbox"), Crumb::here(self.shown.clone())]
    }
}

/// The texts of the letters.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct LetterTextsPage {
    pub(crate) texts: Vec<LetterText>,
    pub(crate) problem: Option<String>,
}

/// The text of a level.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct LetterText {
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) text: String,
}

impl Page for LetterTextsPage {
    const TEMPLATE: &'static str = "department/letter_texts.html";
    fn title(&self) -> String {
        "Texts of the letters".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![
            Crumb::to("My desk", "/"),
            Crumb::to("Letters and suspensions", "/delinquency"),
            Crumb::here("Texts"),
        ]
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::pages::Samples;
    use crate::pages::parts::Cell;

    fn table(name: &'static str) -> Table {
        Table::new(name, &["Name", "Count"], "None.")
    }

    impl Samples for DelinquencyPage {
        fn samples() -> Vec<Self> {
            let empty = Self {
                owing: table("Owing"),
                drafts: table("Drafts"),
                sent: table("Sent"),
                suspensions: table("Suspensions"),
                ..Self::default()
            };
            let row = || [vec![Cell::new("Dr. Okafor").link("/delinquency/letters/1"), Cell::new("3")]];
            let full = Self {
                rate: "12.5 %".into(),
                rate_about: "25 delinquent charts ÷ 200 discharges".into(),
                denominators: vec![Choice::new("period", "all", "period")],
                owing: table("Owing").rows(row()),
                drafts: table("Drafts").rows(row()),
                sent: table("Sent").rows(row()),
                suspensions: table("Suspensions").rows(row()),
                may_suspend: true,
                to_suspend: vec![Choice::new("a", "Dr. Okafor", "")],
                to_restore: vec![Choice::new("b", "Dr. Ito", "")],
                problem: Some("Say why.".into()),
            };
            vec![empty, full]
        }
    }
    impl Samples for LetterPage {
        fn samples() -> Vec<Self> {
            let draft = Self {
                action: "/delinquency/letters/1".into(),
                shown: "Dr. Okafor, first notice".into(),
                tags: vec![Tag { tone: "note", text: "drafted".into() }],
                text: "To: Okafor".into(),
                drafted: true,
                history: table("History").rows([vec![Cell::new("draft"), Cell::new("today")]]),
                problem: Some("The letter is empty.".into()),
                ..Self::default()
            };
            let issued = Self { drafted: false, issued: true, problem: None, ..draft.clone() };
            vec![Self { history: table("History"), ..Self::default() }, draft, issued]
        }
    }
    impl Samples for OwnLetterPage {
        fn samples() -> Vec<Self> {
            let waiting = Self {
                action: "/inbox/letters/1".into(),
                shown: "Second notice".into(),
                paragraphs: vec![vec!["To: Okafor".into()], vec!["- Record 1".into(), "- Record 2".into()]],
                waits: true,
            };
            vec![Self { waits: false, ..waiting.clone() }, waiting]
        }
    }
    impl Samples for LetterTextsPage {
        fn samples() -> Vec<Self> {
            let text =
                LetterText { key: "first-notice".into(), title: "First notice".into(), text: "x".into() };
            vec![Self::default(), Self { texts: vec![text], problem: Some("A word is none.".into()) }]
        }
    }
}
