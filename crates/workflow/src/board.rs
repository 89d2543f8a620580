//! The supervisor's board: how much waits, how old it is, who did what.

use std::collections::BTreeMap;

use chart::access::Permission;
use chart::id::UserId;
use jiff::{SignedDuration, Timestamp};
use store::access::accounts;
use store::department::figures;
use store::department::hand_over::{self, HandOver};
use store::{Page, Store};

use crate::queues::{Waiting, in_force, loads};
use crate::{Context, Result};

/// People of a house.
const PEOPLE: Page = Page { skip: 0, take: 1_000 };

/// Tasks of the audit trail that are somebody's work, with what they are called. What only reads is no output.
const TASKS: [(&str, &str); 11] = [
    ("finding-decide", "Findings decided"),
    ("deficiency-verify", "Deficiencies verified"),
    ("deficiency-waive", "Deficiencies waived"),
    ("deficiency-reassign", "Deficiencies reassigned"),
    ("document-file", "Papers filed"),
    ("patient-merge", "Merges"),
    ("duplicates-keep-apart", "Duplicates kept apart"),
    ("message-mend", "Messages mended"),
    ("letter-issue", "Letters issued"),
    ("work-assign", "Work given out"),
    ("chart-read", "Charts opened"),
];

/// What one person did.
#[derive(Debug, Clone)]
pub struct Person {
    /// Who.
    pub id: UserId,
    /// What they are called.
    pub name: String,
    /// How often each task was done, by the title of the task.
    pub tasks: BTreeMap<&'static str, i64>,
}

/// The board.
#[derive(Debug, Clone)]
pub struct Board {
    /// Every queue with how much of it waits.
    pub queues: Vec<Waiting>,
    /// What was done since `from`, by person.
    pub people: Vec<Person>,
    /// Who is away, or soon will be.
    pub away: Vec<(String, HandOver)>,
    /// From when the work is counted.
    pub from: Timestamp,
    /// When it was put together.
    pub at: Timestamp,
}

/// The board over the last `days` days.
///
/// # Errors
/// [`crate::Error::Forbidden`] without the permission.
pub async fn read(store: &Store, context: &Context, days: u16) -> Result<Board> {
    context.must(Permission::BoardRead)?;
    let from = context.at - SignedDuration::from_hours(24 * i64::from(days));
    let mut view = store.view().await?;
    let (queues, _) = in_force(&mut view).await?;
    let queues = loads(&mut view, context, queues).await?;
    let names: BTreeMap<UserId, String> =
        accounts::list(&mut view, PEOPLE).await?.into_iter().map(|one| (one.id, one.name)).collect();
    let mut people: BTreeMap<UserId, Person> = BTreeMap::new();
    for done in figures::done(&mut view, from, context.at).await? {
        let Some((_, title)) = TASKS.iter().find(|(key, _)| *key == done.action) else { continue };
        let name = names.get(&done.user).cloned().unwrap_or_default();
        let person =
            people.entry(done.user).or_insert(Person { id: done.user, name, tasks: BTreeMap::new() });
        *person.tasks.entry(title).or_default() += done.count;
    }
    let away = hand_over::current(&mut view, context.at, PEOPLE).await?;
    view.finish(context.event("board-read")).await?;
    let named = |one: HandOver| (names.get(&one.account).cloned().unwrap_or_default(), one);
    Ok(Board {
        queues,
        people: people.into_values().collect(),
        away: away.into_iter().map(named).collect(),
        from,
        at: context.at,
    })
}
