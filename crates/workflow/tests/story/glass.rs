//! Who may open which chart.

use chart::access::Role;
use chart::id::PartyId;
use chart::intake::KeyKind;
use chart::patient::RestrictionKind;
use store::Page;
use workflow::charts::{Part, read};
use workflow::{Error, glass, patients};

use crate::house::{House, chart, key, person, practitioner};

fn results() -> Part {
    let entries = Some((store::entries::Filter::default(), Page::first(10)));
    Part { name: "results", entries, ..Part::default() }
}

#[tokio::test]
async fn a_physician_opens_own_patients_and_others_with_a_reason() {
    let house = House::new().await;
    house
        .take(vec![
            practitioner("mehta"),
            chart("100", person("100", "Adams", "Ann", "1950-02-03"), Some("mehta")),
            chart("200", person("200", "Brown", "Bea", "1971-11-30"), None),
        ])
        .await;
    let (own, other) = (house.patient("100").await, house.patient("200").await);
    let party: PartyId = house.target(&key(KeyKind::Party, "mehta")).await.unwrap();
    let mehta = house.user(Role::Physician, Some(party)).await;
    let context = house.context(mehta.clone());
    assert_eq!(read(&house.store, &context, own, results()).await.unwrap().entries.1, 1);
    let closed = read(&house.store, &context, other, results()).await;
    assert!(matches!(closed, Err(Error::Closed { .. })), "{closed:?}");
    assert!(glass::break_glass(&house.store, &context, other, "need").await.is_err(), "a word is no reason");
    glass::break_glass(&house.store, &context, other, "unconscious in the emergency room").await.unwrap();
    assert!(read(&house.store, &context, other, results()).await.is_ok());
    let mut later = house.context(mehta);
    later.at = context.at + glass::OPEN_FOR + jiff::SignedDuration::from_mins(1);
    assert!(matches!(read(&house.store, &later, other, results()).await, Err(Error::Closed { .. })));
}

#[tokio::test]
async fn a_restricted_chart_asks_everybody_for_a_reason() {
    let house = House::new().await;
    house.take(vec![chart("100", person("100", "Adams", "Ann", "1950-02-03"), None)]).await;
    let id = house.patient("100").await;
    let officer = house.context(house.user(Role::Administrator, None).await);
    patients::restrict(&house.store, &officer, id, Some(RestrictionKind::Vip), "the mayor").await.unwrap();
    let coder = house.context(house.user(Role::Coder, None).await);
    assert!(matches!(read(&house.store, &coder, id, results()).await, Err(Error::Closed { .. })));
    let clerk = house.context(house.user(Role::ItAdministrator, None).await);
    assert!(matches!(read(&house.store, &clerk, id, results()).await, Err(Error::Forbidden { .. })));
}
