//! One patient, one chart.

use chart::access::Role;
use chart::intake::{Change, KeyKind};
use store::Page;
use workflow::{identity, jobs};

use crate::house::{House, arrival, chart, key, person};

async fn two_of_one(house: &House) -> (chart::id::PatientId, chart::id::PatientId) {
    house
        .take(vec![
            chart("100", person("100", "Ouellette", "Marguerite", "1950-02-03"), None),
            chart("101", person("101", "Ouelette", "Marguerite", "1950-02-03"), None),
        ])
        .await;
    while jobs::work(&house.store, &mut house.system(), "test", &jiff::tz::TimeZone::UTC)
        .await
        .expect("jobs are done")
        > 0
    {}
    (house.patient("100").await, house.patient("101").await)
}

#[tokio::test]
async fn a_merge_and_its_undoing_leave_every_byte_as_it_was() {
    let house = House::new().await;
    let (survivor, absorbed) = two_of_one(&house).await;
    let before = house.everything(&[survivor, absorbed]).await;
    let clerk = house.user(Role::DataIntegrity, None).await;
    let mut context = house.context(clerk.clone());
    let merge = identity::merge(&house.store, &mut context, (survivor, absorbed), "one woman").await.unwrap();
    // What the sender still calls 101 goes to the chart that survived.
    let creatinine =
        chart("101", person("101", "Ouelette", "Marguerite", "1950-02-03"), None).changes.remove(2);
    let Change::Entry { patient, encounter, content, .. } = creatinine else {
        unreachable!("the third change")
    };
    let later = Change::Entry { key: key(KeyKind::Entry, "101-later"), patient, encounter, content };
    let verdicts = house.take(vec![arrival("later", vec![later])]).await;
    assert_eq!(verdicts[0].patient, Some(survivor));
    let mut context = house.context(clerk);
    identity::unmerge(&house.store, &mut context, merge, "two sisters").await.unwrap();
    let entry: chart::id::EntryId = house.target(&key(KeyKind::Entry, "101-later")).await.unwrap();
    let after = house.everything(&[survivor, absorbed]).await;
    assert!(after.contains(&format!("{entry:?}")), "what came since is not lost");
    let without: String = after.replace(&after, &before);
    assert_eq!(without, before);
    assert_eq!(undo_of_later(&after, &format!("{entry:?}")), before.lines().count());
}

/// Lines of `after` less those of the one entry that came since.
fn undo_of_later(after: &str, entry: &str) -> usize {
    let lines: Vec<&str> = after.lines().collect();
    let at = lines.iter().position(|line| line.contains(entry)).expect("it is there");
    let begin = (0..at).rev().find(|n| lines[*n] == "    Entry {").expect("its first line");
    let length = lines[begin..].iter().position(|line| *line == "    },").expect("its last line") + 1;
    lines.len() - length
}

#[tokio::test]
async fn a_persons_decision_outranks_the_score_for_good() {
    let house = House::new().await;
    let (one, other) = two_of_one(&house).await;
    let clerk = house.user(Role::DataIntegrity, None).await;
    let context = house.context(clerk.clone());
    let (queue, count) = identity::queue(&house.store, &context, Page::first(10)).await.unwrap();
    assert_eq!((queue.len(), count), (1, 1), "the pair was found");
    let explained: i64 =
        queue[0].1.score.fields.iter().map(|field| i64::from(field.weight.hundredths())).sum();
    assert_eq!(explained, i64::from(queue[0].1.score.weight.hundredths()));
    identity::keep_apart(&house.store, &context, one, other, "sisters-in-law").await.unwrap();
    // Registered anew, scored anew: the pair stays decided.
    let again = chart("101", person("101", "Ouellette", "Marguerite", "1950-02-03"), None);
    house.take(vec![arrival("corrected", again.changes)]).await;
    while jobs::work(&house.store, &mut house.system(), "test", &jiff::tz::TimeZone::UTC)
        .await
        .expect("jobs are done")
        > 0
    {}
    let (_, count) = identity::queue(&house.store, &house.context(clerk), Page::first(10)).await.unwrap();
    assert_eq!(count, 0);
}

#[tokio::test]
async fn an_episode_in_the_wrong_chart_is_moved_whole() {
    let house = House::new().await;
    house
        .take(vec![
            chart("100", person("100", "Adams", "Ann", "1950-02-03"), None),
            chart("200", person("200", "Brown", "Bea", "1971-11-30"), None),
        ])
        .await;
    let (wrong, right) = (house.patient("100").await, house.patient("200").await);
    let encounter: chart::id::EncounterId = house.target(&key(KeyKind::Encounter, "100-1")).await.unwrap();
    let mut clerk = house.context(house.user(Role::DataIntegrity, None).await);
    identity::move_encounter(&house.store, &mut clerk, (encounter, 1), right, "overlay").await.unwrap();
    let left = house.everything(&[wrong]).await;
    let found = house.everything(&[right]).await;
    assert!(!left.contains("Seen as 100.") && found.contains("Seen as 100."));
    let again = identity::move_encounter(&house.store, &mut clerk, (encounter, 1), wrong, "back").await;
    assert!(again.is_err(), "the version is no longer the one that was read");
}
