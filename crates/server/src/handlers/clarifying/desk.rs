//! The desk of queries, their measures, and the queries of a chart.

use chart::id::PatientId;
use chart::patient::Patient;
use chart::query::Query;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use workflow::clarifying::{self as cases, Figures, Measures, Pile};

use crate::call::{Call, Reply};
use crate::handlers::chart::top;
use crate::handlers::input;
use crate::pages::clarifying::desk::{MeasuresPage, QueriesPage};
use crate::pages::clarifying::query::ChartQueriesPage;
use crate::pages::clarifying::{QueryView, state};
use crate::pages::parts::{Cell, Choice, Fact, Table};
use crate::show::{self, Show};

/// Rows of a page of the desk.
const ROWS: u32 = 100;
/// Days that are measured unless others are asked for.
const PERIOD_DAYS: i64 = 90;

pub(crate) async fn desk(call: Call) -> Reply {
    let page = input::page(&call.query, ROWS);
    let asked = call.query.text("pile");
    let pile = Pile::ALL.into_iter().find(|pile| pile.key() == asked).unwrap_or(Pile::Open);
    let found = cases::desk(&call.house.store, &call.context()?, pile, page).await?;
    let show = call.show();
    let count = found.counts.iter().find(|(one, _)| *one == pile).map_or(0, |(_, count)| *count);
    let piles = found.counts.iter().map(|(one, count)| Choice {
        note: count.to_string(),
        ..Choice::new(one.key(), show::worded(one.key()), pile.key())
    });
    let rows = found.rows.iter().map(|(query, patient)| row(query, patient.as_ref(), &show));
    let columns = ["Query", "Patient", "To", "From", "Answer due", "State"];
    let table = Table::new("The first due first", &columns, "Nothing lies on this pile.").rows(rows);
    let address = format!("{}?pile={}", call.path, pile.key());
    call.page(&QueriesPage { piles: piles.collect(), table, pager: input::pager(page, count, &address) })
}

fn row(query: &Query, patient: Option<&Patient>, show: &Show) -> Vec<Cell> {
    let name = patient.map_or_else(|| "restricted chart".into(), |one| one.demographics.filed_name());
    let tag = state(query, show);
    vec![
        Cell::new(query.ask.title.clone()).link(format!("/queries/{}", query.id)),
        Cell::new(name),
        Cell::new(query.ask.addressed.name.name.clone()),
        Cell::new(query.ask.author.by.name.clone()),
        Cell::new(show.maybe_moment(query.due())).mark(if query.is_overdue(show.now) {
            "tag stop"
        } else {
            ""
        }),
        Cell::new(tag.text),
    ]
}

pub(crate) async fn measures(call: Call) -> Reply {
    let show = call.show();
    let to: Date = call.query.read("to").unwrap_or_else(|| show.today());
    let from = call.query.read("from").unwrap_or_else(|| to.saturating_sub(PERIOD_DAYS.days()));
    let period = (begins(from, &show), begins(to.saturating_add(1.day()), &show));
    let found = cases::measures(&call.house.store, &call.context()?, period).await?;
    call.page(&MeasuresPage {
        from: from.to_string(),
        to: to.to_string(),
        facts: facts(&found),
        by_author: table("By who asks", &found.by_author),
        by_practitioner: table("By who answers", &found.by_practitioner),
    })
}

/// The first instant of a day at the facility.
fn begins(day: Date, show: &Show) -> Timestamp {
    let first = day.at(0, 0, 0, 0);
    show.zone.to_ambiguous_timestamp(first).compatible().unwrap_or(show.now)
}

fn facts(found: &Measures) -> Vec<Fact> {
    let all = &found.all;
    let rate = format!("{} of {} encounters{}", found.queried, found.encounters, tail(found.query_percent()));
    let response = format!("{} of {}{}", all.answered, all.asked, tail(all.response_percent()));
    let agreed = format!("{} of {} settled{}", all.agreed, all.settled, tail(all.agree_percent()));
    let facts = [
        Fact::new("Query rate", rate),
        Fact::new("Response rate", response),
        Fact::new("Median time to answer", hours(all)),
        Fact::new("Agreed", agreed),
    ];
    facts.into_iter().flatten().collect()
}

/// `, 33 %`.
fn tail(percent: Option<i64>) -> String {
    percent.map_or_else(String::new, |percent| format!(", {percent} %"))
}

fn hours(figures: &Figures) -> String {
    figures.median_hours.map_or_else(|| show::NOTHING.into(), |hours| show::counted(hours, "hour"))
}

fn table(caption: &str, all: &[Figures]) -> Table {
    let percent =
        |value: Option<i64>| value.map_or_else(|| show::NOTHING.into(), |value| format!("{value} %"));
    let row = |one: &Figures| {
        vec![
            Cell::new(one.name.clone()),
            Cell::new(one.asked.to_string()).number(),
            Cell::new(percent(one.response_percent())).number(),
            Cell::new(hours(one)).number(),
            Cell::new(percent(one.agree_percent())).number(),
        ]
    };
    let columns = ["Who", "Asked", "Answered", "Median time", "Agreed"];
    Table::new(caption, &columns, "Nothing was asked in this period.").rows(all.iter().map(row))
}

pub(crate) async fn of_chart(call: Call) -> Reply {
    let id: PatientId = call.id("patient")?;
    let (banner, found) = cases::of_patient(&call.house.store, &call.context()?, id).await?;
    let (show, top) = (call.show(), top(&call, &banner, "Queries"));
    let queries = found.iter().map(|query| QueryView::new(query, None, &top.base, &show)).collect();
    call.page(&ChartQueriesPage { queries, top })
}
