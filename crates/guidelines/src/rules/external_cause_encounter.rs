//! The rule `external-cause-encounter`.

use super::Rule;
use crate::case::{Case, Found};
use crate::list::List;
use crate::span::seventh;

/// # What it checks
/// The seventh character of an external cause (A, D or S) is that of an injury it goes with.
/// # Why
/// The cause is coded for the length of treatment, with the character of the encounter.
/// # Example
/// S72.001D with W01.0XXA.
pub(super) const RULE: Rule = Rule { key: "external-cause-encounter", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    let injuries: Vec<u8> =
        case.places(List::Injury).filter_map(|at| seventh(case.codes[at])).map(phase).collect();
    if injuries.is_empty() {
        return;
    }
    for cause in case.places(List::ExternalCause) {
        let Some(character) = seventh(case.codes[cause]).filter(u8::is_ascii_alphabetic) else { continue };
        if !injuries.contains(&phase(character)) {
            let what = format!("{} is of another encounter than every injury coded.", case.name(cause));
            found.add(case, &[cause], what, "Give it the seventh character of the encounter: A, D or S.");
        }
    }
}

/// Fractures tell active and later treatment by more characters than A and D.
fn phase(character: u8) -> u8 {
    match character {
        b'A' | b'B' | b'C' => b'A',
        b'S' => b'S',
        _ => b'D',
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_encounter() {
        crate::testing::check(
            "external-cause-encounter",
            &["S72001D W010XXA", "S72001A W010XXS"],
            &["S72001A W010XXA", "S72001B W010XXA", "S72001G W010XXD", "S72001A Y92010", "I10 W010XXA"],
        );
    }
}
