//! A small record: people who sign in, and patients.

use chart::access::Role;
use chart::coded::{Coded, system};
use chart::date::PartialDate;
use chart::document::{Attachment, Document, DocumentContent, Section};
use chart::encounter::{Encounter, Setting, Stay, Visit};
use chart::entry::{Entry, EntryContent, Finding, Report, Value};
use chart::id::{Digest, DocumentId, EncounterId, EntryId, MergeId, PatientId, UserId};
use chart::intake::{Channel, Origin, Original};
use chart::patient::{Demographics, Name, Patient, Sex};
use jiff::Timestamp;
use store::Store;
use workflow::access::{NewAccount, Token, create, use_password_link};
use workflow::{Context, Who};

/// The password of everybody.
pub(crate) const PASSWORD: &str = "four small grey herons";

/// What was put into the record.
pub(crate) struct Seed {
    pub(crate) patient: PatientId,
    pub(crate) twin: PatientId,
    pub(crate) encounter: EncounterId,
    pub(crate) document: DocumentId,
    pub(crate) result: EntryId,
    pub(crate) report: EntryId,
    pub(crate) user: UserId,
    /// A picture that came with the report.
    pub(crate) film: Digest,
}

pub(crate) fn context() -> Context {
    let now = Timestamp::from_second(1_790_000_000).expect("a good second");
    Context::new(now, Who::System("test"), rand::random())
}

/// The time of the machine, which links and sessions are held against.
fn now() -> Context {
    server::Clock::of_the_machine().system("test")
}

/// Somebody who signs in with these roles.
pub(crate) async fn person(store: &Store, login: &str, roles: &[Role]) -> UserId {
    let token = Token::new(rand::random());
    let new = NewAccount {
        login: login.into(),
        name: login.to_uppercase(),
        roles: roles.to_vec(),
        ..NewAccount::default()
    };
    let id = create(store, &mut now(), new, &token).await.expect("a new account");
    use_password_link(store, &mut now(), &token, PASSWORD.into(), rand::random()).await.expect("a password");
    id
}

/// A new patient.
pub(crate) async fn patient(store: &Store, family: &str, given: &str, seen: &[PatientId]) -> Patient {
    let name = Name { family: family.into(), given: vec![given.into()], ..Name::default() };
    let person = Demographics {
        names: vec![name],
        sex: Sex::Female,
        birth: Some(PartialDate::Day(jiff::civil::date(1957, 3, 2))),
        ..Demographics::default()
    };
    workflow::patients::register(store, &mut context(), person, seen).await.expect("a new patient")
}

fn origin() -> Origin {
    Origin { channel: Channel::Hand, key: None, original: None, received: context().at }
}

fn entry(patient: PatientId, id: EntryId, content: EntryContent) -> Entry {
    Entry { id, version: 1, patient, encounter: None, content, in_error: false, origin: origin() }
}

/// One person `all` of every role, `ada` twice, and a stay, a note, a result and a report of hers.
pub(crate) async fn fill(store: &Store) -> Seed {
    let user = person(store, "all", Role::ALL).await;
    let patient = patient(store, "Quill", "Ada", &[]).await.id;
    let twin = self::patient(store, "Quill", "Ada", &[patient]).await.id;
    let mut context = context();
    let encounter = context.id(EncounterId::from_bits);
    let document = context.id(DocumentId::from_bits);
    let (result, report) = (context.id(EntryId::from_bits), context.id(EntryId::from_bits));
    let visit = Visit {
        setting: Setting::Inpatient,
        stay: Stay::Closed { since: Some(context.at), until: Some(context.at) },
        ..Visit::default()
    };
    let stay = Encounter { id: encounter, version: 1, patient, visit, origin: origin() };
    let mut tx = store.begin().await.expect("a transaction");
    store::encounters::insert(&mut tx, &stay).await.expect("a stay");
    let text = "Came with crushing pain in the chest.".to_owned();
    let content = DocumentContent {
        kind: Coded::new(system::DOCUMENT_TYPE, "progress-note", "Progress note"),
        sections: vec![Section { text, ..Section::default() }],
        ..DocumentContent::default()
    };
    let note =
        Document { id: document, version: 1, patient, encounter: Some(encounter), content, origin: origin() };
    store::documents::insert(&mut tx, &note).await.expect("a note");
    let potassium = Finding {
        what: Coded::new(system::LOINC, "2823-3", "Potassium"),
        category: "laboratory".into(),
        value: Value::Quantity { comparator: String::new(), number: "5.9".into(), unit: "mmol/L".into() },
        high: Some("5.1".into()),
        at: Some(context.at.into()),
        ..Finding::default()
    };
    let picture = Original { media_type: "image/png".into(), bytes: b"\x89PNG\r\n\x1a\n film".to_vec() };
    let digest = store::originals::put(&mut tx, &[&picture]).await.expect("a picture")[0];
    let attachment = Attachment {
        media_type: picture.media_type,
        title: "Film".into(),
        digest,
        bytes: picture.bytes.len() as u64,
    };
    let film = Report {
        what: Coded::text("Chest film"),
        text: "No effusion.".into(),
        attachments: vec![attachment],
        ..Report::default()
    };
    let entries = [
        entry(patient, result, EntryContent::Result(potassium)),
        entry(patient, report, EntryContent::Report(film)),
    ];
    store::entries::insert_all(&mut tx, &entries).await.expect("entries");
    tx.commit(context.event("test-seed")).await.expect("a commit");
    Seed { patient, twin, encounter, document, result, report, user, film: digest }
}

impl Seed {
    /// The path with identifiers of this record in the place of its braces; where none fits, one that nothing has.
    pub(crate) fn path(&self, pattern: &str) -> String {
        let nothing = MergeId::from_bits(1).to_string();
        let is_result = pattern.contains("/results/");
        pattern
            .replace("{patient}", &self.patient.to_string())
            .replace("{type}", "Patient")
            .replace("{id}", &self.patient.to_string())
            .replace("{one}", &self.patient.to_string())
            .replace("{other}", &self.twin.to_string())
            .replace("{encounter}", &self.encounter.to_string())
            .replace("{document}", &self.document.to_string())
            .replace("{entry}", &if is_result { self.result } else { self.report }.to_string())
            .replace("{user}", &self.user.to_string())
            .replace("{digest}", &chart::id::Digest::of(b"").to_string())
            .replace("{arrival}", &nothing)
            .replace("{merge}", &nothing)
            .replace("{claim}", &nothing)
            .replace("{remittance}", &nothing)
            .replace("{dictation}", &nothing)
            .replace("{request}", &nothing)
            .replace("{token}", Token::new([0; 32]).text())
    }
}
