//! Samples of the pages of completeness.

use super::analysis::{AnalysisPage, Leaf, OrderLine, OrderPage, Shown};
use super::chart::{CompletenessPage, DeficiencyPage, EncounterLacks, VerbForm};
use super::policy::{BlankForm, Field, FormsPage, PolicyPage, PolicyRowPage};
use super::queues::{QueuePage, WaitingPage};
use super::{Lack, Proof};
use crate::pages::Samples;
use crate::pages::chart::samples::{bare as plain_top, top as full_top};
use crate::pages::chart::text::sections;
use crate::pages::parts::{Cell, Choice, Fact, Pager, Table, Tag};

fn lack(late: bool) -> Lack {
    let proof =
        |href: Option<&str>| Proof { text: "Discharged <2026-10-20>".into(), href: href.map(Into::into) };
    Lack {
        href: "/patients/1/deficiencies/2".into(),
        what: "Discharge summary missing".into(),
        kind: "Missing document".into(),
        state: Tag { tone: if late { "stop" } else { "note" }, text: "open".into() },
        owed_by: "Ngozi Okafor, MD".into(),
        due: "2026-11-19 23:59".into(),
        late,
        pile: "owed",
        facts: Fact::new("Authority", "42 CFR 482.24(c)(4)(vii)").into_iter().collect(),
        evidence: if late { vec![proof(Some("/patients/1/documents/3")), proof(None)] } else { Vec::new() },
    }
}

impl Samples for CompletenessPage {
    fn samples() -> Vec<Self> {
        let empty = EncounterLacks {
            title: "Inpatient, 2026-10-05 to 2026-10-10".into(),
            standing: "to be analysed",
            analysis: "/patients/1/encounters/2/analysis".into(),
            owed: Vec::new(),
            predicted: Vec::new(),
            review: Vec::new(),
            settled: Vec::new(),
            late: Vec::new(),
        };
        let full = EncounterLacks {
            owed: vec![lack(true)],
            predicted: vec![lack(false)],
            review: vec![lack(false)],
            settled: vec![lack(false)],
            late: vec!["History and physical late".into()],
            ..empty.clone()
        };
        vec![
            Self { top: plain_top("Completeness"), encounters: Vec::new() },
            Self { top: full_top("Completeness"), encounters: vec![empty, full] },
        ]
    }
}

impl Samples for DeficiencyPage {
    fn samples() -> Vec<Self> {
        let verb = |asks, names| VerbForm { key: "claim", label: "I work on it", asks, names };
        let plain = Self {
            top: plain_top("Completeness"),
            lack: lack(false),
            steps: vec!["Dictate: Ngozi Okafor, MD, due 2026-11-19 23:59".into()],
            history: vec!["2026-11-20 07:00 Raise, completeness".into()],
            version: 1,
            problem: None,
            verbs: Vec::new(),
            practitioners: vec![Choice::new("01H", "Keller, Ruth", "")],
        };
        let verbs = vec![verb("", false), verb("Why", true)];
        let problem = Some("Somebody was faster.".into());
        vec![Self { top: full_top("Completeness"), lack: lack(true), problem, verbs, ..plain.clone() }, plain]
    }
}

impl Samples for AnalysisPage {
    fn samples() -> Vec<Self> {
        let plain = Self {
            top: plain_top("Completeness"),
            encounter: "Inpatient".into(),
            standing: "patient is here",
            lacks: Vec::new(),
            documents: Vec::new(),
            shown: None,
            next: None,
            order: "/patients/1/encounters/2/order".into(),
            action: None,
        };
        let leaf =
            |here| Leaf { href: "?document=1".into(), title: "Triage".into(), about: "2026".into(), here };
        let text = "One line\nanother\n\n- a\n- b\n\nx | y";
        let section = chart_section("History", text);
        let shown = Shown { title: "Triage".into(), about: "2026".into(), sections: sections(&[section]) };
        let full = Self {
            lacks: vec![lack(true), lack(false)],
            documents: vec![leaf(true), leaf(false)],
            shown: Some(shown),
            next: Some("?document=2".into()),
            action: Some("/patients/1/encounters/2/analysis".into()),
            ..plain.clone()
        };
        vec![plain, full]
    }
}

fn chart_section(title: &str, text: &str) -> ::chart::document::Section {
    ::chart::document::Section { title: title.into(), text: text.into(), ..Default::default() }
}

impl Samples for OrderPage {
    fn samples() -> Vec<Self> {
        let line = |missing| OrderLine { title: "Operative report".into(), holds: "missing".into(), missing };
        let page = |lines| Self { top: plain_top("Completeness"), encounter: "Inpatient".into(), lines };
        vec![page(Vec::new()), page(vec![line(true), line(false)])]
    }
}

fn table() -> Table {
    Table::new("Rows", &["What"], "None.").rows([vec![Cell::new("x").link("/x").note("y")]])
}

impl Samples for WaitingPage {
    fn samples() -> Vec<Self> {
        let pager = Pager { older: Some("/analysis?skip=100".into()), newer: None };
        vec![Self::default(), Self { table: table(), pager }]
    }
}

impl Samples for QueuePage {
    fn samples() -> Vec<Self> {
        let choices = || vec![Choice::new("owed", "Owed", "owed"), Choice::new("", "Any", "owed")];
        let full = Self {
            piles: choices(),
            kinds: choices(),
            settings: choices(),
            table: table(),
            pager: Pager { older: None, newer: Some("/deficiencies?skip=0".into()) },
        };
        vec![Self { piles: choices(), kinds: choices(), settings: choices(), ..Self::default() }, full]
    }
}

impl Samples for PolicyPage {
    fn samples() -> Vec<Self> {
        let facility = vec![Choice::new("hospital", "Hospital", "hospital")];
        let forms = vec![Choice::new("inpatient", "Inpatient", "")];
        vec![Self::default(), Self { table: table(), facility, may_change: true, forms }]
    }
}

impl Samples for PolicyRowPage {
    fn samples() -> Vec<Self> {
        let field = |hint| Field { name: "due", label: "By when", hint, value: "discharge+30d".into() };
        let plain = Self {
            key: "discharge-summary".into(),
            fields: vec![field("")],
            history: Table::new("Before", &["From"], "As shipped."),
            ..Self::default()
        };
        let full = Self {
            fields: vec![field(""), field("such as discharge+30d")],
            history: table(),
            may_change: true,
            first: "2026-11-22".into(),
            reason: "The committee".into(),
            problem: Some("No clock.".into()),
            ..plain.clone()
        };
        vec![plain, full]
    }
}

impl Samples for FormsPage {
    fn samples() -> Vec<Self> {
        let form = BlankForm {
            title: "Operative report".into(),
            asks: "A report.".into(),
            lines: vec!["Surgeon".into()],
        };
        let setting = "Inpatient".to_owned();
        vec![Self { setting: setting.clone(), forms: Vec::new() }, Self { setting, forms: vec![form] }]
    }
}
