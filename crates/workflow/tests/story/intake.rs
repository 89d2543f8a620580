//! What comes in is applied whole, once, or listed with its reason.

use chart::intake::{Change, KeyKind};
use store::arrivals::{Filter, State};
use store::{Page, audit};
use workflow::intake::{Outcome, apply};
use workflow::interface;

use crate::house::{House, arrival, chart, key, person};

#[tokio::test]
async fn the_same_again_changes_nothing() {
    let house = House::new().await;
    let adams = || chart("100", person("100", "Adams", "Ann", "1950-02-03"), None);
    assert_eq!(house.take(vec![adams()]).await[0].outcome, Outcome::Applied);
    let id = house.patient("100").await;
    let before = house.everything(&[id]).await;
    assert_eq!(house.take(vec![adams()]).await[0].outcome, Outcome::Unchanged);
    assert_eq!(house.everything(&[id]).await, before);
}

#[tokio::test]
async fn what_names_nobody_is_rejected_whole_and_hinders_nobody() {
    let house = House::new().await;
    let stray = || {
        let mut stray = chart("200", person("200", "Brown", "Bea", "1960-01-01"), None);
        stray.changes.remove(0);
        stray
    };
    let adams = chart("100", person("100", "Adams", "Ann", "1950-02-03"), None);
    let incoming = vec![stray().into(), adams.into()];
    let verdicts = apply(&house.store, &mut house.system(), incoming).await.unwrap();
    assert!(matches!(&verdicts[0].outcome, Outcome::Rejected(reason) if reason.contains("registration")));
    assert_eq!(verdicts[1].outcome, Outcome::Applied);
    // The same file again: it is in the queue once.
    apply(&house.store, &mut house.system(), vec![stray().into()]).await.unwrap();
    let rejected = Filter { states: vec![State::Rejected], ..Filter::default() };
    let (queue, count) =
        interface::list(&house.store, &house.system(), &rejected, Page::first(10)).await.unwrap();
    assert_eq!((queue.len(), count), (1, 1));
    assert_eq!(house.target::<chart::id::EntryId>(&key(KeyKind::Entry, "200-creatinine")).await, None);
}

#[tokio::test]
async fn a_record_number_known_from_elsewhere_leads_to_the_same_chart() {
    let house = House::new().await;
    house.take(vec![chart("100", person("100", "Adams", "Ann", "1950-02-03"), None)]).await;
    let mut other = chart("fhir-77", person("100", "Adams", "Ann", "1950-02-03"), None);
    if let Change::Patient { demographics, .. } = &mut other.changes[0] {
        demographics.language = Some(chart::coded::Coded::text("French"));
    }
    house.take(vec![other]).await;
    assert_eq!(house.patient("100").await, house.patient("fhir-77").await);
}

#[tokio::test]
async fn a_document_that_comes_again_changed_is_a_version() {
    let house = House::new().await;
    let adams = || chart("100", person("100", "Adams", "Ann", "1950-02-03"), None);
    house.take(vec![adams()]).await;
    let mut again = arrival("100, amended", adams().changes.split_off(3));
    if let Change::Document { content, .. } = &mut again.changes[0] {
        content.sections[0].text = "Seen as 100, and sent home.".into();
    }
    house.take(vec![again]).await;
    let id = house.target(&key(KeyKind::Document, "100-visit")).await.unwrap();
    let mut view = house.store.view().await.unwrap();
    let versions = store::documents::versions(&mut view, id).await.unwrap();
    let newest = store::documents::get(&mut view, id).await.unwrap();
    assert_eq!((versions.len(), newest.version), (1, 2));
    assert_eq!(versions[0].content.sections[0].text, "Seen as 100.");
    assert!(audit::verify(&mut view, None).await.unwrap().fault.is_none());
}
