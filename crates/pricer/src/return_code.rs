//! The calculator's return codes: how a claim was paid, or why it was not.

use std::fmt;

/// A two-digit return code, as it stands on remittances. Below 50 the claim is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ReturnCode(pub u8);

impl ReturnCode {
    /// Paid in full; the stay was shorter than the mean for the DRG.
    pub const PAID_SHORT: Self = Self(0);
    /// Paid with a cost outlier; the stay was shorter than the mean.
    pub const OUTLIER_SHORT: Self = Self(2);
    /// Acute transfer paid by the day.
    pub const ACUTE_TRANSFER: Self = Self(3);
    /// Acute transfer with a cost outlier.
    pub const ACUTE_TRANSFER_OUTLIER: Self = Self(5);
    /// Acute transfer paid by the day, outlier forgone.
    pub const ACUTE_TRANSFER_NO_OUTLIER: Self = Self(6);
    /// Post-acute transfer of a special-pay DRG.
    pub const POST_ACUTE_SPECIAL: Self = Self(10);
    /// Post-acute transfer paid by the day.
    pub const POST_ACUTE: Self = Self(12);
    /// Paid in full.
    pub const PAID: Self = Self(14);
    /// Paid with a cost outlier.
    pub const OUTLIER: Self = Self(16);
    /// Medicare-dependent hospital after the end of the provision.
    pub const MEDICARE_DEPENDENT_ENDED: Self = Self(52);
    /// Hospital outside the system, or a reduction that its state does not have.
    pub const WAIVER: Self = Self(53);
    /// DRG not in the year's table.
    pub const NO_DRG: Self = Self(54);
    /// Discharge outside the dates of the provider record or the wage index.
    pub const DATES: Self = Self(55);
    /// Length of stay unreadable.
    pub const STAY_DAYS: Self = Self(56);
    /// Review code unknown.
    pub const REVIEW: Self = Self(57);
    /// Charges unreadable.
    pub const CHARGES: Self = Self(58);
    /// Lifetime reserve days unreadable or too many.
    pub const LIFETIME_RESERVE: Self = Self(61);
    /// Covered days unreadable, none, or fewer than the lifetime reserve days.
    pub const COVERED_DAYS: Self = Self(62);
    /// Capital payment code or readmissions data of the provider record are not valid.
    pub const PROVIDER_RECORD: Self = Self(65);
    /// A cost outlier whose covered days are fewer than the stay: the contractor must find the outlier day.
    pub const OUTLIER_DAY_NEEDED: Self = Self(67);
    /// Value-based purchasing data of the provider record are not valid.
    pub const VALUE_BASED: Self = Self(68);

    /// Not priced: a factor without which nothing can be priced was not at hand. The calculator has no such code.
    pub const INCOMPLETE: Self = Self(99);

    /// What is added to a code when a later reconciliation could make the case an outlier.
    const RECONCILIATION: u8 = 30;

    /// Whether an amount is paid.
    pub const fn is_paid(self) -> bool {
        self.0 < 50
    }

    /// Whether the case is looked at again with a higher cost-to-charge ratio.
    pub(crate) const fn may_reconcile(self) -> bool {
        matches!(
            self,
            Self::PAID_SHORT
                | Self::ACUTE_TRANSFER
                | Self::POST_ACUTE_SPECIAL
                | Self::POST_ACUTE
                | Self::PAID
        )
    }

    /// The same code, marked for reconciliation.
    pub(crate) const fn reconciled(self) -> Self {
        Self(self.0 + Self::RECONCILIATION)
    }

    /// The code in plain words.
    pub fn meaning(self) -> &'static str {
        match self.0 {
            0 => "paid in full; stay shorter than the mean for the DRG",
            2 => "paid with a cost outlier; stay shorter than the mean for the DRG",
            3 => "transfer to an acute hospital, paid by the day",
            5 => "transfer to an acute hospital with a cost outlier",
            6 => "transfer to an acute hospital, paid by the day, no outlier asked for",
            10 => "transfer to post-acute care, special-pay DRG",
            12 => "transfer to post-acute care, paid by the day",
            14 => "paid in full",
            16 => "paid with a cost outlier",
            30 => "paid in full; stay shorter than the mean; could become an outlier at reconciliation",
            33 => "transfer to an acute hospital, paid by the day; could become an outlier at reconciliation",
            40 => "transfer to post-acute care, special-pay DRG; could become an outlier at reconciliation",
            42 => "transfer to post-acute care, paid by the day; could become an outlier at reconciliation",
            44 => "paid in full; could become an outlier at reconciliation",
            52 => "not paid: the provision for Medicare-dependent hospitals has ended",
            53 => "not paid here: hospital outside the system, or a reduction its state does not have",
            54 => "not paid: DRG not in the year's table of weights",
            55 => "not paid: discharge outside the dates of the provider record or wage index",
            56 => "not paid: length of stay not readable",
            57 => "not paid: review code not known",
            58 => "not paid: charges not readable",
            61 => "not paid: lifetime reserve days not readable or too many",
            62 => "not paid: covered days not readable, none, or fewer than lifetime reserve days",
            65 => "not paid: capital payment code or readmissions data in the provider record not valid",
            67 => "not paid: cost outlier, but covered days are fewer than the stay",
            68 => "not paid: value-based purchasing data in the provider record not valid",
            99 => "not priced: a factor is missing",
            _ => "code not known",
        }
    }
}

impl fmt::Display for ReturnCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0)
    }
}
