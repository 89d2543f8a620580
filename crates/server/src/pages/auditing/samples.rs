//! Samples of the pages of audits.

use super::accuracy::AccuracyFiguresPage;
use super::case::{AuditedCasePage, FindingLine, Turn};
use super::{AuditsPage, DrawForm, MyAuditsPage, SamplePage};
use crate::pages::Samples;
use crate::pages::chart::samples::{bare, top};
use crate::pages::parts::{Cell, Choice, Fact, Table, Tag};

fn table() -> Table {
    let row = vec![Cell::new("A. <Mehta>").link("/coding-audits/1"), Cell::new("95.0 %").number()];
    Table::new("Rows", &["Who", "Accuracy"], "None yet.").rows([row])
}

impl Samples for AuditsPage {
    fn samples() -> Vec<Self> {
        let form = DrawForm {
            from: "2026-08-01".into(),
            to: "2026-11-01".into(),
            settings: vec![Choice::new("", "Any", "")],
            coders: vec![Choice::new("1", "A. <Mehta>", "1")],
            drg: "291".into(),
            payer: "Medicare".into(),
            size: "5".into(),
            units: vec![Choice::new("percent", "per cent", "percent")],
            seed: "2026-Q4".into(),
        };
        let full = Self { table: table(), form: Some(form), problem: Some("Nothing was drawn.".into()) };
        vec![Self::default(), full]
    }
}

impl Samples for SamplePage {
    fn samples() -> Vec<Self> {
        let facts = Fact::new("Seed", "2026-Q4").into_iter().collect();
        let full = Self { drawn: "2026-11-20".into(), facts, table: table(), accuracy: table() };
        vec![Self::default(), full]
    }
}

impl Samples for MyAuditsPage {
    fn samples() -> Vec<Self> {
        vec![Self::default(), Self { table: table(), accuracy: table() }]
    }
}

impl Samples for AccuracyFiguresPage {
    fn samples() -> Vec<Self> {
        let full = Self {
            from: "2026-08-01".into(),
            to: "2026-11-01".into(),
            all: table(),
            coders: table(),
            months: table(),
            plot: "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>".into(),
            plot_says: "Record accuracy <by month>".into(),
            csv: "/coding-audits/accuracy.csv".into(),
        };
        vec![Self::default(), full]
    }
}

impl Samples for AuditedCasePage {
    fn samples() -> Vec<Self> {
        let line = |asked| FindingLine {
            number: 1,
            class: Tag { tone: "stop", text: "Missed code".into() },
            kind: "diagnosis".into(),
            coded: String::new(),
            audited: "J96.01 <hypoxia>".into(),
            said: vec!["Auditor: an error. It was treated.".into()],
            asked,
            reason: "typed".into(),
        };
        let empty = Self {
            top: bare("Encounters"),
            encounter: "Inpatient".into(),
            here: "/coding-audits/cases/1".into(),
            sample: String::new(),
            version: 1,
            state: Tag { tone: "note", text: "With the coder".into() },
            facts: Vec::new(),
            codes: None,
            findings: Vec::new(),
            turn: None,
            begin: false,
            give_back: false,
            settle: false,
            history: table(),
            problem: None,
        };
        let turn = Turn {
            to: "report",
            heading: "Is it an error?",
            error: "An error",
            none: "No error",
            button: "Report",
        };
        let full = Self {
            top: top("Encounters"),
            sample: "/coding-audits/1".into(),
            facts: Fact::new("Auditor", "Miguel <Prado>").into_iter().collect(),
            codes: Some(table()),
            findings: vec![line(true), FindingLine { number: 2, ..line(false) }],
            turn: Some(turn),
            begin: true,
            give_back: true,
            settle: true,
            problem: Some("Every word needs its reason.".into()),
            ..empty.clone()
        };
        vec![empty, full]
    }
}
