//! Vacation: who is away, who takes over, and the sheet they get.

use chart::access::Permission;
use chart::id::UserId;
use jiff::Timestamp;
use store::access::accounts;
use store::department::assignments::{self, Assignment};
use store::department::hand_over::{self as kept, HandOver};
use store::department::terms;
use store::{Page, Store};

use crate::queues::{Waiting, mine};
use crate::{Context, Error, Result};

/// Items that a sheet lists.
const ITEMS: Page = Page { skip: 0, take: 200 };
/// People of a house.
const PEOPLE: Page = Page { skip: 0, take: 1_000 };

/// The sheet of who asks: what they have in hand, and what waits at their desk.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// What was given to this person.
    pub in_hand: Vec<Assignment>,
    /// The queues of the role worn.
    pub queues: Vec<Waiting>,
    /// Absences of everybody that are not over, with the names of who is away and who takes over.
    pub absences: Vec<(HandOver, String, String)>,
    /// Who may take over.
    pub people: Vec<(UserId, String)>,
    /// When it was put together.
    pub at: Timestamp,
}

/// The sheet.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn sheet(store: &Store, context: &Context) -> Result<Sheet> {
    context.must(Permission::QueueWork)?;
    let Some(user) = context.user() else { return Err(Error::refused("only a person hands over")) };
    let queues = mine(store, context).await?;
    let mut view = store.view().await?;
    let in_hand = assignments::of_person(&mut view, user, ITEMS).await?;
    let people: Vec<(UserId, String)> = accounts::list(&mut view, PEOPLE)
        .await?
        .into_iter()
        .filter(|one| one.active)
        .map(|one| (one.id, one.name))
        .collect();
    let named = |id: UserId| {
        people.iter().find(|(one, _)| *one == id).map_or_else(String::new, |(_, name)| name.clone())
    };
    let absences = kept::current(&mut view, context.at, ITEMS).await?;
    let absences = absences
        .into_iter()
        .map(|one| {
            let (away, taker) = (named(one.account), one.taker.map(named).unwrap_or_default());
            (one, away, taker)
        })
        .collect();
    view.finish(context.event("hand-over-read")).await?;
    let people = people.into_iter().filter(|(id, _)| *id != user).collect();
    Ok(Sheet { in_hand, queues, absences, people, at: context.at })
}

/// Writes down that the actor is away, and gives what they have in hand to who takes over.
///
/// # Errors
/// When the time is none, or the taker is the actor.
pub async fn write(
    store: &Store,
    context: &Context,
    (since, until): (Timestamp, Timestamp),
    taker: Option<UserId>,
    note: &str,
) -> Result<usize> {
    context.must(Permission::QueueWork)?;
    let Some(user) = context.user() else { return Err(Error::refused("only a person hands over")) };
    if until <= since {
        return Err(Error::refused("the last day is before the first: choose the days again"));
    }
    if taker == Some(user) {
        return Err(Error::refused("choose somebody else: you cannot take over from yourself"));
    }
    let mut tx = store.begin().await?;
    let note = note.trim().to_owned();
    let absence = HandOver { account: user, since, until, taker, note, written: context.at };
    kept::put(&mut tx, &absence).await?;
    let in_hand = assignments::of_person(&mut tx, user, ITEMS).await?;
    let given = in_hand.len();
    if taker.is_some() {
        for one in in_hand {
            let note = "handed over".to_owned();
            let assignment = Assignment { assignee: taker, by: user, at: context.at, note, ..one };
            assignments::put(&mut tx, &assignment).await?;
        }
    }
    let event = context.event("hand-over-write");
    tx.commit(event.detail(serde_json::json!({ "taker": taker, "items": given }))).await?;
    Ok(given)
}

/// Sets the day on which an account ends, for outside workers; `None` for one that stays.
///
/// # Errors
/// [`Error::Forbidden`] without the permission; a day that is past.
pub async fn set_term(
    store: &Store,
    context: &Context,
    account: UserId,
    ends: Option<Timestamp>,
) -> Result<()> {
    context.must(Permission::UserManage)?;
    if ends.is_some_and(|ends| ends <= context.at) {
        return Err(Error::refused("the day is past: close the account instead"));
    }
    let mut tx = store.begin().await?;
    terms::set(&mut tx, account, ends).await?;
    let event = context.event("account-term").object("account", account);
    tx.commit(event.detail(serde_json::json!({ "ends": ends }))).await?;
    Ok(())
}
