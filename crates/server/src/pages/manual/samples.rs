//! Samples of the pages of the manuals.

use super::{
    AxisPage, AxisValue, ChangesPage, FormerPage, GridPage, GridRow, IndexEntry, IndexPage, Labelled,
    LineView, NotesView, RungView, TabularPage, Way,
};
use crate::pages::Samples;
use crate::pages::parts::{Cell, Choice, Table, Tag};

fn table() -> Table {
    Table::new("Codes", &["Code"], "None.").rows([vec![Cell::new("I21.4").link("/codes/tabular/I21.4")]])
}

fn way() -> Way {
    Way { href: "/codes/tabular/I21".into(), label: "I21 <to> I22".into() }
}

fn choices() -> Vec<Choice> {
    vec![Choice::new("2026-10-01", "2027", "2026-10-01"), Choice::new("2025-10-01", "2026", "")]
}

impl Samples for TabularPage {
    fn samples() -> Vec<Self> {
        let lines = vec![
            LineView { text: "old <infarction>".into(), ways: vec![way()] },
            LineView { text: "plain".into(), ways: Vec::new() },
        ];
        let rung = |notes| RungView { way: way(), title: "Acute <infarction>".into(), notes };
        let full = Self {
            day: "2026-11-02".into(),
            here: "/codes/tabular/I21.4".into(),
            tag: Some(Tag { tone: "good", text: "a code".into() }),
            rungs: vec![rung(Vec::new()), rung(vec![NotesView { heading: "Excludes1", lines }])],
            facts: vec![Labelled { label: "MS-DRG 44.0".into(), value: "MCC".into() }],
            seventh: Some(table()),
            under: Some(table()),
            former: Some(table()),
        };
        vec![Self::default(), full]
    }
}

impl Samples for IndexPage {
    fn samples() -> Vec<Self> {
        let entry = |see: &str, ways| IndexEntry {
            path: "Gout, <idiopathic>".into(),
            may_be_said: "(acute)".into(),
            see: see.into(),
            ways,
        };
        let full = Self {
            title: "Index <to diseases>".into(),
            books: choices(),
            word: "gout".into(),
            place: "1 to 80 of 9000".into(),
            entries: vec![entry("", vec![way()]), entry("see Gout", Vec::new())],
            before: Some("/codes/index?from=0".into()),
            after: Some("/codes/index?from=80".into()),
            problem: Some("Not imported.".into()),
        };
        vec![Self::default(), full]
    }
}

impl Samples for GridPage {
    fn samples() -> Vec<Self> {
        let row = |see: &str| GridRow {
            name: "Acid, <acetic>".into(),
            see: see.into(),
            cells: vec![Some(way()), None],
        };
        let full = Self {
            title: "Table of Drugs and Chemicals",
            here: "/codes/tables/drugs".into(),
            words: "acetic".into(),
            version: "2027".into(),
            columns: vec!["Accidental".into(), "Adverse effect".into()],
            rows: vec![row(""), row("Acid")],
            problem: Some("Not imported.".into()),
        };
        vec![Self::default(), Self { rows: Vec::new(), problem: None, ..full.clone() }, full]
    }
}

impl Samples for AxisPage {
    fn samples() -> Vec<Self> {
        let value = AxisValue {
            href: "/codes/procedure/0D".into(),
            value: "D".into(),
            key: "d".into(),
            label: "Gastrointestinal <system>".into(),
            definition: "What it is".into(),
            codes: 12,
        };
        let choosing = Self {
            day: "2026-11-02".into(),
            here: "/codes/procedure/0".into(),
            chosen: vec![way()],
            axis: "Body system".into(),
            values: vec![value.clone(), AxisValue { definition: String::new(), ..value }],
            complete: None,
        };
        let whole = Labelled { label: "0DTJ4ZZ".into(), value: "Resection of appendix".into() };
        vec![
            Self::default(),
            choosing.clone(),
            Self { complete: Some(whole), values: Vec::new(), ..choosing },
        ]
    }
}

impl Samples for ChangesPage {
    fn samples() -> Vec<Self> {
        let full = Self {
            from: choices(),
            to: choices(),
            whose: choices(),
            value: "E11".into(),
            tables: vec![table()],
            problem: Some("There is no such chapter.".into()),
        };
        vec![Self::default(), full]
    }
}

impl Samples for FormerPage {
    fn samples() -> Vec<Self> {
        vec![Self::default(), Self { words: "410 <71>".into(), table: Some(table()) }]
    }
}
