//! The inpatient prospective payment of one stay, in the order of the calculator.
//!
//! ```text
//! edits → hospital's factors → case factors → operating federal → transfer → capital federal
//!       → new technology → outlier → COVID-19 treatment → readmissions, value-based purchasing
//!       → hospital-specific rate → low volume → pass-through → HAC reduction → total
//! ```
//! One file per step. Each step rounds where the calculator rounds, and writes its lines into the ledger.

mod capital;
mod case_factors;
mod components;
mod edits;
mod fields;
mod hospital;
mod hospital_specific;
mod information;
mod low_volume;
mod new_technology;
mod operating;
mod outlier;
mod pass_through;
mod payment;
mod programs;
mod ranges;
mod rate_base;
mod record;
mod shares;
mod totals;
mod transfer;

use codeset::Drg;
use rust_decimal::Decimal;

pub use hospital::HospitalFactors;
pub use payment::{
    Additions, Capital, DaysUsed, Information, Operating, OutlierBasis, Payment, Programs, WeightPaid,
};
pub use ranges::ProviderError;

use crate::missing::Missing;
use crate::provider::Provider;
use crate::rates::Rates;
use crate::return_code::ReturnCode;
use crate::stay::{Review, Stay};
use crate::worksheet::{Ledger, Line, Silent, Trace, Worksheet};
use crate::year::Year;

/// A claim that passed the edits, with everything its steps need.
pub(crate) struct Bill<'a> {
    pub(crate) stay: &'a Stay,
    pub(crate) hospital: &'a HospitalFactors,
    pub(crate) rates: &'a Rates,
    pub(crate) review: Review,
    pub(crate) days: edits::Days,
    pub(crate) charges: Decimal,
    pub(crate) drg: Drg,
    pub(crate) weight: Decimal,
    pub(crate) gmlos: Decimal,
    pub(crate) amlos: Decimal,
    pub(crate) post_acute: bool,
    pub(crate) special_pay: bool,
    pub(crate) weight_source: &'a str,
}

/// Prices `stay` under `drg`: the fast path, without lines.
///
/// `hospital` holds what depends only on the hospital and the year; make it once per provider row.
pub fn price(drg: Drg, stay: &Stay, hospital: &HospitalFactors, year: &Year) -> Payment {
    let mut ledger = Ledger::<Silent>::default();
    calculate(drg, stay, hospital, year, &mut ledger)
}

/// Prices `stay` under `drg` and explains every line.
pub fn explain(drg: Drg, stay: &Stay, provider: &Provider, year: &Year) -> Result<Worksheet, ProviderError> {
    let mut ledger = Ledger::<Vec<Line>>::default();
    let hospital = HospitalFactors::build(provider, &year.rates, &mut ledger)?;
    let payment = calculate(drg, stay, &hospital, year, &mut ledger);
    let mut notes = year.rates.notes.clone();
    if payment.digits_lost {
        notes.push(
            "an amount has more digits than its field in the calculator holds; digits on the left were lost, as \
             the calculator loses them"
                .to_owned(),
        );
    }
    Ok(Worksheet {
        lines: ledger.trace,
        total: payment.total,
        code: payment.code,
        missing: payment.missing.iter().collect(),
        notes,
    })
}

/// The whole calculation; it exists once.
fn calculate<T: Trace>(
    drg: Drg,
    stay: &Stay,
    hospital: &HospitalFactors,
    year: &Year,
    ledger: &mut Ledger<T>,
) -> Payment {
    ledger.missing = hospital.missing();
    let mut payment = match edits::check(stay, hospital, &year.rates) {
        Err(code) => Payment::refused(code),
        Ok(passed) => match bill(drg, stay, hospital, year, passed) {
            None => {
                Payment { additions: uncompensated_care(hospital), ..Payment::refused(ReturnCode::NO_DRG) }
            }
            Some(_) if !hospital.is_complete() => Payment::refused(ReturnCode::INCOMPLETE),
            Some(bill) => pay(&bill, ledger),
        },
    };
    payment.missing = ledger.missing;
    payment.digits_lost = ledger.digits_lost;
    components::write_total(&payment, ledger);
    payment
}

/// The steps of a claim that passed the edits.
fn pay<T: Trace>(bill: &Bill<'_>, ledger: &mut Ledger<T>) -> Payment {
    let factors = case_factors::find(bill, ledger);
    let transfer = transfer::find(bill, ledger);
    let full_federal = operating::federal(bill, &factors, ledger);
    let federal = transfer.reduce_operating(full_federal, ledger);
    let capital_federal = transfer.reduce_capital(capital::federal(bill, &factors, ledger), ledger);
    let technology = new_technology::find(bill, federal, ledger);
    let base = outlier::Base { federal, capital_federal, add_on: technology.add_on };
    let outlier = outlier::find(bill, &transfer, &base, bill.hospital.operating_cost_ratio, ledger);
    let treatment = case_factors::covid_treatment(bill, &outlier, ledger);
    let parts = totals::Parts {
        factors,
        transfer,
        federal,
        capital_federal,
        base_pay: ledger.store(fields::BASE_PAY, federal + technology.add_on) + treatment,
        new_technology: technology.add_on + treatment,
        islet_cells: technology.islet_cells,
        outlier,
    };
    let mut payment = totals::assemble(bill, parts, ledger);
    if outlier::could_be_reconciled(bill, &transfer, &base, payment.code) {
        payment.code = payment.code.reconciled();
    }
    if bill.hospital.waiver && payment.code.is_paid() {
        payment.waive();
    }
    payment
}

fn bill<'a>(
    drg: Drg,
    stay: &'a Stay,
    hospital: &'a HospitalFactors,
    year: &'a Year,
    passed: edits::Passed,
) -> Option<Bill<'a>> {
    let row = year.weights.get(drg)?;
    Some(Bill {
        stay,
        hospital,
        rates: &year.rates,
        review: passed.review,
        days: passed.days,
        charges: passed.charges,
        drg,
        weight: row.weight?,
        gmlos: row.gmlos_days.unwrap_or_default(),
        amlos: row.amlos_days.unwrap_or_default(),
        post_acute: row.post_acute,
        special_pay: row.special_pay,
        weight_source: year.weights.source(),
    })
}

fn uncompensated_care(hospital: &HospitalFactors) -> Additions {
    Additions { uncompensated_care: hospital.uncompensated_care, ..Additions::default() }
}

impl Payment {
    /// Whether a factor was missing, so that the total is not the whole payment.
    pub fn is_partial(&self) -> bool {
        self.missing != Missing::default()
    }
}
