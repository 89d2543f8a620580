//! Accounts, sessions, one-time links, broken glass and restricted charts.

use chart::id::{Digest, PartyId, SessionId, UserId};
use chart::patient::{Restriction, RestrictionKind};
use store::access::Secret;
use store::access::accounts::{self, Account, Subject};
use store::access::glass::{self, Grant};
use store::access::links::{self, Link};
use store::access::sessions::{self, Session};
use store::{Error, Page, patients};

use crate::house::{at, event, patient_id, story, with_patients};

fn account(number: u128, login: &str) -> Account {
    Account {
        id: UserId::from_bits(number),
        version: 1,
        login: login.into(),
        name: "Rivera, Ana".into(),
        email: Some("ana@example.org".into()),
        party: None,
        roles: vec!["coder".into(), "supervisor".into()],
        active: true,
        password_hash: Some(Secret::new("$argon2id$…".into())),
        password_changed: Some(at(0)),
        totp_secret: None,
        subject: Some(Subject { issuer: "https://id".into(), subject: login.into() }),
        failures: 0,
        locked_until: None,
        created: at(0),
    }
}

story! {
    async fn an_account_is_found_and_changed(store: &Store) {
        let mut tx = store.begin().await.unwrap();
        assert_eq!(accounts::count(&mut tx).await.unwrap(), 0);
        let mut ana = account(1, "ana");
        accounts::insert(&mut tx, &ana).await.unwrap();
        assert_eq!(accounts::by_login(&mut tx, "ANA").await.unwrap(), Some(ana.clone()));
        assert_eq!(accounts::by_subject(&mut tx, ana.subject.as_ref().unwrap()).await.unwrap(), Some(ana.clone()));
        assert_eq!(accounts::by_email(&mut tx, "Ana@Example.org").await.unwrap(), [ana.clone()]);
        assert_eq!(accounts::failed(&mut tx, ana.id, None).await.unwrap(), 1);
        assert_eq!(accounts::failed(&mut tx, ana.id, Some(at(60))).await.unwrap(), 2);
        let locked = accounts::by_id(&mut tx, ana.id).await.unwrap().unwrap();
        assert_eq!((locked.failures, locked.locked_until, locked.version), (2, Some(at(60)), 1));
        accounts::succeeded(&mut tx, ana.id).await.unwrap();
        ana.roles = vec!["auditor".into()];
        assert_eq!(accounts::update(&mut tx, &ana).await.unwrap(), 2);
        assert!(matches!(accounts::update(&mut tx, &ana).await, Err(Error::Conflict { .. })));
        ana.version = 2;
        assert_eq!(accounts::list(&mut tx, Page::first(5)).await.unwrap(), [ana]);
        tx.commit(event("account-create")).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        assert!(accounts::insert(&mut tx, &account(2, "Ana")).await.unwrap_err().is_duplicate());
    }
}

story! {
    async fn a_time_step_is_used_once_and_none_before_it(store: &Store) {
        let mut tx = store.begin().await.unwrap();
        let mut ana = account(1, "ana");
        ana.party = Some(PartyId::from_bits(7));
        accounts::insert(&mut tx, &ana).await.unwrap();
        for (step, unused) in [(10, true), (10, false), (9, false), (11, true)] {
            assert_eq!(accounts::use_step(&mut tx, ana.id, step).await.unwrap(), unused, "step {step}");
        }
        assert_eq!(accounts::by_party(&mut tx, PartyId::from_bits(7)).await.unwrap(), [ana]);
        assert_eq!(accounts::by_party(&mut tx, PartyId::from_bits(8)).await.unwrap(), []);
        tx.commit(event("account-create")).await.unwrap();
    }
}

#[test]
fn a_secret_does_not_get_into_a_log() {
    assert!(!format!("{:?}", account(1, "ana")).contains("argon2id"));
}

story! {
    async fn a_session_ends(store: &Store) {
        let session = |number: u128| Session {
            digest: Digest::of(&number.to_le_bytes()),
            id: SessionId::from_bits(number),
            account: UserId::from_bits(1),
            role: String::new(),
            stage: "totp".into(),
            source: Some(Digest::of(b"address")),
            created: at(0),
            seen: at(0),
            expires: at(i64::try_from(number).unwrap() * 100),
        };
        let mut tx = store.begin().await.unwrap();
        accounts::insert(&mut tx, &account(1, "ana")).await.unwrap();
        for number in 1..=4 {
            sessions::insert(&mut tx, &session(number)).await.unwrap();
        }
        let open = Session { role: "coder".into(), stage: "open".into(), ..session(2) };
        sessions::change(&mut tx, &open).await.unwrap();
        tx.commit(event("login")).await.unwrap();
        sessions::touch(store, open.digest, at(50)).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        assert_eq!(sessions::by_digest(&mut tx, open.digest).await.unwrap(), Some(Session { seen: at(50), ..open.clone() }));
        assert_eq!(sessions::end_expired(&mut tx, at(100)).await.unwrap(), 1);
        sessions::end(&mut tx, session(3).digest).await.unwrap();
        assert_eq!(sessions::of_account(&mut tx, UserId::from_bits(1)).await.unwrap().len(), 2);
        assert_eq!(sessions::end_all(&mut tx, UserId::from_bits(1), Some(open.digest)).await.unwrap(), 1);
        assert!(matches!(sessions::change(&mut tx, &session(4)).await, Err(Error::Missing { .. })));
        tx.commit(event("logout")).await.unwrap();
    }
}

story! {
    async fn a_link_works_once(store: &Store) {
        let mut tx = store.begin().await.unwrap();
        let link = Link { digest: Digest::of(b"token"), purpose: "first-administrator".into(), account: None, expires: at(100) };
        links::insert(&mut tx, &link).await.unwrap();
        assert_eq!(links::find(&mut tx, link.digest, "first-administrator", at(99)).await.unwrap(), Some(link.clone()));
        assert_eq!(links::spend(&mut tx, link.digest, "set-password", at(1)).await.unwrap(), None);
        assert_eq!(links::spend(&mut tx, link.digest, "first-administrator", at(100)).await.unwrap(), None);
        assert_eq!(links::spend(&mut tx, link.digest, "first-administrator", at(99)).await.unwrap(), Some(link.clone()));
        assert_eq!(links::spend(&mut tx, link.digest, "first-administrator", at(99)).await.unwrap(), None);
        tx.commit(event("link")).await.unwrap();
    }
}

story! {
    async fn glass_stays_broken_for_a_time(store: &Store) {
        with_patients(store, 2).await;
        let mut tx = store.begin().await.unwrap();
        accounts::insert(&mut tx, &account(1, "ana")).await.unwrap();
        let ana = UserId::from_bits(1);
        let grant = Grant { account: ana, patient: patient_id(1), granted: at(0), expires: at(60), reason: "emergency".into() };
        glass::insert(&mut tx, &grant).await.unwrap();
        assert_eq!(glass::open(&mut tx, ana, patient_id(1), at(59)).await.unwrap(), Some(grant.clone()));
        assert_eq!(glass::open(&mut tx, ana, patient_id(1), at(60)).await.unwrap(), None);
        assert_eq!(glass::open(&mut tx, ana, patient_id(2), at(1)).await.unwrap(), None);
        assert_eq!(glass::list(&mut tx, None, Page::first(5)).await.unwrap(), [grant]);
        let mut vip = patients::get(&mut tx, patient_id(2)).await.unwrap();
        vip.restriction = Some(Restriction { kind: RestrictionKind::Vip, by: ana, at: at(5) });
        patients::update(&mut tx, &vip, at(5)).await.unwrap();
        assert_eq!(patients::get(&mut tx, patient_id(2)).await.unwrap().restriction, vip.restriction);
        tx.commit(event("break-glass")).await.unwrap();
    }
}
