//! Samples of the coder's pages.

use super::line::{Line, LineFields};
use super::work::{Finding, Group, Price, Review};
use super::{
    AutonomousPage, ClosePage, CodesPage, CodingHistoryPage, CodingPage, CriterionForm, Explained,
    LearnedCode, LearnedPage, MeasuredPage, Objection, PackLine, RuleForm, RulesPage, Said,
    SecondReviewsPage, SuggestedLine, SuggestedPage, SynonymsPage, UnbilledPage, Work,
};
use crate::pages::Samples;
use crate::pages::chart::samples::{bare, top};
use crate::pages::chart::text::{Block, SectionView};
use crate::pages::completeness::analysis::{Leaf, Shown};
use crate::pages::parts::{Cell, Choice, Table, Tag};

fn line(at: usize, last: bool) -> Line {
    Line {
        at,
        code: "I50.21".into(),
        title: "Acute <systolic> heart failure".into(),
        present: "Y",
        day: String::new(),
        fields: None,
        tags: vec![Tag { tone: "good", text: "MCC".into() }],
        notes: vec!["HAC 5: Falls, not met".into()],
        last,
    }
}

fn table() -> Table {
    let row = vec![Cell::new("Final"), Cell::new("291").note("Heart failure")];
    Table::new("Rows", &["Stage", "MS-DRG"], "None yet.").rows([row])
}

fn work(open: bool) -> Work {
    let fields = LineFields {
        day: "2026-11-02".into(),
        performer: "Okafor <N>".into(),
        modifiers: "JZ".into(),
        units: "2".into(),
    };
    let procedure =
        Line { present: "", day: "2026-11-02 Okafor".into(), fields: Some(fields), ..line(0, true) };
    Work {
        id: "1".into(),
        version: 3,
        state: Tag { tone: "note", text: "open".into() },
        is_claim: open,
        open,
        diagnoses: vec![line(0, false), line(1, true)],
        procedures: vec![procedure.clone()],
        services: vec![procedure],
        takes_services: open,
        admitting: "R06.02".into(),
        status: "01".into(),
        undo: open.then(|| "I50.21 <added>".into()),
        findings: vec![Finding {
            tag: Tag { tone: "stop", text: "error".into() },
            title: "Sequencing".into(),
            what: "J44.1 stands <second>".into(),
            what_to_do: "Put it first.".into(),
            source: "I.A.13".into(),
            rule: "/coding-rules?rule=excludes1".into(),
        }],
        group: Some(Group {
            drg: "291".into(),
            title: "Heart failure and shock with MCC".into(),
            weight: "1.2683".into(),
            version: "44.0".into(),
            meaning: if open { String::new() } else { "it is not grouped".into() },
            steps: vec!["assigns DRG 291".into()],
            influences: vec!["Without J96.01: MS-DRG 293".into()],
            raises: vec!["Ask which kind.".into()],
        }),
        reached: table(),
        price: Some(Price {
            total: "9216.35".into(),
            problem: "Not at hand: wage index".into(),
            lines: table(),
        }),
        pending: vec![Choice::new("query", "A question is open", "")],
        reasons: vec![Choice::new("query", "A question is open", "")],
        not_at_hand: vec!["the list of exempt codes".into()],
        close: open.then(|| "/close".into()),
        reopen: (!open).then(|| "/reopen".into()),
        finish: None,
        review: open.then(|| Review { action: "/review".into(), asked: "A second review <asked>".into() }),
        history: "/history".into(),
        suggested: "/suggestions".into(),
    }
}

impl Samples for CodingPage {
    fn samples() -> Vec<Self> {
        let purposes =
            vec![Choice::new("record", "Record", "record"), Choice::new("claim", "Claim", "record")];
        let empty = Self {
            top: bare("Encounters"),
            encounter: "Inpatient".into(),
            here: "/coding".into(),
            purposes,
            documents: Vec::new(),
            shown: None,
            problem: None,
            work: None,
            begin: None,
            claim: None,
            marks: Vec::new(),
        };
        let begin = Self { begin: Some("Begin to code"), ..empty.clone() };
        let text = |block| SectionView { title: "Course".into(), depth: 1, blocks: vec![block] };
        let blocks = [
            Block::Text { lines: vec!["Two".into(), "lines".into()] },
            Block::List { items: vec!["item".into()] },
            Block::Table { rows: vec![vec!["cell".into()]] },
        ];
        let shown = Shown {
            title: "Discharge summary".into(),
            about: "2026-11-03".into(),
            sections: blocks.into_iter().map(text).collect(),
        };
        let leaf = |here| Leaf { href: "/d".into(), title: "Note".into(), about: "2026".into(), here };
        let full = Self {
            top: top("Encounters"),
            documents: vec![leaf(true), leaf(false)],
            shown: Some(shown),
            claim: Some("/claim".into()),
            marks: vec!["item".into(), "lines".into()],
            problem: Some("Somebody was faster.".into()),
            work: Some(work(true)),
            ..empty.clone()
        };
        let closed = Self { work: Some(work(false)), problem: None, ..full.clone() };
        let blank = Work {
            diagnoses: Vec::new(),
            procedures: Vec::new(),
            services: Vec::new(),
            findings: Vec::new(),
            group: None,
            price: None,
            pending: Vec::new(),
            admitting: String::new(),
            is_claim: false,
            ..work(true)
        };
        let blind = Work {
            finish: Some("/finish".into()),
            history: String::new(),
            suggested: String::new(),
            reasons: Vec::new(),
            review: None,
            undo: None,
            ..work(true)
        };
        let blind = Self { work: Some(blind), purposes: Vec::new(), ..full.clone() };
        vec![empty.clone(), begin, full, closed, blind, Self { work: Some(blank), ..empty }]
    }
}

impl Samples for ClosePage {
    fn samples() -> Vec<Self> {
        let objection = |may_override| Objection {
            finding: "excludes1/J189+J440".into(),
            what: "Excluded <here>".into(),
            may_override,
            reason: "two conditions".into(),
        };
        let empty = Self {
            top: bare("Encounters"),
            encounter: "Inpatient".into(),
            action: "/close".into(),
            back: "/coding".into(),
            id: "1".into(),
            version: 2,
            drg: String::new(),
            codes: Vec::new(),
            objections: Vec::new(),
            problem: None,
        };
        let full = Self {
            top: top("Encounters"),
            drg: "MS-DRG 291".into(),
            codes: vec!["I50.21 Acute".into()],
            objections: vec![objection(true), objection(false)],
            problem: Some("This stands in the way.".into()),
            ..empty.clone()
        };
        vec![empty, full]
    }
}

impl Samples for CodingHistoryPage {
    fn samples() -> Vec<Self> {
        vec![Self { top: top("Encounters"), back: "/coding".into(), table: table() }]
    }
}

impl Samples for CodesPage {
    fn samples() -> Vec<Self> {
        let systems = vec![Choice::new("cm", "Diagnoses", "cm")];
        vec![Self::default(), Self { query: "heart <attack>".into(), systems, table: table() }]
    }
}

impl Samples for UnbilledPage {
    fn samples() -> Vec<Self> {
        let settings = vec![Choice::new("", "Any", "")];
        let full = Self { settings, summary: "3 encounters".into(), causes: table(), waits: table() };
        vec![Self::default(), full]
    }
}

impl Samples for SecondReviewsPage {
    fn samples() -> Vec<Self> {
        let criterion = |on, takes_value| CriterionForm {
            key: "listed-drg",
            title: "The MS-DRG is on the <list>",
            on,
            value: "291".into(),
            takes_value,
        };
        let full = Self {
            waits: table(),
            criteria: vec![criterion(true, true), criterion(false, false)],
            changes: table(),
            may_change: true,
            problem: Some("Say why.".into()),
        };
        vec![Self::default(), Self { may_change: false, ..full.clone() }, full]
    }
}

impl Samples for AutonomousPage {
    fn samples() -> Vec<Self> {
        let full = Self {
            from: "2026-08-01".into(),
            to: "2026-11-01".into(),
            on: true,
            classes: table(),
            asked: table(),
            differs: table(),
            history: table(),
            problem: Some("Say why.".into()),
        };
        vec![Self::default(), full]
    }
}

impl Samples for SuggestedPage {
    fn samples() -> Vec<Self> {
        let said = Said {
            href: "/coding?document=1&from=3&to=9".into(),
            document: "Progress note".into(),
            section: "Assessment".into(),
            before: "has <acute> ".into(),
            words: "heart failure".into(),
            after: ", treated.".into(),
            status: "asserted".into(),
        };
        let line = |only_query| SuggestedLine {
            code: "I50.9".into(),
            title: "Heart failure, unspecified".into(),
            score: "0.91".into(),
            only_query,
            reason: "the record says so".into(),
            said: vec![said.clone(), Said { section: String::new(), ..said.clone() }],
            path: vec!["heart failure, Index".into()],
            questions: vec!["Which type?".into()],
        };
        let empty = Self {
            top: bare("Encounters"),
            here: "/coding".into(),
            purpose: "record",
            id: "1".into(),
            version: 3,
            open: false,
            lines: Vec::new(),
            problem: None,
        };
        let lines = vec![line(false), line(true)];
        let full =
            Self { top: top("Encounters"), open: true, lines, problem: Some("No.".into()), ..empty.clone() };
        vec![empty, Self { open: false, problem: None, ..full.clone() }, full]
    }
}

impl Samples for LearnedPage {
    fn samples() -> Vec<Self> {
        let code = LearnedCode { code: "I50.9".into(), title: "Heart <failure>".into(), phrases: table() };
        vec![Self::default(), Self { codes: vec![code], problem: Some("Say why.".into()) }]
    }
}

impl Samples for MeasuredPage {
    fn samples() -> Vec<Self> {
        let full = Self {
            precision: "66 %".into(),
            recall: "48 %".into(),
            noise: "2.1".into(),
            left_out: 2,
            table: table(),
        };
        vec![Self::default(), full]
    }
}

impl Samples for RulesPage {
    fn samples() -> Vec<Self> {
        let rule = vec![
            Cell::new("Two codes that exclude each other")
                .note("excludes1")
                .link("/coding-rules?rule=excludes1"),
            Cell::new("warning"),
            Cell::new("error").mark("tag note"),
            Cell::new("with a reason"),
            Cell::new("Official Guidelines I.A.12.a"),
        ];
        let columns = ["Rule", "As shipped", "Here", "May be set aside", "Where it is written"];
        let parts = vec![("Why".into(), "A note says that <both> cannot be.".into())];
        let explained = Explained { title: "Two codes that exclude each other".into(), parts };
        let form = RuleForm {
            rules: vec![Choice::new("excludes1", "Two codes that exclude each other", "excludes1")],
            severities: vec![
                Choice::new("", "as shipped", "-"),
                Choice::new("off", "off: not looked for", "off"),
            ],
            reason: "coding committee, <5 November>".into(),
        };
        let table = Table::new("Rules", &columns, "There is no rule.").rows([rule]);
        let problem = Some("Say why it changes.".to_owned());
        vec![
            Self::default(),
            Self { table, explained: Some(explained), form: Some(form), problem, ..Self::default() },
        ]
    }
}

impl Samples for SynonymsPage {
    fn samples() -> Vec<Self> {
        let pack = PackLine {
            digest: "00".repeat(32),
            file: "our <own> words.tsv".into(),
            phrases: "12 phrases".into(),
            about: "Written by us; opened by Mara Vogel".into(),
        };
        let problem =
            Some("our words.tsv, line 2: expected a phrase, a tab and an ICD-10-CM code.".to_owned());
        let may = Self { packs: vec![pack], may_change: true, limit: "25 MB".into(), ..Self::default() };
        vec![Self::default(), Self { problem, source: "us".into(), ..may.clone() }, may]
    }
}
