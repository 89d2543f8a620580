//! Pairs that data-integrity analysts meet, and what the shipped model says of them.

use super::*;
use crate::identity::{Raw, Traits, Vocabulary, compare};

/// Robert Hendricks of Seattle, with everything known.
fn robert() -> Raw {
    Raw {
        surname: "Hendricks".into(),
        given: "Robert".into(),
        middle: "Alan".into(),
        birth_date: "1956-04-09".into(),
        sex: "M".into(),
        ssn: "536-21-9874".into(),
        phones: vec!["206-342-8631".into()],
        street: "4512 Fremont Avenue N".into(),
        city: "Seattle".into(),
        state: "WA".into(),
        zip: "98103".into(),
        ..Raw::default()
    }
}

fn score_of(left: &Raw, right: &Raw) -> Score {
    let [left, right] = [left, right].map(|raw| Traits::normalise(raw, Vocabulary::shipped()));
    score(&compare(&left, &right), Model::shipped(), Frequencies::shipped())
}

fn check(what: &str, left: &Raw, right: &Raw, expected: Outcome) {
    let found = score_of(left, right);
    assert_eq!(found.outcome, expected, "{what}: {} {:#?}", found.weight, found.fields);
}

#[test]
fn one_person_in_two_records_is_suggested() {
    let moved =
        Raw { street: "77 Pine St".into(), zip: "98225".into(), city: "Bellingham".into(), ..robert() };
    check("moved", &robert(), &moved, Outcome::SuggestLink);
    let bob = Raw { given: "Bob".into(), middle: String::new(), ssn: String::new(), ..robert() };
    check("a nickname, no SSN", &robert(), &bob, Outcome::SuggestLink);
    let slip = Raw { birth_date: "1956-04-08".into(), ssn: String::new(), ..robert() };
    check("a slip in the birth date", &robert(), &slip, Outcome::SuggestLink);
    let swapped = Raw { surname: "Robert".into(), given: "Hendricks".into(), ..robert() };
    check("names swapped", &robert(), &swapped, Outcome::SuggestLink);
}

#[test]
fn people_of_one_household_are_not_suggested() {
    let twin = Raw { given: "Thomas".into(), middle: "James".into(), ssn: "536-21-7734".into(), ..robert() };
    assert_ne!(score_of(&robert(), &twin).outcome, Outcome::SuggestLink, "a twin");
    let twin = Raw { given: "Thomas".into(), middle: String::new(), ssn: String::new(), ..robert() };
    check("a twin of whom less is known", &robert(), &twin, Outcome::ClericalReview);
    let son = Raw { suffix: "Jr".into(), birth_date: "1983-11-30".into(), ssn: String::new(), ..robert() };
    assert_ne!(score_of(&robert(), &son).outcome, Outcome::SuggestLink, "a son of the same name");
    let wife = Raw {
        given: "Carol".into(),
        middle: "Jean".into(),
        birth_date: "1958-12-21".into(),
        sex: "F".into(),
        ssn: String::new(),
        ..robert()
    };
    check("his wife", &robert(), &wife, Outcome::NoLink);
}

#[test]
fn newborn_twins_are_two_people() {
    let baby = |order: &str| Raw {
        given: format!("Baby Boy {order}"),
        middle: String::new(),
        birth_date: "2026-11-20".into(),
        ssn: String::new(),
        ..robert()
    };
    assert_ne!(score_of(&baby("A"), &baby("B")).outcome, Outcome::SuggestLink);
    let named = Raw { given: "Oliver".into(), ..baby("A") };
    check("named later", &baby("A"), &named, Outcome::ClericalReview);
}

#[test]
fn a_common_name_alone_proves_nothing() {
    let john = Raw { surname: "Smith".into(), given: "John".into(), sex: "M".into(), ..Raw::default() };
    check("two John Smiths", &john, &john, Outcome::NoLink);
    let dated = Raw { birth_date: "1956-04-09".into(), ..john };
    check("born on one day", &dated, &dated, Outcome::SuggestLink);
}

#[test]
fn equal_names_never_weigh_less_than_alike_ones() {
    let weight = |left: &str, right: &str| {
        let raw = |surname: &str| Raw { surname: surname.into(), ..Raw::default() };
        score_of(&raw(left), &raw(right)).fields[0].weight
    };
    assert!(weight("Smith", "Smith") >= weight("Smith", "Smyth"));
    assert!(weight("Smyth", "Smyth") > weight("Smith", "Smith"));
}

#[test]
fn the_explanation_adds_up_and_names_no_value() {
    let twin = Raw { given: "Thomas".into(), ..robert() };
    let score = score_of(&robert(), &Raw { ssn: String::new(), ..twin });
    let sum: i32 = score.fields.iter().map(|row| row.weight.hundredths()).sum();
    assert_eq!(sum, score.weight.hundredths());
    let text: String =
        score.fields.iter().map(|row| format!("{:>7}  {}\n", row.weight.to_string(), row.why())).collect();
    for value in ["Hendricks", "Robert", "Thomas", "1956", "9874", "Fremont", "4512", "98103"] {
        assert!(!text.to_lowercase().contains(&value.to_lowercase()), "{value} in\n{text}");
    }
    assert!(text.contains("The given names differ.") && text.contains("members of one household"), "{text}");
}

#[test]
fn every_row_has_a_sentence_of_its_own() {
    for (field, level, _) in Model::shipped().rates() {
        let why = FieldScore { field, level, rarity: None, weight: Weight::ZERO }.why();
        assert!(why.ends_with('.') && !why.ends_with("are alike."), "{field:?} {level:?}: {why}");
    }
}
