//! Accounts and their roles.

use chart::access::Role;
use chart::coded::system;
use chart::directory::Party;
use chart::id::{PartyId, UserId};
use store::Page;
use store::access::accounts::Account;
use store::parties::Filed;
use workflow::access::{self, NewAccount, Token};

use crate::call::{Call, Reply, go_saying};
use crate::pages::parts::{Cell, Choice, Fact, Table, Tag};
use crate::pages::users::{UserForm, UserPage, UsersPage, role_choices};
use crate::problem::{Problem, sentence};
use crate::show::{self, Show};

/// Accounts listed at once.
const ACCOUNTS: u32 = 1_000;

fn asked_roles(call: &Call) -> Vec<Role> {
    call.form.all("role").filter_map(|key| key.parse().ok()).collect()
}

pub(crate) async fn list(call: Call) -> Reply {
    let page = users_page(&call, None).await?;
    call.page(&page)
}

async fn users_page(call: &Call, problem: Option<String>) -> Result<UsersPage, Problem> {
    let found = access::accounts(&call.house.store, &call.context()?, Page::first(ACCOUNTS)).await?;
    let form = UserForm {
        name: call.form.text("name").into(),
        shown: call.form.text("shown").into(),
        email: call.form.text("email").into(),
    };
    Ok(UsersPage { table: table(&found), form, roles: role_choices(&asked_roles(call)), problem })
}

fn table(found: &[Account]) -> Table {
    let rows = found.iter().map(|one| {
        let roles: Vec<&str> = access::roles(one).into_iter().map(Role::title).collect();
        vec![
            Cell::new(one.login.clone()).link(format!("/users/{}", one.id)),
            Cell::new(one.name.clone()),
            Cell::new(roles.join(", ")),
            Cell::new(if one.active { "open" } else { "closed" }).mark(if one.active {
                ""
            } else {
                "tag stop"
            }),
            Cell::new(if one.totp_secret.is_some() { "yes" } else { "no" }),
        ]
    });
    Table::new("Accounts", &["User name", "Name", "Roles", "Account", "Second step"], "Nobody yet.")
        .rows(rows)
}

pub(crate) async fn create(call: Call) -> Reply {
    let token = Token::new(rand::random());
    let new = NewAccount {
        login: call.form.text("name").into(),
        name: call.form.text("shown").into(),
        email: Some(call.form.text("email").to_owned()).filter(|email| !email.is_empty()),
        party: None,
        roles: asked_roles(&call),
    };
    match access::create(&call.house.store, &mut call.context()?, new, &token).await {
        Ok(id) => shown_with_link(&call, id, &token).await,
        Err(workflow::Error::Refused(words)) => {
            let page = users_page(&call, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}

/// The link is on this one page and nowhere else.
async fn shown_with_link(call: &Call, id: UserId, token: &Token) -> Reply {
    let page = user_page(call, id, None).await?;
    let link = Some(format!("{}/start/{}", call.house.config.public_url, token.text()));
    call.page(&UserPage { link, ..page })
}

async fn user_page(call: &Call, id: UserId, problem: Option<String>) -> Result<UserPage, Problem> {
    let named = (call.form.text("do") == "find" || !call.form.text("named").is_empty())
        .then(|| call.form.text("named").to_owned());
    let read = access::account(&call.house.store, &call.context()?, id, named.as_deref()).await?;
    let account = read.account;
    let closed = (!account.active).then(|| Tag { tone: "stop", text: "closed".into() });
    Ok(UserPage {
        action: format!("/users/{id}"),
        shown: account.name.clone(),
        tags: closed.into_iter().collect(),
        facts: facts(&account, &call.show()),
        roles: role_choices(&access::roles(&account)),
        active: account.active,
        practitioner: read.party.as_ref().map(|one| practitioner(&one.party)),
        found: named.as_ref().map(|_| read.found.iter().map(choice).collect()),
        named: named.unwrap_or_default(),
        link: None,
        problem,
    })
}

/// `Mehta, Anjali (NPI 9990000003)`.
fn practitioner(party: &Party) -> String {
    match party.identifiers.iter().find(|one| one.system == system::NPI || one.kind == "NPI") {
        Some(npi) => format!("{} (NPI {})", party.name, npi.value),
        None => format!("{} (no NPI)", party.name),
    }
}

/// A practitioner to choose, with what tells one of a name from another.
fn choice(one: &Filed) -> Choice {
    let types: Vec<&str> = one.party.types.iter().map(|kind| kind.text.as_str()).collect();
    Choice { note: types.join(", "), ..Choice::new(one.id.to_string(), practitioner(&one.party), "") }
}

fn facts(account: &Account, show: &Show) -> Vec<Fact> {
    let rests = account.locked_until.filter(|until| *until > show.now).map(|until| show.moment(until));
    let facts = [
        Fact::new("User name", account.login.clone()),
        Fact::new("E-mail", account.email.clone().unwrap_or_default()),
        Fact::new("Made", show.moment(account.created)),
        Fact::new("Password changed", show.maybe_moment(account.password_changed)),
        Fact::new("Second step", if account.totp_secret.is_some() { "on" } else { "off" }),
        Fact::new("Signs in outside at", account.subject.as_ref().map_or("", |one| one.issuer.as_str())),
        Fact::new(
            "Wrong attempts",
            if account.failures > 0 { show::counted(account.failures, "time") } else { String::new() },
        ),
        Fact::new("Rests until", rests.unwrap_or_default()),
    ];
    facts.into_iter().flatten().collect()
}

pub(crate) async fn read(call: Call) -> Reply {
    let page = user_page(&call, call.id("user")?, None).await?;
    call.page(&page)
}

pub(crate) async fn change(call: Call) -> Reply {
    let id: UserId = call.id("user")?;
    let (store, context) = (&call.house.store, call.context()?);
    let token = Token::new(rand::random());
    let done = match call.form.text("do") {
        "roles" => access::set_roles(store, &context, id, &asked_roles(&call)).await,
        "find" => {
            let page = user_page(&call, id, None).await?;
            return call.page(&page);
        }
        "link-party" => {
            let party: PartyId = call.form.read("party").ok_or(Problem::Unreadable)?;
            access::link(store, &context, id, Some(party)).await
        }
        "unlink" => access::link(store, &context, id, None).await,
        "term" => set_term(&call, id).await,
        "close" => access::set_active(store, &context, id, false).await,
        "open" => access::set_active(store, &context, id, true).await,
        "link" => match access::new_link(store, &context, id, &token).await {
            Ok(()) => return shown_with_link(&call, id, &token).await,
            Err(error) => Err(error),
        },
        _ => return Err(Problem::Unreadable),
    };
    match done {
        Ok(()) => Ok(go_saying(&format!("/users/{id}"), "account")),
        Err(workflow::Error::Refused(words)) => {
            let page = user_page(&call, id, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}

/// The day on which the account ends, or that it stays.
async fn set_term(call: &Call, id: UserId) -> workflow::Result<()> {
    let day: Option<jiff::civil::Date> = call.form.read("ends");
    let zone = &call.house.config.zone;
    let after = day.and_then(|day| day.tomorrow().ok()?.to_zoned(zone.clone()).ok());
    let context = call.context().map_err(|_| workflow::Error::refused("sign in again"))?;
    let ends = after.map(|midnight| midnight.timestamp());
    workflow::hand_over::set_term(&call.house.store, &context, id, ends).await
}
