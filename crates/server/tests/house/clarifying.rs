//! A query over HTTP: composed from the record, held up by the linter, answered in the inbox, closed.

use chart::access::Role;
use chart::coded::{Coded, system};
use chart::directory::{Named, Party, PartyKind};
use chart::encounter::{Attendance, Attends, Movement, Setting, Stay, Visit};
use chart::entry::{EntryContent, Finding, Value};
use chart::id::{EncounterId, PartyId, PatientId};
use chart::intake::{Arrival, Change, Channel, Extent, KeyKind, Original, SourceKey};
use chart::patient::{Demographics, Name};
use jiff::Timestamp;
use store::Store;
use workflow::access::{NewAccount, Token, create, use_password_link};

use crate::browser::{Answer, House};
use crate::seed::{self, PASSWORD, context};

fn key(kind: KeyKind, text: &str) -> SourceKey {
    SourceKey::new("ward", kind, text)
}

/// A stay of Mehta's with one value that nobody has named.
fn arrival() -> Arrival {
    let (mehta, patient, stay) =
        (key(KeyKind::Party, "mehta"), key(KeyKind::Patient, "1"), key(KeyKind::Encounter, "1"));
    let party = Party {
        kind: PartyKind::Practitioner,
        name: "Mehta, Anjali, MD".into(),
        identifiers: Vec::new(),
        types: Vec::new(),
        part_of: None,
        telecoms: Vec::new(),
        address: None,
        active: true,
    };
    let name = Name { family: "Ferrous".into(), given: vec!["Ida".into()], ..Name::default() };
    let who = Named { name: "Mehta, Anjali, MD".into(), key: Some(mehta.clone()) };
    let visit = Visit {
        setting: Setting::Inpatient,
        stay: Stay::Open { since: Timestamp::from_second(1_790_000_000).ok() },
        attendance: vec![Attendance { role: Attends::Attending, who }],
        ..Visit::default()
    };
    let potassium = Finding {
        what: Coded::new(system::LOINC, "2823-3", "Potassium"),
        category: "laboratory".into(),
        value: Value::Quantity { comparator: String::new(), number: "2.4".into(), unit: "mmol/L".into() },
        at: Timestamp::from_second(1_790_000_100).ok().map(Into::into),
        ..Finding::default()
    };
    let changes = vec![
        Change::Party { key: mehta, party: Box::new(party) },
        Change::Patient {
            key: patient.clone(),
            demographics: Box::new(Demographics { names: vec![name], ..Demographics::default() }),
            extent: Extent::Whole,
        },
        Change::Encounter {
            key: stay.clone(),
            patient: patient.clone(),
            visit: Box::new(visit),
            movement: Movement::Update,
            extent: Extent::Whole,
        },
        Change::Entry {
            key: key(KeyKind::Entry, "potassium"),
            patient,
            encounter: Some(stay),
            content: Box::new(EntryContent::Result(potassium)),
        },
    ];
    Arrival {
        channel: Channel::Hand,
        kind: "Chart".into(),
        original: Original { media_type: "text/plain".into(), bytes: b"a stay".to_vec() },
        changes,
        attachments: Vec::new(),
        remarks: Vec::new(),
    }
}

async fn target<T: std::str::FromStr>(store: &Store, key: SourceKey) -> T {
    let mut view = store.view().await.expect("a view");
    let found = store::keys::find(&mut view, &key).await.expect("looked up");
    view.close().await.expect("closed");
    found.and_then(|target| target.id.parse().ok()).expect("it was taken in")
}

/// Mehta signs in as `mehta`.
async fn mehta(store: &Store, party: PartyId) {
    let mut context = server::Clock::of_the_machine().system("test");
    let token = Token::new([9; 32]);
    let new = NewAccount {
        login: "mehta".into(),
        name: "Anjali Mehta".into(),
        party: Some(party),
        roles: vec![Role::Physician],
        ..NewAccount::default()
    };
    create(store, &mut context, new, &token).await.expect("a new account");
    use_password_link(store, &mut context, &token, PASSWORD.into(), [3; 16]).await.expect("a password");
}

#[track_caller]
fn sent(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_goes_from_the_record_to_the_answer() {
    let (house, _) = House::furnished().await;
    let taken = workflow::intake::apply(&house.store, &mut context(), vec![arrival().into()]).await;
    taken.expect("the store works");
    let party: PartyId = target(&house.store, key(KeyKind::Party, "mehta")).await;
    let patient: PatientId = target(&house.store, key(KeyKind::Patient, "1")).await;
    let stay: EncounterId = target(&house.store, key(KeyKind::Encounter, "1")).await;
    mehta(&house.store, party).await;
    seed::person(&house.store, "cdi", &[Role::CdiSpecialist]).await;
    let mut cdi = house.signed_in("cdi", Role::CdiSpecialist.key()).await;

    let compose = format!("/patients/{patient}/encounters/{stay}/query/new");
    cdi.get(&format!("/patients/{patient}/encounters/{stay}")).await.says("Ask a practitioner");
    cdi.get(&compose).await.says("Clarification of the potassium values");
    let page = cdi.get(&format!("{compose}?template=abnormal-potassium")).await;
    for words in ["2.4 mmol/L", "Mehta, Anjali, MD", "Draft it"] {
        page.says(words);
    }
    let to = party.to_string();
    let mut form =
        vec![("template", "abnormal-potassium"), ("timing", "concurrent"), ("credentials", "CCDS")];
    let refused = cdi.post(&compose, &form).await;
    assert_eq!(refused.status, 422);
    refused.says("Choose a template, whom to ask");
    form.extend([("addressed", to.as_str()), ("retention", "legal-record")]);
    let address = sent(&cdi.post(&compose, &form).await);

    let leading = [
        ("verb", "revise"),
        ("version", "1"),
        ("title", "Clarification for reimbursement"),
        ("question", "What does this value represent?"),
        ("indicator", "0"),
        ("credentials", "CCDS"),
    ];
    assert_eq!(sent(&cdi.post(&address, &leading).await), address);
    let page = cdi.get(&address).await;
    page.says("Not to be sent like this");
    page.says("<mark>reimbursement</mark>");
    let refused = cdi.post(&address, &[("verb", "issue"), ("version", "2")]).await;
    assert_eq!(refused.status, 422);
    let mut neutral = leading;
    (neutral[1].1, neutral[2].1) = ("2", "Clarification of the potassium values");
    sent(&cdi.post(&address, &neutral).await);
    sent(&cdi.post(&address, &[("verb", "issue"), ("version", "3")]).await);
    cdi.get("/queries?pile=open").await.says("Clarification of the potassium values");

    let mut mehta = house.signed_in("mehta", Role::Physician.key()).await;
    let inbox = mehta.get("/inbox").await;
    inbox.says("Answer: Clarification of the potassium values");
    let answer = address.replace("/queries/", "/inbox/queries/");
    inbox.says(&answer);
    mehta.get(&answer).await.says("Answer and sign");
    let wrong = [("version", "4"), ("text", "Hypokalemia from vomiting"), ("password", "no")];
    let refused = mehta.post(&answer, &wrong).await;
    assert_eq!(refused.status, 422);
    refused.says("Hypokalemia from vomiting");
    let right = [wrong[0], wrong[1], ("password", PASSWORD)];
    assert_eq!(sent(&mehta.post(&answer, &right).await), "/inbox");
    mehta.get(&format!("/patients/{patient}/queries")).await.says("Hypokalemia from vomiting");

    let closing = [("verb", "close"), ("version", "5"), ("chosen", "agreed")];
    sent(&cdi.post(&address, &closing).await);
    cdi.get(&address).await.says("closed: agreed");
    cdi.get("/queries/measures").await.says("1 of 1, 100 %");
}
