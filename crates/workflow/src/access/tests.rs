//! The ways in, on a record in memory.

use chart::access::Role;
use jiff::{SignedDuration, Timestamp};
use store::{Page, Store};

use super::*;
use crate::{Context, Error, Who};

const POLICY: Policy =
    Policy { idle: SignedDuration::from_mins(15), absolute: SignedDuration::from_hours(12) };
const PASSWORD: &str = "four small grey herons";

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + seconds).expect("a good second")
}

fn door(seconds: i64) -> Context {
    Context::new(at(seconds), Who::System("sign-in"), rand::random())
}

fn token(number: u8) -> Token {
    Token::new([number; 32])
}

/// A house with one account, `ann`, who is everything the first person is.
async fn house() -> (Store, chart::id::UserId) {
    let store = Store::open("sqlite::memory:").await.expect("a database in memory");
    store.migrate().await.expect("a schema");
    first_link(&store, &door(0), &token(1)).await.expect("the store works").expect("nobody is there yet");
    let first = First { login: "Ann".into(), name: "Ann Quill".into(), password: PASSWORD.into() };
    let id = use_first_link(&store, &mut door(1), &token(1), first, [1; 16]).await.expect("the link works");
    (store, id)
}

async fn come_in(store: &Store, seconds: i64, password: &str, new: &Token) -> crate::Result<SignedIn> {
    sign_in(store, &mut door(seconds), ("ann", password.to_owned()), new, POLICY).await
}

fn refused<T: std::fmt::Debug>(result: crate::Result<T>) -> String {
    match result {
        Err(Error::Refused(words)) => words,
        other => panic!("refused, not {other:?}"),
    }
}

#[tokio::test]
async fn the_first_link_makes_one_administrator_and_works_once() {
    let (store, _) = house().await;
    let first = First { login: "bob".into(), name: "Bob".into(), password: PASSWORD.into() };
    refused(use_first_link(&store, &mut door(2), &token(1), first, [1; 16]).await);
    refused(open_link(&store, &door(2), &token(1)).await);
    assert_eq!(first_link(&store, &door(2), &token(2)).await.unwrap(), None);
    come_in(&store, 3, PASSWORD, &token(3)).await.unwrap();
    let session = session(&store, at(4), &token(3), POLICY).await.unwrap().unwrap();
    assert_eq!(session.roles, [Role::Administrator, Role::PrivacyOfficer, Role::ItAdministrator]);
    assert!(!session.half);
}

#[tokio::test]
async fn sessions_end_when_idle_at_last_and_when_signed_out() {
    let (store, id) = house().await;
    come_in(&store, 0, PASSWORD, &token(3)).await.unwrap();
    let three = token(3);
    let alive = |seconds| session(&store, at(seconds), &three, POLICY);
    for minute in (10..=60).step_by(10) {
        assert!(alive(minute * 60).await.unwrap().is_some(), "minute {minute}");
    }
    assert!(alive(75 * 60).await.unwrap().is_none(), "a quarter of an hour idle");
    come_in(&store, 76 * 60, PASSWORD, &token(4)).await.unwrap();
    let (four, patient) = (token(4), Policy { idle: SignedDuration::MAX, ..POLICY });
    let whole = |seconds| session(&store, at(seconds), &four, patient);
    assert!(whole(76 * 60 + 11 * 3_600).await.unwrap().is_some());
    assert!(whole(76 * 60 + 12 * 3_600).await.unwrap().is_none(), "twelve hours in all");
    come_in(&store, 1, PASSWORD, &token(5)).await.unwrap();
    let context = Context::new(at(1), Who::User { id, role: Role::Administrator, party: None }, 1);
    sign_out(&store, &context, &token(5)).await.unwrap();
    assert!(session(&store, at(2), &token(5), POLICY).await.unwrap().is_none());
}

#[tokio::test]
async fn an_account_rests_after_too_many_wrong_passwords_and_wakes_again() {
    let (store, _) = house().await;
    for second in 0..5 {
        refused(come_in(&store, second, "wrong wrong wrong", &token(3)).await);
    }
    let rests = refused(come_in(&store, 10, PASSWORD, &token(3)).await);
    let unknown =
        refused(sign_in(&store, &mut door(10), ("nobody", PASSWORD.into()), &token(3), POLICY).await);
    assert_eq!(rests, unknown, "nothing tells an account that rests from one that is not there");
    assert!(come_in(&store, 40, PASSWORD, &token(3)).await.is_ok());
    refused(come_in(&store, 41, "wrong wrong wrong", &token(4)).await);
    assert!(come_in(&store, 42, PASSWORD, &token(4)).await.is_ok(), "success forgets the failures");
}

#[tokio::test]
async fn the_second_step_is_asked_and_only_that_is_open_before_it() {
    let (store, id) = house().await;
    let own = Context::new(at(59), Who::User { id, role: Role::Administrator, party: None }, 1);
    let secret = second_step::new_secret([3; 20]);
    let code = |seconds: i64| second_step::shown(&secret, at(seconds));
    refused(second_step_on(&store, &own, &secret, "000 00").await);
    second_step_on(&store, &own, &secret, &code(59)).await.unwrap();
    assert_eq!(come_in(&store, 100, PASSWORD, &token(3)).await.unwrap(), SignedIn { half: true });
    assert!(session(&store, at(101), &token(3), POLICY).await.unwrap().unwrap().half);
    let pair = (&token(3), &token(4));
    refused(take_second_step(&store, &mut door(102), pair, "0", POLICY).await);
    take_second_step(&store, &mut door(103), pair, &code(103), POLICY).await.unwrap();
    assert!(session(&store, at(104), &token(3), POLICY).await.unwrap().is_none(), "the half session is over");
    assert!(!session(&store, at(104), &token(4), POLICY).await.unwrap().unwrap().half);
}

#[tokio::test]
async fn a_code_of_the_second_step_opens_once() {
    let (store, id) = house().await;
    let own =
        |seconds| Context::new(at(seconds), Who::User { id, role: Role::Administrator, party: None }, 1);
    let secret = second_step::new_secret([3; 20]);
    let code = |seconds: i64| second_step::shown(&secret, at(seconds));
    second_step_on(&store, &own(0), &secret, &code(0)).await.unwrap();
    let enter = async |number: u8, seconds: i64, code: String| {
        let (half, next) = (token(number), token(number + 1));
        come_in(&store, seconds, PASSWORD, &half).await.unwrap();
        take_second_step(&store, &mut door(seconds), (&half, &next), &code, POLICY).await
    };
    refused(enter(10, 10, code(0)).await);
    enter(20, 40, code(40)).await.unwrap();
    refused(enter(30, 45, code(40)).await);
    refused(enter(40, 46, code(10)).await);
    refused(second_step_off(&store, &own(47), &code(40)).await);
    second_step_off(&store, &own(70), &code(70)).await.unwrap();
}

#[tokio::test]
async fn a_role_can_be_worn_only_while_it_is_held() {
    let (store, id) = house().await;
    come_in(&store, 0, PASSWORD, &token(3)).await.unwrap();
    let mut own = Context::new(at(1), Who::User { id, role: Role::Administrator, party: None }, 1);
    wear(&store, &mut own, &token(3), Role::PrivacyOfficer).await.unwrap();
    assert_eq!(session(&store, at(2), &token(3), POLICY).await.unwrap().unwrap().role, Role::PrivacyOfficer);
    refused(wear(&store, &mut own, &token(3), Role::Coder).await);
    let other = Context::new(at(3), Who::System("test"), 9);
    set_roles(&store, &other, id, &[Role::Clerk]).await.unwrap();
    assert_eq!(session(&store, at(4), &token(3), POLICY).await.unwrap().unwrap().role, Role::Clerk);
    set_active(&store, &other, id, false).await.unwrap();
    assert!(session(&store, at(5), &token(3), POLICY).await.unwrap().is_none());
}

#[tokio::test]
async fn accounts_are_made_with_a_link_for_the_password() {
    let (store, id) = house().await;
    let mut manager = Context::new(at(1), Who::User { id, role: Role::ItAdministrator, party: None }, 1);
    let new = NewAccount {
        login: "Bo".into(),
        name: "Bo".into(),
        roles: vec![Role::Coder],
        ..NewAccount::default()
    };
    create(&store, &mut manager, new.clone(), &token(5)).await.unwrap();
    refused(create(&store, &mut manager, new, &token(6)).await);
    assert_eq!(
        open_link(&store, &door(2), &token(5)).await.unwrap(),
        Opened::Password { login: "bo".into() }
    );
    use_password_link(&store, &mut door(3), &token(5), PASSWORD.into(), [2; 16]).await.unwrap();
    refused(use_password_link(&store, &mut door(4), &token(5), PASSWORD.into(), [2; 16]).await);
    let came = sign_in(&store, &mut door(5), ("bo", PASSWORD.into()), &token(7), POLICY).await.unwrap();
    assert!(!came.half);
    refused(set_roles(&store, &manager, id, &[Role::Coder]).await);
    manager.who = Who::User { id, role: Role::Coder, party: None };
    assert!(matches!(accounts(&store, &manager, Page::first(9)).await, Err(Error::Forbidden { .. })));
}

#[tokio::test]
async fn changing_the_password_signs_out_everywhere_else() {
    let (store, id) = house().await;
    come_in(&store, 0, PASSWORD, &token(3)).await.unwrap();
    come_in(&store, 1, PASSWORD, &token(4)).await.unwrap();
    let own = Context::new(at(1), Who::User { id, role: Role::Administrator, party: None }, 1);
    let new = "seven loud brown geese".to_owned();
    refused(change_password(&store, &own, &token(3), ("not it".into(), new.clone()), [2; 16]).await);
    change_password(&store, &own, &token(3), (PASSWORD.into(), new.clone()), [2; 16]).await.unwrap();
    assert!(session(&store, at(2), &token(3), POLICY).await.unwrap().is_some());
    assert!(session(&store, at(2), &token(4), POLICY).await.unwrap().is_none());
    assert!(come_in(&store, 3, &new, &token(5)).await.is_ok());
}

#[tokio::test]
async fn another_systems_word_opens_one_account_and_binds_it() {
    let (store, id) = house().await;
    let mut manager = Context::new(at(1), Who::User { id, role: Role::ItAdministrator, party: None }, 1);
    let email = Some("bo@example.org".to_owned());
    let new = NewAccount {
        login: "bo".into(),
        name: "Bo".into(),
        email: email.clone(),
        roles: vec![Role::Coder],
        party: None,
    };
    create(&store, &mut manager, new, &token(5)).await.unwrap();
    let bo = |subject: &str, verified_email| Outside {
        issuer: "https://i".into(),
        subject: subject.into(),
        verified_email,
    };
    refused(sign_in_outside(&store, &mut door(2), &bo("s1", None), &token(6), POLICY).await);
    sign_in_outside(&store, &mut door(3), &bo("s1", email.clone()), &token(6), POLICY).await.unwrap();
    sign_in_outside(&store, &mut door(4), &bo("s1", None), &token(7), POLICY).await.unwrap();
    refused(sign_in_outside(&store, &mut door(5), &bo("s2", email), &token(8), POLICY).await);
    assert_eq!(session(&store, at(6), &token(7), POLICY).await.unwrap().unwrap().login, "bo");
}
