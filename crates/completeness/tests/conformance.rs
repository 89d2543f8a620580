//! The hand-written charts: what the engine finds against what their authors wrote down, all and no others.

use chart::intake::SourceKey;
use chart::patient::Name;
use completeness::{FacilityKind, Finding, Own, Policy, Subject, evaluate};
use hospital::{Expected, ExpectedKind, WrittenChart, charts, zone};
use jiff::Timestamp;
use jiff::civil::date;

/// The demo's last day, in the evening.
fn now() -> Timestamp {
    let evening = date(2026, 11, 20).at(20, 0, 0, 0);
    zone().to_ambiguous_timestamp(evening).compatible().expect("a time of our calendar")
}

fn findings(chart: &WrittenChart) -> Vec<Finding> {
    let policy =
        Policy::new(FacilityKind::Hospital, &[], date(2026, 11, 20)).expect("shipped tables are right");
    let all = chart.record.encounters.iter();
    all.flat_map(|one| evaluate(&chart.record, one.id, &Own::default(), &policy, now(), &zone())).collect()
}

fn key_ends(key: Option<&SourceKey>, end: &str) -> bool {
    key.is_some_and(|key| key.key.ends_with(end))
}

/// Whether a finding is the one an author wrote down: rule and encounter, and the document where one is named.
fn is_meant(chart: &WrittenChart, finding: &Finding, expected: &Expected) -> bool {
    let encounter = chart.record.encounters.iter().find(|one| one.id == finding.encounter);
    let letter = expected.encounter.as_deref().map(|letter| format!("-{letter}")).unwrap_or_default();
    let document = match (&finding.subject, &expected.document) {
        (_, None) => true,
        (Subject::Document(id), Some(file)) => {
            let document = chart.record.documents.iter().find(|one| one.id == *id);
            document.is_some_and(|one| key_ends(one.origin.key.as_ref(), &format!("/{file}")))
        }
        (_, Some(_)) => false,
    };
    expected.rule.as_deref() == Some(finding.rule.as_str())
        && encounter.is_some_and(|one| key_ends(one.origin.key.as_ref(), &letter))
        && document
}

/// What of one chart was found, missed, and found though nobody expected it.
struct Compared {
    found: usize,
    missed: Vec<String>,
    extra: Vec<String>,
    by_a_reader: usize,
}

fn compare(chart: &WrittenChart) -> Compared {
    let mut left = findings(chart);
    let deficiencies = chart.expected.iter().filter(|one| one.kind == ExpectedKind::Deficiency);
    let (reader, engine): (Vec<&Expected>, Vec<&Expected>) = deficiencies.partition(|one| one.reader);
    let (mut found, mut missed) = (0, Vec::new());
    for expected in engine {
        match left.iter().position(|finding| is_meant(chart, finding, expected)) {
            Some(at) => {
                left.remove(at);
                found += 1;
            }
            None => missed.push(format!("{:?} {}", expected.rule, expected.what)),
        }
    }
    let extra = left.into_iter().map(|one| format!("{} [{}]", one.what, one.identity())).collect();
    Compared { found, missed, extra, by_a_reader: reader.len() }
}

#[test]
fn every_written_deficiency_is_found_and_no_other() {
    let (mut found, mut missed, mut extra, mut reader) = (0, 0, 0, 0);
    println!(
        "{:<40} {:>8} {:>6} {:>6} {:>6} {:>7}",
        "chart", "expected", "found", "missed", "extra", "reader"
    );
    for chart in charts() {
        let one = compare(&chart);
        let (lost, more) = (one.missed.len(), one.extra.len());
        println!(
            "{:<40} {:>8} {:>6} {lost:>6} {more:>6} {:>7}",
            chart.folder,
            one.found + lost,
            one.found,
            one.by_a_reader
        );
        one.missed.iter().for_each(|what| println!("    missed: {what}"));
        one.extra.iter().for_each(|what| println!("    extra:  {what}"));
        found += one.found;
        missed += lost;
        extra += more;
        reader += one.by_a_reader;
    }
    println!(
        "{found} of {} equal, {extra} others; {reader} more only a reader of the text can see",
        found + missed
    );
    assert!(missed == 0 && extra == 0, "{missed} missed, {extra} others: see the table");
}

#[test]
fn the_same_record_read_twice_gives_the_same_identities_in_the_same_order() {
    for chart in charts() {
        let identities = |findings: Vec<Finding>| findings.iter().map(Finding::identity).collect::<Vec<_>>();
        let first = identities(findings(&chart));
        assert_eq!(first, identities(findings(&chart)), "{}", chart.folder);
        let mut once = first.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), first.len(), "{}: an identity twice in {first:?}", chart.folder);
    }
}

#[test]
fn every_finding_says_why() {
    for finding in charts().iter().flat_map(findings) {
        let why = &finding.why;
        assert!(!why.authority.is_empty() && !why.text.is_empty() && !why.clears.is_empty(), "{finding:?}");
        assert!(
            !why.evidence.is_empty() && why.evidence.iter().all(|one| !one.text.is_empty()),
            "{finding:?}"
        );
    }
}

#[test]
fn a_patient_under_a_stand_in_is_to_be_identified() {
    let chart = charts().into_iter().find(|chart| chart.folder.starts_with("01-"));
    let mut chart = chart.expect("there is a first chart");
    let unidentified = |chart: &WrittenChart| {
        findings(chart).into_iter().filter(|one| one.rule == "patient-unidentified").collect::<Vec<_>>()
    };
    assert!(unidentified(&chart).is_empty());
    let person = &mut chart.record.patient.demographics;
    person.names = vec![Name { family: "Doe".into(), given: vec!["John".into()], ..Name::default() }];
    person.birth = None;
    let found = unidentified(&chart);
    assert_eq!(found.len(), chart.record.encounters.len());
    assert_eq!(found[0].what, "Patient not identified: no name of their own, no date of birth");
    assert_eq!(found[0].owed_by.role, "registration");
}
