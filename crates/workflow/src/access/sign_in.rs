//! Signing in: by password, with a second step where it is turned on, or by another system's word.

use chart::id::UserId;
use serde_json::json;
use store::access::accounts::{self, Account, Subject};
use store::access::sessions;
use store::audit::Outcome;
use store::{Store, Tx};

use super::session::{HALF, OPEN, begun};
use super::{Policy, Token, lockout, password, roles, second_step};
use crate::{Context, Error, Result, Who};

/// Said for a wrong name, a wrong password, a closed account and one that rests alike.
const NOT_RIGHT: &str =
    "the name or the password is not right, or the account rests for a while after too many attempts";

/// Somebody came in, wholly or half.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Whether the second step is still to come.
    pub half: bool,
}

/// Begins a session if the password is right. `token` is the new session's secret.
///
/// # Errors
/// [`Error::Refused`] when it is not; which of name and password was wrong is not said, and takes as long.
pub async fn sign_in(
    store: &Store,
    context: &mut Context,
    (login, given): (&str, String),
    token: &Token,
    policy: Policy,
) -> Result<SignedIn> {
    let mut view = store.view().await?;
    let account = accounts::by_login(&mut view, login).await?;
    view.close().await?;
    let hash =
        account.as_ref().and_then(|one| one.password_hash.as_ref()).map(|hash| hash.reveal().to_owned());
    let right = password::is_right(given, hash).await?;
    let Some(account) = account else { return unknown(store, context).await };
    let rests = account.locked_until.is_some_and(|until| context.at < until);
    let may = account.active && !rests && !roles(&account).is_empty();
    let tx = store.begin().await?;
    if right && may {
        come_in(tx, context, account, token, policy).await
    } else {
        turn_away(tx, context, &account, rests).await
    }
}

/// Nobody has the name: written down like any other attempt, without the name, which may be a mistyped password.
async fn unknown(store: &Store, context: &Context) -> Result<SignedIn> {
    let tx = store.begin().await?;
    tx.commit(context.event("sign-in").outcome(Outcome::Denied).reason("unknown-name")).await?;
    Err(Error::refused(NOT_RIGHT))
}

async fn come_in(
    mut tx: Tx,
    context: &mut Context,
    account: Account,
    token: &Token,
    policy: Policy,
) -> Result<SignedIn> {
    let half = account.totp_secret.is_some();
    let session = begun(context, &account, token, if half { HALF } else { OPEN }, policy);
    sessions::insert(&mut tx, &session).await?;
    sessions::end_expired(&mut tx, context.at).await?;
    if !half {
        accounts::succeeded(&mut tx, account.id).await?;
    }
    context.session = Some(session.id);
    let event = acting(context, &account).event(if half { "sign-in-half" } else { "sign-in" });
    tx.commit(event).await?;
    Ok(SignedIn { half })
}

async fn turn_away(mut tx: Tx, context: &Context, account: &Account, rests: bool) -> Result<SignedIn> {
    let reason = if rests { "account-rests" } else { "wrong-password" };
    if !rests {
        count_failure(&mut tx, context, account).await?;
    }
    let event =
        context.event("sign-in").object("account", account.id).outcome(Outcome::Denied).reason(reason);
    tx.commit(event).await?;
    Err(Error::refused(NOT_RIGHT))
}

/// One more wrong attempt; the account rests after too many.
async fn count_failure(tx: &mut Tx, context: &Context, account: &Account) -> Result<()> {
    let failures = u32::try_from(account.failures + 1).unwrap_or(u32::MAX);
    let until = lockout::pause(failures).map(|pause| context.at + pause);
    accounts::failed(tx, account.id, until).await?;
    Ok(())
}

/// Finishes signing in with the code of an authenticator. The session gets a new secret, `next`.
///
/// # Errors
/// [`Error::Refused`] when the code is not right, or the half session is over.
pub async fn take_second_step(
    store: &Store,
    context: &mut Context,
    (half, next): (&Token, &Token),
    code: &str,
    policy: Policy,
) -> Result<()> {
    let mut tx = store.begin().await?;
    let stored = sessions::by_digest(&mut tx, half.digest()).await?.filter(|one| one.stage == HALF);
    let Some(stored) = stored else { return Err(Error::refused("start again: this sign-in is over")) };
    let account = known(&mut tx, stored.account).await?;
    let rests = account.locked_until.is_some_and(|until| context.at < until);
    let secret = account.totp_secret.as_ref().map(|secret| secret.reveal().to_owned()).unwrap_or_default();
    if rests || !second_step::spend(&mut tx, account.id, (&secret, code), context.at).await? {
        turn_away(tx, context, &account, rests).await?;
    } else {
        sessions::end(&mut tx, half.digest()).await?;
        accounts::succeeded(&mut tx, account.id).await?;
        let session = begun(context, &account, next, OPEN, policy);
        sessions::insert(&mut tx, &session).await?;
        context.session = Some(session.id);
        tx.commit(acting(context, &account).event("sign-in").detail(json!({ "second-step": true }))).await?;
    }
    Ok(())
}

/// Somebody as another system vouches for them (OpenID Connect).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// The system.
    pub issuer: String,
    /// Its key of the person, which never changes.
    pub subject: String,
    /// The person's address, if the system says that it has verified it.
    pub verified_email: Option<String>,
}

/// Begins a session for somebody another system vouches for. The first time they are known by their verified address;
/// from then on by the system's key.
///
/// # Errors
/// [`Error::Refused`] when no account, or more than one, is theirs.
pub async fn sign_in_outside(
    store: &Store,
    context: &mut Context,
    outside: &Outside,
    token: &Token,
    policy: Policy,
) -> Result<()> {
    let mut tx = store.begin().await?;
    let account = match whose(&mut tx, outside).await? {
        Some(account) if account.active && !roles(&account).is_empty() => account,
        _ => {
            let event = context.event("sign-in").outcome(Outcome::Denied).reason("no-account-outside");
            tx.commit(event.detail(json!({ "issuer": outside.issuer }))).await?;
            return Err(Error::refused(
                "you have no account here: ask whoever manages accounts to make one with your address",
            ));
        }
    };
    let session = begun(context, &account, token, OPEN, policy);
    sessions::insert(&mut tx, &session).await?;
    context.session = Some(session.id);
    let event = acting(context, &account).event("sign-in").detail(json!({ "issuer": outside.issuer }));
    tx.commit(event).await?;
    Ok(())
}

async fn whose(tx: &mut Tx, outside: &Outside) -> Result<Option<Account>> {
    let subject = Subject { issuer: outside.issuer.clone(), subject: outside.subject.clone() };
    if let Some(known) = accounts::by_subject(tx, &subject).await? {
        return Ok(Some(known));
    }
    let Some(email) = &outside.verified_email else { return Ok(None) };
    let mut found = accounts::by_email(tx, email).await?;
    // Two accounts with one address are nobody's, and an account bound to another subject is not taken over.
    let Some(mut account) = found.pop().filter(|one| found.is_empty() && one.subject.is_none()) else {
        return Ok(None);
    };
    account.subject = Some(subject);
    account.version = accounts::update(tx, &account).await?;
    Ok(Some(account))
}

async fn known(tx: &mut Tx, id: UserId) -> Result<Account> {
    let account = accounts::by_id(tx, id).await?.filter(|account| account.active);
    account.ok_or_else(|| Error::refused("the account is closed"))
}

/// From here on it is this person who acts, not the door.
fn acting<'a>(context: &'a mut Context, account: &Account) -> &'a Context {
    if let Some(role) = roles(account).first() {
        context.who = Who::User { id: account.id, role: *role, party: account.party };
    }
    context
}
