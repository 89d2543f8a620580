//! Accounts, as those who manage them see and change them.

use chart::access::{Permission, Role};
use chart::directory::PartyKind;
use chart::id::{PartyId, UserId};
use serde_json::json;
use store::access::accounts::{self, Account};
use store::access::links::{self, Link};
use store::parties::{self, Filed};
use store::{Page, Store, Tx};

use super::start::{PASSWORD, PASSWORD_LASTS};
use super::{Token, keys, session};
use crate::{Context, Error, Result};

/// Practitioners offered for one name.
const PRACTITIONERS: Page = Page::first(40);

/// An account to be made.
#[derive(Debug, Clone, Default)]
pub struct NewAccount {
    /// The name to sign in with.
    pub login: String,
    /// The name to show.
    pub name: String,
    /// Where an outside sign-in is matched.
    pub email: Option<String>,
    /// The directory entry of a person who cares for patients.
    pub party: Option<PartyId>,
    /// The roles that may be worn.
    pub roles: Vec<Role>,
}

/// All accounts, by name.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn accounts(store: &Store, context: &Context, page: Page) -> Result<Vec<Account>> {
    context.must(Permission::UserManage)?;
    let mut view = store.view().await?;
    let found = accounts::list(&mut view, page).await?;
    view.finish(context.event("account-list")).await?;
    Ok(found)
}

/// One account, with who it is in the directory.
#[derive(Debug, Clone)]
pub struct AccountRead {
    /// The account.
    pub account: Account,
    /// Its entry in the directory, for a person who cares for patients.
    pub party: Option<Filed>,
    /// The practitioners of the name that was asked for.
    pub found: Vec<Filed>,
}

/// One account; `named` is the beginning of a practitioner's name to look up in the directory.
///
/// # Errors
/// [`Error::Forbidden`] without the permission, [`Error::Missing`] when there is none.
pub async fn account(
    store: &Store,
    context: &Context,
    id: UserId,
    named: Option<&str>,
) -> Result<AccountRead> {
    context.must(Permission::UserManage)?;
    let mut view = store.view().await?;
    let account = accounts::by_id(&mut view, id).await?.ok_or_else(|| missing(id))?;
    let party = match account.party {
        Some(party) => parties::by_id(&mut view, party).await?,
        None => None,
    };
    let found = match named {
        Some(named) => parties::list(&mut view, Some(PartyKind::Practitioner), named, PRACTITIONERS).await?,
        None => Vec::new(),
    };
    view.finish(context.event("account-read").object("account", id)).await?;
    Ok(AccountRead { account, party, found })
}

/// Says who an account's person is in the directory, or that they are nobody there. A physician's own patients are those
/// of this entry, at once.
///
/// # Errors
/// [`Error::Forbidden`] without the permission; [`Error::Refused`] when the entry is no practitioner, or another
/// account's.
pub async fn link(store: &Store, context: &Context, id: UserId, party: Option<PartyId>) -> Result<()> {
    context.must(Permission::UserManage)?;
    let mut tx = store.begin().await?;
    let account = found(&mut tx, id).await?;
    if let Some(party) = party {
        may_link(&mut tx, id, party).await?;
    }
    let before = account.party;
    accounts::update(&mut tx, &Account { party, ..account }).await?;
    let event = context.event("account-link").object("account", id);
    tx.commit(event.detail(json!({ "before": before, "after": party }))).await?;
    Ok(())
}

async fn may_link(tx: &mut Tx, id: UserId, party: PartyId) -> Result<()> {
    let entry = parties::by_id(tx, party).await?;
    if entry.is_none_or(|entry| entry.party.kind != PartyKind::Practitioner) {
        return Err(Error::refused("this is no practitioner of the directory"));
    }
    match accounts::by_party(tx, party).await?.into_iter().find(|one| one.id != id) {
        Some(other) => Err(Error::refused(format!(
            "the practitioner belongs to the account {}: take the link away there first",
            other.login
        ))),
        None => Ok(()),
    }
}

/// Makes an account; its person chooses a password with the link of `token`.
///
/// # Errors
/// [`Error::Forbidden`] without the permission, [`Error::Refused`] for a bad or taken name, or without a role.
pub async fn create(store: &Store, context: &mut Context, new: NewAccount, token: &Token) -> Result<UserId> {
    context.must(Permission::UserManage)?;
    if new.roles.is_empty() {
        return Err(Error::refused("choose at least one role: without one nobody can sign in"));
    }
    let account = Account {
        email: new.email.filter(|email| !email.trim().is_empty()),
        party: new.party,
        ..blank(context, &new.login, &new.name, keys(&new.roles))?
    };
    let mut tx = store.begin().await?;
    if accounts::by_login(&mut tx, &account.login).await?.is_some() {
        return Err(Error::refused(format!("the user name {} is taken", account.login)));
    }
    accounts::insert(&mut tx, &account).await?;
    give_link(&mut tx, context, account.id, token).await?;
    let event = context.event("account-create").object("account", account.id);
    tx.commit(event.detail(json!({ "roles": account.roles }))).await?;
    Ok(account.id)
}

/// Sets the roles of an account. A role that is taken away is worn no longer, at once.
///
/// # Errors
/// [`Error::Forbidden`] without the permission; [`Error::Refused`] for taking one's own account management away.
pub async fn set_roles(store: &Store, context: &Context, id: UserId, roles: &[Role]) -> Result<()> {
    context.must(Permission::UserManage)?;
    let manages = chart::access::permits(roles, Permission::UserManage).is_some();
    if context.user() == Some(id) && !manages {
        return Err(Error::refused(
            "you would lock yourself out of managing accounts: let somebody else do it",
        ));
    }
    if roles.is_empty() {
        return Err(Error::refused("choose at least one role, or close the account"));
    }
    let mut tx = store.begin().await?;
    let account = found(&mut tx, id).await?;
    let before = account.roles.clone();
    let changed = Account { roles: keys(roles), ..account };
    accounts::update(&mut tx, &changed).await?;
    let event = context.event("account-roles").object("account", id);
    tx.commit(event.detail(json!({ "before": before, "after": changed.roles }))).await?;
    Ok(())
}

/// Closes an account, or opens it again. Closing ends its sessions.
///
/// # Errors
/// [`Error::Forbidden`] without the permission; [`Error::Refused`] for one's own account.
pub async fn set_active(store: &Store, context: &Context, id: UserId, active: bool) -> Result<()> {
    context.must(Permission::UserManage)?;
    if context.user() == Some(id) {
        return Err(Error::refused("nobody closes their own account: let somebody else do it"));
    }
    let mut tx = store.begin().await?;
    let account = found(&mut tx, id).await?;
    accounts::update(&mut tx, &Account { active, ..account }).await?;
    if !active {
        session::end_others(&mut tx, id, None).await?;
    }
    let action = if active { "account-open" } else { "account-close" };
    tx.commit(context.event(action).object("account", id)).await?;
    Ok(())
}

/// Gives out a new link by which the person of the account chooses a password.
///
/// # Errors
/// [`Error::Forbidden`] without the permission, [`Error::Missing`] when there is no such account.
pub async fn new_link(store: &Store, context: &Context, id: UserId, token: &Token) -> Result<()> {
    context.must(Permission::UserManage)?;
    let mut tx = store.begin().await?;
    found(&mut tx, id).await?;
    give_link(&mut tx, context, id, token).await?;
    tx.commit(context.event("link-password").object("account", id)).await?;
    Ok(())
}

async fn give_link(tx: &mut Tx, context: &Context, id: UserId, token: &Token) -> Result<()> {
    let expires = context.at + PASSWORD_LASTS;
    let link = Link { digest: token.digest(), purpose: PASSWORD.into(), account: Some(id), expires };
    Ok(links::insert(tx, &link).await?)
}

async fn found(tx: &mut Tx, id: UserId) -> Result<Account> {
    accounts::by_id(tx, id).await?.ok_or_else(|| missing(id))
}

fn missing(id: UserId) -> Error {
    Error::Missing { what: "account", id: id.to_string() }
}

/// An account without a password.
///
/// # Errors
/// [`Error::Refused`] when the names are not good.
pub(super) fn blank(context: &mut Context, login: &str, name: &str, roles: Vec<String>) -> Result<Account> {
    let login = login.trim().to_lowercase();
    let good = |letter: char| letter.is_ascii_alphanumeric() || "._-@".contains(letter);
    if login.len() < 2 || login.len() > 64 || !login.chars().all(good) {
        return Err(Error::refused("a user name is 2 to 64 letters, digits or . _ - @"));
    }
    if name.trim().is_empty() {
        return Err(Error::refused("a name to show is needed: it stands beside what the person does"));
    }
    Ok(Account {
        id: context.id(UserId::from_bits),
        version: 1,
        login,
        name: name.trim().to_owned(),
        email: None,
        party: None,
        roles,
        active: true,
        password_hash: None,
        password_changed: None,
        totp_secret: None,
        subject: None,
        failures: 0,
        locked_until: None,
        created: context.at,
    })
}
