//! A payment and its parts.

use rust_decimal::Decimal;

use crate::missing::Missing;
use crate::return_code::ReturnCode;

/// What is paid for a stay. Dollars, unless a field says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Payment {
    /// How it was paid, or why not.
    pub code: ReturnCode,
    /// Everything together.
    pub total: Decimal,
    /// Operating payment.
    pub operating: Operating,
    /// Capital payment.
    pub capital: Capital,
    /// What is added to both.
    pub additions: Additions,
    /// What quality programs add or take.
    pub programs: Programs,
    /// The weight and how a transfer reduced it.
    pub weight: WeightPaid,
    /// Days by the benefit they use.
    pub days: DaysUsed,
    /// What the outlier was decided on.
    pub outlier: OutlierBasis,
    /// Shown only.
    pub information: Information,
    /// Factors that were not at hand.
    pub missing: Missing,
    /// An amount did not fit its field and lost digits on the left, as the calculator loses them.
    pub digits_lost: bool,
}

/// Operating payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Operating {
    /// Federal part, after any transfer reduction.
    pub federal: Decimal,
    /// Disproportionate share.
    pub disproportionate_share: Decimal,
    /// Indirect medical education.
    pub teaching: Decimal,
    /// What the hospital's own rate pays above the federal one.
    pub hospital_specific: Decimal,
    /// Cost outlier.
    pub outlier: Decimal,
    /// Federal part with technology add-on: what the quality programs work on.
    pub base: Decimal,
    /// The hospital's own rate for the case.
    pub hospital_specific_rate: Decimal,
    /// The update in that rate, a factor.
    pub hospital_specific_update: Decimal,
}

/// Capital payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Capital {
    /// Federal part, after any transfer reduction.
    pub federal: Decimal,
    /// Disproportionate share.
    pub disproportionate_share: Decimal,
    /// Indirect medical education.
    pub teaching: Decimal,
    /// Cost outlier.
    pub outlier: Decimal,
    /// Exception payment on record: shown, not paid.
    pub exception: Decimal,
    /// The four parts together.
    pub total: Decimal,
    /// The federal part even where a new hospital is not paid it.
    pub full_federal: Decimal,
    /// The outlier at the full federal rate, as the calculator shows it: only for fully prospective hospitals.
    pub full_outlier: Decimal,
}

/// What is added to operating and capital payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Additions {
    /// Uncompensated care.
    pub uncompensated_care: Decimal,
    /// New technology, COVID-19 treatments with it.
    pub new_technology: Decimal,
    /// Islet cells.
    pub islet_cells: Decimal,
    /// Low volume.
    pub low_volume: Decimal,
    /// Pass-through amounts of Medicare Advantage patients.
    pub pass_through: Decimal,
}

/// What quality programs add or take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Programs {
    /// Hospital Readmissions Reduction Program.
    pub readmissions: Decimal,
    /// Hospital Value-Based Purchasing Program.
    pub value_based_purchasing: Decimal,
    /// Hospital-Acquired Condition Reduction Program.
    pub hospital_acquired: Decimal,
}

/// The weight and how a transfer reduced it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WeightPaid {
    /// Relative weight, with the factors of the case.
    pub weight: Decimal,
    /// The part of it that is paid.
    pub weight_paid: Decimal,
    /// Geometric mean length of stay, days.
    pub gmlos_days: Decimal,
    /// Arithmetic mean length of stay, days.
    pub amlos_days: Decimal,
    /// Days paid over the geometric mean; 0 where no transfer was looked at.
    pub per_diem_ratio: Decimal,
    /// The part of a discharge that is paid.
    pub discharge_fraction: Decimal,
}

/// Days by the benefit they use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DaysUsed {
    /// Regular days.
    pub regular: u16,
    /// Lifetime reserve days.
    pub lifetime_reserve: u16,
}

/// What the outlier was decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutlierBasis {
    /// Operating cost of the case.
    pub operating_cost: Decimal,
    /// Operating cost above which the case is an outlier.
    pub operating_threshold: Decimal,
    /// The charges to which both thresholds together correspond, for an outlier.
    pub charge_threshold: Decimal,
}

/// Shown only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Information {
    /// The payment without the hospital's own circumstances.
    pub standardized_value: Decimal,
    /// What the reduction for electronic records saved.
    pub records_savings: Decimal,
}

impl Payment {
    /// A claim that is not paid.
    pub(crate) fn refused(code: ReturnCode) -> Self {
        Self { code, ..Self::default() }
    }

    /// Withdraws the payment of a hospital outside the system; capital and other detail stay for information.
    pub(crate) fn waive(&mut self) {
        self.code = ReturnCode::WAIVER;
        self.total = Decimal::ZERO;
        self.days = DaysUsed::default();
        let kept = self.operating;
        self.operating = Operating {
            base: kept.base,
            hospital_specific_rate: kept.hospital_specific_rate,
            hospital_specific_update: kept.hospital_specific_update,
            ..Operating::default()
        };
    }
}

impl Operating {
    /// The five parts that are paid.
    pub fn sum(&self) -> Decimal {
        self.federal + self.disproportionate_share + self.teaching + self.hospital_specific + self.outlier
    }
}

impl Capital {
    /// The four parts that are paid.
    pub fn sum(&self) -> Decimal {
        self.federal + self.disproportionate_share + self.teaching + self.outlier
    }
}
