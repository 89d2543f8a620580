//! Medicare Advantage patients: the plan pays the stay; the program pays the pass-through amounts.

use rust_decimal::Decimal;

use super::Bill;
use super::fields;
use crate::worksheet::{Ledger, Line, Trace};

/// Pass-through amounts of the stay, without organ acquisition and medical education, which are settled otherwise.
///
/// A negative difference loses its sign: the calculator's field has none.
pub(crate) fn amount<T: Trace>(bill: &Bill<'_>, ledger: &mut Ledger<T>) -> Decimal {
    if !bill.stay.medicare_advantage {
        return Decimal::ZERO;
    }
    let daily = &bill.hospital.pass_through;
    let per_day = daily.total - (daily.organ_acquisition + daily.medical_education);
    let amount = ledger.store(fields::PASS_THROUGH, per_day * Decimal::from(bill.days.stay));
    ledger.line(|| {
        Line::step("pass_through.per_day", "Pass-through amounts per day", per_day)
            .formula(format!(
                "({} - ({} + {})) x {} days = {amount}",
                daily.total, daily.organ_acquisition, daily.medical_education, bill.days.stay
            ))
            .source("42 CFR 412.2(e); provider record")
    });
    amount
}
