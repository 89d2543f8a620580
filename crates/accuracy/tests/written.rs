//! The engine on the charts written by hand: all that their authors wrote down, and nothing else.

use std::collections::BTreeMap;

use accuracy::{Finding, Place};
use chart::record::Record;
use hospital::{Expected, ExpectedKind, WrittenChart};
use jiff::Timestamp;

/// The demo's last day.
fn now() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().expect("an instant")
}

/// Every finding of a record, stay by stay.
fn findings(record: &Record) -> Vec<Finding> {
    let stays = accuracy::check(record, now(), &hospital::zone());
    let mut all: Vec<Finding> = stays.into_iter().flat_map(|(_, found)| found).collect();
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|one| seen.insert(one.identity.clone()));
    all
}

/// The files of the documents that a finding shows.
fn files(record: &Record, finding: &Finding) -> Vec<String> {
    let name = |place: Place| {
        let Place::Document(id) = place else { return None };
        let document = record.documents.iter().find(|one| one.id == id)?;
        let key = document.origin.key.as_ref()?;
        Some(key.key.rsplit('/').next().unwrap_or_default().to_owned())
    };
    finding.passages.iter().filter_map(|one| name(one.place)).collect()
}

fn matches(record: &Record, expected: &Expected, finding: &Finding) -> bool {
    expected.rule.as_deref() == Some(finding.rule.as_str())
        && expected.about.as_deref().is_none_or(|about| about == finding.subject)
        && expected.document.as_ref().is_none_or(|file| files(record, finding).contains(file))
}

/// What became of the remarks of one chart.
#[derive(Default)]
struct Tally {
    expected: usize,
    reader: usize,
    missed: Vec<String>,
    extra: Vec<String>,
}

fn tally(chart: &WrittenChart) -> Tally {
    let found = findings(&chart.record);
    let remarks: Vec<&Expected> =
        chart.expected.iter().filter(|one| one.kind == ExpectedKind::Accuracy).collect();
    let reader = remarks.iter().filter(|one| one.reader).count();
    let missed = remarks
        .iter()
        .filter(|one| !one.reader && !found.iter().any(|finding| matches(&chart.record, one, finding)));
    let extra =
        found.iter().filter(|finding| !remarks.iter().any(|one| matches(&chart.record, one, finding)));
    Tally {
        expected: remarks.len(),
        reader,
        missed: missed.map(|one| one.what.clone()).collect(),
        extra: extra.map(|one| shown(&chart.record, one)).collect(),
    }
}

fn shown(record: &Record, one: &Finding) -> String {
    let quotes: Vec<&str> = one.passages.iter().map(|passage| passage.quote.as_str()).collect();
    format!(
        "{} [{}] {}: {} | {}",
        one.rule,
        one.subject,
        files(record, one).join(", "),
        one.what,
        quotes.join(" || ")
    )
}

#[test]
fn every_remark_of_the_written_charts_is_found_and_nothing_else() {
    let charts = hospital::charts();
    let tallies: BTreeMap<&str, Tally> =
        charts.iter().map(|chart| (chart.folder.as_str(), tally(chart))).collect();
    println!("{:<42}{:>9}{:>8}{:>8}{:>8}{:>7}", "chart", "expected", "reader", "found", "missed", "extra");
    let (mut expected, mut reader, mut missed, mut extra) = (0, 0, 0, 0);
    for (folder, one) in &tallies {
        let found = one.expected - one.reader - one.missed.len();
        println!(
            "{folder:<42}{:>9}{:>8}{found:>8}{:>8}{:>7}",
            one.expected,
            one.reader,
            one.missed.len(),
            one.extra.len()
        );
        expected += one.expected;
        reader += one.reader;
        missed += one.missed.len();
        extra += one.extra.len();
    }
    println!("{:<42}{expected:>9}{reader:>8}{:>8}{missed:>8}{extra:>7}", "total", expected - reader - missed);
    for (folder, one) in &tallies {
        one.missed.iter().for_each(|what| println!("{folder} missed: {what}"));
        one.extra.iter().for_each(|what| println!("{folder} extra: {what}"));
    }
    assert_eq!((missed, extra), (0, 0), "see the table");
}

#[test]
fn a_record_checked_twice_gives_the_same_findings() {
    for chart in hospital::charts() {
        assert_eq!(findings(&chart.record), findings(&chart.record), "{}", chart.folder);
    }
}

#[test]
fn the_generated_hospital_raises_next_to_no_false_alarm() {
    const ENCOUNTERS: u32 = 320;
    let records = hospital::generated_records(ENCOUNTERS, jiff::civil::date(2026, 11, 20));
    let encounters: usize = records.iter().map(|one| one.encounters.len()).sum();
    let mut rules: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for record in &records {
        for finding in findings(record) {
            let shown = shown(record, &finding);
            let count = rules.entry(finding.rule).or_insert((0, shown));
            count.0 += 1;
        }
    }
    println!("generated hospital: {encounters} encounters");
    for (rule, (count, example)) in &rules {
        println!("{rule:<28}{count:>5}  {example}");
    }
    let contradictions: usize =
        rules.iter().filter(|(rule, _)| *rule != "do-not-use").map(|(_, (count, _))| count).sum();
    println!("contradictions per 100 encounters: {}", contradictions * 100 / encounters);
    assert!(contradictions * 100 <= encounters, "{contradictions} in {encounters} encounters");
}
