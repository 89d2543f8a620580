//! The register of rules: one file each, one line here. A rule's doc comment is its page of the manual.

use crate::case::{Case, Found, Governing, join};
use crate::note::{Note, NoteKind};

mod acute_and_chronic;
mod acute_with_sequela;
mod adverse_effect_first;
mod aftercare_of_injury;
mod age_conflict;
mod assumed_with;
mod birth_record;
mod bmi_age;
mod bmi_without_diagnosis;
mod both_sides;
mod cause_missing;
mod chemotherapy_first;
mod claim_limits;
mod code_also;
mod code_first;
mod code_validity;
mod combination_code;
mod diabetes_combination;
mod diabetes_drug;
mod digestive_bleeding;
mod duplicate_code;
mod excludes1;
mod external_cause_encounter;
mod external_cause_first;
mod first_listed_only;
mod history_and_active;
mod hiv_status;
mod hypertensive_disease;
mod manifestation_first;
mod mother_and_child;
mod multiple_sites;
mod never_first;
mod normal_delivery;
mod obstetric_first;
mod one_systemic_response;
mod other_clinician;
mod outcome_of_delivery;
mod place_and_activity_initial;
mod place_and_activity_once;
mod poa_chronic;
mod poa_exempt;
mod poa_hospital_acquired;
mod poa_missing;
mod poa_principal;
mod poa_undetermined;
mod procedure_date;
mod procedure_setting;
mod procedure_validity;
mod secondary_without_primary;
mod sepsis_organ_dysfunction;
mod sepsis_sequence;
mod sequela_first;
mod seventh_character;
mod severe_sepsis_first;
mod severe_sepsis_infection;
mod severe_sepsis_organ;
mod sex_conflict;
mod side_unspecified;
mod stroke_scale;
mod subsequent_infarction;
mod symptom_with_definitive;
mod tobacco_use;
mod uncertain_confirmed_only;
mod uncertain_outpatient;
mod unknown_primary;
mod use_additional_missing;
mod use_additional_order;
mod weeks_of_gestation;

/// One rule: its key in `data/guidelines/rule.tsv`, and the function that looks.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) key: &'static str,
    pub(crate) check: fn(&Case<'_>, &mut Found<'_>),
}

/// Every rule, in the order findings of one severity and place are shown.
pub(crate) const RULES: &[Rule] = &[
    code_validity::RULE,
    seventh_character::RULE,
    duplicate_code::RULE,
    procedure_validity::RULE,
    procedure_setting::RULE,
    procedure_date::RULE,
    claim_limits::RULE,
    manifestation_first::RULE,
    cause_missing::RULE,
    code_first::RULE,
    use_additional_order::RULE,
    use_additional_missing::RULE,
    code_also::RULE,
    excludes1::RULE,
    sequela_first::RULE,
    acute_with_sequela::RULE,
    aftercare_of_injury::RULE,
    side_unspecified::RULE,
    both_sides::RULE,
    multiple_sites::RULE,
    hypertensive_disease::RULE,
    diabetes_combination::RULE,
    combination_code::RULE,
    digestive_bleeding::RULE,
    assumed_with::RULE,
    acute_and_chronic::RULE,
    symptom_with_definitive::RULE,
    history_and_active::RULE,
    severe_sepsis_first::RULE,
    severe_sepsis_infection::RULE,
    severe_sepsis_organ::RULE,
    sepsis_sequence::RULE,
    sepsis_organ_dysfunction::RULE,
    one_systemic_response::RULE,
    obstetric_first::RULE,
    weeks_of_gestation::RULE,
    outcome_of_delivery::RULE,
    normal_delivery::RULE,
    birth_record::RULE,
    mother_and_child::RULE,
    chemotherapy_first::RULE,
    secondary_without_primary::RULE,
    unknown_primary::RULE,
    hiv_status::RULE,
    subsequent_infarction::RULE,
    stroke_scale::RULE,
    adverse_effect_first::RULE,
    external_cause_first::RULE,
    place_and_activity_once::RULE,
    place_and_activity_initial::RULE,
    external_cause_encounter::RULE,
    first_listed_only::RULE,
    never_first::RULE,
    bmi_without_diagnosis::RULE,
    bmi_age::RULE,
    diabetes_drug::RULE,
    tobacco_use::RULE,
    uncertain_outpatient::RULE,
    uncertain_confirmed_only::RULE,
    other_clinician::RULE,
    age_conflict::RULE,
    sex_conflict::RULE,
    poa_missing::RULE,
    poa_exempt::RULE,
    poa_chronic::RULE,
    poa_principal::RULE,
    poa_undetermined::RULE,
    poa_hospital_acquired::RULE,
];

/// The check of a rule whose pairs of codes are rows of `data/guidelines/pair.tsv`. A row without a code to use in
/// their place sets their order: the one before the other.
fn pairs(case: &Case<'_>, found: &mut Found<'_>) {
    let key = found.key;
    let rows = case.book.pairs.iter().filter(|pair| pair.rule == key && pair.days.hold(case.day));
    for pair in rows {
        let Some((one, other)) = pair.found(case) else { continue };
        let is_in_order = pair.instead.is_empty() && one < other;
        if is_in_order {
            continue;
        }
        let what = format!("{} and {}: {}.", case.name(one), case.name(other), pair.what);
        let what_to_do = match pair.instead.as_str() {
            "" => format!("Put {} before {}.", case.name(one), case.name(other)),
            instead => instead.to_owned(),
        };
        found.add(case, &[one, other], what, what_to_do).cited(&pair.citation);
    }
}

/// The diagnoses that notes of a kind at `place` name, in order of place, each with its note.
fn named<'c>(case: &Case<'c>, place: usize, kind: NoteKind) -> Vec<(usize, &'c Note)> {
    let notes = case.notes[place].iter().filter(|governing| governing.note.kind == kind);
    let mut named: Vec<_> = notes.flat_map(|notes| notes.named.iter().map(|&at| (at, notes.note))).collect();
    named.sort_by_key(|&(at, _)| at);
    named
}

/// The notes of a kind that ask for a code without condition and are not answered: the first of each place, with all
/// notes of the kind at that place.
fn open_notes<'c>(case: &Case<'c>, place: usize, kind: NoteKind) -> Vec<(&'c Note, Vec<&'c Note>)> {
    let of_kind = || case.notes[place].iter().filter(|governing| governing.note.kind == kind);
    let mut groups: Vec<Vec<&Governing<'_>>> = Vec::new();
    for governing in of_kind() {
        match groups.iter_mut().find(|group| group[0].note.node == governing.note.node) {
            Some(group) => group.push(governing),
            None => groups.push(vec![governing]),
        }
    }
    let asks = |group: &&Vec<&Governing<'_>>| {
        let answered = group.iter().any(|governing| !governing.named.is_empty());
        let names_none = group.iter().all(|governing| governing.note.targets.is_empty());
        let open = |governing: &&Governing<'_>| governing.note.leaves_open(case.day);
        !answered && !names_none && !group.iter().any(open)
    };
    let asking = groups.iter().filter(asks);
    asking.map(|group| (group[0].note, group.iter().map(|governing| governing.note).collect())).collect()
}

/// What the notes of one place ask for, as people read it.
fn asked(notes: &[&Note]) -> String {
    join(notes.iter().map(|note| note.text.trim_start_matches([',', ' ']).to_owned()))
}

/// A place of the tabular list as people read it: `I50.2`, `A00-A09`, `chapter 1`.
fn place_name(node: &str) -> String {
    match node.strip_prefix("chapter-") {
        Some(number) => format!("the head of chapter {number}"),
        None if node.contains('-') => format!("the head of {node}"),
        None => codeset::Code::parse(node).map_or_else(|_| node.to_owned(), codeset::Code::dotted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_key_of_its_own() {
        let keys: std::collections::BTreeSet<_> = RULES.iter().map(|rule| rule.key).collect();
        assert_eq!(keys.len(), RULES.len());
    }
}
