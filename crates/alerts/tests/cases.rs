//! Every rule on small records: one in which it holds, and at least one that just misses it.

use std::collections::BTreeMap;

use alerts::{AlertKind, Changes, rules};
use chart::coded::{Coded, system};
use chart::date::When;
use chart::directory::Named;
use chart::document::{Document, DocumentContent, DocumentStatus, Section};
use chart::entry::{Entry, EntryContent, Finding, Order, Value};
use chart::id::{DocumentId, EncounterId, EntryId, PatientId};
use chart::intake::{Channel, Origin};
use chart::patient::{Demographics, Patient, Standing};
use chart::record::Record;
use chart::sign::signs;
use jiff::Timestamp;
use jiff::tz::TimeZone;

const HERE: EncounterId = EncounterId::from_bits(2);
const WHOSE: PatientId = PatientId::from_bits(1);

fn origin() -> Origin {
    Origin { channel: Channel::Hand, key: None, original: None, received: Timestamp::UNIX_EPOCH }
}

fn document(id: u128, kind: &str, author: &str, text: &str) -> Document {
    let section = Section { text: text.into(), ..Section::default() };
    let content = DocumentContent {
        kind: Coded::new(system::DOCUMENT_TYPE, kind, kind),
        title: kind.into(),
        status: DocumentStatus::Final,
        authors: vec![Named { name: author.into(), key: None }],
        sections: vec![section],
        ..DocumentContent::default()
    };
    let id = DocumentId::from_bits(id);
    Document { id, version: 1, patient: WHOSE, encounter: Some(HERE), content, origin: origin() }
}

fn entry(id: u128, content: EntryContent) -> Entry {
    let id = EntryId::from_bits(id);
    Entry {
        id,
        version: 1,
        patient: WHOSE,
        encounter: Some(HERE),
        content,
        in_error: false,
        origin: origin(),
    }
}

/// `creatinine 1.3 @40`: forty hours after the beginning.
fn value(item: &str) -> EntryContent {
    let [key, number, hour] = item.split(' ').collect::<Vec<_>>()[..] else { panic!("no item: {item}") };
    let sign = signs().by_key(key).unwrap_or_else(|| panic!("no sign: {key}"));
    let hour: i64 = hour.trim_start_matches('@').parse().expect("an hour");
    let at = Timestamp::from_second(hour * 3_600).expect("an hour of this age");
    let value = Value::Quantity { comparator: String::new(), number: number.into(), unit: sign.unit.clone() };
    let what = Coded::new(system::LOINC, &sign.codes()[0], &sign.title);
    EntryContent::Result(Finding { what, value, at: Some(When::Instant(at)), ..Finding::default() })
}

/// The record that a line of the table describes.
fn record(items: &str) -> Record {
    let demographics = Demographics::default();
    let patient =
        Patient { id: WHOSE, version: 1, demographics, standing: Standing::Active, restriction: None };
    let mut record = Record { patient, encounters: Vec::new(), documents: Vec::new(), entries: Vec::new() };
    for (id, item) in (10..).zip(items.split(" ; ")) {
        match item.split_once(' ').expect("a kind and what it says") {
            ("md", text) => record.documents.push(document(id, "progress-note", "Okafor", text)),
            ("md2", text) => record.documents.push(document(id, "consultation", "Mehta", text)),
            ("rn", text) => record.documents.push(document(id, "nursing-note", "Castillo", text)),
            ("rx", text) => {
                let order = Order { what: Coded::text(text), ..Order::default() };
                record.entries.push(entry(id, EntryContent::Order(order)));
            }
            _ => record.entries.push(entry(id, value(item))),
        }
    }
    record
}

fn evaluate(items: &str) -> Vec<alerts::Alert> {
    alerts::evaluate(&record(items), HERE, &TimeZone::UTC)
}

#[test]
fn every_rule_holds_where_it_should_and_nowhere_near() {
    let mut seen: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for line in include_str!("cases.tsv").lines().skip(2) {
        let [rule, holds, items] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("no case: {line}")
        };
        let found = evaluate(items).iter().any(|alert| alert.rule == rule);
        seen.entry(rule).or_default()[usize::from(holds == "yes")] += 1;
        if found != (holds == "yes") {
            wrong.push(line);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for rule in rules().all() {
        let counts = seen.get(rule.key.as_str()).copied().unwrap_or_default();
        assert!(counts[0] > 0 && counts[1] > 0, "{} lacks a case: {counts:?}", rule.key);
    }
    let mut kinds: Vec<AlertKind> = rules().all().iter().map(|rule| rule.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert!(rules().all().len() >= 25 && kinds.len() == 4, "{kinds:?}");
}

#[test]
fn an_alert_clears_itself_when_the_chart_answers_it() {
    let before = evaluate("creatinine 1.0 @0 ; creatinine 2.0 @40 ; potassium 6.1 @0");
    let kept: Vec<String> = before.iter().map(|alert| alert.identity.clone()).collect();
    assert_eq!(
        before.iter().map(|alert| alert.rule.as_str()).collect::<Vec<_>>(),
        ["acute-kidney-injury", "hyperkalemia"]
    );
    let after = evaluate(
        "creatinine 1.0 @0 ; creatinine 2.0 @40 ; potassium 6.1 @0 ; md AKI, prerenal. ; sodium 120 @0",
    );
    let changes = Changes::between(&kept, &after);
    assert_eq!(changes.cleared, [kept[0].as_str()]);
    assert_eq!(changes.stays.iter().map(|alert| alert.rule.as_str()).collect::<Vec<_>>(), ["hyperkalemia"]);
    assert_eq!(changes.raised.iter().map(|alert| alert.rule.as_str()).collect::<Vec<_>>(), ["hyponatremia"]);
}

#[test]
fn a_wrong_table_is_refused() {
    let rule = "# Source: x\nhead\na\tundocumented\t\tA\tm\tt\td\n";
    let said = |rows: &str| {
        alerts::Rules::read(rule, &format!("# Source: x\nhead\n{rows}")).expect_err("it is wrong").to_string()
    };
    assert!(said("").contains("`a` has no set"));
    assert!(said("b\t1\tsodium\t< 1\t\t\n").contains("`b` is no rule"));
    assert!(said("a\t2\tsodium\t< 1\t\t\n").contains("count from 1"));
    assert!(said("a\t1\tsodium\tpresent\t\t\n").contains("cannot be tested so"));
    assert!(said("a\t1\tsodium\t! 1\t\t\n").contains("is no test"));
    assert!(said("a\t1\tnothing\tpresent\t\t\n").contains("is no sign"));
}
