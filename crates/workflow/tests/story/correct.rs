//! Who a patient is, corrected by hand.

use chart::access::Role;
use chart::correction::Correction;
use chart::id::PatientId;
use chart::intake::Change;
use store::Page;
use workflow::{Error, history, identity, jobs, patients};

use crate::house::{House, arrival, chart, person};

async fn registered() -> (House, PatientId) {
    let house = House::new().await;
    house.take(vec![chart("100", person("100", "Ouellette", "Marguerite", "1950-02-03"), None)]).await;
    let id = house.patient("100").await;
    (house, id)
}

fn refused<T: std::fmt::Debug>(result: workflow::Result<T>, words: &str) {
    match result {
        Err(Error::Refused(said)) => assert!(said.contains(words), "{said}"),
        other => panic!("refused, not {other:?}"),
    }
}

#[tokio::test]
async fn a_correction_names_its_version_and_its_reason_and_is_kept() {
    let (house, id) = registered().await;
    let clerk = house.user(Role::Clerk, None).await;
    let mut context = house.context(clerk.clone());
    let known = person("100", "Ouellette", "Marguerite", "1950-02-03");
    let typed = Correction {
        birth: "1950-03-02".parse().ok(),
        mothers_maiden_name: "Gagnon".into(),
        ..Correction::of(&known)
    };
    let same = Correction::of(&known);
    let nameless = Correction { family: " ".into(), ..same.clone() };
    let numberless = Correction { numbers: vec![String::new()], ..same.clone() };
    refused(patients::correct(&house.store, &mut context, (id, 1), &typed, " ").await, "say how you know");
    refused(
        patients::correct(&house.store, &mut context, (id, 1), &same, "licence").await,
        "nothing differs",
    );
    refused(
        patients::correct(&house.store, &mut context, (id, 1), &nameless, "licence").await,
        "family name",
    );
    refused(
        patients::correct(&house.store, &mut context, (id, 1), &numberless, "licence").await,
        "record number",
    );
    let mut coder = house.context(house.user(Role::Coder, None).await);
    let forbidden = patients::correct(&house.store, &mut coder, (id, 1), &typed, "licence").await;
    assert!(matches!(forbidden, Err(Error::Forbidden { .. })), "{forbidden:?}");

    let after = patients::correct(&house.store, &mut context, (id, 1), &typed, "licence seen").await.unwrap();
    assert_eq!((after.version, after.demographics.mothers_maiden_name.as_str()), (2, "Gagnon"));
    let late = patients::correct(&house.store, &mut house.context(clerk), (id, 1), &same, "licence").await;
    assert!(matches!(late, Err(Error::Store(store::Error::Conflict { .. }) | Error::Refused(_))), "{late:?}");

    let read = history::of_patient(&house.store, &coder, id).await.unwrap();
    let [corrected, first] = read.steps.as_slice() else { panic!("{:?}", read.steps) };
    assert_eq!(corrected.by.as_deref(), Some(Role::Clerk.title()));
    assert_eq!(corrected.reason.as_deref(), Some("licence seen"));
    let shown: Vec<String> = corrected.changes.iter().map(|one| format!("{:?}", one.difference)).collect();
    assert!(shown[0].contains("1950-02-03") && shown[0].contains("1950-03-02"), "{shown:?}");
    assert_eq!(
        first.origin.as_ref().and_then(|one| one.key.as_ref()).map(|key| key.key.as_str()),
        Some("100")
    );
}

#[tokio::test]
async fn a_message_that_overrules_a_correction_is_believed_and_marked() {
    let (house, id) = registered().await;
    let clerk = house.user(Role::Clerk, None).await;
    let known = person("100", "Ouellette", "Marguerite", "1950-02-03");
    let typed = Correction { birth: "1950-03-02".parse().ok(), ..Correction::of(&known) };
    let mut context = house.context(clerk);
    patients::correct(&house.store, &mut context, (id, 1), &typed, "licence seen").await.unwrap();
    let said = |bytes: &str, birth: &str| {
        let Change::Patient { key, extent, .. } = chart("100", known.clone(), None).changes.remove(0) else {
            unreachable!("the first change")
        };
        let demographics = Box::new(person("100", "Ouellette", "Marguerite", birth));
        arrival(bytes, vec![Change::Patient { key, demographics, extent }])
    };
    let agrees = house.take(vec![said("agrees", "1950-03-02")]).await;
    assert!(agrees[0].remarks.is_empty(), "{agrees:?}");
    let overrules = house.take(vec![said("overrules", "1950-02-03")]).await;
    assert!(overrules[0].remarks[0].contains("corrected by hand (birth date)"), "{overrules:?}");
    let read = history::of_patient(&house.store, &context, id).await.unwrap();
    assert!(read.steps[0].changes[0].overrules, "{:?}", read.steps[0]);
    assert_eq!(read.banner.patient.demographics.birth, "1950-02-03".parse().ok());
    let again = house.take(vec![said("again", "1950-02-04")]).await;
    assert!(again[0].remarks.is_empty(), "what is overruled once is a correction no longer: {again:?}");
}

#[tokio::test]
async fn duplicates_are_looked_for_after_a_correction() {
    let (house, id) = registered().await;
    house.take(vec![chart("101", person("101", "Tremblay", "Luc", "1981-11-30"), None)]).await;
    while jobs::work(&house.store, &mut house.system(), "test", &jiff::tz::TimeZone::UTC)
        .await
        .expect("jobs are done")
        > 0
    {}
    let clerk = house.user(Role::DataIntegrity, None).await;
    let context = house.context(clerk.clone());
    assert_eq!(identity::queue(&house.store, &context, Page::first(9)).await.unwrap().1, 0);
    let other = house.patient("101").await;
    let typed = Correction {
        family: "Ouellette".into(),
        given: "Marguerite".into(),
        birth: "1950-02-03".parse().ok(),
        ..Correction::of(&person("101", "Tremblay", "Luc", "1981-11-30"))
    };
    let mut context = house.context(clerk);
    patients::correct(&house.store, &mut context, (other, 1), &typed, "wrong form").await.unwrap();
    while jobs::work(&house.store, &mut house.system(), "test", &jiff::tz::TimeZone::UTC)
        .await
        .expect("jobs are done")
        > 0
    {}
    let (pairs, count) = identity::queue(&house.store, &context, Page::first(9)).await.unwrap();
    assert_eq!(count, 1);
    let both = [pairs[0].1.one.id, pairs[0].1.other.id];
    assert!(both.contains(&id) && both.contains(&other));
}
