//! The history of a code set: each verb, and what a change of codes was before and is after.

use chart::coding::{Codes, CodingState, before_and_after};
use workflow::coding::Side;

use super::{here, read};
use crate::call::{Call, Reply};
use crate::handlers::chart::top;
use crate::pages::coding::CodingHistoryPage;
use crate::pages::parts::{Cell, Table};
use crate::problem::Problem;
use crate::show;

pub(crate) async fn history(call: Call) -> Reply {
    let (desk, show) = (read(&call).await?, call.show());
    let side = desk.side.as_ref().ok_or(Problem::Missing)?;
    let set = &side.set;
    // Every verb has left one line and counted one version.
    let row = |(version, one): (i64, &chart::machine::Happened)| {
        let (before, after) = around(side, version);
        vec![
            Cell::new(show.moment(one.stamp.at)),
            Cell::new(one.stamp.by.name.clone()),
            Cell::new(show::worded(&one.verb)),
            Cell::new(one.note.clone()),
            Cell::new(before),
            Cell::new(after),
        ]
    };
    let mut rows: Vec<Vec<Cell>> = (1..).zip(set.history.all()).map(row).collect();
    rows.reverse();
    if let CodingState::Final { outcome, .. } = &set.state {
        let digest = outcome.explanation.map(|digest| digest.to_string()).unwrap_or_default();
        let empty = || Cell::new("");
        let editions = Cell::new(outcome.editions.join(", "));
        rows.insert(
            0,
            vec![Cell::new("closed with"), empty(), editions, Cell::new(digest), empty(), empty()],
        );
    }
    let columns = ["When", "Who", "What", "With what, or why", "Before", "After"];
    call.page(&CodingHistoryPage {
        top: top(&call, &desk.banner, "Encounters"),
        back: format!("{}?for={}", here(&call)?, set.purpose.key()),
        table: Table::new("The last first", &columns, "Nothing yet.").rows(rows),
    })
}

/// What the change that made this version was, before and after; nothing where the codes were not changed.
fn around(side: &Side, version: i64) -> (String, String) {
    let Some(at) = side.changes.iter().position(|one| one.version == version) else {
        return (String::new(), String::new());
    };
    let after: &Codes = side.changes.get(at + 1).map_or(&side.set.codes, |next| &next.before);
    let (gone, come) = before_and_after(&side.changes[at].before, after);
    (gone.join("; "), come.join("; "))
}
