//! The rules on the charts written by hand: what their authors would ask, and next to nothing else.

use std::collections::BTreeMap;
use std::time::Instant;

use alerts::Alert;
use chart::record::Record;
use hospital::{Expected, ExpectedKind, WrittenChart};

/// Every alert of a record, encounter by encounter.
fn alerts_of(record: &Record) -> Vec<Alert> {
    let zone = hospital::zone();
    record.encounters.iter().flat_map(|one| alerts::evaluate(record, one.id, &zone)).collect()
}

fn matches(expected: &Expected, alert: &Alert) -> bool {
    expected.rule.as_deref() == Some(alert.rule.as_str())
}

/// What became of the questions of one chart.
struct Tally<'a> {
    expected: usize,
    reader: usize,
    missed: Vec<&'a Expected>,
    extra: Vec<Alert>,
}

fn tally(chart: &WrittenChart) -> Tally<'_> {
    let found = alerts_of(&chart.record);
    let remarks: Vec<&Expected> =
        chart.expected.iter().filter(|one| one.kind == ExpectedKind::Query).collect();
    let is_found = |one: &Expected| found.iter().any(|alert| matches(one, alert));
    let missed = remarks.iter().filter(|one| !one.reader && !is_found(one)).copied().collect();
    let expected = |alert: &Alert| remarks.iter().any(|one| matches(one, alert));
    let extra = found.iter().filter(|alert| !expected(alert)).cloned().collect();
    let reader = remarks.iter().filter(|one| one.reader).count();
    Tally { expected: remarks.len(), reader, missed, extra }
}

fn shown(alert: &Alert) -> String {
    let evidence = alert.evidence.iter().map(|one| format!("\n      {:?}: {}", one.group, one.shown()));
    format!("{}: {}{}", alert.rule, alert.title, evidence.collect::<String>())
}

#[test]
fn every_question_of_the_written_charts_is_found_and_nothing_else() {
    let charts = hospital::charts();
    println!("{:<42}{:>9}{:>8}{:>8}{:>8}{:>7}", "chart", "expected", "reader", "found", "missed", "extra");
    let mut sum = [0; 5];
    let mut said = String::new();
    for chart in &charts {
        let one = tally(chart);
        let found = one.expected - one.reader - one.missed.len();
        let row = [one.expected, one.reader, found, one.missed.len(), one.extra.len()];
        println!("{:<42}{:>9}{:>8}{:>8}{:>8}{:>7}", chart.folder, row[0], row[1], row[2], row[3], row[4]);
        sum.iter_mut().zip(row).for_each(|(sum, one)| *sum += one);
        one.missed.iter().for_each(|missed| said += &format!("{} missed: {}\n", chart.folder, missed.what));
        one.extra.iter().for_each(|extra| said += &format!("{} extra: {}\n", chart.folder, shown(extra)));
    }
    println!("{:<42}{:>9}{:>8}{:>8}{:>8}{:>7}\n{said}", "total", sum[0], sum[1], sum[2], sum[3], sum[4]);
    assert_eq!((sum[3], sum[4]), (0, 0), "see the table: missed, extra");
}

#[test]
fn the_generated_hospital_raises_next_to_no_false_alarm() {
    const ENCOUNTERS: u32 = 320;
    let records = hospital::generated_records(ENCOUNTERS, jiff::civil::date(2026, 11, 20));
    let encounters: usize = records.iter().map(|one| one.encounters.len()).sum();
    let mut rules: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for alert in records.iter().flat_map(alerts_of) {
        let entry = rules.entry(alert.rule.clone()).or_insert_with(|| (0, shown(&alert)));
        entry.0 += 1;
    }
    let alerts: usize = rules.values().map(|(count, _)| count).sum();
    println!("generated hospital: {alerts} alerts in {encounters} encounters");
    rules.iter().for_each(|(rule, (count, example))| println!("{rule:<28}{count:>5}  {example}"));
    // What is left is in the values: the generator draws them at random.
    assert!(alerts * 100 <= encounters * 3, "{alerts} in {encounters} encounters");
}

#[test]
fn a_record_is_read_in_milliseconds() {
    let charts = hospital::charts();
    charts.iter().for_each(|chart| drop(alerts_of(&chart.record)));
    let timed = |chart: &WrittenChart| {
        let began = Instant::now();
        drop(alerts_of(&chart.record));
        began.elapsed().as_micros()
    };
    let slowest = charts.iter().map(|chart| (timed(chart), chart.folder.as_str())).max();
    let slowest = slowest.expect("there are charts");
    println!("slowest chart: {} in {} µs", slowest.1, slowest.0);
    // Unoptimised and on a busy machine; the figure printed is the one to look at.
    assert!(slowest.0 < 500_000, "{slowest:?}");
}
