//! The rule `seventh-character`.

use super::Rule;
use crate::case::{Case, Found};
use crate::facts::Standing;
use crate::span::seventh;

/// # What it checks
/// A code whose category takes a seventh character has one of those that this very code takes, with X in the places
/// between. The list of valid codes decides, so that *died* (S06, seventh character 7 or 8) takes no later encounter.
/// # Why
/// A code without its seventh character is no code.
/// # Example
/// S72.001, fracture of the neck of the right femur, without the encounter; T14.8 for T14.8XXA.
pub(super) const RULE: Rule = Rule { key: "seventh-character", check };

fn check(case: &Case<'_>, found: &mut Found<'_>) {
    for (place, diagnosis) in case.diagnoses() {
        let Standing::Seventh(codes) = case.standing(place) else { continue };
        let name = case.name(place);
        let what = match seventh(diagnosis.code) {
            Some(character) => {
                format!("{name} does not take the seventh character {}.", char::from(character))
            }
            None => format!("{name} lacks its seventh character."),
        };
        let allowed: Vec<String> =
            codes.iter().filter_map(|&code| seventh(code)).map(|c| char::from(c).to_string()).collect();
        let example = codes.first().map_or_else(String::new, |code| code.dotted());
        let what_to_do = format!(
            "Choose the seventh character from {} by what the record says, as in {example}.",
            allowed.join(", ")
        );
        found.add(case, &[place], what, what_to_do);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn missing_wrong_and_of_the_dead() {
        crate::testing::check(
            "seventh-character",
            &["S72001", "T148", "S72001X", "S06307D"],
            &["S72001A", "T148XXA", "I10", "S06307A"],
        );
    }
}
