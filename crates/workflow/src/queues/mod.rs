//! Work queues: what waits for a role, in the order of the clock; who takes it, and what goes first.

mod table;

use chart::access::{Permission, Role};
use chart::id::{PatientId, UserId};
use serde_json::json;
use store::access::accounts;
use store::department::assignments::{self, Assignment};
use store::department::queue::{self, After, Filter, Load, Row, Source};
use store::{Page, Reader, Store};

use crate::{Context, Error, Result, Who};

pub(crate) use table::in_force;
pub use table::{Queue, read, text};

/// Rows shown at once.
pub const PAGE: u32 = 50;
/// People an item may be given to.
const PEOPLE: Page = Page { skip: 0, take: 1_000 };

/// A queue with how much of it waits.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The queue.
    pub queue: Queue,
    /// How much of it waits.
    pub load: Load,
}

/// The role worn, which a person has.
fn role(context: &Context) -> Result<Role> {
    match context.who {
        Who::User { role, .. } => Ok(role),
        Who::System(_) => Err(Error::refused("only a person works at a queue")),
    }
}

/// The queues of the role worn, in their order.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn mine(store: &Store, context: &Context) -> Result<Vec<Waiting>> {
    context.must(Permission::QueueWork)?;
    let role = role(context)?;
    let mut view = store.view().await?;
    let (queues, _) = in_force(&mut view).await?;
    let mine = queues.into_iter().filter(|queue| queue.is_for(role)).collect();
    let waiting = loads(&mut view, context, mine).await?;
    view.close().await?;
    Ok(waiting)
}

/// How much of each of these queues waits.
pub(crate) async fn loads(
    reader: &mut Reader,
    context: &Context,
    queues: Vec<Queue>,
) -> Result<Vec<Waiting>> {
    let (mut all, mut counted) = (Vec::with_capacity(queues.len()), queue::Counted::default());
    for queue in queues {
        let filter = queue.filter(context);
        let load = queue::load(reader, &mut counted, (queue.source()?, &filter), context.at).await?;
        all.push(Waiting { queue, load });
    }
    Ok(all)
}

/// An item of a queue as it is shown.
#[derive(Debug, Clone)]
pub struct Item {
    /// What waits.
    pub row: Row,
    /// Whose chart, as filed; `None` for what is nobody's or must not be named.
    pub name: Option<String>,
    /// Who works on it, and whether it goes first.
    pub assignment: Option<Assignment>,
}

/// A page of a queue.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The queue.
    pub queue: Queue,
    /// Where its rows come from.
    pub source: Source,
    /// How much of it waits.
    pub load: Load,
    /// What was brought before the others; on the first page only.
    pub first: Vec<Item>,
    /// The items in the order of the clock.
    pub items: Vec<Item>,
    /// Where the next page begins, if there is one.
    pub next: Option<After>,
    /// Whom an item may be given to, with what they are called.
    pub people: Vec<(UserId, String)>,
    /// Whether the actor may give items to others.
    pub may_assign: bool,
}

/// Opens a queue of the role worn.
///
/// # Errors
/// [`Error::Forbidden`] without the permission, [`Error::Missing`] for a queue that is none of this role.
pub async fn open(
    store: &Store,
    context: &Context,
    key: &str,
    only_mine: bool,
    after: Option<&After>,
) -> Result<Opened> {
    context.must(Permission::QueueWork)?;
    let role = role(context)?;
    let mut view = store.view().await?;
    let (queues, _) = in_force(&mut view).await?;
    let queue = queues.into_iter().find(|queue| queue.key == key && queue.is_for(role));
    let queue =
        queue.ok_or_else(|| Error::Missing { what: "queue of your role called", id: key.to_owned() })?;
    let source = queue.source()?;
    let mut filter = queue.filter(context);
    filter.assignee = only_mine.then(|| context.user()).flatten();
    let mut counted = queue::Counted::default();
    let load = queue::load(&mut view, &mut counted, (source, &filter), context.at).await?;
    let first = match after {
        None => {
            let first = Filter { goes_first: Some(true), ..filter.clone() };
            let rows = queue::rows(&mut view, source, &first, None, PAGE).await?;
            items(&mut view, context, source, rows).await?
        }
        Some(_) => Vec::new(),
    };
    filter.goes_first = Some(false);
    let mut rows = queue::rows(&mut view, source, &filter, after, PAGE + 1).await?;
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|row| After { due: row.due, item: row.item.clone() });
    let items = items(&mut view, context, source, rows).await?;
    let may_assign = context.must(Permission::QueueAssign).is_ok();
    let people = if may_assign { people(&mut view, &queue).await? } else { Vec::new() };
    view.finish(context.event("queue-read").detail(json!({ "queue": queue.key }))).await?;
    Ok(Opened { queue, source, load, first, items, next, people, may_assign })
}

/// Rows with whose they are and who works on them. The name of a restricted patient is not shown in a list.
pub(crate) async fn items(
    reader: &mut Reader,
    context: &Context,
    source: Source,
    rows: Vec<Row>,
) -> Result<Vec<Item>> {
    let may_name = context.must(Permission::PatientRead).is_ok();
    let keys: Vec<String> = rows.iter().map(|row| row.item.clone()).collect();
    let mut given = assignments::of_items(reader, source.key(), &keys).await?;
    let patients: Vec<PatientId> = rows.iter().filter_map(|row| row.patient).filter(|_| may_name).collect();
    let patients = store::patients::by_ids(reader, &patients).await?;
    let name = |id: PatientId| {
        let patient = patients.get(&id).filter(|one| one.restriction.is_none())?;
        Some(patient.demographics.filed_name())
    };
    let item = |row: Row| {
        let assignment = given.remove(&row.item);
        Item { name: row.patient.and_then(name), assignment, row }
    };
    Ok(rows.into_iter().map(item).collect())
}

/// People who may wear a role of the queue.
async fn people(reader: &mut Reader, queue: &Queue) -> Result<Vec<(UserId, String)>> {
    let accounts = accounts::list(reader, PEOPLE).await?;
    let works = |roles: &[String]| roles.iter().any(|role| queue.roles.contains(role));
    let people = accounts.into_iter().filter(|one| one.active && works(&one.roles));
    Ok(people.map(|one| (one.id, one.name)).collect())
}

/// What is said of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// The actor works on it.
    Mine,
    /// Somebody else does.
    To(UserId),
    /// Nobody does.
    ToNobody,
}

/// Gives an item to somebody, or takes it oneself; `goes_first` brings it before the clock's order.
///
/// # Errors
/// [`Error::Forbidden`] without the permission: giving to others takes `queue.assign`.
pub async fn assign(
    store: &Store,
    context: &Context,
    (key, item): (&str, &str),
    given: Given,
    goes_first: bool,
    note: &str,
) -> Result<()> {
    let for_others = given != Given::Mine || goes_first;
    context.must(if for_others { Permission::QueueAssign } else { Permission::QueueWork })?;
    let Some(user) = context.user() else { return Err(Error::refused("only a person gives out work")) };
    let assignee = match given {
        Given::Mine => Some(user),
        Given::To(other) => Some(other),
        Given::ToNobody => None,
    };
    let role = role(context)?;
    let mut tx = store.begin().await?;
    let (queues, _) = in_force(&mut tx).await?;
    let queue = queues.into_iter().find(|queue| queue.key == key && queue.is_for(role));
    let queue =
        queue.ok_or_else(|| Error::Missing { what: "queue of your role called", id: key.to_owned() })?;
    let source = queue.source()?;
    if let Some(other) = assignee {
        let account = accounts::by_id(&mut tx, other).await?;
        if account.is_none_or(|account| !account.active) {
            return Err(Error::refused("this person cannot sign in; choose somebody else"));
        }
    }
    let assignment = Assignment {
        source: source.key().to_owned(),
        item: item.to_owned(),
        assignee,
        priority: i64::from(goes_first),
        by: user,
        at: context.at,
        note: note.trim().to_owned(),
    };
    assignments::put(&mut tx, &assignment).await?;
    let event = context.event("work-assign").object(source.key(), item);
    tx.commit(event.detail(json!({ "to": assignee, "first": goes_first }))).await?;
    Ok(())
}

/// The queues in force as a table to be edited, with its version.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn criteria(store: &Store, context: &Context) -> Result<(String, i64)> {
    context.must(Permission::QueueAssign)?;
    let mut view = store.view().await?;
    let (queues, version) = in_force(&mut view).await?;
    view.close().await?;
    Ok((text(&queues), version))
}

/// Stores the house's own queues, read in version `version`.
///
/// # Errors
/// The first row that cannot be understood; a conflict when somebody was faster.
pub async fn set_criteria(store: &Store, context: &Context, table: &str, version: i64) -> Result<()> {
    context.must(Permission::QueueAssign)?;
    let queues = read(table)?;
    let mut tx = store.begin().await?;
    table::store_own(&mut tx, queues, version, context).await?;
    tx.commit(context.event("queues-change")).await?;
    Ok(())
}

/// Rows of a queue for a role, without its permission being checked again: for lists over several queues.
pub(crate) async fn top(
    reader: &mut Reader,
    context: &Context,
    queue: &Queue,
    take: u32,
) -> Result<Vec<Item>> {
    let source = queue.source()?;
    let filter: Filter = queue.filter(context);
    let rows = queue::rows(reader, source, &filter, None, take).await?;
    items(reader, context, source, rows).await
}
