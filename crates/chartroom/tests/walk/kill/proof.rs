//! The store's side of the story, held against the clients'.

use std::collections::HashMap;

use chart::id::Digest;
use chart::intake::Channel;
use store::arrivals::{self, State};
use store::patients::{self, Query};
use store::{Page, Store, View, entries};

use super::ledger::Ledger;
use super::traffic::marked_paper;
use super::{Places, codes, notes};

/// More rows than any walk makes.
const ALL: Page = Page::first(1_000_000);

/// Everything that was acknowledged and is not there exactly once, and everything that is there twice.
pub(super) fn findings(url: &str, places: &Places, ledger: &Ledger) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let store = Store::open(url).await.expect("the database opens again");
        let mut view = store.view().await.expect("the database can be read");
        let mut found = messages(&mut view, ledger).await;
        found.extend(results(&mut view, ledger).await);
        found.extend(papers(&mut view, ledger).await);
        found.extend(people(&mut view, ledger).await);
        found.extend(notes::findings(&mut view, &places.chart, ledger).await);
        found.extend(codes::findings(&mut view, &places.desk, ledger).await);
        view.close().await.expect("the view ends");
        store.close().await;
        found
    })
}

async fn messages(view: &mut View, ledger: &Ledger) -> Vec<String> {
    let mut found = Vec::new();
    for message in &ledger.messages {
        let arrival = arrivals::by_control_id(view, message.sender, &message.control_id).await;
        match arrival.expect("arrivals can be read").map(|arrival| (arrival.state, arrival.reason)) {
            Some((State::Applied | State::Unchanged, _)) => {}
            Some((state, reason)) => found.push(format!("{} is {state:?}: {reason}", message.control_id)),
            None => found.push(format!("{} was acknowledged and is lost", message.control_id)),
        }
    }
    found
}

/// Every patient of the clinic is there once, with every result once.
async fn results(view: &mut View, ledger: &Ledger) -> Vec<String> {
    let mut found = Vec::new();
    for (number, acknowledged) in &ledger.patients {
        let query = Query { identifier: Some(number.clone()), with_merged: true, ..Query::default() };
        let there = patients::search(view, &query, ALL).await.expect("patients can be read");
        let [patient] = there.as_slice() else {
            found.push(format!("{number} is there {} times", there.len()));
            continue;
        };
        let filter = entries::Filter { with_errors: true, ..entries::Filter::of(patient.id) };
        let count = entries::count(view, &filter.kinds(&["result"])).await.expect("results can be read");
        if u64::try_from(count) != Ok(*acknowledged) {
            found.push(format!("{number} has {count} results of {acknowledged} acknowledged"));
        }
    }
    found
}

async fn papers(view: &mut View, ledger: &Ledger) -> Vec<String> {
    let filter = arrivals::Filter { channel: Some(Channel::Upload), ..arrivals::Filter::default() };
    let mut there: HashMap<Digest, usize> = HashMap::new();
    for arrival in arrivals::list(view, &filter, ALL).await.expect("arrivals can be read") {
        *there.entry(arrival.original).or_default() += 1;
    }
    let wrong = ledger.papers.iter().filter_map(|paper| {
        let count = there.get(&Digest::of(&marked_paper(&paper.mark))).copied().unwrap_or_default();
        let is_right = if paper.confirmed { count == 1 } else { count <= 1 };
        (!is_right)
            .then(|| format!("paper {} (confirmed: {}) is there {count} times", paper.mark, paper.confirmed))
    });
    wrong.collect()
}

async fn people(view: &mut View, ledger: &Ledger) -> Vec<String> {
    let mut found = Vec::new();
    for person in &ledger.people {
        let query = Query { family: Some(person.mark.clone()), with_merged: true, ..Query::default() };
        let count = patients::count(view, &query).await.expect("patients can be read");
        let is_right = if person.confirmed { count == 1 } else { count <= 1 };
        if !is_right {
            found.push(format!("{} (confirmed: {}) is there {count} times", person.mark, person.confirmed));
        }
    }
    found
}
