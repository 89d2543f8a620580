//! The walk through the lists of a plan: every record is tested, those that answer are counted, a page is kept.

use std::cmp::Ordering;
use std::collections::HashMap;

use chart::access::Permission;
use chart::id::PatientId;
use exchange::fhir::json::Json;
use exchange::fhir::search::{Criterion, Search, Sort, SortKey, holds, sort_key};
use exchange::fhir::write::NoRefs;
use jiff::tz::TimeZone;
use store::{Page, Reader};

use super::plan::{Plan, is_patient};
use super::record::Record;
use super::source::Source;
use crate::{Context, Error, Result, gate};

/// Records that one search looks at: about two seconds of work. Whoever asks for more is asked to ask for less.
const LOOKED_AT_LIMIT: u32 = 50_000;
/// Records of the first page that is fetched; every further one is larger.
const FIRST_FETCH: u32 = 500;
const FETCH_GROWTH: u32 = 4;

/// A page of what was found.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The records, in order.
    pub(super) records: Vec<Record>,
    /// How many there are in all, when the walk came to the end.
    pub(super) total: Option<u32>,
    /// Whether there are more after this page.
    pub(super) more: bool,
}

/// Finds what the plan's lists hold of the answer.
pub(super) async fn walk(
    reader: &mut Reader,
    context: &Context,
    search: &Search,
    plan: &Plan,
    zone: &TimeZone,
) -> Result<Walked> {
    if let (true, [source]) = (plan.is_exact, plan.sources.as_slice()) {
        return straight(reader, search, source).await;
    }
    let mut walk = Walk::new(search, plan, zone);
    for source in &plan.sources {
        if walk.has_enough() {
            break;
        }
        walk.through(reader, context, source).await?;
    }
    Ok(walk.end())
}

/// A page of a list that is the answer itself.
async fn straight(reader: &mut Reader, search: &Search, source: &Source) -> Result<Walked> {
    let page = Page { skip: search.offset, take: search.count.saturating_add(1) };
    let (mut records, _) = source.page(reader, page).await?;
    let more = records.len() > search.count as usize && search.count > 0;
    records.truncate(search.count as usize);
    let total = source.count(reader).await?.and_then(|count| u32::try_from(count).ok());
    Ok(Walked { records, total, more })
}

type Keyed = (Vec<Option<SortKey>>, Record);

/// A walk under way.
struct Walk<'w> {
    search: &'w Search,
    plan: &'w Plan,
    zone: &'w TimeZone,
    tests: Vec<&'w Criterion>,
    needs_stored: bool,
    open: HashMap<PatientId, bool>,
    looked_at: u32,
    matches: u32,
    kept: Vec<Keyed>,
}

impl<'w> Walk<'w> {
    fn new(search: &'w Search, plan: &'w Plan, zone: &'w TimeZone) -> Self {
        let tests: Vec<&Criterion> = search.criteria.iter().filter(|one| !is_patient(one)).collect();
        let asked = tests.iter().map(|one| one.parameter).chain(search.sort.iter().map(|one| one.parameter));
        let needs_stored = asked.into_iter().any(|one| one.name == "_lastUpdated");
        let open = HashMap::new();
        Self { search, plan, zone, tests, needs_stored, open, looked_at: 0, matches: 0, kept: Vec::new() }
    }

    /// Whether the page is full and something is known to come after it. What is sorted is all looked at, and so is
    /// what is only counted.
    fn has_enough(&self) -> bool {
        self.search.sort.is_empty() && self.search.count > 0 && self.kept.len() > self.search.count as usize
    }

    async fn through(&mut self, reader: &mut Reader, context: &Context, source: &Source) -> Result<()> {
        let mut page = Page::first(FIRST_FETCH);
        loop {
            let (records, is_last) = source.page(reader, page).await?;
            for record in records {
                self.look(reader, context, record).await?;
                if self.has_enough() {
                    return Ok(());
                }
            }
            if is_last {
                return Ok(());
            }
            page = Page { skip: page.skip + page.take, take: page.take.saturating_mul(FETCH_GROWTH) };
        }
    }

    /// Looks at one record and keeps it if it answers.
    async fn look(&mut self, reader: &mut Reader, context: &Context, record: Record) -> Result<()> {
        self.looked_at += 1;
        if self.looked_at > LOOKED_AT_LIMIT {
            return Err(too_much());
        }
        let stored = if self.needs_stored { record.stored(reader).await? } else { None };
        let resource = record.written(self.search.resource, &NoRefs, stored);
        if self.holds(&record, &resource) && self.is_open(reader, context, &record).await? {
            self.matches += 1;
            self.keep(record, &resource);
        }
        Ok(())
    }

    fn holds(&self, record: &Record, resource: &Json) -> bool {
        self.tests.iter().all(|criterion| {
            holds(criterion, resource, self.zone)
                || dated(record, criterion.parameter.name)
                    .is_some_and(|resource| holds(criterion, &resource, self.zone))
        })
    }

    async fn is_open(&mut self, reader: &mut Reader, context: &Context, record: &Record) -> Result<bool> {
        let Some(patient) = record.patient() else { return Ok(true) };
        if let Some(charts) = &self.plan.charts {
            return Ok(charts.contains(&patient));
        }
        if let Some(known) = self.open.get(&patient) {
            return Ok(*known);
        }
        let open = gate::opens(reader, context, patient, Permission::FhirRead).await?;
        self.open.insert(patient, open);
        Ok(open)
    }

    fn keep(&mut self, record: Record, resource: &Json) {
        if self.search.sort.is_empty() {
            if self.matches > self.search.offset && self.kept.len() <= self.search.count as usize {
                self.kept.push((Vec::new(), record));
            }
            return;
        }
        let key = |sort: &Sort| {
            let dated = dated(&record, sort.parameter.name);
            sort_key(sort.parameter, dated.as_ref().unwrap_or(resource), self.zone)
        };
        self.kept.push((self.search.sort.iter().map(key).collect(), record));
    }

    fn end(mut self) -> Walked {
        let (offset, count) = (self.search.offset as usize, self.search.count as usize);
        let total = (!self.has_enough()).then_some(self.matches);
        if !self.search.sort.is_empty() {
            self.kept.sort_by(|one, other| order(&self.search.sort, one, other));
            self.kept.drain(..offset.min(self.kept.len()));
        }
        let more = count > 0 && self.kept.len() > count;
        self.kept.truncate(count);
        Walked { records: self.kept.into_iter().map(|(_, record)| record).collect(), total, more }
    }
}

/// A document of a day: `DocumentReference.date` takes only instants and leaves it out, `Composition.date` has it.
fn dated(record: &Record, parameter: &str) -> Option<Json> {
    let is_day = |record: &Record| match record {
        Record::Document(one) => matches!(one.content.written, Some(chart::date::When::Date(_))),
        _ => false,
    };
    (parameter == "date" && is_day(record)).then(|| record.written("Composition", &NoRefs, None))
}

/// By the first key that differs; what has no key comes last in either direction. Ties stay in the list's own order.
fn order(sort: &[Sort], one: &Keyed, other: &Keyed) -> Ordering {
    let keys = one.0.iter().zip(&other.0).zip(sort);
    keys.map(|((one, other), sort)| match (one, other) {
        (Some(one), Some(other)) if sort.descending => other.cmp(one),
        (Some(one), Some(other)) => one.cmp(other),
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
    })
    .find(|order| order.is_ne())
    .unwrap_or(Ordering::Equal)
}

fn too_much() -> Error {
    Error::refused(format!(
        "more than {LOOKED_AT_LIMIT} records would have to be looked at; ask for less: name a patient, an encounter, \
         a birth date or a number"
    ))
}
