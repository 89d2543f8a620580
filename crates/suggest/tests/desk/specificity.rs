//! What the record says narrows a code; what it does not say is asked.

use crate::{code, found, suggest};

#[test]
fn a_side_near_the_mention_chooses_the_code() {
    // Words close together are a title; these stand apart.
    let right = found("Knee pain today, worse on the stairs, right side.", "M25.561");
    assert_eq!(right.specified, ["side: right"]);
    assert!(right.questions.iter().all(|question| question.about != "side"));
}

#[test]
fn a_side_that_is_not_said_is_asked() {
    let knee = found("Knee pain.", "M25.569");
    let side = knee.questions.iter().find(|question| question.about == "side");
    let options = &side.expect("the side is asked").options;
    assert!(options.contains(&code("M25.561")) && options.contains(&code("M25.562")));
}

#[test]
fn two_sides_choose_neither() {
    let knee = found("Knee pain today, worse on the stairs, right and left.", "M25.569");
    assert!(knee.questions.iter().any(|question| question.about == "side"));
}

#[test]
fn a_missing_seventh_character_is_asked() {
    let fall = found("Fall at home.", "W19");
    assert!(fall.questions.iter().any(|question| question.about == "seventh character"));
}

#[test]
fn a_side_far_away_says_nothing() {
    let text = "Left handed man who works in the harbour at night and came on foot with knee pain.";
    assert!(suggest(None, text).iter().all(|found| found.code != code("M25.562")));
}
