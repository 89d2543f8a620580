//! Sessions: kept by the server, found by the digest of a secret that only the browser has.

use chart::access::Role;
use chart::id::{Digest, PartyId, SessionId, UserId};
use jiff::{SignedDuration, Timestamp};
use store::Store;
use store::access::{accounts, sessions};

use super::{Token, roles};
use crate::{Context, Result};

/// A session is marked as used at most this often: a page costs no write for it.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// How far signing in has come, as stored.
pub(crate) const OPEN: &str = "open";
/// The password was right; the second step is to come.
pub(crate) const HALF: &str = "totp";

/// How long sessions last.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// Without a request.
    pub idle: SignedDuration,
    /// In all.
    pub absolute: SignedDuration,
}

/// A session that is valid now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its identifier in the audit trail.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// The name to show.
    pub name: String,
    /// The name to sign in with.
    pub login: String,
    /// The role worn.
    pub role: Role,
    /// The roles that may be worn.
    pub roles: Vec<Role>,
    /// The directory entry of the person, when they care for patients.
    pub party: Option<PartyId>,
    /// Whether the second step is turned on.
    pub second_step: bool,
    /// Whether the second step is still to come: then nothing is allowed but that step.
    pub half: bool,
}

/// The session of this token, if it is valid at `at`. Marks it as used.
///
/// # Errors
/// When the store fails.
pub async fn session(store: &Store, at: Timestamp, token: &Token, policy: Policy) -> Result<Option<Session>> {
    let digest = token.digest();
    let mut view = store.view().await?;
    let stored = sessions::by_digest(&mut view, digest).await?.filter(|one| is_valid(one, at, policy));
    let account = match &stored {
        Some(one) => accounts::by_id(&mut view, one.account).await?.filter(|account| account.active),
        None => None,
    };
    // An outside worker's account ends on its day, in the middle of a session if need be.
    let ends = match &account {
        Some(account) => store::department::terms::ends(&mut view, account.id).await?,
        None => None,
    };
    view.close().await?;
    let account = account.filter(|_| ends.is_none_or(|ends| at < ends));
    let (Some(stored), Some(account)) = (stored, account) else { return Ok(None) };
    let held = roles(&account);
    // A role that was taken away is worn no longer; without any role nobody is in.
    let worn = stored.role.parse().ok().filter(|role| held.contains(role)).or(held.first().copied());
    let Some(role) = worn else { return Ok(None) };
    if at.duration_since(stored.seen) >= TOUCH_EVERY {
        sessions::touch(store, digest, at).await?;
    }
    Ok(Some(Session {
        id: stored.id,
        user: account.id,
        name: account.name,
        login: account.login,
        role,
        roles: held,
        party: account.party,
        second_step: account.totp_secret.is_some(),
        half: stored.stage != OPEN,
    }))
}

fn is_valid(session: &sessions::Session, at: Timestamp, policy: Policy) -> bool {
    at < session.expires && at.duration_since(session.seen) < policy.idle
}

/// Ends the session of this token.
///
/// # Errors
/// When the store fails.
pub async fn sign_out(store: &Store, context: &Context, token: &Token) -> Result<()> {
    let mut tx = store.begin().await?;
    sessions::end(&mut tx, token.digest()).await?;
    tx.commit(context.event("sign-out")).await?;
    Ok(())
}

/// A new session row for `account`, in its first role.
pub(crate) fn begun(
    context: &mut Context,
    account: &accounts::Account,
    token: &Token,
    stage: &str,
    policy: Policy,
) -> sessions::Session {
    let at = context.at;
    sessions::Session {
        digest: token.digest(),
        id: context.id(SessionId::from_bits),
        account: account.id,
        role: roles(account).first().map_or_else(String::new, |role| role.key().to_owned()),
        stage: stage.to_owned(),
        source: context.source,
        created: at,
        seen: at,
        expires: at + policy.absolute,
    }
}

/// Ends every session of an account but the one this digest belongs to.
pub(crate) async fn end_others(tx: &mut store::Tx, user: UserId, but: Option<Digest>) -> Result<()> {
    sessions::end_all(tx, user, but).await?;
    Ok(())
}
