//! An invented chart for tests and for looking at.

use chart::coded::{Coded, system};
use chart::date::When;
use chart::directory::Named;
use chart::document::{
    Attachment, Attestation, Document, DocumentContent, DocumentStatus, DocumentVersion, Section,
};
use chart::encounter::{Attendance, Attends, Encounter, Move, Place, Setting, Stay, Visit};
use chart::entry::{
    Allergy, Diagnosis, DiagnosisRole, Entry, EntryContent, Finding, Medication, Report, Value,
};
use chart::id::{Digest, DocumentId, EncounterId, EntryId, PatientId};
use chart::intake::{Channel, KeyKind, Origin, SourceKey};
use chart::patient::{Address, Demographics, Identifier, Name, Sex, Telecom};
use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};
use paper::{ChartToPrint, DocumentToPrint, Paper, Picture, PictureKind, Scope};

/// The smallest PNG: one black pixel. Made by hand, checked by every reader.
pub(crate) const PIXEL: [u8; 67] = [
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0,
    0, 1, 8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 0x0A, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63,
    0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xAF, 0xA4, 0x71, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60,
    0x82,
];

/// What a chart is made of.
pub(crate) struct Sample {
    pub(crate) demographics: Demographics,
    pub(crate) encounters: Vec<Encounter>,
    pub(crate) documents: Vec<Document>,
    pub(crate) earlier: Vec<DocumentVersion>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) zone: TimeZone,
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn origin(key: &str) -> Origin {
    let key = SourceKey::new("sample", KeyKind::Entry, key);
    Origin { channel: Channel::Hand, key: Some(key), original: None, received: at("2026-10-03T20:00:00Z") }
}

fn named(name: &str) -> Named {
    Named { name: name.to_owned(), key: None }
}

fn when(text: &str) -> Option<When> {
    Some(When::Instant(at(text)))
}

const PATIENT: PatientId = PatientId::from_bits(1);
const STAY: EncounterId = EncounterId::from_bits(2);

/// A chart with `notes` progress notes beside its other documents.
pub(crate) fn sample(notes: usize) -> Sample {
    let mut documents = vec![summary(), consent(), physical()];
    documents.extend((0..notes).map(note));
    Sample {
        demographics: person(),
        encounters: vec![stay()],
        documents,
        earlier: vec![first_summary()],
        entries: entries(),
        zone: TimeZone::fixed(offset(-5)),
    }
}

impl Sample {
    pub(crate) fn documents(&self) -> Vec<DocumentToPrint<'_>> {
        let picture = Picture {
            kind: PictureKind::Png,
            bytes: PIXEL.to_vec(),
            caption: "Consent to operation, page 1 of 1".to_owned(),
        };
        let one = |document| {
            let earlier: &[DocumentVersion] =
                if document == &self.documents[0] { &self.earlier } else { &[] };
            let pages = if document == &self.documents[1] { vec![picture.clone()] } else { Vec::new() };
            DocumentToPrint { document, earlier, signatures: &[], pages }
        };
        self.documents.iter().map(one).collect()
    }

    pub(crate) fn chart<'a>(
        &'a self,
        documents: &'a [DocumentToPrint<'a>],
        scope: Scope,
    ) -> ChartToPrint<'a> {
        ChartToPrint {
            hospital: "St. Hildegard Community Hospital, 400 River Road, Millbrook",
            paper: Paper::LETTER,
            demographics: &self.demographics,
            encounters: &self.encounters,
            documents,
            entries: &self.entries,
            scope,
            zone: &self.zone,
            printed_at: at("2026-11-22T18:30:00Z"),
            printed_by: "Okafor, Ngozi (release of information)",
            confidentiality: "Confidential health information, protected by law (45 CFR Part 164). Not to be disclosed \
                              further without authorization, except as the law permits.",
        }
    }
}

fn person() -> Demographics {
    let name = |family: &str, given: &[&str]| Name {
        family: family.to_owned(),
        given: given.iter().map(|one| (*one).to_owned()).collect(),
        ..Name::default()
    };
    let identifier = |system: &str, value: &str, kind: &str| Identifier {
        system: system.into(),
        value: value.into(),
        kind: kind.into(),
    };
    Demographics {
        identifiers: vec![
            identifier("St. Hildegard", "004-71-93", "MR"),
            identifier(system::SSN, "078-05-1120", "SS"),
        ],
        names: vec![name("Wójcik-Παπαδοπούλου", &["Łucja", "Ștefania"])],
        sex: Sex::Female,
        birth: "1957-03-02".parse().ok(),
        addresses: vec![Address {
            lines: vec!["12 Mill Lane".into()],
            city: "Millbrook".into(),
            state: "NY".into(),
            zip: "12545".into(),
            ..Address::default()
        }],
        telecoms: vec![Telecom {
            system: "phone".into(),
            value: "845-555-0100".into(),
            usage: "home".into(),
        }],
        language: Some(Coded::text("Polish")),
        ..Demographics::default()
    }
}

fn stay() -> Encounter {
    let since = at("2026-10-03T18:05:00Z");
    let visit = Visit {
        setting: Setting::Inpatient,
        stay: Stay::Closed { since: Some(since), until: Some(at("2026-10-08T15:40:00Z")) },
        reasons: vec![Coded::text("Chest pain")],
        moves: vec![
            Move {
                place: Place { unit: "4 West".into(), bed: "412-A".into(), ..Place::default() },
                from: Some(since),
            },
            Move {
                place: Place { unit: "Cardiac care".into(), bed: "3".into(), ..Place::default() },
                from: Some(at("2026-10-04T02:00:00Z")),
            },
        ],
        attendance: vec![Attendance { role: Attends::Attending, who: named("Mehta, Anjali, MD") }],
        ..Visit::default()
    };
    Encounter { id: STAY, version: 1, patient: PATIENT, visit, origin: origin("stay") }
}

fn document(bits: u128, version: i64, key: &str, content: DocumentContent) -> Document {
    let kind = Coded::new(system::DOCUMENT_TYPE, key, "");
    let content = DocumentContent { kind, ..content };
    let id = DocumentId::from_bits(bits);
    Document { id, version, patient: PATIENT, encounter: Some(STAY), content, origin: origin(key) }
}

fn section(title: &str, text: &str) -> Section {
    Section { title: title.into(), text: text.into(), ..Section::default() }
}

fn summary_content() -> DocumentContent {
    DocumentContent {
        title: "Discharge summary".into(),
        status: DocumentStatus::Final,
        written: when("2026-10-08T16:10:00Z"),
        authors: vec![named("Mehta, Anjali, MD")],
        signatures: vec![Attestation {
            by: named("Mehta, Anjali, MD"),
            meaning: "author".into(),
            at: when("2026-10-08T17:02:00Z"),
        }],
        sections: vec![
            section(
                "Hospital course",
                "The patient was admitted with crushing substernal chest pain radiating to the \
                left arm, with diaphoresis. The first troponin was 0.9 µg/L (≥ 0.04 is abnormal), and the \
                electrocardiogram showed 2 mm of ST elevation in II, III and aVF.\n\nShe was taken to the \
                catheterization laboratory within 64 minutes – a drug-eluting stent was placed in the right coronary \
                artery. SpO₂ stayed ≥ 94 % on room air, temperature ≤ 37.2 °C. ☑ Aspirin ☑ Statin ☐ Beta blocker \
                (bradycardia 48/min).",
            ),
            section(
                "Medications at discharge",
                "Drug | Dose | How often | What for\nAspirin | 81 mg | once a day | \
                coronary artery disease\nTicagrelor | 90 mg | twice a day | stent, for 12 months\nAtorvastatin | 80 mg \
                | at night | cholesterol",
            ),
            section(
                "Instructions",
                "- Call 911 for chest pain that lasts longer than five minutes.\n- Cardiac \
                rehabilitation begins 2026-10-19.\n- No lifting of more than 5 kg for one week; the wrist is to be \
                looked at daily for swelling, warmth or bleeding, and the hand for coldness or numbness.",
            ),
        ],
        ..DocumentContent::default()
    }
}

fn summary() -> Document {
    document(10, 2, "discharge-summary", summary_content())
}

fn first_summary() -> DocumentVersion {
    let sections =
        vec![section("Hospital course", "Admitted with chest pain. Stent to the left coronary artery.")];
    let content = DocumentContent {
        sections,
        status: DocumentStatus::Preliminary,
        signatures: Vec::new(),
        kind: Coded::new(system::DOCUMENT_TYPE, "discharge-summary", ""),
        ..summary_content()
    };
    DocumentVersion { version: 1, stored: at("2026-10-08T16:12:00Z"), content, origin: origin("summary-1") }
}

fn consent() -> Document {
    let attachment = Attachment {
        media_type: "image/png".into(),
        title: "consent.png".into(),
        digest: Digest::of(&PIXEL),
        bytes: PIXEL.len() as u64,
    };
    let content = DocumentContent {
        title: "Consent to cardiac catheterization".into(),
        status: DocumentStatus::Final,
        written: when("2026-10-03T18:30:00Z"),
        attachments: vec![
            attachment,
            Attachment {
                media_type: "application/pdf".into(),
                title: "leaflet.pdf".into(),
                digest: Digest::of(b"leaflet"),
                bytes: 48_211,
            },
        ],
        ..DocumentContent::default()
    };
    document(11, 1, "consent-surgery", content)
}

fn physical() -> Document {
    let content = DocumentContent {
        title: "History and physical".into(),
        written: when("2026-10-03T18:50:00Z"),
        authors: vec![named("Brandt, Tomáš, MD")],
        sections: vec![
            section("Chief complaint", "“It feels like an elephant on my chest.”"),
            section(
                "Physical examination",
                "Alert, pale, diaphoretic. Heart: regular, S4, no murmur. Lungs: clear. \
                Extremities: no edema. עברית is not among the fonts.",
            ),
        ],
        ..DocumentContent::default()
    };
    document(12, 1, "history-and-physical", content)
}

fn note(number: usize) -> Document {
    let text = "Slept well. No chest pain since the night of admission; walked the length of the corridor twice with \
        the physical therapist without dyspnea or dizziness. Telemetry: sinus rhythm 58 to 72 per minute, no ectopy. \
        Radial access site clean, hand warm. Creatinine unchanged. Plan: continue aspirin, ticagrelor and \
        atorvastatin; hold the beta blocker while the heart rate is below 60; teach about diet and about smoking.";
    let content = DocumentContent {
        title: "Progress note".into(),
        status: DocumentStatus::Final,
        written: when("2026-10-04T13:00:00Z"),
        authors: vec![named("Brandt, Tomáš, MD")],
        signatures: vec![Attestation {
            by: named("Brandt, Tomáš, MD"),
            meaning: String::new(),
            at: when("2026-10-04T14:00:00Z"),
        }],
        sections: ["Subjective", "Objective", "Assessment", "Plan"]
            .map(|title| section(title, &[text; 2].join("\n\n")))
            .to_vec(),
        ..DocumentContent::default()
    };
    document(1_000 + number as u128, 1, "progress-note", content)
}

fn entries() -> Vec<Entry> {
    let diagnosis = |text: &str, code: &str| {
        EntryContent::Diagnosis(Diagnosis {
            what: Coded::new(system::ICD10CM, code, text),
            role: DiagnosisRole::Discharge,
            clinical_status: "active".into(),
            recorded: when("2026-10-08T16:00:00Z"),
            by: Some(named("Mehta, Anjali, MD")),
            ..Diagnosis::default()
        })
    };
    let mut contents = vec![
        diagnosis("ST elevation (STEMI) myocardial infarction involving right coronary artery", "I21.11"),
        diagnosis("Type 2 diabetes mellitus without complications", "E11.9"),
        EntryContent::Allergy(Allergy {
            what: Coded::text("Penicillin"),
            reactions: vec![Coded::text("Hives")],
            criticality: "high".into(),
            status: "active".into(),
            ..Allergy::default()
        }),
        EntryContent::Medication(Medication {
            what: Coded::text("Ticagrelor 90 mg tablet"),
            direction: "90 mg by mouth twice a day".into(),
            status: "active".into(),
            start: when("2026-10-03T19:00:00Z"),
            ..Medication::default()
        }),
        EntryContent::Report(Report { what: Coded::text("Basic metabolic panel"), ..Report::default() }),
    ];
    contents.extend((0..60).map(value));
    let entry = |(number, content): (usize, EntryContent)| Entry {
        id: EntryId::from_bits(number as u128 + 1),
        version: 1,
        patient: PATIENT,
        encounter: Some(STAY),
        content,
        in_error: number == 1,
        origin: origin(&format!("entry-{number}")),
    };
    contents.into_iter().enumerate().map(entry).collect()
}

fn value(number: usize) -> EntryContent {
    let (name, unit, range) = [
        ("Sodium", "mmol/L", "135–145"),
        ("Potassium", "mmol/L", "3.5–5.1"),
        ("Creatinine", "mg/dL", "0.6–1.1"),
        ("Glucose", "mg/dL", "70–99"),
    ][number % 4];
    let number_text = ["139", "4.1", "0.9", "131"][number % 4];
    EntryContent::Result(Finding {
        what: Coded::text(name),
        category: "laboratory".into(),
        status: "final".into(),
        value: Value::Quantity { comparator: String::new(), number: number_text.into(), unit: unit.into() },
        range: range.into(),
        flags: if number % 4 == 3 { vec!["H".into()] } else { Vec::new() },
        at: when(&format!("2026-10-{:02}T10:00:00Z", 4 + number / 12)),
        report: Some(SourceKey::new("sample", KeyKind::Entry, "entry-4")),
        ..Finding::default()
    })
}
