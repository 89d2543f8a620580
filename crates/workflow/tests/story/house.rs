//! What the stories are told with.

use chart::access::Role;
use chart::coded::Coded;
use chart::directory::{Named, Party, PartyKind};
use chart::document::{DocumentContent, Section};
use chart::encounter::{Attendance, Attends, Movement, Setting, Stay, Visit};
use chart::entry::{EntryContent, Finding, Value};
use chart::id::{PartyId, PatientId, UserId};
use chart::intake::{Arrival, Change, Channel, Extent, KeyKind, Original, SourceKey};
use chart::patient::{Demographics, Identifier, Name, Sex};
use jiff::{SignedDuration, Timestamp};
use store::Store;
use store::access::accounts::Account;
use workflow::intake::{Outcome, Verdict, apply};
use workflow::{Context, Who};

/// The instant at which the stories begin.
pub(crate) const BEGIN: i64 = 1_790_000_000;

/// A hospital with an empty record, and a clock that goes on by a minute with every context.
pub(crate) struct House {
    pub(crate) store: Store,
    minutes: std::cell::Cell<i64>,
}

impl House {
    pub(crate) async fn new() -> Self {
        let store = Store::open("sqlite::memory:").await.expect("SQLite in memory");
        store.migrate().await.expect("the schema");
        Self { store, minutes: std::cell::Cell::new(0) }
    }

    pub(crate) fn context(&self, who: Who) -> Context {
        let minute = self.minutes.get() + 1;
        self.minutes.set(minute);
        let at = Timestamp::from_second(BEGIN).expect("in range") + SignedDuration::from_mins(minute);
        Context::new(at, who, 0x5eed << 40 | u128::from(minute.unsigned_abs()))
    }

    pub(crate) fn system(&self) -> Context {
        self.context(Who::System("test"))
    }

    /// Somebody who is signed in.
    pub(crate) async fn user(&self, role: Role, party: Option<PartyId>) -> Who {
        let mut context = self.system();
        let id = context.id(UserId::from_bits);
        let account = Account {
            id,
            version: 1,
            login: format!("{role}-{id}").to_lowercase(),
            name: role.title().to_owned(),
            email: None,
            party,
            active: true,
            roles: vec![role.key().to_owned()],
            password_hash: None,
            password_changed: None,
            totp_secret: None,
            subject: None,
            failures: 0,
            locked_until: None,
            created: context.at,
        };
        let mut tx = self.store.begin().await.expect("a transaction");
        store::access::accounts::insert(&mut tx, &account).await.expect("a new account");
        tx.commit(context.event("account-create")).await.expect("committed");
        Who::User { id, role, party }
    }

    /// Applies arrivals; all must have been taken.
    pub(crate) async fn take(&self, arrivals: Vec<Arrival>) -> Vec<Verdict> {
        let incoming = arrivals.into_iter().map(Into::into).collect();
        let verdicts = apply(&self.store, &mut self.system(), incoming).await.expect("the store works");
        for verdict in &verdicts {
            assert!(!matches!(verdict.outcome, Outcome::Rejected(_)), "{verdict:?}");
        }
        verdicts
    }

    /// What a sender's key leads to.
    pub(crate) async fn target<T: std::str::FromStr>(&self, key: &SourceKey) -> Option<T> {
        let mut view = self.store.view().await.expect("a view");
        let found = store::keys::find(&mut view, key).await.expect("looked up");
        view.close().await.expect("closed");
        found.and_then(|target| target.id.parse().ok())
    }

    pub(crate) async fn patient(&self, number: &str) -> PatientId {
        self.target(&key(KeyKind::Patient, number)).await.expect("the patient is known")
    }

    /// Everything of these patients' charts, as text, to compare.
    pub(crate) async fn everything(&self, patients: &[PatientId]) -> String {
        let mut view = self.store.view().await.expect("a view");
        let mut text = String::new();
        for id in patients {
            let page = store::Page::first(10_000);
            let patient = store::patients::by_id(&mut view, *id).await.expect("read");
            let encounters = store::encounters::Filter { patient: Some(*id), ..Default::default() };
            let encounters = store::encounters::list(&mut view, &encounters, page).await.expect("read");
            let documents = store::documents::Filter::of(*id);
            let documents = store::documents::list(&mut view, &documents, page).await.expect("read");
            let entries = store::entries::Filter { patient: Some(*id), ..Default::default() };
            let entries = store::entries::list(&mut view, &entries, page).await.expect("read");
            let patient = patient.map(|one| (one.demographics, one.standing, one.restriction));
            text += &format!("{id}\n{patient:#?}\n{encounters:#?}\n{documents:#?}\n{entries:#?}\n");
        }
        view.close().await.expect("closed");
        text
    }
}

pub(crate) fn key(kind: KeyKind, text: &str) -> SourceKey {
    SourceKey::new("test-hospital", kind, text)
}

/// Who a person is, in a few words.
pub(crate) fn person(number: &str, family: &str, given: &str, birth: &str) -> Demographics {
    Demographics {
        identifiers: vec![Identifier {
            system: "test-hospital".into(),
            value: number.into(),
            kind: "MR".into(),
        }],
        names: vec![Name { family: family.into(), given: vec![given.into()], ..Name::default() }],
        sex: Sex::Female,
        birth: Some(birth.parse().expect("a date")),
        ..Demographics::default()
    }
}

/// A registration with one visit, one result and one document.
pub(crate) fn chart(number: &str, demographics: Demographics, attending: Option<&str>) -> Arrival {
    let patient = key(KeyKind::Patient, number);
    let encounter = key(KeyKind::Encounter, &format!("{number}-1"));
    let attendance = attending.map(|who| Attendance {
        role: Attends::Attending,
        who: Named { name: who.into(), key: Some(key(KeyKind::Party, who)) },
    });
    let visit = Visit {
        setting: Setting::Clinic,
        stay: Stay::Open { since: Timestamp::from_second(BEGIN).ok() },
        attendance: attendance.into_iter().collect(),
        ..Visit::default()
    };
    let finding = Finding {
        what: Coded::text("Creatinine"),
        value: Value::Quantity { comparator: String::new(), number: "1.10".into(), unit: "mg/dL".into() },
        ..Finding::default()
    };
    let content = DocumentContent {
        title: "Clinic visit".into(),
        sections: vec![Section { text: format!("Seen as {number}."), ..Section::default() }],
        ..DocumentContent::default()
    };
    arrival(
        number,
        vec![
            Change::Patient {
                key: patient.clone(),
                demographics: Box::new(demographics),
                extent: Extent::Whole,
            },
            Change::Encounter {
                key: encounter.clone(),
                patient: patient.clone(),
                visit: Box::new(visit),
                movement: Movement::Update,
                extent: Extent::Whole,
            },
            Change::Entry {
                key: key(KeyKind::Entry, &format!("{number}-creatinine")),
                patient: patient.clone(),
                encounter: Some(encounter.clone()),
                content: Box::new(EntryContent::Result(finding)),
            },
            Change::Document {
                key: key(KeyKind::Document, &format!("{number}-visit")),
                patient,
                encounter: Some(encounter),
                content: Box::new(content),
            },
        ],
    )
}

/// A practitioner of the directory.
pub(crate) fn practitioner(name: &str) -> Arrival {
    let party = Party {
        kind: PartyKind::Practitioner,
        name: name.into(),
        identifiers: Vec::new(),
        types: Vec::new(),
        part_of: None,
        telecoms: Vec::new(),
        address: None,
        active: true,
    };
    arrival(name, vec![Change::Party { key: key(KeyKind::Party, name), party: Box::new(party) }])
}

pub(crate) fn arrival(bytes: &str, changes: Vec<Change>) -> Arrival {
    Arrival {
        channel: Channel::Hand,
        kind: "Chart".into(),
        original: Original { media_type: "text/plain".into(), bytes: bytes.into() },
        changes,
        attachments: Vec::new(),
        remarks: Vec::new(),
    }
}
