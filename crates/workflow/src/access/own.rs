//! What people change about their own way in: the role worn, the password, the second step.

use chart::access::Role;
use serde_json::json;
use store::access::accounts::{self, Account};
use store::access::{Secret, sessions};
use store::{Store, Tx};

use super::{Token, oneself, password, roles, second_step, session};
use crate::{Context, Error, Result, Who};

/// Wears another role from now on.
///
/// # Errors
/// [`Error::Refused`] when the role is not one's own.
pub async fn wear(store: &Store, context: &mut Context, token: &Token, role: Role) -> Result<()> {
    let mut tx = store.begin().await?;
    let account = own(&mut tx, context).await?;
    if !roles(&account).contains(&role) {
        return Err(Error::refused(format!("you do not hold the role of {}", role.title())));
    }
    let stored = sessions::by_digest(&mut tx, token.digest()).await?;
    let stored = stored.ok_or_else(|| Error::refused("the session is over: sign in again"))?;
    sessions::change(&mut tx, &sessions::Session { role: role.key().into(), ..stored }).await?;
    context.who = Who::User { id: account.id, role, party: account.party };
    tx.commit(context.event("role-wear").detail(json!({ "role": role.key() }))).await?;
    Ok(())
}

/// Changes one's own password; everywhere else one is signed out. `salt` is 16 random bytes.
///
/// # Errors
/// [`Error::Refused`] when the old password is not right or the new one not good enough.
pub async fn change_password(
    store: &Store,
    context: &Context,
    token: &Token,
    (old, new): (String, String),
    salt: [u8; 16],
) -> Result<()> {
    let mut view = store.view().await?;
    let account = accounts::by_id(&mut view, oneself(context)?).await?;
    view.close().await?;
    let account = account.ok_or_else(|| Error::refused("the account is gone"))?;
    let hash = account.password_hash.as_ref().map(|hash| hash.reveal().to_owned());
    if !password::is_right(old, hash).await? {
        return Err(Error::refused("the password you have is not right"));
    }
    let hash = password::hash(&account.login, new, salt).await?;
    let mut tx = store.begin().await?;
    let changed =
        Account { password_hash: Some(Secret::new(hash)), password_changed: Some(context.at), ..account };
    accounts::update(&mut tx, &changed).await?;
    session::end_others(&mut tx, changed.id, Some(token.digest())).await?;
    tx.commit(context.event("password-change").object("account", changed.id)).await?;
    Ok(())
}

/// Turns the second step on, once the authenticator shows the right code for `secret`.
///
/// # Errors
/// [`Error::Refused`] when the code is not right.
pub async fn second_step_on(store: &Store, context: &Context, secret: &str, code: &str) -> Result<()> {
    let mut tx = store.begin().await?;
    let account = own(&mut tx, context).await?;
    if !second_step::spend(&mut tx, account.id, (secret, code), context.at).await? {
        return Err(Error::refused(
            "the code is not right, or it was used: wait for the next; is the clock of the authenticator right?",
        ));
    }
    set_second_step(tx, context, account, Some(secret)).await
}

/// Turns the second step off, with one last code.
///
/// # Errors
/// [`Error::Refused`] when the code is not right.
pub async fn second_step_off(store: &Store, context: &Context, code: &str) -> Result<()> {
    let mut tx = store.begin().await?;
    let account = own(&mut tx, context).await?;
    let secret = account.totp_secret.as_ref().map(|secret| secret.reveal().to_owned()).unwrap_or_default();
    if !second_step::spend(&mut tx, account.id, (&secret, code), context.at).await? {
        return Err(Error::refused("the code is not right, or it was used: wait for the next"));
    }
    set_second_step(tx, context, account, None).await
}

async fn set_second_step(
    mut tx: Tx,
    context: &Context,
    account: Account,
    secret: Option<&str>,
) -> Result<()> {
    let totp_secret = secret.map(|secret| Secret::new(secret.to_owned()));
    accounts::update(&mut tx, &Account { totp_secret, ..account }).await?;
    tx.commit(context.event("second-step").detail(json!({ "on": secret.is_some() }))).await?;
    Ok(())
}

async fn own(tx: &mut Tx, context: &Context) -> Result<Account> {
    let account = accounts::by_id(tx, oneself(context)?).await?;
    account.ok_or_else(|| Error::refused("the account is gone"))
}
