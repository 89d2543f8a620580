//! One chart per person: possible duplicates, merges, and undoing them.

use serde::Serialize;

use super::Page;
use super::frame::Crumb;
use super::parts::{Pager, Table};

/// The pairs that wait for a person's eye.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct DuplicatesPage {
    pub(crate) summary: String,
    pub(crate) table: Table,
    pub(crate) pager: Pager,
}

impl Page for DuplicatesPage {
    const TEMPLATE: &'static str = "index/duplicates.html";
    fn title(&self) -> String {
        "Possible duplicates".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Possible duplicates")]
    }
}

/// Two records side by side.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PairPage {
    pub(crate) left: Side,
    pub(crate) right: Side,
    pub(crate) verdict: String,
    pub(crate) tone: &'static str,
    pub(crate) weight: String,
    pub(crate) probability: String,
    pub(crate) fields: Vec<FieldRow>,
    /// What a merge would move.
    pub(crate) contents: String,
    /// Who decided, if somebody did.
    pub(crate) decided: Option<String>,
    /// Where the decision is sent, when one may be made.
    pub(crate) action: Option<String>,
}

/// One of the two.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Side {
    pub(crate) id: String,
    pub(crate) href: String,
    pub(crate) number: String,
    pub(crate) filing: Vec<u8>,
    /// `3 encounters, 14 documents, 210 entries`.
    pub(crate) contents: String,
}

/// A field of both, with what it speaks for.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FieldRow {
    pub(crate) field: String,
    pub(crate) left: String,
    pub(crate) right: String,
    pub(crate) weight: String,
    pub(crate) why: String,
    /// `same`, `differs`, or `quiet` where it says nothing.
    pub(crate) tone: &'static str,
}

impl Page for PairPage {
    const TEMPLATE: &'static str = "index/pair.html";
    fn title(&self) -> String {
        "One person or two?".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![
            Crumb::to("My desk", "/"),
            Crumb::to("Possible duplicates", "/duplicates"),
            Crumb::here("A pair"),
        ]
    }
}

/// The merges a chart has had part in.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct MergesPage {
    pub(crate) may_undo: bool,
    pub(crate) merges: Vec<MergeLine>,
    /// The chart they are of.
    pub(crate) back: String,
}

/// One of them.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct MergeLine {
    pub(crate) survivor: String,
    pub(crate) absorbed: String,
    pub(crate) about: String,
    /// When it was undone.
    pub(crate) undone: Option<String>,
    pub(crate) undo: String,
}

impl Page for MergesPage {
    const TEMPLATE: &'static str = "index/merges.html";
    fn title(&self) -> String {
        "Merges done".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::to("Chart", self.back.clone()), Crumb::here("Merges")]
    }
}

#[cfg(test)]
mod samples {
    use super::super::Samples;
    use super::super::parts::Cell;
    use super::*;

    impl Samples for DuplicatesPage {
        fn samples() -> Vec<Self> {
            let table = Table::new("Pairs", &["Record", "Record", "Weight"], "No pair waits.");
            let row =
                vec![Cell::new("a").link("/duplicates/1/2"), Cell::new("b"), Cell::new("12.0").number()];
            vec![
                Self { table: table.clone(), ..Self::default() },
                Self { table: table.rows([row]), ..Self::default() },
            ]
        }
    }
    impl Samples for PairPage {
        fn samples() -> Vec<Self> {
            let side = |number: &str| Side {
                id: number.into(),
                href: format!("/patients/{number}"),
                number: number.into(),
                filing: vec![1, 2],
                contents: "3 encounters".into(),
            };
            let field = FieldRow {
                field: "Birth date".into(),
                left: "1957-03-02".into(),
                right: "1957-02-03".into(),
                weight: "3.1".into(),
                why: "Day and month are swapped.".into(),
                tone: "differs",
            };
            let open = Self {
                left: side("12"),
                right: side("13"),
                verdict: "perhaps the same".into(),
                tone: "warn",
                weight: "9.4".into(),
                probability: "97 in 100".into(),
                fields: vec![field],
                contents: "A merge moves 3 encounters.".into(),
                decided: None,
                action: Some("/duplicates/12/13".into()),
            };
            vec![
                Self { action: None, decided: Some("Two people, says A. Mehta.".into()), ..open.clone() },
                open,
            ]
        }
    }
    impl Samples for MergesPage {
        fn samples() -> Vec<Self> {
            let done = MergeLine {
                survivor: "Mehta, Anjali (100428)".into(),
                absorbed: "100429".into(),
                about: "2026-10-14".into(),
                undone: None,
                undo: "/merges/1/undo".into(),
            };
            let undone = MergeLine { undone: Some("2026-10-15".into()), ..done.clone() };
            vec![
                Self::default(),
                Self { may_undo: true, merges: vec![done, undone], back: "/patients/1".into() },
            ]
        }
    }
}
