//! Invented queries and alerts, from which the samples of their pages are made.

use super::alerts::{AlertLine, AlertView, AlertsPage};
use super::compose::{ComposeForm, ComposePage, OwnForm, TemplateLine};
use super::desk::{MeasuresPage, QueriesPage};
use super::query::{AnswerPage, ChartQueriesPage, DraftForm, FindingView, QueryPage, VerbForm};
use super::{AnswerView, ChoiceView, Evidence, QueryView, Quote};
use crate::pages::Samples;
use crate::pages::chart::samples::top;
use crate::pages::parts::{Cell, Choice, Fact, Pager, Piece, Table, Tag};

fn shown() -> Vec<Evidence> {
    let quote = |place, href: Option<&str>| Quote {
        place,
        text: "Creatinine 2.4 mg/dL (Laboratory, 2026-10-16)".into(),
        href: href.map(Into::into),
    };
    vec![Evidence {
        title: "Laboratory and imaging",
        quotes: vec![quote(0, Some("/patients/1/results/2")), quote(1, None)],
    }]
}

fn query() -> QueryView {
    let choice = |place, key: &str, text: &str| ChoiceView { place, key: key.into(), text: text.into() };
    QueryView {
        id: "01Q".into(),
        version: 2,
        title: "Clarification of renal findings".into(),
        state: Tag { tone: "warn", text: "issued".into() },
        question: "Which diagnosis, if any, do these findings represent?".into(),
        evidence: shown(),
        choices: vec![choice(0, "aki", "Acute kidney injury"), choice(1, "other", "Other <please describe>")],
        facts: vec![Fact { label: "To", value: "Okafor, Ngozi, MD".into() }],
        answers: Vec::new(),
    }
}

fn answered() -> QueryView {
    let answer = AnswerView {
        choice: "Acute kidney injury".into(),
        text: "prerenal".into(),
        by: "Ngozi Okafor, MD, 2026-11-20 14:05".into(),
    };
    QueryView { answers: vec![answer], state: Tag { tone: "good", text: "answered".into() }, ..query() }
}

impl Samples for QueriesPage {
    fn samples() -> Vec<Self> {
        let row =
            vec![Cell::new("Clarification of renal findings").link("/queries/1"), Cell::new("Quill, Ada")];
        let table =
            Table::new("The first due first", &["Query", "Patient"], "Nothing lies here.").rows([row]);
        let pile = Choice { note: "3".into(), ..Choice::new("open", "Open", "open") };
        let pager = Pager { older: Some("/x".into()), newer: None };
        vec![Self::default(), Self { piles: vec![pile, Choice::new("draft", "Draft", "open")], table, pager }]
    }
}

impl Samples for MeasuresPage {
    fn samples() -> Vec<Self> {
        let table = |caption: &str| {
            let row = vec![Cell::new("Greta Holm"), Cell::new("12").number()];
            Table::new(caption, &["Who", "Asked"], "Nothing was asked.").rows([row])
        };
        let full = Self {
            from: "2026-08-01".into(),
            to: "2026-11-20".into(),
            facts: vec![Fact { label: "Asked", value: "12".into() }],
            by_author: table("By who asks"),
            by_practitioner: table("By who answers"),
        };
        vec![Self::default(), full]
    }
}

impl Samples for ComposePage {
    fn samples() -> Vec<Self> {
        let line = |by_alert| TemplateLine {
            href: "/x".into(),
            title: "Clarification of renal findings".into(),
            about: "7 findings".into(),
            by_alert,
        };
        let form = ComposeForm {
            template: "renal-findings".into(),
            alert: "aki/01E".into(),
            title: "Clarification of renal findings".into(),
            question: "Which?".into(),
            evidence: shown(),
            choices: vec!["Acute kidney injury".into()],
            own: None,
            people: vec![Choice::new("01P", "Okafor, Ngozi, MD", "01P")],
            others: vec![Choice::new("01R", "Ito, Mari, MD", "")],
            timings: vec![Choice::new("concurrent", "while the patient is here", "concurrent")],
            retentions: vec![Choice::new("legal-record", "with the legal health record", "")],
            credentials: "CCDS".into(),
            contact: "4410".into(),
            prior_reason: String::new(),
        };
        let list = Self {
            top: top("Encounters"),
            encounter: "Inpatient".into(),
            action: "/x".into(),
            templates: vec![line(true), line(false)],
            lacking: vec!["sepsis: the record holds 0 of the 2 indicators this query needs".into()],
            chosen: None,
            own: "/x?template=own".into(),
            problem: None,
        };
        let none = Self { templates: Vec::new(), lacking: Vec::new(), ..list.clone() };
        let chosen = Self { chosen: Some(form.clone()), problem: Some("Choose.".into()), ..list.clone() };
        let free =
            ComposeForm { people: Vec::new(), others: Vec::new(), choices: Vec::new(), ..form.clone() };
        let words =
            OwnForm { quoted_by: "creatinine, <bolus>".into(), choices: "Injury | creatinine".into() };
        let own = ComposeForm { template: "own".into(), own: Some(words), ..form };
        let with = |form| Self { chosen: Some(form), ..list.clone() };
        vec![list.clone(), none, chosen, with(free), with(own)]
    }
}

impl Samples for QueryPage {
    fn samples() -> Vec<Self> {
        let piece = |text: &str, marked| Piece { text: text.into(), marked };
        let finding = FindingView {
            part: "Title".into(),
            what: "names what is paid".into(),
            advice: "Ask in clinical words",
            pieces: vec![piece("Clarification for ", false), piece("reimbursement", true)],
        };
        let bare = FindingView { pieces: Vec::new(), ..finding.clone() };
        let verb = |key, asks, chooses, choices| VerbForm { key, label: "Do it", asks, chooses, choices };
        let draft =
            DraftForm { credentials: "CCDS".into(), contact: "4410".into(), prior_reason: String::new() };
        let issued = Self {
            top: top("Queries"),
            action: "/queries/1".into(),
            query: query(),
            findings: Vec::new(),
            draft: None,
            verbs: vec![
                verb("redirect", "Why", "To whom", vec![Choice::new("1", "Mehta", "")]),
                verb("withdraw", "Why", "", Vec::new()),
            ],
            history: vec!["2026-11-20 10:00 issue, Greta Holm".into()],
            problem: Some("Somebody was faster.".into()),
        };
        let draft = Self {
            findings: vec![finding, bare],
            draft: Some(draft),
            verbs: vec![verb("issue", "", "", Vec::new())],
            problem: None,
            ..issued.clone()
        };
        let closed = Self { query: answered(), verbs: Vec::new(), problem: None, ..issued.clone() };
        vec![issued, draft, closed]
    }
}

impl Samples for AnswerPage {
    fn samples() -> Vec<Self> {
        let owed = Self {
            top: top("Queries"),
            action: "/inbox/queries/1".into(),
            query: query(),
            may_answer: true,
            why_not: String::new(),
            asks_code: true,
            chosen: "aki".into(),
            text: "prerenal".into(),
            problem: Some("The password is not right.".into()),
        };
        let open = Self {
            query: QueryView { choices: Vec::new(), ..query() },
            problem: None,
            asks_code: false,
            ..owed.clone()
        };
        let over =
            Self { query: answered(), may_answer: false, why_not: "It is answered.".into(), ..open.clone() };
        vec![owed, open, over]
    }
}

impl Samples for ChartQueriesPage {
    fn samples() -> Vec<Self> {
        vec![
            Self { top: top("Queries"), queries: Vec::new() },
            Self {
                top: top("Queries"),
                queries: vec![query(), QueryView { id: "01R".into(), ..answered() }],
            },
        ]
    }
}

/// An alert of an encounter.
pub(in crate::pages) fn alert() -> AlertView {
    AlertView {
        identity: "aki/01E".into(),
        title: "Kidney findings without a diagnosis".into(),
        kind: "Findings without a diagnosis",
        message: "Creatinine rose".into(),
        definition: "KDIGO 2012".into(),
        evidence: shown(),
        encounter: "/patients/1/encounters/2".into(),
        ask: Some("/patients/1/encounters/2/query/new?template=renal-findings".into()),
    }
}

impl Samples for AlertsPage {
    fn samples() -> Vec<Self> {
        let line = |asked: Option<&str>| AlertLine {
            alert: alert(),
            patient: "Quill, Ada".into(),
            raised: "2026-11-20 10:00".into(),
            asked: asked.map(Into::into),
        };
        let without = AlertLine { alert: AlertView { ask: None, ..alert() }, ..line(None) };
        let full = Self {
            kinds: vec![Choice::new("", "Any", "")],
            summary: "3 open alerts".into(),
            lines: vec![line(None), line(Some("/queries/1")), without],
            may_dismiss: true,
            pager: Pager::default(),
            problem: Some("Say why.".into()),
        };
        vec![Self::default(), full]
    }
}
