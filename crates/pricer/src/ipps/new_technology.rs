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
    NewTechnology {
        add_on: add_on(bill, federal, ledger),
        islet_cells: islet_cells(bill, ledger),
    }
}

fn add_on<T: Trace>(bill: &Bill<'_>, federal: Decimal, ledger: &mut Ledger<T>) -> Decimal {
    if bill.stay.procedures.is_empty() {
        return Decimal::ZERO;
    }
    let Some(list) = &bill.rates.new_technology else {
        ledger.miss(MissingFactor::NewTechnologies);
        return Decimal::ZERO;
    };
    let mut used = list
        .technologies
        .iter()
        .filter(|technology| is_used(bill, technology))
        .peekable();
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
    ledger.store(
        fields::SIGNED,
        federal + share + teaching + hospital.uncompensated_care,
    )
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
