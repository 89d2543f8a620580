//! From what is asked to the lists of the store that hold the answer: never less than the answer, often more. What a
//! list cannot tell is tested on every record afterwards.

use std::collections::BTreeSet;

use chart::access::Permission;
use chart::encounter::Encounter;
use chart::id::{EncounterId, PatientId};
use exchange::fhir::search::{Criterion, Search, Test};
use store::Reader;

use super::narrow;
use super::place::Place;
use super::source::Source;
use crate::{Context, Error, Result, gate};

/// Where the answer is, and what is still to be tested.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// The lists to walk through, one after the other.
    pub(super) sources: Vec<Source>,
    /// The charts it is limited to, all of them open to who asks; `None` where each record's chart is to be tried.
    pub(super) charts: Option<BTreeSet<PatientId>>,
    /// Whether the lists are the answer, with nothing to test.
    pub(super) is_exact: bool,
}

impl Plan {
    /// The plan for a search.
    ///
    /// # Errors
    /// [`Error::Closed`] when a chart that is named is closed, [`Error::Refused`] when none is named and one must be.
    pub(super) async fn of(
        reader: &mut Reader,
        context: &Context,
        place: Place,
        search: &Search,
    ) -> Result<Self> {
        let mut charts = charts(reader, context, search).await?;
        let encounters = encounters(reader, search).await?;
        if let (None, Some(encounters)) = (&charts, &encounters) {
            let patients: Vec<PatientId> = encounters.iter().map(|one| one.patient).collect();
            charts = Some(open_all(reader, context, &patients).await?);
        }
        let ids = identifiers(search).or(narrow::numbered(reader, place, search).await?);
        if charts.is_none() && ids.is_none() {
            may_roam(context, place)?;
        }
        let is_exact = charts.is_some() && ids.is_none() && covers(search) && search.sort.is_empty();
        let sources = match ids {
            Some(ids) => vec![Source::Named(place, ids)],
            None => sources(place, search, charts.as_ref(), encounters.as_deref()),
        };
        Ok(Self { is_exact: is_exact && sources.len() == 1, sources, charts })
    }
}

/// Whether somebody may search without naming a patient.
fn may_roam(context: &Context, place: Place) -> Result<()> {
    let permission = place.roaming();
    match context.must(permission) {
        Err(Error::Forbidden { .. }) if permission == Permission::ChartSearch => Err(Error::refused(
            "name a patient (`patient=`), an encounter (`encounter=`) or the resource (`_id=`): \
             your role does not let you search all charts",
        )),
        other => other.map(|_| ()),
    }
}

/// Whether the criteria are only of those that the lists answer whole: one patient, one encounter.
fn covers(search: &Search) -> bool {
    let encounters = search.criteria.iter().filter(|one| is_encounter(one)).count();
    search.criteria.iter().all(|one| is_patient(one) || is_encounter(one)) && encounters <= 1
}

/// Whether the criterion names patients. Merged ones are the surviving one, so it is not tested again on records.
pub(super) fn is_patient(criterion: &Criterion) -> bool {
    matches!(criterion.parameter.name, "patient" | "beneficiary")
}

fn is_encounter(criterion: &Criterion) -> bool {
    criterion.parameter.name == "encounter"
}

/// The charts that every patient criterion names, opened; `None` without such a criterion.
async fn charts(
    reader: &mut Reader,
    context: &Context,
    search: &Search,
) -> Result<Option<BTreeSet<PatientId>>> {
    let mut named: Option<BTreeSet<PatientId>> = None;
    for criterion in search.criteria.iter().filter(|one| is_patient(one)) {
        let ids: Vec<PatientId> = referenced(criterion, "Patient").filter_map(|id| id.parse().ok()).collect();
        let opened = open_all(reader, context, &ids).await?;
        named = Some(match named {
            Some(before) => before.intersection(&opened).copied().collect(),
            None => opened,
        });
    }
    Ok(named)
}

/// The charts of these patients, each opened. One that is not there is left out: nothing is found in it.
async fn open_all(
    reader: &mut Reader,
    context: &Context,
    patients: &[PatientId],
) -> Result<BTreeSet<PatientId>> {
    let mut opened = BTreeSet::new();
    for id in patients {
        match gate::open(reader, context, *id, Permission::FhirRead).await {
            Ok(patient) => opened.insert(patient.id),
            Err(Error::Missing { .. }) => continue,
            Err(other) => return Err(other),
        };
    }
    Ok(opened)
}

/// The encounters that the first encounter criterion names; `None` without one.
async fn encounters(reader: &mut Reader, search: &Search) -> Result<Option<Vec<Encounter>>> {
    let Some(criterion) = search.criteria.iter().find(|one| is_encounter(one)) else { return Ok(None) };
    let ids: Vec<EncounterId> = referenced(criterion, "Encounter").filter_map(|id| id.parse().ok()).collect();
    let mut found: Vec<Encounter> = Vec::new();
    for id in ids {
        if found.iter().all(|one| one.id != id) {
            found.extend(store::encounters::by_id(reader, id).await?);
        }
    }
    Ok(Some(found))
}

/// The ids a criterion refers to, those said to be of another type left out.
fn referenced<'c>(criterion: &'c Criterion, resource_type: &str) -> impl Iterator<Item = &'c str> {
    criterion.any_of.iter().filter_map(move |test| match test {
        Test::Reference { resource_type: said, id }
            if said.as_deref().is_none_or(|said| said == resource_type) =>
        {
            Some(id.as_str())
        }
        _ => None,
    })
}

/// The identifiers that the first `_id` names, each once; `None` without one.
fn identifiers(search: &Search) -> Option<Vec<String>> {
    let criterion = search.criteria.iter().find(|one| one.parameter.name == "_id")?;
    let ids: BTreeSet<String> = criterion
        .any_of
        .iter()
        .filter_map(|test| if let Test::Token { code, .. } = test { code.clone() } else { None })
        .collect();
    Some(ids.into_iter().collect())
}

fn sources(
    place: Place,
    search: &Search,
    charts: Option<&BTreeSet<PatientId>>,
    encounters: Option<&[Encounter]>,
) -> Vec<Source> {
    let all = narrow::everything(place, search);
    match (charts, encounters) {
        (Some(charts), Some(encounters)) => {
            let inside = encounters.iter().filter(|one| charts.contains(&one.patient));
            inside.map(|one| narrow::to_encounter(all.clone(), one)).collect()
        }
        (Some(charts), None) => charts.iter().map(|id| narrow::to_chart(all.clone(), *id)).collect(),
        (None, _) => vec![all],
    }
}
