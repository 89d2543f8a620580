//! Entering one's credential again, at the moment of signing.

use chart::signature::Method;
use serde_json::json;
use store::Store;
use store::access::accounts::{self, Account};
use store::audit::Outcome;

use super::{lockout, oneself, password, second_step};
use crate::{Context, Error, Result};

/// What somebody enters again to sign. It is never stored and never shown.
#[derive(Clone, Default)]
pub struct Credential {
    /// The password.
    pub password: String,
    /// The code of the authenticator, for accounts that have one.
    pub code: String,
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credential(…)")
    }
}

/// Somebody has just proved who they are.
#[derive(Debug, Clone)]
pub(crate) struct Proof {
    /// Who.
    pub(crate) account: Account,
    /// By which way.
    pub(crate) method: Method,
}

/// Checks the credential of who acts. A wrong one counts like a wrong one at the door, and is written down.
///
/// # Errors
/// [`Error::Refused`] when it is not right, or the account rests after too many wrong ones.
pub(crate) async fn prove(store: &Store, context: &Context, credential: Credential) -> Result<Proof> {
    let mut view = store.view().await?;
    let account = accounts::by_id(&mut view, oneself(context)?).await?;
    view.close().await?;
    let account = account
        .filter(|one| one.active)
        .ok_or_else(|| Error::refused("the account is closed: you cannot sign"))?;
    if account.locked_until.is_some_and(|until| context.at < until) {
        return Err(Error::refused(
            "the account rests for a while after too many wrong attempts: sign later",
        ));
    }
    let hash = account.password_hash.as_ref().map(|hash| hash.reveal().to_owned());
    if hash.is_none() {
        return Err(Error::refused("your account has no password here: set one under My account, then sign"));
    }
    let secret = account.totp_secret.as_ref().map(|secret| secret.reveal().to_owned());
    let method = if secret.is_some() { Method::PasswordAndCode } else { Method::Password };
    let right = password::is_right(credential.password, hash).await?;
    if right && code_is_right(store, context, &account, (secret, &credential.code)).await? {
        return Ok(Proof { account, method });
    }
    turn_away(store, context, &account).await
}

/// Uses the code, where the account asks for one: it signs once.
async fn code_is_right(
    store: &Store,
    context: &Context,
    account: &Account,
    (secret, code): (Option<String>, &str),
) -> Result<bool> {
    let Some(secret) = secret else { return Ok(true) };
    let mut tx = store.begin().await?;
    let right = second_step::spend(&mut tx, account.id, (&secret, code), context.at).await?;
    if right {
        tx.commit(context.event("code-use").object("account", account.id)).await?;
    } else {
        tx.roll_back().await?;
    }
    Ok(right)
}

async fn turn_away(store: &Store, context: &Context, account: &Account) -> Result<Proof> {
    let failures = u32::try_from(account.failures + 1).unwrap_or(u32::MAX);
    let until = lockout::pause(failures).map(|pause| context.at + pause);
    let mut tx = store.begin().await?;
    accounts::failed(&mut tx, account.id, until).await?;
    let event = context.event("credential-check").object("account", account.id).outcome(Outcome::Denied);
    tx.commit(event.detail(json!({ "failures": failures }))).await?;
    Err(Error::refused("the password or the code is not right: nothing was signed"))
}
