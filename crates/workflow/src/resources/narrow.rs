//! What the store's columns can tell of a search, so that fewer records have to be tested. A filter made here lets
//! through every record of the answer.

use chart::encounter::Encounter;
use chart::id::PatientId;
use chart::patient::Sex;
use exchange::fhir::search::{DatePrefix, Search, Test};
use jiff::{SignedDuration, Timestamp};
use store::Reader;

use super::place::Place;
use super::source::Source;
use crate::Result;

/// Midnight in any zone is less than this from midnight in another.
const ZONES: SignedDuration = SignedDuration::from_hours(26);
/// A date of which only the year is known is stored as the year's beginning.
const YEAR: SignedDuration = SignedDuration::from_hours(367 * 24);

/// Everything of a place that a search can mean, in all charts.
pub(super) fn everything(place: Place, search: &Search) -> Source {
    let (from, until) = window(search).unwrap_or_default();
    match place {
        Place::Patients => Source::Patients(patients(search)),
        Place::Encounters => {
            let status = only_code(search, "status").and_then(stay);
            Source::Encounters(store::encounters::Filter { status, ..Default::default() })
        }
        Place::Entries(kind) => Source::Entries(store::entries::Filter {
            kinds: vec![kind],
            from,
            until,
            with_errors: true,
            ..Default::default()
        }),
        Place::Documents => Source::Documents(store::documents::Filter { from, until, ..Default::default() }),
        Place::Parties(kind) => Source::Parties(kind),
    }
}

/// The list, of one chart.
pub(super) fn to_chart(mut source: Source, patient: PatientId) -> Source {
    match &mut source {
        Source::Encounters(filter) => filter.patient = Some(patient),
        Source::Entries(filter) => filter.patient = Some(patient),
        Source::Documents(filter) => filter.patient = Some(patient),
        Source::Patients(_) | Source::Parties(_) | Source::Named(..) => {}
    }
    source
}

/// The list, of one encounter.
pub(super) fn to_encounter(source: Source, encounter: &Encounter) -> Source {
    let mut source = to_chart(source, encounter.patient);
    match &mut source {
        Source::Entries(filter) => filter.encounter = Some(encounter.id),
        Source::Documents(filter) => filter.encounter = Some(encounter.id),
        _ => {}
    }
    source
}

/// The encounters with a number that is asked for; `None` where none is.
pub(super) async fn numbered(
    reader: &mut Reader,
    place: Place,
    search: &Search,
) -> Result<Option<Vec<String>>> {
    let Some(number) = only_code(search, "identifier").filter(|_| place == Place::Encounters) else {
        return Ok(None);
    };
    let found = store::encounters::by_identifier(reader, number).await?;
    let mut ids: Vec<String> = found.into_iter().map(|one| one.id.to_string()).collect();
    ids.dedup();
    Ok(Some(ids))
}

fn patients(search: &Search) -> store::patients::Query {
    let sex = |key: &str| match key {
        "female" => Some(Sex::Female),
        "male" => Some(Sex::Male),
        "other" => Some(Sex::Other),
        "unknown" => Some(Sex::Unknown),
        _ => None,
    };
    store::patients::Query {
        identifier: only_code(search, "identifier").map(str::to_owned),
        sex: only_code(search, "gender").and_then(sex),
        birth: birth_year(search),
        ..Default::default()
    }
}

/// The year of birth, when one is asked for and no zone could move it into another.
fn birth_year(search: &Search) -> Option<String> {
    let Test::Date { prefix: DatePrefix::Equal, from, to } = only_test(search, "birthdate")? else {
        return None;
    };
    let year = |at: Timestamp| at.to_zoned(jiff::tz::TimeZone::UTC).year();
    let (first, last) = (from.checked_sub(ZONES).ok()?, to.checked_add(ZONES).ok()?);
    (year(first) == year(last)).then(|| format!("{:04}", year(first)))
}

fn stay(status: &str) -> Option<&'static str> {
    [("planned", "planned"), ("in-progress", "open"), ("finished", "closed"), ("cancelled", "cancelled")]
        .into_iter()
        .find(|(ours, _)| *ours == status)
        .map(|(_, stored)| stored)
}

/// The parameter whose time is the column by which its type is listed.
fn listed_by(resource: &str) -> Option<&'static str> {
    Some(match resource {
        "Observation" | "DiagnosticReport" | "AllergyIntolerance" | "Immunization" => "date",
        "DocumentReference" | "Composition" => "date",
        "Condition" => "onset-date",
        "MedicationRequest" => "authoredon",
        "ServiceRequest" => "authored",
        _ => return None,
    })
}

/// Between which instants the column must lie; open where nothing can be said.
fn window(search: &Search) -> Option<(Option<Timestamp>, Option<Timestamp>)> {
    let Test::Date { prefix, from, to } = only_test(search, listed_by(search.resource)?)? else {
        return None;
    };
    let after = |slack: SignedDuration| from.checked_sub(slack).ok();
    let before = || to.checked_add(ZONES).ok();
    Some(match prefix {
        DatePrefix::Equal => (after(ZONES), before()),
        DatePrefix::From | DatePrefix::After => (after(YEAR), None),
        DatePrefix::Until | DatePrefix::Before => (None, before()),
    })
}

/// The code of the parameter, when it is asked for once with one code.
fn only_code<'s>(search: &'s Search, name: &str) -> Option<&'s str> {
    let Test::Token { code, .. } = only_test(search, name)? else { return None };
    code.as_deref()
}

/// The test of the parameter's first criterion, when that has no other.
fn only_test<'s>(search: &'s Search, name: &str) -> Option<&'s Test> {
    let criterion = search.criteria.iter().find(|one| one.parameter.name == name)?;
    let [test] = criterion.any_of.as_slice() else { return None };
    Some(test)
}
