//! Queries read, errors said, answers written.

use exchange::fhir::json::{Json, Object};
use exchange::fhir::search::{DatePrefix, Search, SearchError, Test, TextMatch, parse};
use exchange::fhir::{Context, Issue, Page, capability_statement, operation_outcome, searchset};
use jiff::tz::TimeZone;
use proptest::prelude::*;

fn query(resource: &str, pairs: &[(&str, &str)]) -> Result<Search, SearchError> {
    parse(resource, pairs.iter().copied(), &TimeZone::UTC)
}

fn tests(resource: &str, name: &str, value: &str) -> Vec<Test> {
    let search = query(resource, &[(name, value)]).expect("a query");
    search.criteria.into_iter().flat_map(|one| one.any_of).collect()
}

fn error(resource: &str, name: &str, value: &str) -> String {
    query(resource, &[(name, value)]).expect_err("an error").to_string()
}

#[test]
fn tokens_name_a_system_any_or_none() {
    let token = |system: Option<&str>, code: Option<&str>| Test::Token {
        system: system.map(str::to_owned),
        code: code.map(str::to_owned),
    };
    assert_eq!(tests("Patient", "identifier", "urn:mrn|007"), [token(Some("urn:mrn"), Some("007"))]);
    assert_eq!(tests("Patient", "identifier", "|007"), [token(Some(""), Some("007"))]);
    assert_eq!(tests("Patient", "identifier", "urn:mrn|"), [token(Some("urn:mrn"), None)]);
    assert_eq!(
        tests("Condition", "code", r"I10,a\,b\|c"),
        [token(None, Some("I10")), token(None, Some("a,b|c"))]
    );
}

#[test]
fn references_are_ids_with_or_without_a_type() {
    let reference = |resource_type: Option<&str>, id: &str| Test::Reference {
        resource_type: resource_type.map(str::to_owned),
        id: id.to_owned(),
    };
    assert_eq!(tests("Observation", "patient", "7"), [reference(None, "7")]);
    assert_eq!(tests("Observation", "patient:Patient", "7"), [reference(Some("Patient"), "7")]);
    assert_eq!(
        tests("Observation", "patient", "https://a/fhir/Patient/7"),
        [reference(Some("Patient"), "7")]
    );
}

#[test]
fn dates_are_spans_of_their_precision() {
    let date = |prefix, from: &str, to: &str| Test::Date {
        prefix,
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
    };
    assert_eq!(
        tests("Observation", "date", "ge2026-02"),
        [date(DatePrefix::From, "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z")]
    );
    assert_eq!(
        tests("Encounter", "date", "2024"),
        [date(DatePrefix::Equal, "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z")]
    );
    // A plus sign that was not encoded arrives as a space.
    assert_eq!(
        tests("Observation", "_lastUpdated", "lt2026-02-03T10:00:00 01:00"),
        [date(DatePrefix::Before, "2026-02-03T09:00:00Z", "2026-02-03T09:00:01Z")]
    );
}

#[test]
fn names_are_compared_as_asked() {
    let text = |how| [Test::Text { how, text: "Ray".into() }];
    assert_eq!(tests("Patient", "family", "Ray"), text(TextMatch::Begins));
    assert_eq!(tests("Patient", "family:exact", "Ray"), text(TextMatch::Exact));
    assert_eq!(tests("Patient", "name:contains", "Ray"), text(TextMatch::Contains));
}

#[test]
fn pages_and_order_are_read() {
    let search =
        query("Observation", &[("_count", "9999"), ("_sort", "-date,_lastUpdated"), ("_offset", "20")]);
    let search = search.unwrap();
    assert_eq!((search.count, search.offset, search.criteria.len()), (500, 20, 0));
    let order: Vec<_> = search.sort.iter().map(|one| (one.parameter.name, one.descending)).collect();
    assert_eq!(order, [("date", true), ("_lastUpdated", false)]);
    assert_eq!(query("Patient", &[("name", "")]).unwrap().criteria.len(), 0, "an empty value asks nothing");
}

#[test]
fn what_cannot_be_answered_is_said() {
    assert!(
        error("Basic", "_id", "1")
            .starts_with("Basic cannot be searched here; these can: Patient, Encounter")
    );
    assert_eq!(
        error("Practitioner", "gender", "male"),
        "`gender` is no search parameter of Practitioner here; these are: _id, _lastUpdated, identifier, name, family, \
         given, _count, _sort"
    );
    assert_eq!(error("Condition", "code:not", "I10"), "`code:not` is not supported; leave `:not` out");
    assert_eq!(
        error("Patient", "birthdate", "ge1/2/1950"),
        "`birthdate`: `ge1/2/1950` is no date: write eq, ge, le, gt or lt and YYYY-MM-DD, or a time with its zone"
    );
    assert_eq!(
        error("Patient", "birthdate", "ap1950"),
        "`birthdate`: `ap1950` begins with no prefix we know: write eq, ge, le, gt or lt"
    );
    assert_eq!(error("Patient", "_count", "many"), "`_count`: `many` is no whole number");
    assert_eq!(
        error("Organization", "_sort", "type"),
        "`_sort`: cannot sort by `type`; write one of _lastUpdated, name"
    );
}

#[test]
fn an_outcome_says_what_is_wrong() {
    let wrong = query("Patient", &[("_count", "x")]).unwrap_err();
    assert_eq!(
        operation_outcome(&[Issue::from(&wrong)]).to_string(),
        r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"value","diagnostics":"`_count`: `x` is no whole number"}]}"#
    );
}

#[test]
fn a_page_links_to_those_beside_it() {
    let search = query("Patient", &[("_count", "10"), ("_offset", "10")]).unwrap();
    let page = Page {
        base: "https://h/fhir",
        query: "_count=10",
        search: &search,
        total: Some(25),
        more: true,
        results: vec![("Patient", "1".into(), Json::from(Object::resource("Patient").with("id", "1")))],
    };
    let written: serde_json::Value = serde_json::from_slice(&searchset(page).to_vec()).unwrap();
    let links: Vec<_> =
        written["link"].as_array().unwrap().iter().map(|one| one["url"].as_str().unwrap()).collect();
    assert_eq!(
        links,
        [
            "https://h/fhir/Patient?_count=10&_offset=10",
            "https://h/fhir/Patient?_count=10",
            "https://h/fhir/Patient?_count=10&_offset=20"
        ]
    );
    assert_eq!(written["total"], 25);
    assert_eq!(written["entry"][0]["fullUrl"], "https://h/fhir/Patient/1");
}

#[test]
fn the_statement_lists_every_type_with_its_parameters() {
    let date = "2026-11-22".parse().unwrap();
    let statement = capability_statement(&Context { base: "https://h/fhir", version: "0.1.0", date });
    let statement: serde_json::Value = serde_json::from_slice(&statement.to_vec()).unwrap();
    let resources = statement["rest"][0]["resource"].as_array().unwrap();
    assert_eq!(resources.len(), 16);
    let observation = resources.iter().find(|one| one["type"] == "Observation").unwrap();
    let names: Vec<_> = observation["searchParam"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["_id", "_lastUpdated", "patient", "encounter", "category", "code", "status", "date"]);
}

proptest! {
    #[test]
    fn no_query_panics(name in "\\PC{0,12}", value in "\\PC{0,20}", known in "(date|code|name|_sort|_count|patient)") {
        for resource in ["Patient", "Observation", "Organization"] {
            let _ = query(resource, &[(&name, &value)]);
            let _ = query(resource, &[(&known, &value)]);
        }
    }
}
