//! Add-ons for new technologies (42 CFR 412.88) and for islet cells in a clinical trial.

use rust_decimal::Decimal;

use super::Bill;
use super::fields;
use crate::missing::MissingFactor;
use crate::rates::Technology;
use crate::worksheet::{Ledger, Line, Trace};

/// What is added for technologies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct NewTechnology {
    /// For new technologies; counts towards the outlier.
    pub(crate) add_on: Decimal,
    /// For islet cells; paid on top of everything.
    pub(crate) islet_cells: Decimal,
}

/// Finds the add-ons of a case whose operating federal part is `federal`.
pub(crate) fn find<T: Trace>(bill: &Bill<'_>, federal: Decimal, ledger: &mut Ledger<T>) -> NewTechnology {
    NewTechnology { add_on: add_on(bill, federal, ledger), islet_cells: islet_cells(bill, ledger) }
}

fn add_on<T: Trace>(bill: &Bill<'_>, federal: Decimal, ledger: &mut Ledger<T>) -> Decimal {
    if bill.stay.procedures.is_empty() {
        return Decimal::ZERO;
    }
    let Some(list) = &bill.rates.new_technology else {
        ledger.miss(MissingFactor::NewTechnologies);
        return Decimal::ZERO;
    };
    let mut used = list.technologies.iter().filter(|technology| is_used(bill, technology)).peekable();
    if used.peek().is_none() {
        return Decimal::ZERO;
    }
    let base = base_payment(bill, federal, ledger);
    let exact_cost = bill.charges * bill.hospital.operating_cost_ratio;
    let mut sum = Decimal::ZERO;
    for technology in used {
        let share = ledger.store(fields::SIGNED, (exact_cost - base) * technology.share);
        let amount = share.clamp(Decimal::ZERO, technology.add_on_max);
        sum += amount;
        ledger.line(|| {
            Line::step("new_technology.one", "New technology add-on", amount)
                .formula(format!(
                    "{}: {} x ({exact_cost} - {base}), at most {}",
                    technology.name, technology.share, technology.add_on_max
                ))
                .source(format!("42 CFR 412.88; {}", list.source))
        });
    }
    at_most_cost(bill, base, sum, ledger)
}

fn is_used(bill: &Bill<'_>, technology: &Technology) -> bool {
    let on_claim = |group: &Vec<crate::rates::ListedCode>| {
        group.iter().any(|code| bill.stay.procedures.contains(&code.0))
    };
    technology.procedures.iter().all(on_claim)
}

/// What is paid without the technology: federal part, disproportionate share, teaching, uncompensated care.
fn base_payment<T: Trace>(bill: &Bill<'_>, federal: Decimal, ledger: &mut Ledger<T>) -> Decimal {
    let hospital = bill.hospital;
    let federal = ledger.store(fields::OPERATING, federal);
    let paid_share = bill.rates.disproportionate_share.paid_share.value;
    let share = ledger.store(fields::OPERATING, federal * hospital.operating_share * paid_share);
    let teaching = ledger.store(fields::OPERATING, federal * hospital.operating_teaching);
    ledger.store(fields::SIGNED, federal + share + teaching + hospital.uncompensated_care)
}

/// Payment and add-on together do not exceed the cost of the case.
fn at_most_cost<T: Trace>(
    bill: &Bill<'_>,
    base: Decimal,
    add_on: Decimal,
    ledger: &mut Ledger<T>,
) -> Decimal {
    let cost = ledger.store(fields::WORK, bill.charges * bill.hospital.operating_cost_ratio);
    let room = ledger.store(fields::SIGNED, cost - base);
    if base + add_on > cost && room > Decimal::ZERO {
        return room;
    }
    add_on
}

/// Islet cells: a fixed amount for one infusion, another for more.
fn islet_cells<T: Trace>(bill: &Bill<'_>, ledger: &mut Ledger<T>) -> Decimal {
    let Some(rule) = &bill.rates.islet_cells else {
        return Decimal::ZERO;
    };
    if !bill.stay.has_diagnosis(rule.diagnosis.0) {
        return Decimal::ZERO;
    }
    let is_infusion = |code: &&codeset::Code| rule.procedures.iter().any(|listed| listed.0 == **code);
    let figure = match bill.stay.procedures.iter().filter(is_infusion).count() {
        0 => return Decimal::ZERO,
        1 => &rule.one_infusion,
        _ => &rule.more_infusions,
    };
    ledger.line(|| {
        Line::step("islet_cells.amount", "Islet cell infusion", figure.value).source(figure.source.clone())
    });
    figure.value
}

#[cfg(test)]
mod tests {
    use crate::missing::MissingFactor;
    use crate::samples::{code, dec, hospital, paid, paid_in, stay, year};
    use crate::{Payment, Stay};

    fn given(procedures: &[&str], charges: &str) -> Payment {
        let stay = Stay {
            procedures: procedures.iter().map(|text| code(text)).collect(),
            covered_charges: Some(dec(charges)),
            ..stay()
        };
        paid(291, &stay, &hospital())
    }

    #[test]
    fn a_technology_adds_a_share_of_the_excess_cost_up_to_its_most() {
        let base = given(&[], "60000");
        let paid_without = base.operating.federal
            + base.operating.disproportionate_share
            + base.operating.teaching
            + base.additions.uncompensated_care;
        let some = given(&["XW033S5"], "60000").additions.new_technology;
        assert_eq!(some, ((dec("15000") - paid_without) * dec("0.65")).round_dp(2));
        assert_eq!(given(&["XW033S5"], "90000").additions.new_technology, dec("4000"));
        assert_eq!(given(&["XW033S5", "XW043S5"], "90000").additions.new_technology, dec("4000"), "once");
        assert_eq!(given(&["XW033S5"], "1000").additions.new_technology, dec("0"));
    }

    #[test]
    fn one_code_of_each_group_is_needed_and_the_sum_stays_within_the_cost() {
        assert_eq!(given(&["0JH60MZ"], "60000").additions.new_technology, dec("0"));
        assert!(given(&["0JH60MZ", "03HL3MZ"], "60000").additions.new_technology > dec("0"));
        let both = given(&["0JH60MZ", "03HL3MZ", "XW033S5"], "60000");
        let cost = dec("15000");
        let sum = both.operating.federal
            + both.operating.disproportionate_share
            + both.operating.teaching
            + both.additions.uncompensated_care
            + both.additions.new_technology;
        assert_eq!(sum, cost, "two shares of the excess would exceed it");
    }

    #[test]
    fn islet_cells_are_paid_by_the_number_of_infusions() {
        let infused = |procedures: &[&str], diagnosis: &str| {
            let stay = Stay {
                diagnoses: vec![code("E1065"), code(diagnosis)],
                procedures: procedures.iter().map(|text| code(text)).collect(),
                ..stay()
            };
            paid(8, &stay, &hospital()).additions.islet_cells
        };
        assert_eq!(infused(&["3E033U1"], "Z006"), dec("18848"));
        assert_eq!(infused(&["3E033U1", "3E033U1"], "Z006"), dec("37696"));
        assert_eq!(infused(&["3E033U1"], "E785"), dec("0"));
    }

    #[test]
    fn without_the_list_a_claim_with_procedures_names_it() {
        let mut year = year();
        year.rates.new_technology = None;
        let operated = Stay { procedures: vec![code("0SR9019")], ..stay() };
        let missing = |stay: &Stay| paid_in(&year, 470, stay, &hospital()).missing;
        assert!(missing(&operated).contains(MissingFactor::NewTechnologies));
        assert!(missing(&stay()).is_empty());
    }
}
