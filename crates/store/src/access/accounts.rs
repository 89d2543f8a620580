//! The people who sign in, and the roles each may wear.

use chart::id::{PartyId, UserId};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::Secret;
use crate::row::{self, micros};
use crate::write::{Insert, Values};
use crate::{Error, Page, Reader, Result, Tx, version};

/// One who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Our identifier.
    pub id: UserId,
    /// Counts changes, from 1. Failed attempts are not changes.
    pub version: i64,
    /// The name to sign in with; lower case, unique.
    pub login: String,
    /// The name to show.
    pub name: String,
    /// Where links are sent, and how a first sign-in by an identity provider is matched.
    pub email: Option<String>,
    /// The directory entry of this person, when they care for patients.
    pub party: Option<PartyId>,
    /// Keys of the roles this person may wear, sorted.
    pub roles: Vec<String>,
    /// Whether signing in is allowed.
    pub active: bool,
    /// The password's hash, with its parameters; `None` when there is no password.
    pub password_hash: Option<Secret>,
    /// When the password was last changed.
    pub password_changed: Option<Timestamp>,
    /// The seed of one-time codes, when they are asked for.
    pub totp_secret: Option<Secret>,
    /// Who this is at an identity provider.
    pub subject: Option<Subject>,
    /// Failed attempts since the last success. Changed by [`failed`] and [`succeeded`] only.
    pub failures: i64,
    /// No attempt is accepted before. Changed by [`failed`] and [`succeeded`] only.
    pub locked_until: Option<Timestamp>,
    /// When the account was made.
    pub created: Timestamp,
}

/// A person as an identity provider (OpenID Connect) knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The provider.
    pub issuer: String,
    /// Its key of the person.
    pub subject: String,
}

const INSERT: Insert<'_> = Insert {
    head: "
insert into account (
  id, version, login, name, email, party, active, password_hash, password_changed,
  totp_secret, oidc_issuer, oidc_subject, failures, locked_until, created
)
values",
    width: 15,
    tail: "",
};

/// Adds an account that is new, in its version as given.
pub async fn insert(tx: &mut Tx, account: &Account) -> Result<()> {
    let bind = |account: &Account, values: &mut Values| {
        values.add(account.id.to_string())?;
        values.add(account.version)?;
        add_columns(account, values)?;
        values.add(account.failures)?;
        values.add(account.locked_until.map(micros))?;
        values.add(micros(account.created))
    };
    INSERT.run(tx, std::slice::from_ref(account), bind).await?;
    insert_roles(tx, account).await
}

const UPDATE: &str = "
update account
set version = version + 1,
  login = $3, name = $4, email = $5, party = $6, active = $7, password_hash = $8, password_changed = $9,
  totp_secret = $10, oidc_issuer = $11, oidc_subject = $12
where id = $1
  and version = $2
";

const CLEAR_ROLES: &str = "
delete from account_role
where account = $1
";

/// Changes an account; `account.version` is the version it was read in. Gives the new version.
pub async fn update(tx: &mut Tx, account: &Account) -> Result<i64> {
    let mut values = Values::default();
    values.add(account.id.to_string())?;
    values.add(account.version)?;
    add_columns(account, &mut values)?;
    let changed = sqlx::query_with(UPDATE, values.into_arguments()).execute(tx.sql()).await?;
    let version = version::after(&changed, "account", account.id, account.version)?;
    sqlx::query(CLEAR_ROLES).bind(account.id.to_string()).execute(tx.sql()).await?;
    insert_roles(tx, account).await?;
    Ok(version)
}

fn add_columns(account: &Account, values: &mut Values) -> Result<()> {
    let subject = account.subject.as_ref();
    values.add(account.login.to_lowercase())?;
    values.add(account.name.as_str())?;
    values.add(account.email.as_deref().map(str::to_lowercase))?;
    values.add(account.party.map(|id| id.to_string()))?;
    values.add(i64::from(account.active))?;
    values.add(account.password_hash.as_ref().map(Secret::reveal))?;
    values.add(account.password_changed.map(micros))?;
    values.add(account.totp_secret.as_ref().map(Secret::reveal))?;
    values.add(subject.map(|subject| subject.issuer.as_str()))?;
    values.add(subject.map(|subject| subject.subject.as_str()))
}

const INSERT_ROLES: Insert<'_> = Insert {
    head: "
insert into account_role (account, role)
values",
    width: 2,
    tail: "on conflict (account, role) do nothing",
};

async fn insert_roles(tx: &mut Tx, account: &Account) -> Result<()> {
    let bind = |role: &String, values: &mut Values| {
        values.add(account.id.to_string())?;
        values.add(role.as_str())
    };
    INSERT_ROLES.run(tx, &account.roles, bind).await.map(|_| ())
}

const FAILED: &str = "
update account
set failures = failures + 1, locked_until = $2
where id = $1
returning failures
";

/// Counts a failed attempt and shuts the account until `locked_until`. Gives the failures since the last success.
pub async fn failed(tx: &mut Tx, id: UserId, locked_until: Option<Timestamp>) -> Result<i64> {
    let query = sqlx::query(FAILED).bind(id.to_string()).bind(locked_until.map(micros));
    let row = query.fetch_optional(tx.sql()).await?;
    let row = row.ok_or_else(|| Error::Missing { what: "account", id: id.to_string() })?;
    row::int(&row, "failures")
}

const SUCCEEDED: &str = "
update account
set failures = 0, locked_until = null
where id = $1
";

/// Forgets the failed attempts.
pub async fn succeeded(tx: &mut Tx, id: UserId) -> Result<()> {
    sqlx::query(SUCCEEDED).bind(id.to_string()).execute(tx.sql()).await?;
    Ok(())
}

const USE_STEP: &str = "
update account
set totp_step = $2
where id = $1
  and (totp_step is null or totp_step < $2)
";

/// Uses the one-time code of this time step (RFC 6238: half a minute, counted from 1970). Says whether it was unused:
/// neither it nor a later one may have been used before.
pub async fn use_step(tx: &mut Tx, id: UserId, step: i64) -> Result<bool> {
    let done = sqlx::query(USE_STEP).bind(id.to_string()).bind(step).execute(tx.sql()).await?;
    Ok(done.rows_affected() > 0)
}

/// The columns of an account, and what follows.
macro_rules! account_rows {
    ($rest:literal) => {
        concat!(
            "
select id, version, login, name, email, party, active, password_hash, password_changed,
  totp_secret, oidc_issuer, oidc_subject, failures, locked_until, created
from account
",
            $rest
        )
    };
}

const BY_ID: &str = account_rows!("where id = $1");
const BY_LOGIN: &str = account_rows!("where login = $1");
const BY_SUBJECT: &str = account_rows!(
    "where oidc_issuer = $1
  and oidc_subject = $2"
);
const BY_EMAIL: &str = account_rows!(
    "where email = $1
order by id"
);
const BY_PARTY: &str = account_rows!(
    "where party = $1
order by id"
);
const LIST: &str = account_rows!(
    "order by login
limit $1 offset $2"
);

/// The account.
pub async fn by_id(reader: &mut Reader, id: UserId) -> Result<Option<Account>> {
    let rows = sqlx::query(BY_ID).bind(id.to_string()).fetch_all(reader.sql()).await?;
    Ok(with_roles(reader, &rows).await?.pop())
}

/// The account with this name to sign in with, in any case.
pub async fn by_login(reader: &mut Reader, login: &str) -> Result<Option<Account>> {
    let rows = sqlx::query(BY_LOGIN).bind(login.to_lowercase()).fetch_all(reader.sql()).await?;
    Ok(with_roles(reader, &rows).await?.pop())
}

/// The account of a person as an identity provider knows them.
pub async fn by_subject(reader: &mut Reader, subject: &Subject) -> Result<Option<Account>> {
    let query = sqlx::query(BY_SUBJECT).bind(subject.issuer.as_str()).bind(subject.subject.as_str());
    let rows = query.fetch_all(reader.sql()).await?;
    Ok(with_roles(reader, &rows).await?.pop())
}

/// The accounts with this mail address; more than one is no match.
pub async fn by_email(reader: &mut Reader, email: &str) -> Result<Vec<Account>> {
    let rows = sqlx::query(BY_EMAIL).bind(email.to_lowercase()).fetch_all(reader.sql()).await?;
    with_roles(reader, &rows).await
}

/// The accounts of somebody in the directory.
pub async fn by_party(reader: &mut Reader, party: PartyId) -> Result<Vec<Account>> {
    let rows = sqlx::query(BY_PARTY).bind(party.to_string()).fetch_all(reader.sql()).await?;
    with_roles(reader, &rows).await
}

/// Every account, by the name to sign in with.
pub async fn list(reader: &mut Reader, page: Page) -> Result<Vec<Account>> {
    let rows = sqlx::query(LIST).bind(page.limit()).bind(page.offset()).fetch_all(reader.sql()).await?;
    with_roles(reader, &rows).await
}

const COUNT: &str = "
select count(*) as count
from account
";

/// How many accounts there are; none means that the house has just been built.
pub async fn count(reader: &mut Reader) -> Result<i64> {
    row::int(&sqlx::query(COUNT).fetch_one(reader.sql()).await?, "count")
}

const ROLES: &str = "
select role
from account_role
where account = $1
order by role
";

async fn with_roles(reader: &mut Reader, rows: &[AnyRow]) -> Result<Vec<Account>> {
    let mut accounts = row::all(rows, read)?;
    for account in &mut accounts {
        let rows = sqlx::query(ROLES).bind(account.id.to_string()).fetch_all(reader.sql()).await?;
        account.roles = row::all(&rows, |row| row::text(row, "role"))?;
    }
    Ok(accounts)
}

fn read(row: &AnyRow) -> Result<Account> {
    let subject = row::opt_text(row, "oidc_issuer")?.zip(row::opt_text(row, "oidc_subject")?);
    Ok(Account {
        id: row::parsed(row, "id")?,
        version: row::int(row, "version")?,
        login: row::text(row, "login")?,
        name: row::text(row, "name")?,
        email: row::opt_text(row, "email")?,
        party: row::opt_parsed(row, "party")?,
        roles: Vec::new(),
        active: row::flag(row, "active")?,
        password_hash: row::opt_text(row, "password_hash")?.map(Secret::new),
        password_changed: row::opt_instant(row, "password_changed")?,
        totp_secret: row::opt_text(row, "totp_secret")?.map(Secret::new),
        subject: subject.map(|(issuer, subject)| Subject { issuer, subject }),
        failures: row::int(row, "failures")?,
        locked_until: row::opt_instant(row, "locked_until")?,
        created: row::instant(row, "created")?,
    })
}
