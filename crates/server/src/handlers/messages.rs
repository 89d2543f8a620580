//! Messages of other systems: the list, one of them, mending, playing again, dropping.

use chart::access::Permission;
use chart::id::ArrivalId;
use chart::intake::Channel;
use exchange::hl7;
use store::arrivals::{Arrival, Filter, State};
use workflow::interface as cases;

use super::input;
use crate::call::{Call, Reply, go_saying};
use crate::pages::interface::{MessagePage, MessagesPage, segments};
use crate::pages::parts::{Cell, Choice, Fact, Table};
use crate::show::Show;

/// Messages listed at once.
const MESSAGES: u32 = 100;

const STATES: [(&str, &str, State); 6] = [
    ("rejected", "Rejected", State::Rejected),
    ("waiting", "Waiting", State::Waiting),
    ("applied", "Applied", State::Applied),
    ("unchanged", "Unchanged", State::Unchanged),
    ("mended", "Mended", State::Mended),
    ("dropped", "Dropped", State::Dropped),
];

fn named(state: State) -> (&'static str, &'static str) {
    let tone = match state {
        State::Rejected => "stop",
        State::Waiting | State::Mended => "warn",
        State::Applied => "good",
        State::Unchanged | State::Dropped => "",
    };
    STATES.iter().find(|(.., one)| *one == state).map_or(("", tone), |(_, label, _)| (label, tone))
}

pub(crate) async fn list(call: Call) -> Reply {
    let asked = call.query.text("state");
    let state = STATES.iter().find(|(key, ..)| *key == asked || (asked.is_empty() && *key == "rejected"));
    let chosen = state.map_or("all", |(key, ..)| key);
    let states = state.map(|(.., state)| vec![*state]).unwrap_or_default();
    let page = input::page(&call.query, MESSAGES);
    let filter = Filter { states, channel: Some(Channel::Hl7), ..Filter::default() };
    let (found, count) = cases::list(&call.house.store, &call.context()?, &filter, page).await?;
    let all = Choice::new("all", "All", chosen);
    let filters = STATES.iter().map(|(key, label, _)| Choice::new(*key, *label, chosen)).chain([all]);
    let pager = input::pager(page, count, &format!("/messages?state={chosen}"));
    call.page(&MessagesPage { filters: filters.collect(), table: table(&found, &call.show()), pager })
}

fn table(found: &[Arrival], show: &Show) -> Table {
    let rows = found.iter().map(|one| {
        let (state, tone) = named(one.state);
        let mark = match tone {
            "stop" => "tag stop",
            "warn" => "tag warn",
            "good" => "tag good",
            _ => "tag",
        };
        vec![
            Cell::new(one.kind.clone()).link(format!("/messages/{}", one.id)),
            Cell::new(show.moment(one.received)),
            Cell::new(one.sender.clone()).note(one.control_id.clone().unwrap_or_default()),
            Cell::new(state).mark(mark),
            Cell::new(one.reason.clone()),
        ]
    });
    Table::new("Messages", &["Message", "Came", "Sender", "State", "Reason"], "No message is in this state.")
        .rows(rows)
}

pub(crate) async fn read(call: Call) -> Reply {
    let id: ArrivalId = call.id("arrival")?;
    let (arrival, original) = cases::read(&call.house.store, &call.context()?, id).await?;
    let text = String::from_utf8_lossy(&original.bytes).replace('\r', "\n");
    let (state, tone) = named(arrival.state);
    let may_mend = arrival.state == State::Rejected && call.may(Permission::InterfaceMend);
    let page = MessagePage {
        facts: facts(&arrival, &call.show()),
        reason: if arrival.state == State::Rejected { arrival.reason.clone() } else { String::new() },
        segments: segments(&text),
        mend: may_mend.then(|| format!("/messages/{id}")),
        kind: arrival.kind,
        state,
        tone,
        text,
    };
    call.page(&page)
}

fn facts(arrival: &Arrival, show: &Show) -> Vec<Fact> {
    let facts = [
        Fact::new("Sender", arrival.sender.clone()),
        Fact::new("Number", arrival.control_id.clone().unwrap_or_default()),
        Fact::new("Came", show.moment(arrival.received)),
        Fact::new("Last changed", show.moment(arrival.updated)),
        Fact::new("Tried", crate::show::counted(arrival.attempts, "time")),
        Fact::new("Mended", if arrival.mended_from.is_some() { "yes; what came is kept" } else { "" }),
    ];
    facts.into_iter().flatten().collect()
}

pub(crate) async fn replay(call: Call) -> Reply {
    let id: ArrivalId = call.id("arrival")?;
    let text = Some(call.form.raw("text").to_owned()).filter(|text| !text.trim().is_empty());
    let config = &call.house.config;
    let source = hl7::Source { name: config.facility.clone(), zone: config.zone.clone() };
    cases::mend(&call.house.store, &mut call.context()?, id, text, &source).await?;
    Ok(go_saying(&format!("/messages/{id}"), "replayed"))
}

pub(crate) async fn give_up(call: Call) -> Reply {
    let id: ArrivalId = call.id("arrival")?;
    cases::give_up(&call.house.store, &call.context()?, id, call.form.text("reason")).await?;
    Ok(go_saying(&format!("/messages/{id}"), "dropped"))
}
