//! One-time links: the first account of a house, and the first password of every other.

use chart::access::Role;
use chart::id::UserId;
use jiff::SignedDuration;
use store::access::Secret;
use store::access::accounts::{self, Account};
use store::access::links::{self, Link};
use store::{Store, Tx};

use super::{Token, keys, password, session};
use crate::{Context, Error, Result};

pub(super) const FIRST: &str = "first-administrator";
pub(super) const PASSWORD: &str = "set-password";
/// How long the link of the first start works.
const FIRST_LASTS: SignedDuration = SignedDuration::from_hours(24);
/// How long a link for a password works.
pub(super) const PASSWORD_LASTS: SignedDuration = SignedDuration::from_hours(72);
/// What the first person is: enough to make everybody else, and no sight of charts by the way.
const FIRST_ROLES: [Role; 3] = [Role::Administrator, Role::PrivacyOfficer, Role::ItAdministrator];
const SPENT: &str = "this link was used before, or its time is over: ask for a new one";

/// What a link is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// The first account of the house.
    First,
    /// A password for this user name.
    Password {
        /// The user name.
        login: String,
    },
}

/// Gives out the link that makes the first account, while there is none; `None` once there is one.
///
/// # Errors
/// When the store fails.
pub async fn first_link(store: &Store, context: &Context, token: &Token) -> Result<Option<()>> {
    let mut tx = store.begin().await?;
    if accounts::count(&mut tx).await? > 0 {
        tx.roll_back().await?;
        return Ok(None);
    }
    let expires = context.at + FIRST_LASTS;
    links::insert(&mut tx, &Link { digest: token.digest(), purpose: FIRST.into(), account: None, expires })
        .await?;
    tx.commit(context.event("link-first")).await?;
    Ok(Some(()))
}

/// What this link is for, while it works.
///
/// # Errors
/// [`Error::Refused`] when it works no more.
pub async fn open_link(store: &Store, context: &Context, token: &Token) -> Result<Opened> {
    let mut view = store.view().await?;
    let opened = match links::find(&mut view, token.digest(), FIRST, context.at).await? {
        Some(_) if accounts::count(&mut view).await? == 0 => Some(Opened::First),
        _ => match links::find(&mut view, token.digest(), PASSWORD, context.at)
            .await?
            .and_then(|link| link.account)
        {
            Some(id) => {
                accounts::by_id(&mut view, id).await?.map(|one| Opened::Password { login: one.login })
            }
            None => None,
        },
    };
    view.close().await?;
    opened.ok_or_else(|| Error::refused(SPENT))
}

/// The first account, as typed.
#[derive(Debug, Clone)]
pub struct First {
    /// The name to sign in with.
    pub login: String,
    /// The name to show.
    pub name: String,
    /// The password.
    pub password: String,
}

/// Makes the first account and uses the link up. `salt` is 16 random bytes.
///
/// # Errors
/// [`Error::Refused`] when the link works no more, or name or password are not good enough.
pub async fn use_first_link(
    store: &Store,
    context: &mut Context,
    token: &Token,
    first: First,
    salt: [u8; 16],
) -> Result<UserId> {
    let hash = password::hash(&first.login, first.password, salt).await?;
    let mut tx = store.begin().await?;
    let link = links::spend(&mut tx, token.digest(), FIRST, context.at).await?;
    if link.is_none() || accounts::count(&mut tx).await? > 0 {
        return Err(Error::refused(SPENT));
    }
    let account = Account {
        password_hash: Some(Secret::new(hash)),
        password_changed: Some(context.at),
        ..super::accounts::blank(context, &first.login, &first.name, keys(&FIRST_ROLES))?
    };
    accounts::insert(&mut tx, &account).await?;
    tx.commit(context.event("account-create").object("account", account.id)).await?;
    Ok(account.id)
}

/// Sets the password that a link is for, and ends whatever sessions the account had. `salt` is 16 random bytes.
///
/// # Errors
/// [`Error::Refused`] when the link works no more, or the password is not good enough.
pub async fn use_password_link(
    store: &Store,
    context: &mut Context,
    token: &Token,
    new: String,
    salt: [u8; 16],
) -> Result<()> {
    let Opened::Password { login } = open_link(store, context, token).await? else {
        return Err(Error::refused(SPENT));
    };
    let hash = password::hash(&login, new, salt).await?;
    let mut tx = store.begin().await?;
    let account = spent_for(&mut tx, context, token).await?;
    let changed =
        Account { password_hash: Some(Secret::new(hash)), password_changed: Some(context.at), ..account };
    accounts::update(&mut tx, &changed).await?;
    accounts::succeeded(&mut tx, changed.id).await?;
    session::end_others(&mut tx, changed.id, None).await?;
    tx.commit(context.event("password-set").object("account", changed.id)).await?;
    Ok(())
}

async fn spent_for(tx: &mut Tx, context: &Context, token: &Token) -> Result<Account> {
    let link = links::spend(tx, token.digest(), PASSWORD, context.at).await?;
    let id = link.and_then(|link| link.account).ok_or_else(|| Error::refused(SPENT))?;
    accounts::by_id(tx, id).await?.ok_or_else(|| Error::refused(SPENT))
}
