//! An invented chart, from which the samples of its pages are made.

use chart::coded::{Coded, system};
use chart::correction::Correction;
use chart::date::{PartialDate, When};
use chart::directory::Named;
use chart::document::{Attachment, Attestation, Document, DocumentContent, DocumentStatus, Section};
use chart::encounter::{Attendance, Attends, Encounter, Move, Place, Setting, Stay, Visit};
use chart::entry::{
    Allergy, Coverage, Diagnosis, Entry, EntryContent, Finding, Immunization, Medication, Order,
};
use chart::entry::{Procedure, Report, Value};
use chart::id::{Digest, DocumentId, EncounterId, EntryId, PatientId, UserId};
use chart::intake::{Channel, Origin};
use chart::patient::{Demographics, Identifier, Name, Patient, Restriction, RestrictionKind, Sex, Standing};
use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;

use super::super::Samples;
use super::super::correct::{self, CorrectPage, StepView, WhoPage};
use super::super::parts::{Choice, Found, Hit, Pager, Piece};
use super::document::{self, DocumentPage, DocumentsPage};
use super::encounter::{EncounterPage, MovePage};
use super::overview::{self, List, OverviewPage, Restrict};
use super::print::{self, PrintPage};
use super::results::{self, ResultsPage};
use super::timeline::{self, TimelinePage};
use super::trend::TrendPage;
use super::{ChartFindPage, SectionPage, Top, Whose, entries};
use crate::show::Show;

fn at() -> Timestamp {
    Timestamp::from_second(1_790_000_000).expect("a good second")
}

pub(crate) fn show() -> Show {
    Show { zone: TimeZone::UTC, now: at() }
}

fn origin() -> Origin {
    Origin { channel: Channel::Hand, key: None, original: Some(Digest::of(b"x")), received: at() }
}

fn patient(restricted: bool) -> Patient {
    let name = |family: &str| Name { family: family.into(), given: vec!["Ada".into()], ..Name::default() };
    let number = Identifier { value: "100428".into(), kind: "MR".into(), ..Identifier::default() };
    let restriction = Restriction { kind: RestrictionKind::Employee, by: UserId::from_bits(1), at: at() };
    Patient {
        id: PatientId::from_bits(1),
        version: 1,
        demographics: Demographics {
            identifiers: vec![number],
            names: vec![name("Quill"), name("Ferrous")],
            sex: Sex::Female,
            birth: Some(PartialDate::Day(date(1957, 3, 2))),
            ..Demographics::default()
        },
        standing: Standing::Active,
        restriction: restricted.then_some(restriction),
    }
}

fn entry(content: EntryContent) -> Entry {
    Entry {
        id: EntryId::from_bits(7),
        version: 1,
        patient: PatientId::from_bits(1),
        encounter: None,
        content,
        in_error: false,
        origin: origin(),
    }
}

fn potassium(hours: i64, number: &str) -> Finding {
    Finding {
        what: Coded::new(system::LOINC, "2823-3", "Potassium"),
        category: "laboratory".into(),
        status: "final".into(),
        value: Value::Quantity { comparator: String::new(), number: number.into(), unit: "mmol/L".into() },
        range: "3.5–5.1".into(),
        low: Some("3.5".into()),
        high: Some("5.1".into()),
        at: Timestamp::from_second(1_789_000_000 + hours * 3_600).ok().map(When::Instant),
        ..Finding::default()
    }
}

fn found() -> Vec<Entry> {
    let what = Coded::text("Something");
    let social =
        Finding { what: Coded::text("Tobacco"), category: "social-history".into(), ..Finding::default() };
    let mut error = entry(EntryContent::Allergy(Allergy { what: what.clone(), ..Allergy::default() }));
    error.in_error = true;
    let penicillin =
        Allergy { what: Coded::text("Penicillin"), criticality: "high".into(), ..Allergy::default() };
    vec![
        entry(EntryContent::Allergy(penicillin)),
        error,
        entry(EntryContent::Diagnosis(Diagnosis {
            what: what.clone(),
            recorded: Some(at().into()),
            ..Diagnosis::default()
        })),
        entry(EntryContent::Procedure(Procedure { what: what.clone(), ..Procedure::default() })),
        entry(EntryContent::Medication(Medication {
            what: what.clone(),
            status: "active".into(),
            ..Medication::default()
        })),
        entry(EntryContent::Order(Order { what: what.clone(), ..Order::default() })),
        entry(EntryContent::Immunization(Immunization { what: what.clone(), ..Immunization::default() })),
        entry(EntryContent::Coverage(Coverage { plan: what.clone(), ..Coverage::default() })),
        entry(EntryContent::Report(Report { what, ..Report::default() })),
        entry(EntryContent::Result(potassium(0, "3.9"))),
        entry(EntryContent::Result(potassium(24, "5.6"))),
        entry(EntryContent::Result(social)),
    ]
}

fn encounter() -> Encounter {
    let place = Place { unit: "3 West".into(), bed: "312-A".into(), ..Place::default() };
    let who = Named { name: "Mehta, Anjali".into(), key: None };
    Encounter {
        id: EncounterId::from_bits(3),
        version: 1,
        patient: PatientId::from_bits(1),
        visit: Visit {
            setting: Setting::Inpatient,
            stay: Stay::Closed { since: Some(at()), until: Some(at()) },
            moves: vec![Move { place, from: Some(at()) }],
            attendance: vec![Attendance { role: Attends::Attending, who }],
            ..Visit::default()
        },
        origin: origin(),
    }
}

fn written() -> Document {
    let text = "Came by car.\n\n- lisinopril\n- aspirin\n\nNa | 138".to_owned();
    let part = Section { title: "Medications".into(), depth: 1, text: text.clone(), ..Section::default() };
    let pdf = Attachment {
        media_type: "application/pdf".into(),
        title: "scan.pdf".into(),
        digest: Digest::of(b"y"),
        bytes: 12_000,
    };
    let image = Attachment { media_type: "image/png".into(), ..pdf.clone() };
    let signed =
        Attestation { by: Named { name: "Mehta".into(), key: None }, meaning: String::new(), at: None };
    Document {
        id: DocumentId::from_bits(4),
        version: 2,
        patient: PatientId::from_bits(1),
        encounter: None,
        content: DocumentContent {
            kind: Coded::new(system::DOCUMENT_TYPE, "history-and-physical", "History and physical"),
            status: DocumentStatus::Superseded,
            sections: vec![Section { title: "History".into(), text, ..Section::default() }, part],
            attachments: vec![pdf, image],
            signatures: vec![signed],
            ..DocumentContent::default()
        },
        origin: origin(),
    }
}

pub(crate) fn top(tab: &'static str) -> Top {
    let allergies = found();
    Top::new(&Whose { patient: &patient(true), allergies: Some(&allergies), lacks: true }, tab, &show())
}

pub(crate) fn bare(tab: &'static str) -> Top {
    Top::new(&Whose { patient: &patient(false), allergies: None, lacks: false }, tab, &show())
}

impl Samples for OverviewPage {
    fn samples() -> Vec<Self> {
        let empty = Self {
            top: bare("Overview"),
            clinical: false,
            may_print: false,
            merges: None,
            requests: None,
            correct: None,
            person: overview::person(&patient(false), &show()),
            lists: Vec::new(),
            restrict: None,
        };
        let full = Self {
            top: top("Overview"),
            correct: Some("/x/correct".into()),
            clinical: true,
            may_print: true,
            merges: Some("/patients/1/merges".into()),
            requests: Some("/patients/1/requests".into()),
            lists: vec![
                List::of(&entries::encounters(&[encounter()], "/patients/1", &show()), 1, "/x".into()),
                List::of(&entries::orders(&[], &show()), 1, "/x".into()),
            ],
            restrict: Some(Restrict::new(&patient(true))),
            ..empty.clone()
        };
        vec![empty, full]
    }
}

impl Samples for SectionPage {
    fn samples() -> Vec<Self> {
        let (found, show) = (found(), show());
        let mut tables = entries::problems(&found, &show);
        tables.extend(entries::medications(&found, &show));
        tables.extend(entries::history(&found, &show));
        tables.push(entries::allergies(&found, &show));
        tables.push(entries::immunizations(&found, &show));
        tables.push(entries::coverage(&found, &show));
        let pager = Pager { older: Some("/x".into()), newer: Some("/y".into()) };
        vec![
            Self { top: top("Problems"), tables, pager },
            Self {
                top: bare("Coverage"),
                tables: vec![entries::coverage(&[], &show)],
                pager: Pager::default(),
            },
        ]
    }
}

impl Samples for ChartFindPage {
    fn samples() -> Vec<Self> {
        let pieces = vec![Piece { text: "a".into(), marked: true }];
        let hit = Hit { href: "/".into(), title: "t".into(), about: "2026".into(), pieces };
        let empty =
            Self { top: top("Overview"), query: String::new(), summary: String::new(), hits: Vec::new() };
        vec![empty.clone(), Self { query: "a".into(), hits: vec![hit], ..empty }]
    }
}

impl Samples for TimelinePage {
    fn samples() -> Vec<Self> {
        let years = timeline::years(&[encounter()], &[written()], &found(), "/patients/1", &show());
        vec![
            Self { top: top("Timeline"), years, pager: Pager::default() },
            Self { top: top("Timeline"), years: Vec::new(), pager: Pager::default() },
        ]
    }
}

impl Samples for DocumentsPage {
    fn samples() -> Vec<Self> {
        let empty = Self {
            top: top("Documents"),
            filters: Vec::new(),
            groups: Vec::new(),
            upload: None,
            write: None,
        };
        let full = Self {
            filters: vec![Choice::new("legal", "Legal health record", "")],
            groups: document::groups(&[written()], "/patients/1", &show()),
            upload: Some("/upload".into()),
            write: Some("/patients/1".into()),
            ..empty.clone()
        };
        vec![empty, full]
    }
}

impl Samples for DocumentPage {
    fn samples() -> Vec<Self> {
        let document = written();
        let version = |version| chart::document::DocumentVersion {
            version,
            stored: at(),
            content: document.content.clone(),
            origin: origin(),
        };
        let blank = Document { content: DocumentContent::default(), ..written() };
        let blank = Self { original: None, ..Self::new(top("Documents"), &blank, &[], 2, &show()) };
        vec![Self::new(top("Documents"), &document, &[version(1), version(2)], 1, &show()), blank]
    }
}

impl Samples for ResultsPage {
    fn samples() -> Vec<Self> {
        let found = found();
        let panels = results::panels(&found, "/patients/1", &show());
        assert!(panels.iter().any(|panel| panel.rows.iter().any(|row| row.cells[0].mark == "high")));
        let reports = entries::reports(&found, "/patients/1", &show());
        let full = Self { top: top("Results"), panels, reports: reports.clone(), pager: Pager::default() };
        vec![Self { panels: Vec::new(), reports: entries::reports(&[], "", &show()), ..full.clone() }, full]
    }
}

impl Samples for TrendPage {
    fn samples() -> Vec<Self> {
        let chosen = potassium(0, "3.9");
        let one = [entry(EntryContent::Result(chosen.clone()))];
        vec![
            Self::new(top("Results"), &chosen, &found(), &show()),
            Self::new(top("Results"), &chosen, &one, &show()),
        ]
    }
}

impl Samples for EncounterPage {
    fn samples() -> Vec<Self> {
        let page = Self::new(top("Encounters"), &encounter(), Some(3), &show());
        let none = document::groups(&[], "/x", &show());
        assert!(none.is_empty());
        let full = page.clone().holding(&found(), entries::orders(&[], &show()), &show());
        let actions = vec![("/x".into(), "Dictate")];
        let alerts = vec![crate::pages::clarifying::samples::alert()];
        let billing = Some("/x".into());
        vec![page, Self { move_to: Some("/x".into()), actions, billing, alerts, ..full }]
    }
}

impl Samples for MovePage {
    fn samples() -> Vec<Self> {
        let found =
            Found { id: "2".into(), name: "Quill, Ada".into(), facts: "1957".into(), filing: vec![2, 8] };
        let ask = Self {
            top: top("Encounters"),
            encounter: "Inpatient".into(),
            action: "/x".into(),
            back: "/y".into(),
            version: 1,
            number: String::new(),
            found: None,
            problem: Some("No patient has this number.".into()),
        };
        vec![ask.clone(), Self { found: Some(found), ..ask }]
    }
}

impl Samples for CorrectPage {
    fn samples() -> Vec<Self> {
        let who = patient(false).demographics;
        let typed = Correction { phones: vec!["555 0142".into()], ..Correction::of(&who) };
        let differs = chart::difference::differences(&who, &typed.apply(&who));
        let form = Self::new(top("Overview"), (&who, 3), &Correction::of(&who));
        let nothing = Self { changes: Some(correct::changes(&[])), ..form.clone() };
        let looked = Self { changes: Some(correct::changes(&differs)), ..form.clone() };
        let wrong = Self { problem: Some("No date.".into()), ..form.clone().with_birth("2.3.57") };
        assert!(looked.changes.as_ref().is_some_and(|table| table.rows[0][2].text.contains("0142")));
        vec![form, nothing, looked, wrong]
    }
}

impl Samples for WhoPage {
    fn samples() -> Vec<Self> {
        let difference = chart::difference::Difference {
            field: "Birth date",
            before: "1957-03-02".into(),
            after: "1957-02-03".into(),
        };
        let change = |overrules| workflow::history::Change { difference: difference.clone(), overrules };
        let step = workflow::history::Step {
            version: 2,
            at: at(),
            by: Some("Dana Whitcomb".into()),
            origin: Some(origin()),
            reason: Some("driving licence seen".into()),
            changes: vec![change(false), change(true)],
        };
        let program = workflow::history::Step { by: None, reason: None, ..step.clone() };
        let steps = [step, program].iter().map(|step| StepView::new(step, &show())).collect();
        let full = Self { top: top("Overview"), steps, correct: Some("/x".into()) };
        vec![Self { steps: Vec::new(), correct: None, ..full.clone() }, full]
    }
}

impl Samples for PrintPage {
    fn samples() -> Vec<Self> {
        let parts = print::PARTS.iter().map(|(key, label)| Choice::new(*key, *label, "orders")).collect();
        let full = Self {
            top: top("Overview"),
            parts,
            legal: true,
            tables: vec![entries::orders(&found(), &show())],
            documents: print::printed(&[written()], &show()),
        };
        vec![Self { tables: Vec::new(), documents: Vec::new(), legal: false, ..full.clone() }, full]
    }
}
