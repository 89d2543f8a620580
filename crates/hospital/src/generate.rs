//! The demo hospital's other patients: as many encounters as asked for, the same every time.
//!
//! Scenarios, documents, laboratory panels and names are data under `demo/`; here they are drawn and put together.

mod clinical;
mod data;
mod documents;
mod fill;
mod house;
mod people;
mod slips;

use chart::intake::{Arrival, Change, Channel, KeyKind, Original, SourceKey};
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};

use super::Staff;
use super::keys::{instant, key, zone};
use data::{Data, Scenario};
use people::Person;
use slips::{Slip, SlipKind};

/// How likely a patient comes again, in a hundred.
const COMES_AGAIN: u32 = 42;
/// How likely a patient is registered twice, in a hundred.
const REGISTERED_TWICE: u32 = 5;
/// How many days before the last one encounters begin.
const DAYS_BACK: i64 = 400;

/// The patient discharge status of those who died (NUBC form locator 17).
const DIED: &str = "20";

/// A stay or visit that is drawn: what for, when, by whom.
struct Episode<'a> {
    scenario: &'a Scenario,
    account: SourceKey,
    begin: jiff::Timestamp,
    /// `None` while the patient is still here.
    end: Option<jiff::Timestamp>,
    attending: String,
    /// Who writes: the attending, or the physician assistant whom the attending answers for.
    writer: String,
    nurse: &'static str,
    side: &'static str,
    days: u32,
    /// The patient discharge status, if the patient has left.
    disposition: String,
    /// What was forgotten.
    slips: Vec<&'a Slip>,
}

impl Episode<'_> {
    /// The end, or now while the patient is here.
    fn until(&self, now: jiff::Timestamp) -> jiff::Timestamp {
        self.end.unwrap_or(now)
    }

    fn has_slip(&self, kind: SlipKind) -> bool {
        self.slips.iter().any(|one| one.kind == kind)
    }

    fn died(&self) -> bool {
        self.end.is_some() && self.disposition == DIED
    }

    fn has_laboratory(&self, data: &Data) -> bool {
        self.scenario.panels.iter().any(|name| data.panels[name].category == "laboratory")
    }
}

/// At least `encounters` encounters up to `last_day`, one arrival a patient.
#[must_use]
pub fn arrivals(staff: &Staff, encounters: u32, last_day: Date) -> Vec<Arrival> {
    let data = Data::load();
    let now = instant(last_day.at(7, 0, 0, 0));
    let mut all = Vec::new();
    let mut made = 0;
    for number in 0.. {
        if made >= encounters {
            break;
        }
        let mut patient =
            Patient { data: &data, staff, now, number, random: ChaCha8Rng::seed_from_u64(number.into()) };
        let (arrival, came) = patient.arrival();
        made += came;
        all.push(arrival);
        if patient.random.random_ratio(REGISTERED_TWICE, 100) {
            all.push(patient.second_registration());
            made += 1;
        }
    }
    all
}

struct Patient<'a> {
    data: &'a Data,
    staff: &'a Staff,
    now: jiff::Timestamp,
    number: u32,
    random: ChaCha8Rng,
}

impl<'a> Patient<'a> {
    /// Everything of one patient, and how often they came.
    fn arrival(&mut self) -> (Arrival, u32) {
        let first = self.data.draw_scenario(&mut self.random, |_| true);
        let begin = self.begin();
        let person = Person::draw(self.data, first, begin, self.number, &mut self.random);
        let patient = key(KeyKind::Patient, &person.mrn);
        let mut changes = vec![person.change(&patient)];
        let mut came = 0;
        let mut next = Some((first, begin));
        while let Some((scenario, begin)) = next.take() {
            came += 1;
            let account = key(KeyKind::Encounter, format!("{}-{came}", person.mrn));
            let episode = self.episode(scenario, account, begin);
            changes.extend(clinical::changes(self, &person, &patient, &episode));
            changes.extend(documents::changes(self, &person, &patient, &episode));
            if came < 4
                && episode.end.is_some()
                && !episode.died()
                && self.random.random_ratio(COMES_AGAIN, 100)
            {
                let age = person.age(self.now);
                let again =
                    self.data.draw_scenario(&mut self.random, |one| one.fits_again(person.is_female, age));
                next = Some((again, self.begin().max(person.first_visit()).min(self.now)));
            }
        }
        (self.put_together(&person, changes), came)
    }

    /// The same person registered again under another number, with a slip, for a visit.
    fn second_registration(&mut self) -> Arrival {
        let first = self.data.draw_scenario(&mut ChaCha8Rng::seed_from_u64(self.number.into()), |_| true);
        let mut again = ChaCha8Rng::seed_from_u64(self.number.into());
        let _ = self.data.draw_scenario(&mut again, |_| true);
        let begin = begin(self.now, &mut again);
        let person =
            Person::draw(self.data, first, begin, self.number, &mut again).with_a_slip(&mut self.random);
        let patient = key(KeyKind::Patient, &person.mrn);
        let mut changes = vec![person.change(&patient)];
        let age = person.age(self.now);
        let visit = self.data.draw_scenario(&mut self.random, |one| one.fits_again(person.is_female, age));
        let begin = self.begin().max(person.first_visit()).min(self.now);
        let episode = self.episode(visit, key(KeyKind::Encounter, format!("{}-1", person.mrn)), begin);
        changes.extend(clinical::changes(self, &person, &patient, &episode));
        changes.extend(documents::changes(self, &person, &patient, &episode));
        self.put_together(&person, changes)
    }

    fn put_together(&self, person: &Person, changes: Vec<Change>) -> Arrival {
        let bytes = format!("demo hospital, patient {}, {} changes", person.mrn, changes.len());
        Arrival {
            channel: Channel::Hand,
            kind: "Chart".into(),
            original: Original { media_type: "text/plain".into(), bytes: bytes.into_bytes() },
            changes,
            attachments: Vec::new(),
            remarks: Vec::new(),
        }
    }

    fn begin(&mut self) -> jiff::Timestamp {
        begin(self.now, &mut self.random)
    }

    fn episode(&mut self, scenario: &'a Scenario, account: SourceKey, begin: jiff::Timestamp) -> Episode<'a> {
        let [shortest, longest] = scenario.hours;
        let hours = shortest + (longest - shortest) * self.random.random_range(0.0..1.0);
        #[expect(clippy::cast_possible_truncation, reason = "at most some thousand hours")]
        let end = begin + SignedDuration::from_mins((hours * 60.0) as i64);
        let writer = self.pick(&scenario.by).clone();
        let answers = if self.staff.is_physician(&writer) { &writer } else { &scenario.by[0] };
        let mut episode = Episode {
            attending: answers.clone(),
            writer,
            end: (end <= self.now).then_some(end),
            side: if self.random.random_ratio(1, 2) { "left" } else { "right" },
            days: self.random.random_range(2..7),
            nurse: house::nurse(scenario.setting),
            disposition: self.pick(&scenario.dispositions).clone(),
            slips: Vec::new(),
            scenario,
            account,
            begin,
        };
        episode.slips = slips::draw(self, &episode);
        episode
    }

    /// One of several, each as likely.
    fn pick<'b, T>(&mut self, all: &'b [T]) -> &'b T {
        &all[self.random.random_range(0..all.len())]
    }

    fn chance(&mut self, in_a_hundred: u32) -> bool {
        self.random.random_ratio(in_a_hundred.min(100), 100)
    }

    fn entry(
        &self,
        patient: &SourceKey,
        episode: &Episode<'_>,
        name: &str,
        content: chart::entry::EntryContent,
    ) -> Change {
        Change::Entry {
            key: key(KeyKind::Entry, format!("{}/{name}", episode.account.key)),
            patient: patient.clone(),
            encounter: Some(episode.account.clone()),
            content: Box::new(content),
        }
    }
}

/// When an encounter begins: any day of the last year and a bit, most in the daytime.
fn begin(now: jiff::Timestamp, random: &mut ChaCha8Rng) -> jiff::Timestamp {
    let today = zone().to_datetime(now).date();
    let day = today.saturating_sub(random.random_range(0..DAYS_BACK).days());
    let at = day.at(random.random_range(7..20), random.random_range(0..60), 0, 0);
    instant(at).min(now - SignedDuration::from_mins(30))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn kinds(arrivals: &[Arrival]) -> BTreeMap<&'static str, usize> {
        let mut kinds = BTreeMap::new();
        for change in arrivals.iter().flat_map(|arrival| &arrival.changes) {
            let kind = match change {
                Change::Patient { .. } => "patient",
                Change::Encounter { .. } => "encounter",
                Change::Entry { .. } => "entry",
                Change::Document { .. } => "document",
                _ => "other",
            };
            *kinds.entry(kind).or_default() += 1;
        }
        kinds
    }

    #[test]
    fn the_hospital_is_the_same_every_time_and_has_every_setting() {
        let staff = Staff::load();
        let day = jiff::civil::date(2026, 11, 20);
        let once = arrivals(&staff, 320, day);
        assert_eq!(once, arrivals(&staff, 320, day));
        let kinds = kinds(&once);
        assert!(kinds["encounter"] >= 320 && kinds["document"] > 900 && kinds["entry"] > 5_000, "{kinds:?}");
        let mut settings = std::collections::BTreeSet::new();
        for change in once.iter().flat_map(|arrival| &arrival.changes) {
            match change {
                Change::Encounter { visit, .. } => {
                    settings.insert(visit.setting);
                }
                Change::Document { content, .. } => {
                    let text = content.plain_text();
                    assert!(!text.contains(['{', '}']), "a slot is left open: {text}");
                }
                _ => {}
            }
        }
        assert_eq!(settings.len(), chart::encounter::Setting::ALL.len());
        println!("demo hospital: {kinds:?}");
    }

    #[test]
    fn every_slip_befalls_something_that_is_written() {
        let data = Data::load();
        for form in &data.forms {
            let known = chart::document_type::document_types().by_key(&form.kind);
            assert!(known.is_some(), "no document type {}", form.kind);
        }
        for slip in &data.slips {
            for kind in &slip.forms {
                let mut bodies =
                    data.forms.iter().filter(|one| one.kind == *kind).map(|one| &one.body).peekable();
                assert!(bodies.peek().is_some(), "no form {kind}");
                let says = |words: &str| bodies.clone().any(|body| body.contains(words));
                assert!(says(&slip.line), "no {kind} has a line {}", slip.line);
                for heading in &slip.headings {
                    assert!(says(&format!("## {heading}\n")), "no {kind} has a heading {heading}");
                }
            }
        }
    }
}
