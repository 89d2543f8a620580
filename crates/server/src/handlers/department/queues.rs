//! Work queues.

use jiff::Timestamp;
use store::department::queue::{After, Load};
use workflow::queues::{self as cases, Given, Item, Opened};

use super::{address, due, titles, unnamed};
use crate::call::{Call, Reply, go_saying};
use crate::pages::department::queue::{CriteriaPage, QueuesPage, WorkQueuePage};
use crate::pages::parts::{Cell, Choice, Table};
use crate::problem::{Problem, sentence};
use crate::show::{self, Show};

pub(crate) async fn list(call: Call) -> Reply {
    let waiting = cases::mine(&call.house.store, &call.context()?).await?;
    let show = call.show();
    let rows = waiting.iter().map(|one| {
        vec![
            Cell::new(one.queue.title.clone())
                .link(format!("/queues/{}", one.queue.key))
                .note(one.queue.about.clone()),
            Cell::new(one.load.open.to_string()).number(),
            Cell::new(one.load.overdue.to_string()).number(),
            Cell::new(one.load.assigned.to_string()).number(),
            Cell::new(one.load.oldest.map_or_else(|| show::NOTHING.into(), |at| show.day(at))),
        ]
    });
    let columns = ["Queue", "Wait", "Past due", "In hand", "Oldest"];
    let table =
        Table::new("Queues of your role", &columns, "No queue is for this role. Put another hat on above.");
    let may_change = call.may(chart::access::Permission::QueueAssign);
    call.page(&QueuesPage { table: table.rows(rows), may_change })
}

/// Where a page begins: `1790000000000000~01J…`, as [`next`] writes it.
fn after(call: &Call) -> Option<After> {
    let (due, item) = call.query.text("after").split_once('~')?;
    let due = Timestamp::from_microsecond(due.parse().ok()?).ok()?;
    Some(After { due, item: item.to_owned() })
}

pub(crate) async fn open(call: Call) -> Reply {
    let key = call.parameters.text("key").to_owned();
    let only_mine = !call.query.text("mine").is_empty();
    let from = after(&call);
    let opened = cases::open(&call.house.store, &call.context()?, &key, only_mine, from.as_ref()).await?;
    call.page(&page(&opened, only_mine, &call.show()))
}

fn page(opened: &Opened, only_mine: bool, show: &Show) -> WorkQueuePage {
    let base = format!("/queues/{}", opened.queue.key);
    let mine = if only_mine { "&mine=1" } else { "" };
    let next = opened.next.as_ref();
    let next = next.map(|after| format!("{base}?after={}~{}{mine}", after.due.as_microsecond(), after.item));
    let table = |caption: &str, items: &[Item]| {
        Table::new(caption.to_owned(), &["Whose", "Kind", "About", "Due", "In hand"], "Nothing waits here.")
            .rows(items.iter().map(|one| row(opened, one, show)))
    };
    let items = opened.first.iter().chain(&opened.items);
    WorkQueuePage {
        action: base.clone(),
        queue: opened.queue.title.clone(),
        about: opened.queue.about.clone(),
        load: load(opened.load),
        first: (!opened.first.is_empty()).then(|| table("First", &opened.first)),
        table: table("In the order of the clock", &opened.items),
        next,
        other: if only_mine { (base, "All") } else { (format!("{base}?mine=1"), "Only mine") },
        items: items.map(|one| Choice::new(one.row.item.clone(), label(opened, one), "")).collect(),
        people: opened
            .people
            .iter()
            .map(|(id, name)| Choice::new(id.to_string(), name.clone(), ""))
            .collect(),
    }
}

fn load(load: Load) -> String {
    format!("{} wait, {} past due, {} in somebody's hands", load.open, load.overdue, load.assigned)
}

fn label(opened: &Opened, one: &Item) -> String {
    let whose = one.name.clone().unwrap_or_else(|| unnamed(opened.source).into());
    format!("{whose}: {}", show::worded(&one.row.kind))
}

fn row(opened: &Opened, one: &Item, show: &Show) -> Vec<Cell> {
    let whose = one.name.clone().unwrap_or_else(|| unnamed(opened.source).into());
    let href = address(opened.source, &one.row.item, one.row.patient.map(|id| id.to_string()));
    let given = one.assignment.as_ref().and_then(|given| given.assignee);
    let person = given.map(|id| {
        let known = opened.people.iter().find(|(one, _)| *one == id);
        known.map_or_else(|| "taken".to_owned(), |(_, name)| name.clone())
    });
    let late = one.row.due < show.now;
    vec![
        Cell::new(whose).link(href),
        Cell::new(show::worded(&one.row.kind)),
        Cell::new(one.row.responsible.clone()),
        Cell::new(due(show, one.row.due)).mark(if late { "tag warn" } else { "" }),
        Cell::new(person.unwrap_or_default())
            .note(one.assignment.as_ref().map_or("", |given| given.note.as_str())),
    ]
}

pub(crate) async fn assign(call: Call) -> Reply {
    let key = call.parameters.text("key").to_owned();
    let (store, context) = (&call.house.store, call.context()?);
    let item = call.form.text("item").to_owned();
    let given = match (call.form.text("do"), call.form.text("to")) {
        ("take", _) => Given::Mine,
        ("give", "") => Given::ToNobody,
        ("give", to) => Given::To(to.parse().map_err(|_| Problem::Unreadable)?),
        _ => return Err(Problem::Unreadable),
    };
    let goes_first = call.form.text("do") == "give" && !call.form.text("first").is_empty();
    cases::assign(store, &context, (&key, &item), given, goes_first, call.form.text("note")).await?;
    Ok(go_saying(&format!("/queues/{key}"), "work"))
}

pub(crate) async fn criteria(call: Call) -> Reply {
    let (table, version) = cases::criteria(&call.house.store, &call.context()?).await?;
    call.page(&CriteriaPage { table, version, problem: None })
}

pub(crate) async fn set_criteria(call: Call) -> Reply {
    let version = call.form.read("version").ok_or(Problem::Unreadable)?;
    let table = call.form.raw("table").replace("\r\n", "\n");
    match cases::set_criteria(&call.house.store, &call.context()?, &table, version).await {
        Ok(()) => Ok(go_saying("/queues", "saved")),
        Err(workflow::Error::Refused(words)) => {
            call.again(&CriteriaPage { table, version, problem: Some(sentence(&words)) })
        }
        Err(other) => Err(other.into()),
    }
}

/// The roles that work a queue, for the board.
pub(super) fn workers(queue: &cases::Queue) -> String {
    titles(&queue.roles)
}
