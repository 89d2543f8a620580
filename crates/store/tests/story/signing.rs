//! Signatures, what is written after the fact, patients' requests and dictations.

use chart::amendment::{Amendment, AmendmentKind, Asked, Billing, Flag, Original, PatientRequest};
use chart::deficiency::Responsible;
use chart::dictation::{Dictation, Priority, Received};
use chart::id::{AmendmentId, DictationId, EncounterId, MergeId, PatientRequestId, SignatureId, UserId};
use chart::machine::{Actor, Stamp};
use chart::signature::{Meaning, Method, Signature, Signer, content_digest};
use jiff::tz::TimeZone;
use store::access::accounts::{self, Account};
use store::{Page, Store, Tx, amendments, dictations, documents, encounters, merges, patients, signatures};

use crate::house::{at, document, encounter, event, patient_id, story, with_patients};

const UTC: TimeZone = TimeZone::UTC;

/// An account to sign with.
pub(crate) async fn account(tx: &mut Tx, number: u128) -> UserId {
    let id = UserId::from_bits(number);
    let account = Account {
        id,
        version: 1,
        login: format!("user{number}"),
        name: format!("User {number}"),
        email: None,
        party: None,
        roles: vec!["physician".into()],
        active: true,
        password_hash: None,
        password_changed: None,
        totp_secret: None,
        subject: None,
        failures: 0,
        locked_until: None,
        created: at(0),
    };
    accounts::insert(tx, &account).await.unwrap();
    id
}

/// A patient with an encounter and a document, and somebody who signs.
async fn furnish(store: &Store) -> (chart::document::Document, UserId) {
    with_patients(store, 2).await;
    let mut tx = store.begin().await.unwrap();
    encounters::insert(&mut tx, &encounter(1, patient_id(1))).await.unwrap();
    let note = document(1, patient_id(1), "Note", "Seen today.");
    documents::insert(&mut tx, &note).await.unwrap();
    let user = account(&mut tx, 7).await;
    tx.commit(event("seed")).await.unwrap();
    (note, user)
}

/// An author's signature of the document as given.
pub(crate) fn signature(document: &chart::document::Document, user: UserId, number: u128) -> Signature {
    let signer = Signer { user, party: None, name: "User".into(), credentials: "MD".into() };
    Signature {
        id: SignatureId::from_bits(number),
        document: document.id,
        version: document.version,
        digest: content_digest(&document.content),
        signer,
        meaning: Meaning::Author,
        at: at(9),
        offset_seconds: -18_000,
        method: Method::Password,
    }
}

story! {
    /// What is read back is what was signed; the same person does not sign the same twice.
    async fn a_signature_stays(store: &Store) {
        let (note, user) = furnish(store).await;
        let signed = signature(&note, user, 1);
        let mut tx = store.begin().await.unwrap();
        signatures::insert(&mut tx, &signed).await.unwrap();
        tx.commit(event("document-sign")).await.unwrap();
        let mut view = store.view().await.unwrap();
        let kept = signatures::of_document(&mut view, note.id).await.unwrap();
        let read = documents::get(&mut view, note.id).await.unwrap();
        view.close().await.unwrap();
        assert_eq!(kept, [signed]);
        assert!(kept[0].verify(&read.content), "the stored content is what was signed");
        let mut tx = store.begin().await.unwrap();
        let again = signatures::insert(&mut tx, &signature(&note, user, 2)).await.unwrap_err();
        assert!(again.is_duplicate(), "{again}");
        tx.roll_back().await.unwrap();
    }
}

fn stamp(seconds: i64, user: UserId) -> Stamp {
    Stamp { by: Actor::person(user, "User"), at: at(seconds) }
}

fn dictation(number: u128, user: UserId, priority: Priority) -> Dictation {
    let received = Received {
        patient: patient_id(1),
        encounter: EncounterId::from_bits(1),
        work_type: "progress-note".into(),
        author: Responsible::default(),
        author_account: Actor::person(user, "User"),
        audio: None,
        priority,
        remark: String::new(),
        dictated: at(0),
    };
    Dictation::receive(DictationId::from_bits(number), received, stamp(1, user), &UTC).unwrap()
}

story! {
    /// STAT stands first; a change made on an old version is refused; the queue is asked by state and person.
    async fn dictations_queue(store: &Store) {
        let (_, user) = furnish(store).await;
        let (routine, stat) = (dictation(1, user, Priority::Routine), dictation(2, user, Priority::Stat));
        let mut tx = store.begin().await.unwrap();
        dictations::insert(&mut tx, &routine).await.unwrap();
        dictations::insert(&mut tx, &stat).await.unwrap();
        let started = stat.clone().start(stamp(2, user)).unwrap();
        dictations::update(&mut tx, &started).await.unwrap();
        let late = dictations::update(&mut tx, &stat.start(stamp(3, user)).unwrap()).await;
        assert!(matches!(late, Err(store::Error::Conflict { .. })), "{late:?}");
        tx.commit(event("dictation")).await.unwrap();
        let mut view = store.view().await.unwrap();
        let all = dictations::list(&mut view, &dictations::Filter::default(), Page::first(9)).await.unwrap();
        assert_eq!(all, [started.clone(), routine]);
        let mine = dictations::Filter { typist: Some(user), states: vec!["in-progress"], ..Default::default() };
        assert_eq!(dictations::list(&mut view, &mine, Page::first(9)).await.unwrap(), [started]);
        assert_eq!(dictations::count(&mut view, &mine).await.unwrap(), 1);
        view.close().await.unwrap();
    }
}

story! {
    /// A dictation goes where its encounter goes: to another patient, or into the other number of the same stay.
    async fn a_dictation_follows_its_encounter(store: &Store) {
        let (_, user) = furnish(store).await;
        let (from, into) = (EncounterId::from_bits(1), EncounterId::from_bits(77));
        let mut tx = store.begin().await.unwrap();
        encounters::insert_all(&mut tx, &[encounter(77, patient_id(2))]).await.unwrap();
        let said = dictation(1, user, Priority::Routine);
        dictations::insert(&mut tx, &said).await.unwrap();
        let version = encounters::get(&mut tx, from).await.unwrap().version;
        merges::move_encounter(&mut tx, from, version, patient_id(2)).await.unwrap();
        assert_eq!(dictations::get(&mut tx, said.id).await.unwrap().patient, patient_id(2));
        merges::merge_encounters(&mut tx, from, into).await.unwrap();
        assert_eq!(dictations::get(&mut tx, said.id).await.unwrap().encounter, into);
        tx.commit(event("encounter-move")).await.unwrap();
    }
}

story! {
    /// Amendments are found from both sides, flagged ones by themselves; requests keep their clock; a merge moves all.
    async fn what_is_written_afterwards_goes_with_the_chart(store: &Store) {
        let (note, user) = furnish(store).await;
        let addition = document(2, note.patient, "Addendum", "Later result.");
        let amendment = Amendment {
            id: AmendmentId::from_bits(1),
            kind: AmendmentKind::Addendum,
            patient: note.patient,
            encounter: None,
            original: Some(Original { document: note.id, version: 1 }),
            document: addition.id,
            text: "Later result.".into(),
            passage: String::new(),
            reason: "came late".into(),
            about: None,
            author: chart::directory::Named::default(),
            written: at(20),
            flags: vec![Flag::AfterBill(at(10))],
        };
        let asked = Asked {
            patient: note.patient,
            document: None,
            asked: "x".into(),
            reason: "y".into(),
            received: at(0),
        };
        let request =
            PatientRequest::receive(PatientRequestId::from_bits(1), asked, stamp(1, user), &UTC).unwrap();
        let mut tx = store.begin().await.unwrap();
        documents::insert(&mut tx, &addition).await.unwrap();
        amendments::insert(&mut tx, &amendment).await.unwrap();
        amendments::set_billing(&mut tx, EncounterId::from_bits(1), Billing { billed: Some(at(10)), audit_requested: None })
            .await
            .unwrap();
        amendments::insert_request(&mut tx, &request).await.unwrap();
        tx.commit(event("seed")).await.unwrap();

        let mut view = store.view().await.unwrap();
        for one in [note.id, addition.id] {
            assert_eq!(amendments::around(&mut view, one).await.unwrap(), std::slice::from_ref(&amendment));
        }
        assert_eq!(amendments::flagged(&mut view, Page::first(9)).await.unwrap(), [amendment]);
        let billing = amendments::billing(&mut view, EncounterId::from_bits(1)).await.unwrap();
        assert_eq!(billing.billed, Some(at(10)));
        view.close().await.unwrap();
        merge(store).await;
        let mut view = store.view().await.unwrap();
        let moved = amendments::request(&mut view, request.id).await.unwrap();
        assert_eq!((moved.patient, moved.clock.due()), (patient_id(2), request.clock.due()));
        assert_eq!(amendments::around(&mut view, note.id).await.unwrap()[0].patient, patient_id(2));
        let waiting = amendments::requests(&mut view, None, Some("received"), Page::first(9)).await.unwrap();
        assert_eq!(waiting, [moved]);
        view.close().await.unwrap();
    }
}

/// The first chart's person is the second's.
async fn merge(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    let survivor = patients::get(&mut tx, patient_id(2)).await.unwrap();
    let absorbed = patients::get(&mut tx, patient_id(1)).await.unwrap();
    let request = merges::Request {
        id: MergeId::from_bits(1),
        survivor: &survivor,
        absorbed: &absorbed,
        demographics: &survivor.demographics,
        by: "01",
        at: at(100),
        reason: "same social security number",
    };
    merges::merge(&mut tx, &request).await.unwrap();
    tx.commit(event("patient-merge")).await.unwrap();
}
