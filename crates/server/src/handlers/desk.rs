//! The desk, the keys, the directory, and what this system is.

use chart::access::Permission;
use chart::directory::{Party, PartyKind};
use workflow::desk as cases;

use super::input;
use crate::call::{Call, Reply};
use crate::pages::desk::{AboutPage, DirectoryPage, HomePage, KeysPage, Recent, Tile};
use crate::pages::parts::{Cell, Choice, Fact, Table};
use crate::problem::Problem;
use crate::show;

/// Entries of the directory shown at once.
const PARTIES: u32 = 200;

pub(crate) async fn home(call: Call) -> Reply {
    let desk = cases::mine(&call.house.store, &call.context()?).await?;
    let session = &call.caller()?.session;
    let tile = |figure: Option<i64>, href, label| {
        figure.map(|figure| Tile { href, figure: figure.to_string(), label })
    };
    let tiles = [
        tile(desk.unfiled, "/unfiled", "papers to file"),
        tile(desk.duplicates, "/duplicates", "possible duplicates"),
        tile(desk.rejected, "/messages", "messages rejected"),
    ];
    let show = call.show();
    let recent = desk.recent.iter().map(|(at, patient)| {
        let who = &patient.demographics;
        let number = show::number(who);
        let born = who.birth.map_or_else(|| show::NOTHING.into(), |birth| birth.to_string());
        Recent {
            href: format!("/patients/{}", patient.id),
            name: who.filed_name(),
            facts: format!("{born} · {} · {number}", show::sex(who.sex)),
            when: show.moment(*at),
            filing: show::filing(&number),
        }
    });
    call.page(&HomePage {
        greeting: session.name.clone(),
        role_work: session.role.work(),
        search: call.may(Permission::PatientSearch),
        tiles: tiles.into_iter().flatten().collect(),
        recent_title: "Charts you opened",
        recent: recent.collect(),
    })
}

pub(crate) async fn keys(call: Call) -> Reply {
    call.page(&KeysPage {})
}

pub(crate) async fn about(call: Call) -> Reply {
    let mut facts = vec![
        Fact { label: "Facility", value: call.house.config.facility.clone() },
        Fact { label: "Version", value: env!("CARGO_PKG_VERSION").into() },
    ];
    // Which database it is helps those who run it, and nobody else.
    if call.may(Permission::MetricsRead) {
        facts.push(Fact { label: "Database", value: format!("{:?}", call.house.store.kind()) });
        facts.push(Fact { label: "Now", value: call.show().moment(call.house.now()) });
    }
    call.page(&AboutPage { facts })
}

pub(crate) async fn nowhere(_: Call) -> Reply {
    Err(Problem::Missing)
}

const KINDS: [(&str, &str, PartyKind); 3] = [
    ("practitioner", "Practitioners", PartyKind::Practitioner),
    ("organization", "Organizations", PartyKind::Organization),
    ("location", "Places", PartyKind::Location),
];

pub(crate) async fn directory(call: Call) -> Reply {
    let asked = call.query.text("kind");
    let (chosen, label, kind) = *KINDS.iter().find(|(key, ..)| *key == asked).unwrap_or(&KINDS[0]);
    let named = call.query.text("named");
    let page = input::page(&call.query, PARTIES);
    let found = cases::directory(&call.house.store, &call.context()?, Some(kind), named, page).await?;
    let empty = "Nobody of that name. What interfaces send fills the directory.";
    let table = Table::new(label, &["Name", "Type", "Part of", "Reached at"], empty);
    let table = table.rows(found.iter().map(|one| row(&one.party)));
    let kinds = KINDS.iter().map(|(key, label, _)| Choice::new(*key, *label, chosen)).collect();
    call.page(&DirectoryPage { kinds, named: named.into(), table })
}

fn row(party: &Party) -> Vec<Cell> {
    let numbers: Vec<String> = party.identifiers.iter().map(|one| one.value.clone()).collect();
    let types: Vec<&str> = party.types.iter().map(|one| one.text.as_str()).collect();
    let reached: Vec<&str> = party.telecoms.iter().map(|one| one.value.as_str()).collect();
    let name = Cell::new(party.name.clone()).note(numbers.join(", "));
    vec![
        if party.active { name } else { name.mark("struck") },
        Cell::new(types.join(", ")),
        Cell::new(party.part_of.as_ref().map_or("", |one| one.name.as_str())),
        Cell::new(reached.join(", ")).note(party.address.as_ref().map(show::address).unwrap_or_default()),
    ]
}
