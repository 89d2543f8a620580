//! From the voice to the signed text, and what is written afterwards.

use chart::access::Role;
use chart::amendment::{AmendmentKind, Asked, Billing, DenialBasis, Draft};
use chart::dictation::{DictationState, Errors, Priority};
use chart::document::DocumentStatus;
use chart::id::{DocumentId, EncounterId, PartyId, UserId};
use chart::intake::KeyKind;
use chart::signature::{Meaning, Method};
use jiff::tz::TimeZone;
use store::access::Secret;
use store::access::accounts;
use workflow::access::{Credential, password, second_step};
use workflow::amending::{self, Amend, Decision};
use workflow::dictation::{self, Act, Dictate};
use workflow::inbox::{Work, inbox};
use workflow::signing::{self, ToSign, Writing};
use workflow::{Context, Error, Who};

use crate::house::{House, chart, key, person, practitioner};

const PASSWORD: &str = "four small grey herons";

fn zone() -> TimeZone {
    TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").expect("a POSIX time zone")
}

pub(crate) fn right() -> Credential {
    Credential { password: PASSWORD.into(), code: String::new() }
}

/// A hospital with one patient of Mehta's; Mehta and Okafor sign, Lee types and Ruiz reviews.
struct Ward {
    house: House,
    encounter: EncounterId,
    visit: DocumentId,
    mehta: Who,
    okafor: Who,
    okafor_party: PartyId,
    lee: Who,
    ruiz: Who,
}

impl Ward {
    async fn open() -> Self {
        let house = House::new().await;
        house
            .take(vec![
                practitioner("mehta"),
                practitioner("okafor"),
                chart("100", person("100", "Adams", "Ann", "1950-02-03"), Some("mehta")),
                chart("200", person("200", "Brown", "Bea", "1971-11-30"), Some("okafor")),
            ])
            .await;
        let party = async |name: &str| house.target::<PartyId>(&key(KeyKind::Party, name)).await;
        let (mehta, okafor_party) = (party("mehta").await, party("okafor").await.expect("a practitioner"));
        Self {
            encounter: house.target(&key(KeyKind::Encounter, "100-1")).await.expect("a stay"),
            visit: house.target(&key(KeyKind::Document, "100-visit")).await.expect("a note"),
            mehta: signer(&house, Role::Physician, mehta).await,
            okafor: signer(&house, Role::Physician, Some(okafor_party)).await,
            okafor_party,
            lee: signer(&house, Role::Transcriptionist, None).await,
            ruiz: signer(&house, Role::Supervisor, None).await,
            house,
        }
    }

    fn as_(&self, who: &Who) -> Context {
        self.house.context(who.clone())
    }

    async fn write(&self) -> chart::document::Document {
        let writing = Writing {
            patient: self.house.patient("100").await,
            encounter: Some(self.encounter),
            document_type: "progress-note".into(),
            title: String::new(),
            text: "Subjective: Sleeps well.\nPlan:\nHome tomorrow.".into(),
        };
        signing::write(&self.house.store, &mut self.as_(&self.mehta), writing)
            .await
            .expect("a note is written")
    }

    async fn sign(
        &self,
        who: &Who,
        document: DocumentId,
        version: i64,
        meaning: Meaning,
    ) -> workflow::Result<chart::signature::Signature> {
        let to_sign = ToSign { document, version, meaning };
        signing::sign(&self.house.store, &mut self.as_(who), to_sign, right(), &zone()).await
    }

    async fn act(
        &self,
        who: &Who,
        one: (chart::id::DictationId, i64),
        act: Act,
    ) -> workflow::Result<chart::dictation::Dictation> {
        dictation::act(&self.house.store, &self.as_(who), one, act, &zone()).await
    }
}

/// Somebody with a password, to sign with.
pub(crate) async fn signer(house: &House, role: Role, party: Option<PartyId>) -> Who {
    let who = house.user(role, party).await;
    let hash = password::hash("nobody", PASSWORD.into(), [7; 16]).await.expect("a hash");
    let user = match &who {
        Who::User { id, .. } => *id,
        Who::System(_) => UserId::from_bits(0),
    };
    let mut tx = house.store.begin().await.expect("a transaction");
    let mut account = accounts::by_id(&mut tx, user).await.expect("read").expect("an account");
    account.password_hash = Some(Secret::new(hash));
    accounts::update(&mut tx, &account).await.expect("changed");
    tx.commit(house.system().event("test")).await.expect("committed");
    who
}

pub(crate) fn words<T: std::fmt::Debug>(result: workflow::Result<T>) -> String {
    match result {
        Err(Error::Refused(words)) => words,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn a_document_is_written_signed_and_locked() {
    let ward = Ward::open().await;
    let note = ward.write().await;
    let store = &ward.house.store;
    let revised = signing::revise(store, &mut ward.as_(&ward.mehta), (note.id, 1), "", "Plan: Home today.")
        .await
        .unwrap();
    assert_eq!(revised, 2);
    assert!(
        words(ward.sign(&ward.mehta, note.id, 1, Meaning::Author).await)
            .contains("changed after you opened it")
    );
    let wrong = Credential { password: "five small grey herons".into(), code: String::new() };
    let to_sign = ToSign { document: note.id, version: 2, meaning: Meaning::Author };
    let refused = signing::sign(store, &mut ward.as_(&ward.mehta), to_sign, wrong, &zone()).await;
    assert!(words(refused).contains("not right: nothing was signed"));

    let signed = ward.sign(&ward.mehta, note.id, 2, Meaning::Author).await.unwrap();
    assert_eq!((signed.version, signed.method, signed.offset_seconds), (3, Method::Password, -14_400));
    let read = workflow::charts::document(store, &ward.as_(&ward.mehta), note.id).await.unwrap();
    assert_eq!(read.document.content.status, DocumentStatus::Final);
    assert!(read.signatures[0].verify(&read.document.content));
    let late = signing::revise(store, &mut ward.as_(&ward.mehta), (note.id, 3), "", "Plan: None.").await;
    assert!(words(late).contains("write an addendum"));
    assert!(words(ward.sign(&ward.mehta, note.id, 3, Meaning::Author).await).contains("locked"));
}

#[tokio::test]
async fn the_responsible_practitioner_co_signs_what_the_author_signed() {
    let ward = Ward::open().await;
    let (store, note) = (&ward.house.store, ward.write().await);
    signing::ask_to_cosign(store, &ward.as_(&ward.mehta), note.id, ward.okafor_party).await.unwrap();
    workflow::glass::break_glass(store, &ward.as_(&ward.okafor), note.patient, "supervising Dr. Mehta today")
        .await
        .unwrap();
    assert!(
        inbox(store, &ward.as_(&ward.okafor))
            .await
            .unwrap()
            .items
            .iter()
            .all(|item| item.patient.id != note.patient)
    );
    assert!(
        ward.sign(&ward.okafor, note.id, 1, Meaning::CoSigner).await.is_err(),
        "not signed by its author yet"
    );
    ward.sign(&ward.mehta, note.id, 1, Meaning::Author).await.unwrap();
    let waiting = inbox(store, &ward.as_(&ward.okafor)).await.unwrap();
    assert!(waiting.items.iter().any(|item| item.work == Work::CoSign(note.id)), "{waiting:?}");
    assert!(words(ward.sign(&ward.mehta, note.id, 2, Meaning::CoSigner).await).contains("cannot co-sign"));
    let signed = ward.sign(&ward.okafor, note.id, 2, Meaning::CoSigner).await.unwrap();
    assert_eq!(signed.version, 2, "a co-signature makes no version");
    assert!(
        inbox(store, &ward.as_(&ward.okafor))
            .await
            .unwrap()
            .items
            .iter()
            .all(|item| item.work != Work::CoSign(note.id))
    );
}

#[tokio::test]
async fn a_code_signs_once_and_wrong_passwords_make_the_account_rest() {
    let ward = Ward::open().await;
    let (store, note) = (&ward.house.store, ward.write().await);
    let mut contexts = ward.as_(&ward.mehta);
    let user = contexts.user().unwrap();
    let mut tx = store.begin().await.unwrap();
    let mut account = accounts::by_id(&mut tx, user).await.unwrap().unwrap();
    account.totp_secret = Some(Secret::new(second_step::new_secret(*b"12345678901234567890")));
    accounts::update(&mut tx, &account).await.unwrap();
    tx.commit(ward.house.system().event("test")).await.unwrap();
    assert!(words(ward.sign(&ward.mehta, note.id, 1, Meaning::Author).await).contains("nothing was signed"));
    let to_sign = ToSign { document: note.id, version: 1, meaning: Meaning::Author };
    for _ in 0..5 {
        let wrong = Credential { password: "no".into(), code: "0".into() };
        let refused = signing::sign(store, &mut contexts, to_sign.clone(), wrong, &zone()).await;
        assert!(matches!(refused, Err(Error::Refused(_))));
    }
    let refused = signing::sign(store, &mut contexts, to_sign, right(), &zone()).await;
    assert!(words(refused).contains("rests"));
}

#[tokio::test]
async fn from_the_voice_to_the_signed_text() {
    let ward = Ward::open().await;
    let store = &ward.house.store;
    let voice = b"RIFF\x24\0\0\0WAVEfmt ".to_vec();
    let dictate = Dictate {
        encounter: ward.encounter,
        work_type: "progress-note".into(),
        priority: Priority::Stat,
        remark: String::new(),
        voice: voice.clone(),
        seconds: 40,
    };
    let id = dictation::dictate(store, &mut ward.as_(&ward.mehta), dictate.clone(), &zone()).await.unwrap();
    let no_sound = Dictate { voice: b"%PDF-".to_vec(), ..dictate };
    assert!(
        words(dictation::dictate(store, &mut ward.as_(&ward.mehta), no_sound, &zone()).await)
            .contains("no recording")
    );
    assert_eq!(dictation::voice(store, &ward.as_(&ward.lee), id).await.unwrap().bytes, voice);

    ward.act(&ward.lee, (id, 1), Act::Start).await.unwrap();
    assert!(words(ward.act(&ward.lee, (id, 1), Act::Start).await).contains("after you opened it"));
    let typed = ward.act(&ward.lee, (id, 2), Act::Finish("Plan: Remove the ____.".into())).await.unwrap();
    assert_eq!((typed.blanks(), typed.state.key()), (1, "typed"));
    let own = ward.act(&ward.lee, (id, 3), Act::Review(typed.text.clone(), Errors::default())).await;
    assert!(words(own).contains("cannot review"));
    let reviewed = Act::Review(typed.text, Errors { minor: 1, ..Errors::default() });
    ward.act(&ward.ruiz, (id, 3), reviewed).await.unwrap();
    ward.act(&ward.ruiz, (id, 4), Act::GiveToAuthor).await.unwrap();

    let waiting = inbox(store, &ward.as_(&ward.mehta)).await.unwrap();
    assert!(waiting.items.iter().any(|item| item.work == Work::Dictation(id, 1)), "{waiting:?}");
    assert!(waiting.minutes() >= 3);
    let blank = dictation::sign(
        store,
        &mut ward.as_(&ward.mehta),
        (id, 5),
        "Plan: Remove the ____.",
        right(),
        &zone(),
    )
    .await;
    assert!(words(blank).contains("fill every blank"));
    let text = "Plan: Remove the drain.";
    let document =
        dictation::sign(store, &mut ward.as_(&ward.mehta), (id, 5), text, right(), &zone()).await.unwrap();
    let read = workflow::charts::document(store, &ward.as_(&ward.mehta), document).await.unwrap();
    assert_eq!(read.document.content.plain_text(), "Plan\nRemove the drain.");
    assert_eq!((read.document.content.status, read.signatures.len()), (DocumentStatus::Final, 1));
    let done = dictation::read(store, &ward.as_(&ward.lee), id).await.unwrap().dictation;
    assert!(matches!(done.state, DictationState::Signed { document: it, .. } if it == document));
    assert_eq!(done.history.all().len(), 6);
}

#[tokio::test]
async fn an_addendum_stands_beside_the_original_and_is_flagged_after_the_bill() {
    let ward = Ward::open().await;
    let (store, note) = (&ward.house.store, ward.write().await);
    let patient = note.patient;
    let amend = |kind, version, passage: &str| Amend {
        kind,
        patient,
        encounter: None,
        original: Some((note.id, version)),
        draft: Draft {
            text: "Culture grew nothing.".into(),
            passage: passage.into(),
            reason: "result came later".into(),
            about: None,
        },
    };
    let add = |amend| {
        let mut context = ward.as_(&ward.mehta);
        async move { amending::amend(store, &mut context, amend, right(), &zone()).await }
    };
    assert!(words(add(amend(AmendmentKind::Addendum, 1, "")).await).contains("not signed yet"));
    ward.sign(&ward.mehta, note.id, 1, Meaning::Author).await.unwrap();
    let first = add(amend(AmendmentKind::Addendum, 2, "")).await.unwrap();
    assert!(words(add(amend(AmendmentKind::Correction, 2, "Sleeps badly")).await).contains("word for word"));
    let billed = Billing { billed: Some(ward.house.system().at), audit_requested: None };
    let officer = ward.house.user(Role::RoiSpecialist, None).await;
    amending::note_billing(store, &ward.as_(&officer), ward.encounter, billed).await.unwrap();
    let second = add(amend(AmendmentKind::Correction, 2, "Sleeps well.")).await.unwrap();

    let read = workflow::charts::document(store, &ward.as_(&ward.mehta), note.id).await.unwrap();
    let shown: Vec<_> = read.amendments.iter().map(|one| (one.document, one.flags.len())).collect();
    assert_eq!(shown, [(first, 0), (second, 1)]);
    assert!(read.document.content.plain_text().contains("Sleeps well."), "the original stays");
    assert_eq!(read.document.version, 2);
    let correction = workflow::charts::document(store, &ward.as_(&ward.mehta), second).await.unwrap();
    assert_eq!(correction.document.content.status, DocumentStatus::Final);
    assert!(correction.document.content.relation.is_some());
    let waiting = amending::waiting(store, &ward.as_(&officer), store::Page::first(9)).await.unwrap();
    assert_eq!(waiting.flagged.len(), 1);
}

#[tokio::test]
async fn a_patients_request_is_denied_and_answered() {
    let ward = Ward::open().await;
    let store = &ward.house.store;
    let officer = ward.house.user(Role::PrivacyOfficer, None).await;
    let asked = Asked {
        patient: ward.house.patient("100").await,
        document: Some(ward.visit),
        asked: "I never smoked".into(),
        reason: "It says so".into(),
        received: ward.house.system().at,
    };
    let id = amending::receive(store, &mut ward.as_(&officer), asked, &zone()).await.unwrap();
    let decide = |version, decision| {
        let context = ward.as_(&officer);
        async move { amending::decide(store, &context, (id, version), decision, &zone()).await }
    };
    decide(1, Decision::Extend("the author is away".into())).await.unwrap();
    assert!(words(decide(1, Decision::Accept("done".into())).await).contains("after you opened it"));
    decide(2, Decision::Deny(DenialBasis::Accurate, "You told the nurse.".into())).await.unwrap();
    decide(3, Decision::Disagree("I did not.".into())).await.unwrap();
    let last = decide(4, Decision::Rebut("The note stands.".into())).await.unwrap();
    assert_eq!((last.state.key(), last.history.all().len()), ("rebutted", 5));
    let clerk = ward.house.user(Role::Clerk, None).await;
    assert!(matches!(amending::request(store, &ward.as_(&clerk), id).await, Err(Error::Forbidden { .. })));
}
