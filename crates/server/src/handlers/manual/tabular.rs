//! The tabular list.

use workflow::coding::manual::{self, Named, Node, Place, Rung, Said, pointed};

use super::{Day, books, tabular_address};
use crate::call::{Call, Reply};
use crate::pages::manual::{Labelled, LineView, NotesView, RungView, TabularPage};
use crate::pages::parts::{Cell, Table, Tag};
use crate::problem::Problem;

pub(crate) async fn chapters(call: Call) -> Reply {
    let day = Day::of(&call);
    let chapters = manual::chapters(books(&call)?)?;
    call.page(&TabularPage {
        day: day.date.to_string(),
        here: "/codes/tabular".into(),
        under: Some(listed("Chapters", &chapters, day)),
        ..TabularPage::default()
    })
}

pub(crate) async fn place(call: Call) -> Reply {
    let (day, books) = (Day::of(&call), books(&call)?);
    let node: Node = call.parameters.text("node").parse().map_err(|()| Problem::Missing)?;
    let place = manual::place(books, node, day.date)?.ok_or(Problem::Missing)?;
    let former = match node {
        Node::Code(code) => manual::was(books, code)?,
        Node::Chapter(_) | Node::Block(..) => Vec::new(),
    };
    let row = |(one, title): &(manual::Equivalent, String)| {
        let code = one.code.as_deref().map(pointed).unwrap_or_default();
        vec![Cell::new(code).note(one.remark()), Cell::new(title.clone())]
    };
    let before = Table::new("Before, in ICD-9-CM", &["Code", "Title"], "").rows(former.iter().map(row));
    call.page(&TabularPage {
        day: day.date.to_string(),
        here: tabular_address(node),
        tag: Some(tag(&place, node)),
        rungs: place.rungs.iter().map(|rung| rung_view(rung, day)).collect(),
        facts: place
            .facts
            .iter()
            .map(|(label, value)| Labelled { label: label.clone(), value: value.clone() })
            .collect(),
        seventh: seventh(&place, day),
        under: (!place.under.is_empty()).then(|| listed("Under it", &place.under, day)),
        former: (!former.is_empty()).then_some(before),
    })
}

fn tag(place: &Place, node: Node) -> Tag {
    let (tone, text) = match (place.is_valid, node) {
        (Some(true), _) => ("good", "a claim may report it"),
        (Some(false), _) => ("stop", "not valid on this day"),
        (None, Node::Code(_)) => ("warn", "a heading: no claim may report it"),
        (None, _) => ("", "a part of the list"),
    };
    Tag { tone, text: text.into() }
}

fn listed(caption: &str, under: &[Named], day: Day) -> Table {
    let row = |one: &Named| {
        let way = day.way(one.node, one.node.to_string());
        vec![Cell::new(way.label).link(way.href), Cell::new(one.title.clone())]
    };
    Table::new(caption, &["Code", "Title"], "Nothing.").rows(under.iter().map(row))
}

fn seventh(place: &Place, day: Day) -> Option<Table> {
    let row = |one: &workflow::coding::manual::SeventhCharacter| {
        let way = day.way(Node::Code(one.code), one.code.dotted());
        vec![
            Cell::new(one.character.to_string()),
            Cell::new(one.meaning.clone()),
            Cell::new(way.label).link(way.href),
        ]
    };
    let table = Table::new("Seventh characters", &["Character", "Meaning", "Code"], "None.");
    (!place.seventh.is_empty()).then(|| table.rows(place.seventh.iter().map(row)))
}

fn rung_view(rung: &Rung, day: Day) -> RungView {
    let line = |one: &manual::Line| LineView {
        text: one.text.clone(),
        ways: one.names.iter().map(|name| day.way(Node::Code(name.first), name.to_string())).collect(),
    };
    let notes = |said: &Said| NotesView {
        heading: said.kind.heading(),
        lines: said.lines.iter().map(line).collect(),
    };
    RungView {
        way: day.way(rung.named.node, rung.named.node.to_string()),
        title: rung.named.title.clone(),
        notes: rung.said.iter().map(notes).collect(),
    }
}
