//! The hospital as Medicare's contractor records it, by date.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::rates::Area;

/// One dated row of a hospital's record in the Inpatient Provider Specific File
/// (Medicare Claims Processing Manual, chapter 3, addendum A).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// CMS certification number, six characters; the first two are the state.
    pub ccn: String,
    /// National provider identifier, if recorded.
    pub npi: Option<String>,
    /// First day the row holds.
    pub effective: Date,
    /// Begin of the hospital's fiscal year.
    pub fiscal_year_begin: Option<Date>,
    /// Day the hospital left the program.
    pub terminated: Option<Date>,
    /// The hospital is not paid under the prospective payment system.
    pub waiver: bool,
    /// Provider type: 00 short-term, 07 rural referral centre, 14 Medicare-dependent, 16 sole community …
    pub provider_type: u8,
    /// The location as an old metropolitan statistical area number; 0 if none.
    pub location: u16,
    /// Core-based statistical areas of the hospital.
    pub areas: Areas,
    /// Its wage area on the day of the claim; `None` until looked up (see [`crate::WageIndexTable`]).
    pub wage_area: Option<WageArea>,
    /// Cost-of-living adjustment for Alaska and Hawaii.
    pub cost_of_living: Decimal,
    /// Beds.
    pub beds: u32,
    /// Full-time residents per bed.
    pub residents_per_bed: Decimal,
    /// Residents per average daily census; `None` if not recorded.
    pub residents_per_daily_census: Option<Decimal>,
    /// Operating cost-to-charge ratio; `None` if not recorded.
    pub operating_cost_ratio: Option<Decimal>,
    /// Capital cost-to-charge ratio; `None` if not recorded.
    pub capital_cost_ratio: Option<Decimal>,
    /// Fraction of Medicare days of patients with Supplemental Security Income.
    pub supplemental_security_ratio: Decimal,
    /// Fraction of days of patients with Medicaid.
    pub medicaid_ratio: Decimal,
    /// The hospital's own rate per discharge (sole community and Medicare-dependent hospitals), dollars.
    pub hospital_specific_rate: Decimal,
    /// Whether it submitted quality data.
    pub quality_submitted: bool,
    /// Whether it uses electronic health records as the law asks.
    pub electronic_records: RecordsUse,
    /// How its capital is paid.
    pub capital_method: CapitalMethod,
    /// In its first two years of patient care.
    pub new_hospital: bool,
    /// Capital exception payment, dollars per discharge; shown, no longer paid.
    pub capital_exception: Decimal,
    /// Amounts per day paid outside the DRG payment.
    pub pass_through: PassThrough,
    /// Takes part in value-based purchasing.
    pub value_based_purchasing: Participation,
    /// Its value-based purchasing factor.
    pub value_based_purchasing_factor: Decimal,
    /// Falls under the readmissions program.
    pub readmissions: Participation,
    /// Its readmissions factor.
    pub readmissions_factor: Decimal,
    /// In the worst quarter for hospital-acquired conditions.
    pub hospital_acquired_reduction: bool,
    /// Uncompensated care, dollars per discharge.
    pub uncompensated_care: Decimal,
    /// Has a low-volume adjustment.
    pub low_volume: bool,
    /// The low-volume factor.
    pub low_volume_factor: Decimal,
}

/// The areas a hospital is counted in, as five-digit area numbers or two-digit state numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Areas {
    /// Where it stands.
    pub geographic: String,
    /// Where it was reclassified to for the wage index; blank if nowhere.
    pub wage_index: String,
    /// Special payment indicator: `1` or `2` take [`Areas::special_wage_index`], `Y` the reclassified area.
    pub special_payment: String,
    /// A wage index of the hospital's own.
    pub special_wage_index: Option<Decimal>,
    /// Last year's wage index, for the limit on its fall.
    pub last_year_wage_index: Option<Decimal>,
}

/// The wage index that holds for a hospital.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WageArea {
    /// The area's number.
    pub area: String,
    /// Kind of area.
    pub kind: Area,
    /// First day the index holds.
    pub effective: Date,
    /// The index.
    pub index: Decimal,
    /// The table it comes from.
    pub source: String,
}

/// Whether a hospital takes part in a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Participation {
    /// It does not.
    #[default]
    No,
    /// It does.
    Yes,
    /// The record holds something else.
    Unreadable,
}

/// Use of electronic health records (42 CFR 412.64(d)(3)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RecordsUse {
    /// A meaningful user.
    #[default]
    Meaningful,
    /// Not one; the update is reduced.
    Reduced,
    /// The record holds something else, for which no rate exists.
    Unreadable,
}

/// How capital is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CapitalMethod {
    /// Hold harmless at the full federal rate (`B`).
    #[default]
    HoldHarmless,
    /// Fully prospective (`C`).
    FullyProspective,
    /// The record holds something else.
    Unreadable,
}

/// Amounts per day paid outside the DRG payment, dollars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PassThrough {
    /// Capital.
    pub capital: Decimal,
    /// Direct medical education.
    pub medical_education: Decimal,
    /// Organ acquisition.
    pub organ_acquisition: Decimal,
    /// All of them together, with whatever else there is.
    pub total: Decimal,
}

impl Provider {
    /// A general hospital with nothing recorded but number and date.
    pub fn new(ccn: impl Into<String>, effective: Date) -> Self {
        let zero = Decimal::ZERO;
        Self {
            ccn: ccn.into(),
            npi: None,
            effective,
            fiscal_year_begin: None,
            terminated: None,
            waiver: false,
            provider_type: 0,
            location: 0,
            areas: Areas::default(),
            wage_area: None,
            cost_of_living: Decimal::ONE,
            beds: 0,
            residents_per_bed: zero,
            residents_per_daily_census: None,
            operating_cost_ratio: None,
            capital_cost_ratio: None,
            supplemental_security_ratio: zero,
            medicaid_ratio: zero,
            hospital_specific_rate: zero,
            quality_submitted: true,
            electronic_records: RecordsUse::default(),
            capital_method: CapitalMethod::default(),
            new_hospital: false,
            capital_exception: zero,
            pass_through: PassThrough::default(),
            value_based_purchasing: Participation::No,
            value_based_purchasing_factor: Decimal::ONE,
            readmissions: Participation::No,
            readmissions_factor: zero,
            hospital_acquired_reduction: false,
            uncompensated_care: zero,
            low_volume: false,
            low_volume_factor: zero,
        }
    }

    /// The state, as the first two characters of the certification number.
    pub fn state(&self) -> &str {
        self.ccn.get(..2).unwrap_or_default()
    }

    /// The row among `rows` of hospital `ccn` that holds on `day`: the latest that began by then.
    pub fn on<'p>(rows: &'p [Self], ccn: &str, day: Date) -> Option<&'p Self> {
        let began = rows.iter().filter(|row| row.ccn == ccn && row.effective <= day);
        began.max_by_key(|row| row.effective)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_latest_row_that_began_holds() {
        let rows =
            [date(2025, 10, 1), date(2026, 10, 1), date(2026, 1, 1)].map(|day| Provider::new("010001", day));
        let on = |day| Provider::on(&rows, "010001", day).map(|row| row.effective);
        assert_eq!(on(date(2026, 9, 30)), Some(date(2026, 1, 1)));
        assert_eq!(on(date(2026, 10, 1)), Some(date(2026, 10, 1)));
        assert_eq!(on(date(2025, 9, 30)), None);
        assert_eq!(Provider::on(&rows, "010002", date(2026, 10, 1)), None);
    }
}
