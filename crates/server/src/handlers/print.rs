//! The chart, or a selection of it, to print.

use chart::document::Document;
use chart::id::PatientId;
use store::Page;
use workflow::charts::{self, Part};

use super::chart::top;
use super::papers::is_legal;
use crate::call::{Call, Reply};
use crate::pages::chart::entries;
use crate::pages::chart::print::{PARTS, PrintPage, printed};
use crate::pages::parts::{Choice, Table};
use crate::show::Show;

/// Everything of a chart that is printed at once.
const MOST: u32 = 5_000;
/// The kinds of entry that can be printed.
const KINDS: [&str; 8] =
    ["diagnosis", "procedure", "medication", "allergy", "immunization", "order", "result", "coverage"];

pub(crate) async fn page(call: Call) -> Reply {
    let id: PatientId = call.id("patient")?;
    let legal = !call.query.text("legal").is_empty();
    let chosen: Vec<&str> = call.query.all("part").collect();
    // The first time, everything is chosen.
    let is_chosen = |key: &str| chosen.is_empty() || chosen.contains(&key);
    let filter = store::entries::Filter::default().kinds(&KINDS);
    let part = Part {
        name: "print",
        encounters: is_chosen("encounters").then(|| Page::first(MOST)),
        documents: is_chosen("documents").then(|| (store::documents::Filter::default(), Page::first(MOST))),
        entries: Some((filter, Page::first(MOST))),
    };
    let found = charts::read(&call.house.store, &call.context()?, id, part).await?;
    let show = call.show();
    let top = top(&call, &found.banner, "Overview");
    let mut tables = Vec::new();
    if is_chosen("encounters") {
        tables.push(entries::encounters(&found.encounters, &top.base, &show));
    }
    let chosen_tables = PARTS.iter().filter(|(key, _)| is_chosen(key));
    tables.extend(chosen_tables.flat_map(|(key, _)| tables_of(key, &found.entries.0, &show)));
    let mut documents: Vec<Document> = found.documents.0;
    documents.retain(|one| !legal || is_legal(&one.content));
    let parts = PARTS.iter().map(|(key, label)| Choice {
        key: (*key).into(),
        label: (*label).into(),
        note: String::new(),
        chosen: is_chosen(key),
    });
    call.page(&PrintPage {
        parts: parts.collect(),
        legal,
        tables,
        documents: printed(&documents, &show),
        top,
    })
}

fn tables_of(key: &str, rows: &[chart::entry::Entry], show: &Show) -> Vec<Table> {
    match key {
        "problems" => entries::problems(rows, show),
        "procedures" => vec![entries::procedures(rows, show)],
        "medications" => entries::medications(rows, show),
        "allergies" => vec![entries::allergies(rows, show), entries::immunizations(rows, show)],
        "orders" => vec![entries::orders(rows, show)],
        "history" => entries::history(rows, show),
        _ => Vec::new(),
    }
}
