//! The generated hospital's completeness: what a director would see of it, printed and held within bounds.

use std::collections::BTreeMap;

use chart::record::Record;
use completeness::{FacilityKind, Finding, Own, Policy, Standing, evaluate};
use hospital::{charts, generated_records, zone};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};

/// As many encounters as the demo makes.
const ENCOUNTERS: u32 = 1000;

/// The demo's last day, at noon.
fn now() -> Timestamp {
    let noon = date(2026, 11, 20).at(12, 0, 0, 0);
    zone().to_ambiguous_timestamp(noon).compatible().expect("a time of our calendar")
}

/// How long ago an encounter ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Since {
    StillHere,
    Week,
    Month,
    Season,
    Longer,
}

fn since(end: Option<Timestamp>) -> Since {
    match end.map(|end| now().duration_since(end).as_hours() / 24) {
        None => Since::StillHere,
        Some(..7) => Since::Week,
        Some(7..30) => Since::Month,
        Some(30..120) => Since::Season,
        Some(_) => Since::Longer,
    }
}

/// What is found, added up.
#[derive(Default)]
struct Sum {
    /// Encounters, and those that owe something.
    by_age: BTreeMap<Since, [usize; 2]>,
    kinds: BTreeMap<String, usize>,
    rules: BTreeMap<(String, String), (usize, String)>,
    /// Items and overdue items.
    people: BTreeMap<String, [usize; 2]>,
    delinquent: usize,
    /// Of these, charts in which a practitioner owes something past its clock, not only a department.
    by_practitioner: usize,
    discharged_in_a_year: usize,
}

impl Sum {
    fn add(&mut self, record: &Record, policy: &Policy) {
        for stay in &record.encounters {
            let found = evaluate(record, stay.id, &Own::default(), policy, now(), &zone());
            let owed: Vec<&Finding> = found.iter().filter(|one| one.standing == Standing::Open).collect();
            let end = stay.visit.stay.until();
            let ages = self.by_age.entry(since(end)).or_default();
            ages[0] += 1;
            ages[1] += usize::from(!owed.is_empty());
            let year = SignedDuration::from_hours(24 * 360);
            self.discharged_in_a_year += usize::from(end.is_some_and(|end| end > now() - year));
            self.delinquent += usize::from(owed.iter().any(|one| is_overdue(one)));
            let is_practitioners = |one: &&&Finding| is_overdue(one) && one.owed_by.who.is_some();
            self.by_practitioner += usize::from(owed.iter().any(|one| is_practitioners(&one)));
            owed.iter().for_each(|one| self.count(stay.visit.setting.key(), one));
        }
    }

    fn count(&mut self, setting: &str, one: &Finding) {
        *self.kinds.entry(one.kind.clone()).or_default() += 1;
        let rule = self.rules.entry((one.rule.clone(), setting.into())).or_default();
        *rule = (rule.0 + 1, one.what.clone());
        let who = one.owed_by.who.as_ref().map_or_else(|| one.owed_by.role.clone(), |who| who.name.clone());
        let items = self.people.entry(who).or_default();
        items[0] += 1;
        items[1] += usize::from(is_overdue(one));
    }

    fn print(&self, title: &str) {
        println!("== {title}");
        for (age, [all, owing]) in &self.by_age {
            println!("{age:?}: {owing} of {all} owe something");
        }
        println!("kinds: {:?}", self.kinds);
        for ((rule, setting), (count, example)) in &self.rules {
            println!("{count:>5} {rule:<24} {setting:<20} {example}");
        }
        println!("people, items and overdue: {:?}", self.people);
        println!(
            "delinquent {} ({} by practitioners) of {} a year",
            self.delinquent, self.by_practitioner, self.discharged_in_a_year
        );
    }
}

fn is_overdue(one: &Finding) -> bool {
    one.due().is_some_and(|due| due < now())
}

fn sum(records: &[Record]) -> Sum {
    let policy =
        Policy::new(FacilityKind::Hospital, &[], date(2026, 11, 20)).expect("shipped tables are right");
    let mut sum = Sum::default();
    records.iter().for_each(|record| sum.add(record, &policy));
    sum
}

/// How many of a hundred encounters of an age owe something.
fn owing_percent(sum: &Sum, ages: &[Since]) -> usize {
    let of = |at: usize| ages.iter().filter_map(|age| sum.by_age.get(age)).map(|two| two[at]).sum::<usize>();
    of(1) * 100 / of(0)
}

#[test]
fn the_generated_hospital_owes_what_a_hospital_owes() {
    let generated = sum(&generated_records(ENCOUNTERS, date(2026, 11, 20)));
    generated.print("generated");
    assert!((35..=65).contains(&owing_percent(&generated, &[Since::Week])));
    assert!((15..=35).contains(&owing_percent(&generated, &[Since::Month])));
    assert!((2..=12).contains(&owing_percent(&generated, &[Since::Season, Since::Longer])));
    for kind in [
        "blank",
        "consent",
        "cosignature",
        "missing-document",
        "missing-element",
        "result-pending",
        "transcription",
        "undated",
        "unsigned",
        "verbal-order",
    ] {
        assert!(generated.kinds.contains_key(kind), "nothing of the kind {kind}");
    }
    assert!(generated.people.len() > 8, "{:?}", generated.people);
}

#[test]
fn with_the_written_charts_the_delinquency_rate_can_be_believed() {
    let mut records = generated_records(ENCOUNTERS, date(2026, 11, 20));
    records.extend(charts().into_iter().map(|chart| chart.record));
    let all = sum(&records);
    all.print("generated and written");
    // By the average month of the last twelve, as the delinquency page has it unless told otherwise.
    let rate = all.delinquent * 100 * 12 / all.discharged_in_a_year;
    println!("delinquency rate {rate} %");
    assert!((15..=45).contains(&rate), "{rate} %");
    let [items, overdue] = all.people["Ngozi Okafor, MD"];
    assert!(
        (12..=20).contains(&items) && (2..items / 2 + 1).contains(&overdue),
        "{items}, {overdue} overdue"
    );
}
