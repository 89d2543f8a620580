//! Transfers (42 CFR 412.4): a stay shorter than the mean is paid by the day, the first day twice.

use rust_decimal::Decimal;

use super::Bill;
use super::fields;
use crate::money;
use crate::return_code::ReturnCode;
use crate::stay::TransferKind;
use crate::worksheet::{Ledger, Line, Trace};

/// How a transfer reduces the payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Transfer {
    /// How this claim is paid as a transfer, whether or not its stay is short.
    pub(crate) method: Method,
    /// Days paid: length of stay and the extra day.
    pub(crate) paid_days: Decimal,
    /// Days paid over the geometric mean stay, at most 1; 0 for a claim that is no transfer.
    pub(crate) per_diem: Decimal,
    /// The part of a discharge that is paid.
    pub(crate) fraction: Decimal,
    /// The part of the weight that is paid.
    pub(crate) weight: Decimal,
    /// Whether fewer days are paid than the geometric mean stay.
    pub(crate) short: bool,
    /// Whether the payment is reduced: a short stay, and the DRG is not exempt.
    pub(crate) reduced: bool,
}

/// How a transfer is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    /// Not a transfer, or a DRG to which the post-acute policy does not apply.
    None,
    /// To another acute hospital, by the day.
    Acute,
    /// To post-acute care, by the day.
    PostAcute,
    /// To post-acute care, half on the first day.
    SpecialPay,
}

/// Finds how the claim is paid as a transfer.
pub(crate) fn find<T: Trace>(bill: &Bill<'_>, ledger: &mut Ledger<T>) -> Transfer {
    let method = method(bill);
    let paid_days = Decimal::from(bill.days.stay.max(1) + bill.rates.transfer.extra_days);
    let short = paid_days < bill.gmlos;
    let mut transfer = Transfer {
        method,
        paid_days,
        per_diem: Decimal::ZERO,
        fraction: Decimal::ONE,
        weight: bill.weight,
        short,
        reduced: short && method != Method::None && !bill.rates.transfer.exempt_drgs.contains(&bill.drg.0),
    };
    if method != Method::None && bill.gmlos > Decimal::ZERO {
        prorate(&mut transfer, bill, ledger);
        ledger.line(|| {
            Line::factor("transfer.fraction", "Part of a discharge paid for a transfer", transfer.fraction)
                .formula(format!("{paid_days} days paid of a mean stay of {}", bill.gmlos))
                .source(format!("42 CFR 412.4(f); {}", bill.rates.transfer.source))
        });
    }
    transfer
}

fn method(bill: &Bill<'_>) -> Method {
    match (bill.review.transfer, bill.post_acute, bill.special_pay) {
        (TransferKind::Acute, _, _) => Method::Acute,
        (TransferKind::PostAcute, true, true) => Method::SpecialPay,
        (TransferKind::PostAcute, true, false) => Method::PostAcute,
        _ => Method::None,
    }
}

/// Fills in ratio, fraction and weight. The weight of a special-pay DRG comes from the quotient before rounding.
fn prorate<T: Trace>(transfer: &mut Transfer, bill: &Bill<'_>, ledger: &mut Ledger<T>) {
    let first_day = &bill.rates.transfer.special_pay_share.value;
    transfer.per_diem = ledger.store(fields::DAY_FRACTION, money::ratio(transfer.paid_days, bill.gmlos));
    let special = first_day + money::ratio((Decimal::ONE - first_day) * transfer.paid_days, bill.gmlos);
    transfer.fraction = match transfer.method {
        Method::SpecialPay => ledger.store(fields::DAY_FRACTION, special),
        _ => transfer.per_diem,
    };
    if transfer.fraction > Decimal::ONE {
        transfer.fraction = Decimal::ONE;
        transfer.per_diem = Decimal::ONE;
        return;
    }
    let part = match transfer.method {
        Method::SpecialPay => special,
        _ => transfer.per_diem,
    };
    transfer.weight = ledger.store(fields::WEIGHT, part * bill.weight);
}

impl Transfer {
    /// The factor on a full payment.
    pub(crate) fn factor(&self) -> Decimal {
        match self.method {
            Method::SpecialPay => self.fraction,
            _ => self.per_diem,
        }
    }

    /// The operating federal part after the reduction.
    pub(crate) fn reduce_operating<T: Trace>(&self, full: Decimal, ledger: &mut Ledger<T>) -> Decimal {
        self.reduce(full, "operating.federal_transfer", "Operating federal payment, transfer", ledger)
    }

    /// The capital federal part after the reduction.
    pub(crate) fn reduce_capital<T: Trace>(&self, full: Decimal, ledger: &mut Ledger<T>) -> Decimal {
        self.reduce(full, "capital.federal_transfer", "Capital federal payment, transfer", ledger)
    }

    fn reduce<T: Trace>(
        &self,
        full: Decimal,
        id: &'static str,
        title: &'static str,
        ledger: &mut Ledger<T>,
    ) -> Decimal {
        if !self.reduced {
            return full;
        }
        let part = ledger.store(fields::FEDERAL, full * self.factor());
        ledger.line(|| {
            Line::step(id, title, part)
                .formula(format!("{full} x {}", self.factor()))
                .source("42 CFR 412.4(f)")
        });
        part
    }

    /// The return code of a reduced payment before outliers are looked at.
    pub(crate) fn code(&self, outlier_allowed: bool) -> ReturnCode {
        match (self.reduced, self.method, outlier_allowed) {
            (true, Method::Acute, true) => ReturnCode::ACUTE_TRANSFER,
            (true, Method::Acute, false) => ReturnCode::ACUTE_TRANSFER_NO_OUTLIER,
            (true, Method::SpecialPay, _) => ReturnCode::POST_ACUTE_SPECIAL,
            (true, Method::PostAcute, _) => ReturnCode::POST_ACUTE,
            _ => ReturnCode::PAID_SHORT,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::samples::{code, dec, hospital, paid, stay};
    use crate::{Payment, ReturnCode, Stay};

    fn discharged(drg: u16, status: u8, days: u16, no_outlier: bool) -> Payment {
        let stay = Stay {
            discharge_status: status,
            stay_days: Some(days),
            covered_days: Some(days),
            condition_codes: if no_outlier { vec![code("66")] } else { Vec::new() },
            ..stay()
        };
        paid(drg, &stay, &hospital())
    }

    /// DRG 871: mean 4.9 days, post-acute policy. DRG 470: 1.7 days, special pay not. DRG 313 no post-acute policy.
    #[test]
    fn status_drg_and_days_decide_how_a_transfer_is_paid() {
        for (drg, status, days, no_outlier, code) in [
            (871, 1, 2, false, ReturnCode::PAID_SHORT),
            (871, 1, 9, false, ReturnCode::PAID),
            (871, 2, 2, false, ReturnCode::ACUTE_TRANSFER),
            (871, 2, 9, false, ReturnCode::PAID),
            (871, 2, 2, true, ReturnCode::ACUTE_TRANSFER_NO_OUTLIER),
            (871, 3, 2, false, ReturnCode::POST_ACUTE),
            (871, 3, 2, true, ReturnCode::POST_ACUTE),
            (871, 3, 9, false, ReturnCode::PAID),
            (480, 3, 2, false, ReturnCode::POST_ACUTE_SPECIAL),
            (313, 3, 0, false, ReturnCode::PAID),
        ] {
            let payment = discharged(drg, status, days, no_outlier);
            let plain = ReturnCode(payment.code.0 % 30);
            assert_eq!(plain, code, "DRG {drg}, status {status}, {days} days");
        }
    }

    #[test]
    fn a_short_transfer_pays_days_and_one_over_the_mean() {
        let (full, short) = (discharged(871, 1, 2, false), discharged(871, 3, 2, false));
        let ratio = (dec("3") / short.weight.gmlos_days).round_dp(4);
        assert_eq!(short.weight.per_diem_ratio, ratio);
        assert_eq!(short.weight.discharge_fraction, ratio);
        assert!((short.operating.federal - full.operating.federal * ratio).abs() < dec("0.01"));
        let long = discharged(871, 3, 9, false);
        assert_eq!(
            (long.weight.per_diem_ratio, long.operating),
            (dec("1"), discharged(871, 1, 9, false).operating)
        );
    }

    #[test]
    fn a_special_pay_drg_pays_half_and_half_of_the_days() {
        let short = discharged(480, 3, 2, false);
        let expected = dec("0.5") + dec("1.5") / short.weight.gmlos_days;
        assert_eq!(short.weight.discharge_fraction, expected.round_dp(4));
        let full = discharged(480, 1, 2, false);
        assert!(
            (short.operating.federal - full.operating.federal * expected.round_dp(4)).abs() < dec("0.01")
        );
    }
}
