//! The rule `stroke-scale`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;

/// # What it checks
/// A score of the stroke scale (R29.7-) stands after a cerebral infarction (I63.-).
/// # Why
/// The score says how grave the infarction is; the stroke comes first.
/// # Example
/// R29.704 with G45.9.
pub(super) const RULE: Rule = Rule { key: "stroke-scale", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let Some(score) = case.place(List::StrokeScale) else { return };
    if case.place(List::Stroke).is_none_or(|stroke| stroke > score) {
        let what = format!("{} does not follow a cerebral infarction.", case.name(score));
        found.add(
            case,
            &[score],
            what,
            "Put the code of I63 before it, or leave the score out if there was no infarction.",
        );
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_stroke_comes_first() {
        crate::testing::check("stroke-scale", &["G459 R29704", "R29704 I639"], &["I639 R29704", "I639"]);
    }
}
