//! One test over time: a plot made here as SVG, with the same values in a table beside it.

use chart::entry::{Entry, EntryContent, Finding, Value};
use jiff::Timestamp;
use plotters::prelude::*;
use serde::Serialize;

use super::super::frame::Crumb;
use super::super::parts::{Cell, Table};
use super::{Top, results};
use crate::show::{self, Show};

const WIDTH: u32 = 720;
const HEIGHT: u32 = 300;
/// Colours that stand for the style sheet's: replaced by its variables, so that the plot is right at night too.
const INK: RGBColor = RGBColor(1, 0, 1);
const LINE: RGBColor = RGBColor(2, 0, 2);
const BAND: RGBColor = RGBColor(3, 0, 3);
const PAINT: [(&str, &str); 3] =
    [("#010001", "var(--ink-2)"), ("#020002", "var(--act)"), ("#030003", "var(--good-sheet)")];

/// A test over time.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TrendPage {
    #[serde(flatten)]
    pub(crate) top: Top,
    pub(crate) name: String,
    pub(crate) reference: String,
    /// SVG; empty when there are not two values to draw.
    pub(crate) plot: String,
    /// What the plot shows, in words.
    pub(crate) plot_says: String,
    pub(crate) table: Table,
}

impl super::super::Page for TrendPage {
    const TEMPLATE: &'static str = "chart/trend.html";
    fn title(&self) -> String {
        "Chart: trend".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        let mut crumbs = self.top.crumbs();
        crumbs.pop();
        crumbs.push(Crumb::to("Results", format!("{}/results", self.top.base)));
        crumbs.push(Crumb::here(self.name.clone()));
        crumbs
    }
}

/// A value to draw.
pub(crate) struct Point {
    pub(crate) at: Timestamp,
    pub(crate) value: f64,
}

impl TrendPage {
    /// All values of the test that `chosen` is a value of.
    pub(crate) fn new(top: Top, chosen: &Finding, found: &[Entry], show: &Show) -> Self {
        let analyte = results::analyte(&chosen.what);
        let mut same: Vec<(Timestamp, &Finding)> = found
            .iter()
            .filter(|entry| !entry.in_error)
            .filter_map(|entry| match &entry.content {
                EntryContent::Result(one) if results::analyte(&one.what) == analyte => {
                    Some((one.at.or(one.issued)?.sort_key(), one))
                }
                _ => None,
            })
            .collect();
        same.sort_by_key(|(at, _)| *at);
        let points: Vec<Point> = same.iter().filter_map(|(at, one)| point(*at, one)).collect();
        let range = (number(chosen.low.as_ref()), number(chosen.high.as_ref()));
        Self {
            name: chosen.what.text.clone(),
            reference: if chosen.range.is_empty() {
                String::new()
            } else {
                format!("reference {}", chosen.range)
            },
            plot: if points.len() < 2 {
                String::new()
            } else {
                draw(&points, range, show).unwrap_or_default()
            },
            plot_says: says(&points, &chosen.what.text, show),
            table: table(&same, show),
            top,
        }
    }
}

fn number(text: Option<&String>) -> Option<f64> {
    text.and_then(|text| text.trim().parse().ok()).filter(|number: &f64| number.is_finite())
}

fn point(at: Timestamp, finding: &Finding) -> Option<Point> {
    let Value::Quantity { number: text, .. } = &finding.value else { return None };
    Some(Point { at, value: number(Some(text))? })
}

fn table(same: &[(Timestamp, &Finding)], show: &Show) -> Table {
    let rows = same.iter().rev().map(|(_, one)| {
        vec![
            Cell::new(show.maybe(one.at.or(one.issued))),
            Cell::new(one.value.shown()).mark(results::mark(one)).number(),
            Cell::new(one.range.clone()),
            Cell::new(show::worded(&one.status)).note(one.note.clone()),
        ]
    });
    Table::new("Values", &["When", "Value", "Reference", "Status"], "No value.").rows(rows)
}

fn says(points: &[Point], name: &str, show: &Show) -> String {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return String::new() };
    format!(
        "{name}: {} from {} on {} to {} on {}. The table below has every value.",
        show::counted(i64::try_from(points.len()).unwrap_or(i64::MAX), "value"),
        first.value,
        show.day(first.at),
        last.value,
        show.day(last.at)
    )
}

/// The plot: values over time, and the reference range as a band. `None` if it cannot be drawn.
pub(crate) fn draw(points: &[Point], (low, high): (Option<f64>, Option<f64>), show: &Show) -> Option<String> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (WIDTH, HEIGHT)).into_drawing_area();
        let (from, until) = days(points);
        let (bottom, top) = span(points, low, high);
        let mut chart = ChartBuilder::on(&area)
            .margin(12)
            .x_label_area_size(32)
            .y_label_area_size(56)
            .build_cartesian_2d(from..until, bottom..top)
            .ok()?;
        let label = |day: &f64| show.day(instant(*day));
        chart
            .configure_mesh()
            .disable_x_mesh()
            .x_labels(5)
            .y_labels(6)
            .x_label_formatter(&label)
            .axis_style(INK)
            .light_line_style(TRANSPARENT)
            .bold_line_style(INK.mix(0.15))
            .label_style(("sans-serif", 13).into_font().color(&INK))
            .draw()
            .ok()?;
        if low.is_some() || high.is_some() {
            let corners = [(from, low.unwrap_or(bottom)), (until, high.unwrap_or(top))];
            chart.draw_series(std::iter::once(Rectangle::new(corners, BAND.filled()))).ok()?;
        }
        let line = points.iter().map(|point| (day(point.at), point.value));
        chart.draw_series(LineSeries::new(line.clone(), LINE.stroke_width(2))).ok()?;
        chart.draw_series(line.map(|at| Circle::new(at, 4, LINE.filled()))).ok()?;
        area.present().ok()?;
    }
    Some(PAINT.iter().fold(svg, |svg, (from, to)| svg.replace(from, to)))
}

const SECONDS_PER_DAY: f64 = 86_400.0;

/// Days since 1970, with fractions: only for drawing.
fn day(at: Timestamp) -> f64 {
    at.as_duration().as_secs_f64() / SECONDS_PER_DAY
}

fn instant(day: f64) -> Timestamp {
    let duration = jiff::SignedDuration::try_from_secs_f64(day * SECONDS_PER_DAY).unwrap_or_default();
    Timestamp::from_duration(duration).unwrap_or_default()
}

fn days(points: &[Point]) -> (f64, f64) {
    let first = points.first().map_or(0.0, |point| day(point.at));
    let last = points.last().map_or(0.0, |point| day(point.at));
    let room = ((last - first) * 0.03).max(0.02);
    (first - room, last + room)
}

fn span(points: &[Point], low: Option<f64>, high: Option<f64>) -> (f64, f64) {
    let all = points.iter().map(|point| point.value).chain(low).chain(high);
    let (bottom, top) =
        all.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
    let room = ((top - bottom) * 0.1).max(top.abs() * 0.02).max(0.01);
    (bottom - room, top + room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plot_is_drawn_in_the_house_colours_without_inline_styles() {
        let show = super::super::samples::show();
        let at = |hour: i64| Timestamp::from_second(1_790_000_000 + hour * 3_600).unwrap();
        let points = [Point { at: at(0), value: 3.9 }, Point { at: at(12), value: 5.6 }];
        let svg = draw(&points, (Some(3.5), Some(5.1)), &show).unwrap();
        for colour in ["var(--act)", "var(--ink-2)", "var(--good-sheet)"] {
            assert!(svg.contains(colour), "{colour} in {svg}");
        }
        assert!(!svg.contains("style="), "the content policy refuses inline styles: {svg}");
    }

    #[test]
    fn equal_values_have_room_above_and_below() {
        let at = Timestamp::from_second(1_790_000_000).unwrap();
        let (bottom, top) = span(&[Point { at, value: 4.0 }, Point { at, value: 4.0 }], None, None);
        assert!(bottom < 4.0 && top > 4.0);
        let (from, until) = days(&[Point { at, value: 1.0 }]);
        assert!(from < until);
    }
}
