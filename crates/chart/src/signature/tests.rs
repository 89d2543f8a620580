//! Every state and every verb of a document's authentication, and what a signature covers.

use proptest::prelude::*;

use super::*;
use crate::document::{Document, DocumentStatus, Section};
use crate::id::PatientId;
use crate::intake::{Channel, Origin};
use crate::machine::InvalidTransition;
use crate::machine::testing::{Case, Verb, expect_table, second, table};

fn document(status: DocumentStatus) -> Document {
    let section = Section { text: "Drain removed.".into(), ..Section::default() };
    Document {
        id: DocumentId::from_bits(1),
        version: 2,
        patient: PatientId::from_bits(2),
        encounter: None,
        content: DocumentContent { status, sections: vec![section], ..DocumentContent::default() },
        origin: Origin { channel: Channel::Hand, key: None, original: None, received: second(0) },
    }
}

/// A signature of the text as `document` gives it, in the given status.
fn signature(person: u128, meaning: Meaning, at: Timestamp, status: DocumentStatus) -> Signature {
    let document = document(status);
    let name = format!("Person {person}");
    let signer = Signer { user: UserId::from_bits(person), party: None, name, credentials: "MD".into() };
    Signature {
        id: SignatureId::from_bits(person),
        document: document.id,
        version: document.version,
        digest: content_digest(&document.content),
        signer,
        meaning,
        at,
        offset_seconds: -18_000,
        method: Method::Password,
    }
}

fn preliminary(person: u128, meaning: Meaning, at: Timestamp) -> Signature {
    signature(person, meaning, at, DocumentStatus::Preliminary)
}

fn unsigned() -> Authentication {
    Authentication::of(&document(DocumentStatus::Preliminary), []).unwrap()
}

fn signed() -> Authentication {
    unsigned().sign(preliminary(1, Meaning::Author, second(1))).unwrap()
}

/// What a verb makes of a text authenticated elsewhere must be of that text.
fn fitting(one: &Authentication, person: u128, meaning: Meaning, at: Timestamp) -> Signature {
    let text = one.text();
    Signature { version: text.version, digest: text.digest, ..preliminary(person, meaning, at) }
}

fn states() -> Vec<Case<Authentication>> {
    vec![
        ("unsigned", unsigned()),
        ("signed elsewhere", Authentication::of(&document(DocumentStatus::Final), []).unwrap()),
        ("signed", signed()),
        ("co-signed", signed().co_sign(preliminary(2, Meaning::CoSigner, second(2))).unwrap()),
        ("signed, reviewed later", signed().review(preliminary(3, Meaning::Reviewer, second(20))).unwrap()),
    ]
}

const VERBS: &[Verb<Authentication>] = &[
    ("sign", |one, at| {
        let by = fitting(&one, 1, Meaning::Author, at);
        one.sign(by)
    }),
    ("attest", |one, at| {
        let by = fitting(&one, 1, Meaning::Attestation, at);
        one.sign(by)
    }),
    ("sign as reviewer", |one, at| {
        let by = fitting(&one, 1, Meaning::Reviewer, at);
        one.sign(by)
    }),
    ("sign another text", |one, at| {
        let mut by = fitting(&one, 1, Meaning::Author, at);
        by.version = 1;
        one.sign(by)
    }),
    ("co-sign", |one, at| {
        let by = fitting(&one, 2, Meaning::CoSigner, at);
        one.co_sign(by)
    }),
    ("co-sign own", |one, at| {
        let by = fitting(&one, 1, Meaning::CoSigner, at);
        one.co_sign(by)
    }),
    ("co-sign as author", |one, at| {
        let by = fitting(&one, 2, Meaning::Author, at);
        one.co_sign(by)
    }),
    ("co-sign another text", |one, at| {
        let mut by = fitting(&one, 2, Meaning::CoSigner, at);
        by.version = 1;
        one.co_sign(by)
    }),
    ("review", |one, at| {
        let by = fitting(&one, 3, Meaning::Reviewer, at);
        one.review(by)
    }),
    ("revise", |one, _| one.revise(3, Digest::of(b"new"))),
    ("revise backwards", |one, _| one.revise(2, Digest::of(b"new"))),
];

#[test]
fn every_state_and_verb() {
    let shown = |one: &Authentication| {
        let signers: Vec<_> =
            one.signatures().iter().map(|by| format!("{} {}", by.signer.name, by.meaning.key())).collect();
        format!("{} [{}], version {}", one.key(), signers.join(", "), one.text().version)
    };
    expect_table(&table(&states(), VERBS, shown), include_str!("table.txt"));
}

#[test]
fn a_signature_covers_every_letter() {
    let signed = preliminary(1, Meaning::Author, second(1));
    let mut content = document(DocumentStatus::Preliminary).content;
    assert!(signed.verify(&content));
    content.sections[0].text.push(' ');
    assert!(!signed.verify(&content));
    let status = document(DocumentStatus::Final).content;
    assert!(!signed.verify(&status), "how far it has come is signed too");
}

#[test]
fn the_time_is_shown_by_the_signers_clock() {
    let signed = preliminary(1, Meaning::Author, "2026-11-22T15:04:05Z".parse().unwrap());
    assert_eq!(
        signed.signed_at().strftime("%Y-%m-%d %H:%M:%S %:z").to_string(),
        "2026-11-22 10:04:05 -05:00"
    );
}

#[test]
fn what_was_kept_is_put_together_again() {
    let signatures =
        [preliminary(1, Meaning::Author, second(1)), preliminary(2, Meaning::CoSigner, second(2))];
    let kept = Authentication::of(&document(DocumentStatus::Preliminary), signatures).unwrap();
    assert_eq!(kept.key(), "co-signed");
    let json = serde_json::to_string(&kept).unwrap();
    assert_eq!(serde_json::from_str::<Authentication>(&json).unwrap(), kept);
    let of_another = [preliminary(2, Meaning::CoSigner, second(2))];
    assert!(Authentication::of(&document(DocumentStatus::Preliminary), of_another).is_err());
}

proptest! {
    #[test]
    fn no_path_loses_a_signature_or_unlocks(steps in prop::collection::vec((0..VERBS.len(), 0..40_i64), 0..30)) {
        let mut now = unsigned();
        for (verb, at) in steps {
            let Ok(next) = VERBS[verb].1(now.clone(), second(at)) else { continue };
            prop_assert!(now.signatures().iter().all(|by| next.signatures().contains(by)), "a signature was lost");
            prop_assert!(!now.is_locked() || (next.is_locked() && next.text() == now.text()), "it was unlocked");
            let last = now.signatures().iter().map(|by| by.at).max();
            let added = next.signatures().into_iter().find(|by| !now.signatures().contains(by)).map(|by| by.at);
            prop_assert!(added.is_none() || added >= last, "a signature goes back in time");
            now = next;
        }
    }
}

#[test]
fn refusals_say_what_to_do() {
    let locked = signed().revise(3, Digest::of(b"new")).unwrap_err();
    assert!(matches!(locked, InvalidTransition::Rule(text) if text.contains("write an addendum")));
}
