//! Accuracy over a period, as a page and as CSV.

use axum::http::header;
use axum::response::IntoResponse;
use chart::coding_audit::Tally;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use workflow::auditing::{self as cases, Accuracy};

use super::{decimal, measures, ratio, tenths};
use crate::call::{Call, Reply};
use crate::pages::auditing::accuracy::AccuracyFiguresPage;
use crate::pages::chart::trend::{Point, draw};
use crate::pages::parts::{Cell, Table};
use crate::problem::Problem;
use crate::show::Show;

/// Days that are counted unless others are asked for.
const PERIOD_DAYS: i64 = 365;
/// What is commonly asked of record accuracy, in percent; the band of the plot.
const ASKED_PERCENT: f64 = 95.0;

/// The period that the address names: its first and its last day.
fn period(call: &Call, show: &Show) -> (Date, Date) {
    let to: Date = call.query.read("to").unwrap_or_else(|| show.today());
    let from = call.query.read("from").unwrap_or_else(|| to.saturating_sub(PERIOD_DAYS.days()));
    (from, to)
}

async fn counted(call: &Call, (from, to): (Date, Date), show: &Show) -> Result<Accuracy, Problem> {
    let period = (begins(from, show), begins(to.saturating_add(1.day()), show));
    Ok(cases::accuracy(&call.house.store, &call.context()?, period, &show.zone).await?)
}

/// The first instant of a day at the facility.
pub(crate) fn begins(day: Date, show: &Show) -> Timestamp {
    show.zone.to_ambiguous_timestamp(day.at(0, 0, 0, 0)).compatible().unwrap_or(show.now)
}

pub(crate) async fn figures(call: Call) -> Reply {
    let show = call.show();
    let (from, to) = period(&call, &show);
    let found = counted(&call, (from, to), &show).await?;
    let coders = found.coders.iter().map(|one| row(Cell::new(one.name.clone()), &one.tally));
    let months = found.months.iter().rev().map(|(month, tally)| row(Cell::new(named(*month)), tally));
    let columns = |first| [first, "Records", "By code", "By record", "By DRG"];
    let points = points(&found.months, &show);
    let plot = if points.len() < 2 { None } else { draw(&points, (Some(ASKED_PERCENT), Some(100.0)), &show) };
    call.page(&AccuracyFiguresPage {
        all: measures("The department", &found.all.tally),
        coders: Table::new("By coder", &columns("Coder"), "Nothing was settled in this period.").rows(coders),
        months: Table::new("By month", &columns("Month"), "Nothing was settled in this period.").rows(months),
        plot: plot.unwrap_or_default(),
        plot_says:
            "Accuracy by record, month by month, with the band from 95 to 100 per cent. The table below has \
                    every value."
                .into(),
        csv: format!("/coding-audits/accuracy.csv?from={from}&to={to}"),
        from: from.to_string(),
        to: to.to_string(),
    })
}

fn row(name: Cell, tally: &Tally) -> Vec<Cell> {
    let part = |right: i64, all: i64| Cell::new(ratio(right, all)).note(format!("{right} of {all}")).number();
    vec![
        name,
        Cell::new(tally.records.to_string()).number(),
        part(tally.codes_right, tally.codes),
        part(tally.records_right, tally.records),
        part(tally.drgs_right, tally.drgs),
    ]
}

/// `2026-11`.
fn named(month: Date) -> String {
    month.strftime("%Y-%m").to_string()
}

fn points(months: &[(Date, Tally)], show: &Show) -> Vec<Point> {
    let point = |(month, tally): &(Date, Tally)| {
        let tenths = i32::try_from(tenths(tally.records_right, tally.records)?).ok()?;
        Some(Point { at: begins(*month, show), value: f64::from(tenths) / 10.0 })
    };
    months.iter().filter_map(point).collect()
}

pub(crate) async fn csv(call: Call) -> Reply {
    let show = call.show();
    let period = period(&call, &show);
    let found = counted(&call, period, &show).await?;
    let mut text = String::from("group,name,measure,right,of,percent\r\n");
    text += &lines("department", "", &found.all.tally);
    for one in &found.coders {
        text += &lines("coder", &one.name, &one.tally);
    }
    for (month, tally) in &found.months {
        text += &lines("month", &named(*month), tally);
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"coding-accuracy.csv\""),
    ];
    Ok((headers, text).into_response())
}

fn lines(group: &str, name: &str, tally: &Tally) -> String {
    let all = [
        ("code", tally.codes_right, tally.codes),
        ("record", tally.records_right, tally.records),
        ("drg", tally.drgs_right, tally.drgs),
    ];
    let line = |(measure, right, of): (&str, i64, i64)| {
        let percent = tenths(right, of).map(decimal).unwrap_or_default();
        format!("{group},{},{measure},{right},{of},{percent}\r\n", quoted(name))
    };
    all.map(line).concat()
}

/// A name as a field of RFC 4180. One that a spreadsheet would take for a formula is made text.
fn quoted(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if is_formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_field_or_become_formulas() {
        assert_eq!(quoted("Prado, \"Mig\""), "\"Prado, \"\"Mig\"\"\"");
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
    }
}
