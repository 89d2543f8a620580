//! My day: one list over all clocks of all hats a person may wear.

use std::collections::BTreeSet;

use chart::access::{Permission, Role};
use chart::id::UserId;
use jiff::Timestamp;
use store::access::accounts;
use store::department::hand_over::{self, HandOver};
use store::department::queue::Source;
use store::{Reader, Store};

use crate::queues::{Item, Queue, in_force, top};
use crate::self_check::{self, Recheck};
use crate::{Context, Error, Result};

/// Rows taken of each queue.
const OF_EACH: u32 = 25;
/// Rows of the whole list.
const MOST: usize = 100;
/// Absences that are looked at.
const ABSENCES: store::Page = store::Page { skip: 0, take: 50 };

/// A line of the day.
#[derive(Debug, Clone)]
pub struct Line {
    /// Under which hat it is done.
    pub hat: Role,
    /// From which queue.
    pub queue: Queue,
    /// What source it comes from.
    pub source: Source,
    /// What waits.
    pub item: Item,
}

/// A person's day.
#[derive(Debug, Clone)]
pub struct Day {
    /// What waits, the first due first.
    pub lines: Vec<Line>,
    /// How many of them are past due.
    pub overdue: usize,
    /// Hats of this person that have a queue.
    pub hats: Vec<Role>,
    /// Hats worn by this one person that are two people's elsewhere, with what is looked at again later.
    pub self_checks: Vec<Recheck>,
    /// Hand-overs to this person that are in force.
    pub taken_over: Vec<HandOver>,
    /// When it was put together.
    pub at: Timestamp,
}

/// The day of who asks, over every hat they may wear.
///
/// # Errors
/// [`Error::Forbidden`] without the permission in the role worn.
pub async fn of_mine(store: &Store, context: &Context) -> Result<Day> {
    context.must(Permission::QueueWork)?;
    let Some(user) = context.user() else { return Err(Error::refused("only a person has a day")) };
    let mut view = store.view().await?;
    let hats = hats(&mut view, user).await?;
    let (queues, _) = in_force(&mut view).await?;
    let mut lines: Vec<Line> = Vec::new();
    let mut seen = BTreeSet::new();
    for queue in queues {
        let Some(hat) = hats.iter().copied().find(|hat| queue.is_for(*hat)) else { continue };
        let source = queue.source()?;
        for item in top(&mut view, context, &queue, OF_EACH).await? {
            let is_others =
                item.assignment.as_ref().and_then(|given| given.assignee).is_some_and(|to| to != user);
            if !is_others && seen.insert((source, item.row.item.clone())) {
                lines.push(Line { hat, queue: queue.clone(), source, item });
            }
        }
    }
    let goes_first = |line: &Line| line.item.assignment.as_ref().is_some_and(|given| given.priority > 0);
    lines.sort_by_key(|line| (!goes_first(line), line.item.row.due, line.item.row.item.clone()));
    lines.truncate(MOST);
    let taken_over = hand_over::current(&mut view, context.at, ABSENCES).await?;
    let self_checks = self_check::of(&mut view, user, &hats).await?;
    view.finish(context.event("day-read")).await?;
    Ok(Day {
        overdue: lines.iter().filter(|line| line.item.row.due < context.at).count(),
        self_checks,
        taken_over: taken_over
            .into_iter()
            .filter(|one| one.taker == Some(user) && one.since <= context.at)
            .collect(),
        hats,
        lines,
        at: context.at,
    })
}

/// The hats of an account.
pub(crate) async fn hats(reader: &mut Reader, user: UserId) -> Result<Vec<Role>> {
    let account = accounts::by_id(reader, user).await?;
    Ok(account.iter().flat_map(|one| &one.roles).filter_map(|role| role.parse().ok()).collect())
}
