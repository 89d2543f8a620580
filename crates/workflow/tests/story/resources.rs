//! The record read and searched as FHIR resources.

use std::collections::BTreeSet;

use chart::access::Role;
use chart::id::{EncounterId, PartyId, PatientId};
use chart::intake::{KeyKind, SourceKey};
use chart::patient::RestrictionKind;
use exchange::fhir::search::{parameters, parse, searchable};
use exchange::fhir::{Source, read_bundle};
use jiff::tz::TimeZone;
use workflow::resources::{Found, Results, read, search};
use workflow::{Context, Error, Result, Who, patients};

use crate::house::House;

const BUNDLE: &str = include_str!("resources.json");
const ASKED: &str = include_str!("resources_asked.txt");
const NOBODY: &str = "01JD0000000000000000000000";

async fn filled() -> House {
    let house = House::new().await;
    let source = Source { system: "urn:test".into(), zone: TimeZone::UTC };
    let entries = read_bundle(BUNDLE.as_bytes(), &source).expect("a bundle");
    house.take(entries.into_iter().map(|one| one.expect("every entry is read")).collect()).await;
    house
}

async fn target<T: std::str::FromStr>(house: &House, kind: KeyKind, key: &str) -> T {
    house.target(&SourceKey::new("urn:test", kind, key)).await.expect("it is known")
}

async fn patient(house: &House, key: &str) -> PatientId {
    target(house, KeyKind::Patient, key).await
}

async fn ask(house: &House, context: &Context, resource: &str, query: &[(&str, &str)]) -> Result<Results> {
    let search_for = parse(resource, query.iter().copied(), &TimeZone::UTC).expect("a query");
    search(&house.store, context, &search_for, &TimeZone::UTC).await
}

async fn count(house: &House, context: &Context, resource: &str, query: &[(&str, &str)]) -> usize {
    ask(house, context, resource, query).await.expect("an answer").resources.len()
}

/// A line of the table: resource, parameter, a value that finds and one that does not.
fn line(line: &str) -> [&str; 4] {
    let (asked, values) = line.split_once(" : ").expect("a colon");
    let (resource, parameter) = asked.split_once(' ').expect("a parameter");
    let (finds, misses) = values.split_once(" , ").expect("two values");
    [resource, parameter, finds, misses]
}

fn lines() -> impl Iterator<Item = [&'static str; 4]> {
    ASKED.lines().filter(|one| !one.starts_with('#')).map(line)
}

#[test]
fn the_table_asks_by_every_parameter() {
    let asked: BTreeSet<(&str, &str)> =
        lines().map(|[resource, parameter, ..]| (resource, parameter)).collect();
    for resource in searchable() {
        for one in parameters(resource) {
            assert!(asked.contains(&(one.resource, one.name)), "{} {}", one.resource, one.name);
        }
    }
}

#[tokio::test]
async fn every_parameter_finds_what_it_should_and_nothing_else() {
    let house = filled().await;
    let context = house.system();
    let p1 = patient(&house, "Patient/p1").await.to_string();
    let e1: EncounterId = target(&house, KeyKind::Encounter, "Encounter/e1").await;
    for [resource, parameter, finds, misses] in lines() {
        let types = if resource == "*" { searchable() } else { vec![resource] };
        for resource in types {
            let all = ask(&house, &context, resource, &[]).await.unwrap();
            let id = all.resources.first().map(|one| one.id.clone()).unwrap_or_default();
            let fill =
                |value: &str| value.replace("=id", &id).replace("=p", &p1).replace("=e", &e1.to_string());
            let found = ask(&house, &context, resource, &[(parameter, &fill(finds))]).await.unwrap();
            assert!(!found.resources.is_empty(), "{resource} {parameter}={finds} finds nothing");
            assert_eq!(found.total, u32::try_from(found.resources.len()).ok(), "{resource} {parameter}");
            let missed = count(&house, &context, resource, &[(parameter, &fill(misses))]).await;
            assert_eq!(missed, 0, "{resource} {parameter}={misses} finds something");
        }
    }
}

#[tokio::test]
async fn criteria_hold_together_and_results_are_sorted() {
    let house = filled().await;
    let context = house.system();
    let p1 = patient(&house, "Patient/p1").await.to_string();
    let both = [("code", "2823-3"), ("status", "final"), ("patient", p1.as_str())];
    assert_eq!(count(&house, &context, "Observation", &both).await, 1);
    assert_eq!(count(&house, &context, "Observation", &[("code", "2823-3,8867-4")]).await, 3);
    let dates = async |order| {
        let found = ask(&house, &context, "Observation", &[("_sort", order)]).await.unwrap();
        let date = |one: &workflow::resources::Resource| {
            one.body
                .at("effectiveDateTime")
                .first()
                .and_then(|date| date.text())
                .unwrap_or_default()
                .to_owned()
        };
        found.resources.iter().map(date).collect::<Vec<_>>()
    };
    let rising = dates("date").await;
    assert!(rising.is_sorted() && rising.len() == 3, "{rising:?}");
    assert_eq!(dates("-date").await, rising.into_iter().rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn pages_followed_to_the_end_give_every_resource_once() {
    let house = filled().await;
    let context = house.system();
    let p1 = patient(&house, "Patient/p1").await.to_string();
    let queries: [&[(&str, &str)]; 4] =
        [&[], &[("_sort", "-date")], &[("status", "final,preliminary")], &[("patient", &p1)]];
    for query in queries {
        let whole = ask(&house, &context, "Observation", query).await.unwrap();
        let (mut offset, mut ids) = (0, Vec::new());
        loop {
            let at = offset.to_string();
            let page = [query, &[("_count", "1"), ("_offset", &at)]].concat();
            let page = ask(&house, &context, "Observation", &page).await.unwrap();
            assert_eq!(page.resources.len(), 1);
            ids.extend(page.resources.into_iter().map(|one| one.id));
            offset += 1;
            if !page.more {
                break;
            }
        }
        assert_eq!(ids, whole.resources.iter().map(|one| one.id.clone()).collect::<Vec<_>>(), "{query:?}");
        let none = ask(&house, &context, "Observation", &[query, &[("_count", "0")]].concat()).await.unwrap();
        assert_eq!((none.resources.len(), none.total, none.more), (0, whole.total, false));
    }
}

#[tokio::test]
async fn references_lead_to_what_is_in_the_record() {
    let house = filled().await;
    let context = house.system();
    let party: PartyId = target(&house, KeyKind::Party, "Practitioner/d1").await;
    let stay =
        ask(&house, &context, "Encounter", &[("identifier", "V-1")]).await.unwrap().resources.remove(0);
    let text = stay.body.to_string();
    assert!(text.contains(&format!("\"reference\":\"Practitioner/{party}\"")), "{text}");
    let report = ask(&house, &context, "DiagnosticReport", &[]).await.unwrap().resources.remove(0);
    let result = report.body.at("result.reference")[0].text().unwrap().to_owned();
    let (kind, id) = result.split_once('/').unwrap();
    let Found::Here(result) = read(&house.store, &context, kind, id).await.unwrap() else { panic!("kept") };
    assert!(result.body.to_string().contains("\"value\":5.90"), "{}", result.body);
}

#[tokio::test]
async fn a_physician_reads_own_patients_and_names_whom_they_search() {
    let house = filled().await;
    let party: PartyId = target(&house, KeyKind::Party, "Practitioner/d1").await;
    let who = house.user(Role::Physician, Some(party)).await;
    let mehta = house.context(who);
    let (own, other) = (patient(&house, "Patient/p1").await, patient(&house, "Patient/p2").await);
    assert!(matches!(read(&house.store, &mehta, "Patient", &own.to_string()).await, Ok(Found::Here(_))));
    let closed = read(&house.store, &mehta, "Patient", &other.to_string()).await;
    assert!(matches!(closed, Err(Error::Closed { .. })), "{closed:?}");
    let named = |id: PatientId| id.to_string();
    assert_eq!(count(&house, &mehta, "Observation", &[("patient", &named(own))]).await, 2);
    let closed = ask(&house, &mehta, "Observation", &[("patient", &named(other))]).await;
    assert!(matches!(closed, Err(Error::Closed { .. })), "{closed:?}");
    let roaming = ask(&house, &mehta, "Observation", &[("code", "2823-3")]).await;
    assert!(matches!(&roaming, Err(Error::Refused(words)) if words.contains("patient=")), "{roaming:?}");
    assert_eq!(count(&house, &mehta, "Patient", &[]).await, 1, "of the index only own patients");
    assert_eq!(count(&house, &mehta, "Practitioner", &[]).await, 1);
}

#[tokio::test]
async fn a_restricted_chart_is_in_no_search_of_those_it_is_closed_to() {
    let house = filled().await;
    let id = patient(&house, "Patient/p2").await;
    let officer = house.context(house.user(Role::Administrator, None).await);
    patients::restrict(&house.store, &officer, id, Some(RestrictionKind::Vip), "the mayor").await.unwrap();
    let coder = house.context(house.user(Role::Coder, None).await);
    assert_eq!(count(&house, &coder, "Observation", &[("code", "2823-3")]).await, 1);
    let all = ask(&house, &house.system(), "Observation", &[("code", "2823-3")]).await.unwrap();
    for one in &all.resources {
        let open = read(&house.store, &coder, "Observation", &one.id).await.is_ok();
        let asked = count(&house, &coder, "Observation", &[("_id", &one.id)]).await;
        assert_eq!(asked == 1, open);
    }
}

#[tokio::test]
async fn roles_read_what_their_permissions_allow() {
    let house = filled().await;
    let id = patient(&house, "Patient/p1").await.to_string();
    for role in Role::ALL {
        let context = house.context(house.user(*role, None).await);
        let may = chart::access::permits(&[*role], chart::access::Permission::FhirRead).is_some();
        let answer = read(&house.store, &context, "Patient", &id).await;
        assert_eq!(!matches!(answer, Err(Error::Forbidden { .. })), may, "{role}");
        let answer = ask(&house, &context, "Practitioner", &[]).await;
        assert_eq!(answer.is_ok(), may, "{role}");
    }
}

#[tokio::test]
async fn a_merged_patient_is_read_as_the_survivor_by_the_survivors_name() {
    let house = filled().await;
    let (stays, goes) = (patient(&house, "Patient/p1").await, patient(&house, "Patient/p2").await);
    let mut clerk = house.context(house.user(Role::DataIntegrity, None).await);
    workflow::identity::merge(&house.store, &mut clerk, (stays, goes), "one person").await.unwrap();
    let context = house.system();
    let found = read(&house.store, &context, "Patient", &goes.to_string()).await.unwrap();
    assert!(matches!(found, Found::Merged { into } if into == stays), "{found:?}");
    assert_eq!(count(&house, &context, "Observation", &[("patient", &goes.to_string())]).await, 3);
    assert_eq!(count(&house, &context, "Patient", &[("_id", &goes.to_string())]).await, 0);
}

#[tokio::test]
async fn what_the_record_has_no_place_for_is_given_as_it_came() {
    let house = filled().await;
    let context = house.system();
    let Found::Kept(original) = read(&house.store, &context, "Specimen", "k1").await.unwrap() else {
        panic!("a specimen has no place")
    };
    assert!(String::from_utf8(original.bytes).unwrap().contains("\"blood\""));
    let nothing = read(&house.store, &context, "Specimen", "k9").await;
    assert!(matches!(nothing, Err(Error::Missing { .. })), "{nothing:?}");
    let roi = house.context(house.user(Role::RoiSpecialist, None).await);
    let of_somebody = read(&house.store, &roi, "Specimen", "k1").await;
    assert!(matches!(of_somebody, Ok(Found::Kept(_))), "{of_somebody:?}");
    let of_nobody = read(&house.store, &roi, "Questionnaire", "k2").await;
    assert!(matches!(of_nobody, Err(Error::Forbidden { .. })), "{of_nobody:?}");
}

#[tokio::test]
async fn files_are_given_to_those_who_may_read_what_names_them() {
    let house = filled().await;
    let context = house.system();
    for (kind, path, bytes) in [
        ("DocumentReference", "content.attachment.url", b"%PDF-1.4\n".as_slice()),
        ("DiagnosticReport", "presentedForm.url", b"No effusion.".as_slice()),
    ] {
        let found = ask(&house, &context, kind, &[]).await.unwrap();
        let urls: Vec<String> = found
            .resources
            .iter()
            .flat_map(|one| one.body.at(path))
            .filter_map(|url| url.text().map(str::to_owned))
            .collect();
        let digest = urls[0].strip_prefix("Binary/").unwrap().parse().unwrap();
        let file = workflow::resources::binary(&house.store, &context, digest).await.unwrap();
        assert_eq!(file.bytes, bytes);
        let stranger = house.context(house.user(Role::Physician, None).await);
        let closed = workflow::resources::binary(&house.store, &stranger, digest).await;
        assert!(matches!(closed, Err(Error::Closed { .. })), "{closed:?}");
    }
    let bundle = chart::id::Digest::of(b"not a file of any document");
    let nothing = workflow::resources::binary(&house.store, &context, bundle).await;
    assert!(matches!(nothing, Err(Error::Missing { .. })), "{nothing:?}");
}

#[tokio::test]
async fn who_was_shown_what_is_written_down_without_content() {
    let house = filled().await;
    let id = patient(&house, "Patient/p1").await;
    let who = house.user(Role::Coder, None).await;
    let Who::User { id: user, .. } = who else { panic!("a user") };
    let coder = house.context(who);
    read(&house.store, &coder, "Patient", &id.to_string()).await.unwrap();
    let found =
        ask(&house, &coder, "Condition", &[("patient", &id.to_string()), ("code", "I10")]).await.unwrap();
    assert!(read(&house.store, &coder, "Patient", NOBODY).await.is_err());
    let mut view = house.store.view().await.unwrap();
    let filter = store::audit::Filter { user: Some(user), ..Default::default() };
    let lines = store::audit::lines(&mut view, &filter, store::Page::first(10)).await.unwrap();
    view.close().await.unwrap();
    let actions: Vec<&str> = lines.iter().map(|one| one.event.action.key()).collect();
    assert_eq!(actions, ["fhir-search", "fhir-read"]);
    assert!(lines.iter().all(|one| one.event.patient == Some(id)));
    let detail = lines[0].event.detail.to_string();
    assert!(detail.contains(&found.resources[0].id) && !detail.contains("I10"), "{detail}");
}
