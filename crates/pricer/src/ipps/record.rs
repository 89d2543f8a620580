//! The record: what the steps found, in the fields and cents in which it is paid.

use rust_decimal::Decimal;

use super::outlier::Outlier;
use super::payment::{Capital, DaysUsed, Operating, OutlierBasis, WeightPaid};
use super::totals::Parts;
use super::{Bill, fields, hospital_specific};
use crate::worksheet::{Ledger, Trace};

/// Operating amounts.
pub(crate) fn operating<T: Trace>(
    bill: &Bill<'_>,
    parts: &Parts,
    outlier: &Outlier,
    own: &hospital_specific::AddOn,
    ledger: &mut Ledger<T>,
) -> Operating {
    let hospital = bill.hospital;
    let federal = ledger.store(fields::OPERATING, parts.federal);
    let paid_share = bill.rates.disproportionate_share.paid_share.value;
    Operating {
        federal,
        disproportionate_share: ledger
            .store(fields::OPERATING, federal * hospital.operating_share * paid_share),
        teaching: ledger.store(fields::OPERATING, federal * hospital.operating_teaching),
        hospital_specific: ledger.store(fields::OPERATING, own.amount),
        outlier: ledger.store(fields::AMOUNT, outlier.operating),
        base: parts.base_pay,
        hospital_specific_rate: ledger.store(fields::AMOUNT, own.own_rate),
        hospital_specific_update: hospital.hospital_specific.update.unwrap_or_default(),
    }
}

/// Capital amounts; a new hospital has none.
pub(crate) fn capital<T: Trace>(
    bill: &Bill<'_>,
    parts: &Parts,
    outlier: &Outlier,
    ledger: &mut Ledger<T>,
) -> Capital {
    let hospital = bill.hospital;
    let federal = ledger.store(fields::AMOUNT, parts.capital_federal);
    let outlier = ledger.store(fields::AMOUNT, outlier.capital);
    let full_outlier = if hospital.fully_prospective { outlier } else { Decimal::ZERO };
    if hospital.new_hospital {
        return Capital { full_federal: federal, full_outlier, ..Capital::default() };
    }
    let mut capital = Capital {
        federal,
        disproportionate_share: ledger.store(fields::AMOUNT, federal * hospital.capital_share),
        teaching: ledger.store(fields::AMOUNT, federal * hospital.capital_teaching),
        outlier,
        exception: hospital.capital_exception,
        total: Decimal::ZERO,
        full_federal: federal,
        full_outlier,
    };
    capital.total = capital.sum();
    capital
}

/// The weight with the factors of the case, whole and paid.
pub(crate) fn weight_paid<T: Trace>(bill: &Bill<'_>, parts: &Parts, ledger: &mut Ledger<T>) -> WeightPaid {
    let factor = parts.factors.together();
    WeightPaid {
        weight: ledger.store(fields::WEIGHT, bill.weight * factor),
        weight_paid: ledger.store(fields::WEIGHT, parts.transfer.weight * factor),
        gmlos_days: bill.gmlos,
        amlos_days: bill.amlos,
        per_diem_ratio: parts.transfer.per_diem,
        discharge_fraction: parts.transfer.fraction,
    }
}

/// Regular days are used first; lifetime reserve days only where no regular day is covered.
pub(crate) fn days_used(bill: &Bill<'_>) -> DaysUsed {
    let regular = bill.days.covered - bill.days.lifetime_reserve;
    if regular > 0 {
        return DaysUsed { regular: regular.min(bill.days.stay), lifetime_reserve: 0 };
    }
    DaysUsed { regular: 0, lifetime_reserve: bill.days.lifetime_reserve.min(bill.days.stay) }
}

/// What the outlier was decided on.
pub(crate) fn outlier_basis(outlier: &Outlier) -> OutlierBasis {
    OutlierBasis {
        operating_cost: outlier.operating_cost,
        operating_threshold: outlier.operating_threshold,
        charge_threshold: outlier.charge_threshold,
    }
}
