//! The fields of a provider record by name, as the Provider Specific File names them.
//!
//! Both readers, the CSV of CMS and a TOML file by hand, come down to names and texts; this reads them. Names are
//! compared without case and underscores, so `operatingCostToChargeRatio` and `operating_cost_to_charge_ratio` are
//! one.

use codeset::parse_date;
use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use crate::provider::{Areas, CapitalMethod, Participation, PassThrough, Provider, RecordsUse};

/// The columns of the Provider Specific File that are used, in the file's order.
pub(crate) const COLUMNS: [&str; 37] = [
    "providerCcn",
    "effectiveDate",
    "fiscalYearBeginDate",
    "terminationDate",
    "waiverIndicator",
    "providerType",
    "msaActualGeographicLocation",
    "temporaryReliefIndicator",
    "caseMixAdjustedCostPerDischarge_PpsFacilitySpecificRate",
    "costOfLivingAdjustment",
    "internsToBedsRatio",
    "bedSize",
    "operatingCostToChargeRatio",
    "supplementalSecurityIncomeRatio",
    "medicaidRatio",
    "specialPaymentIndicator",
    "hospitalQualityIndicator",
    "cbsaActualGeographicLocation",
    "cbsaWageIndexLocation",
    "specialWageIndex",
    "passThroughAmountForCapital",
    "passThroughAmountForDirectMedicalEducation",
    "passThroughAmountForOrganAcquisition",
    "passThroughTotalAmount",
    "capitalPpsPaymentCode",
    "capitalCostToChargeRatio",
    "newHospital",
    "capitalIndirectMedicalEducationRatio",
    "capitalExceptionPaymentRate",
    "vbpParticipantIndicator",
    "vbpAdjustment",
    "hrrParticipantIndicator",
    "hrrAdjustment",
    "hacReductionParticipantIndicator",
    "uncompensatedCareAmount",
    "ehrReductionIndicator",
    "lowVolumeAdjustmentFactor",
];

/// Columns that a file may lack.
pub(crate) const OPTIONAL: [&str; 3] =
    ["supplementalWageIndex", "supplementalWageIndexIndicator", "nationalProviderIdentifier"];

/// The dates by which CMS writes that a hospital has not left the program.
const NOT_TERMINATED: [Date; 2] = [date(1900, 1, 1), date(2061, 7, 1)];

/// A name as it is compared: without case and underscores.
pub(crate) fn plain(name: &str) -> String {
    name.trim().chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}

/// A record's texts by name.
pub(crate) trait Record {
    /// The text of `column`, trimmed; blank where the record has none.
    fn text(&self, column: &str) -> &str;
}

/// What is wrong with a field, to which the reader adds the place.
type Wrong = String;

/// Reads a provider from its record.
pub(crate) fn read(record: &impl Record) -> Result<Provider, Wrong> {
    let fields = Fields(record);
    let ccn = record.text("providerCcn");
    if ccn.len() != 6 || !ccn.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(format!("providerCcn '{ccn}' has not six letters and digits"));
    }
    let effective = fields.date("effectiveDate")?.ok_or("effectiveDate is blank")?;
    let npi = record.text("nationalProviderIdentifier");
    let provider = Provider {
        npi: (!npi.is_empty()).then(|| npi.to_owned()),
        fiscal_year_begin: fields.date("fiscalYearBeginDate")?,
        terminated: fields.date("terminationDate")?.filter(|day| !NOT_TERMINATED.contains(day)),
        waiver: record.text("waiverIndicator") == "Y",
        provider_type: fields.whole("providerType")?,
        location: record.text("msaActualGeographicLocation").parse().unwrap_or_default(),
        areas: areas(&fields)?,
        beds: fields.whole("bedSize")?,
        new_hospital: record.text("newHospital") == "Y",
        quality_submitted: record.text("hospitalQualityIndicator") == "1",
        low_volume: record.text("temporaryReliefIndicator") == "Y",
        hospital_acquired_reduction: record.text("hacReductionParticipantIndicator") == "Y",
        ..Provider::new(ccn, effective)
    };
    programs(amounts(provider, &fields)?, &fields)
}

/// A record with typed readings.
struct Fields<'r, R>(&'r R);

impl<R: Record> Fields<'_, R> {
    fn number(&self, column: &str) -> Result<Option<Decimal>, Wrong> {
        let text = self.0.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| format!("{column} '{text}' is no decimal number"))
    }

    fn amount(&self, column: &str) -> Result<Decimal, Wrong> {
        Ok(self.number(column)?.unwrap_or_default())
    }

    fn whole<T: std::str::FromStr + Default>(&self, column: &str) -> Result<T, Wrong> {
        let text = self.0.text(column);
        if text.is_empty() {
            return Ok(T::default());
        }
        text.parse().map_err(|_| format!("{column} '{text}' is no whole number of the expected size"))
    }

    fn date(&self, column: &str) -> Result<Option<Date>, Wrong> {
        let text = self.0.text(column);
        if text.is_empty() || text.bytes().all(|byte| byte == b'0') {
            return Ok(None);
        }
        parse_date(text).map(Some).ok_or_else(|| format!("{column} '{text}' is no date (YYYYMMDD)"))
    }

    fn participation(&self, column: &str, no: &str, yes: &str) -> Participation {
        let text = self.0.text(column);
        if text == no {
            Participation::No
        } else if text == yes {
            Participation::Yes
        } else {
            Participation::Unreadable
        }
    }
}

fn areas<R: Record>(fields: &Fields<'_, R>) -> Result<Areas, Wrong> {
    let text = |column: &str| fields.0.text(column).to_owned();
    let has_last_year = fields.0.text("supplementalWageIndexIndicator") == "1";
    let positive = |value: Option<Decimal>| value.filter(|index| !index.is_zero());
    Ok(Areas {
        geographic: text("cbsaActualGeographicLocation"),
        wage_index: text("cbsaWageIndexLocation"),
        special_payment: text("specialPaymentIndicator"),
        special_wage_index: positive(fields.number("specialWageIndex")?),
        last_year_wage_index: positive(fields.number("supplementalWageIndex")?).filter(|_| has_last_year),
    })
}

fn amounts<R: Record>(provider: Provider, fields: &Fields<'_, R>) -> Result<Provider, Wrong> {
    Ok(Provider {
        cost_of_living: fields.number("costOfLivingAdjustment")?.unwrap_or(Decimal::ONE),
        residents_per_bed: fields.amount("internsToBedsRatio")?,
        residents_per_daily_census: fields.number("capitalIndirectMedicalEducationRatio")?,
        operating_cost_ratio: fields.number("operatingCostToChargeRatio")?,
        capital_cost_ratio: fields.number("capitalCostToChargeRatio")?,
        supplemental_security_ratio: fields.amount("supplementalSecurityIncomeRatio")?,
        medicaid_ratio: fields.amount("medicaidRatio")?,
        hospital_specific_rate: fields.amount("caseMixAdjustedCostPerDischarge_PpsFacilitySpecificRate")?,
        capital_exception: fields.amount("capitalExceptionPaymentRate")?,
        uncompensated_care: fields.amount("uncompensatedCareAmount")?,
        pass_through: PassThrough {
            capital: fields.amount("passThroughAmountForCapital")?,
            medical_education: fields.amount("passThroughAmountForDirectMedicalEducation")?,
            organ_acquisition: fields.amount("passThroughAmountForOrganAcquisition")?,
            total: fields.amount("passThroughTotalAmount")?,
        },
        ..provider
    })
}

fn programs<R: Record>(provider: Provider, fields: &Fields<'_, R>) -> Result<Provider, Wrong> {
    Ok(Provider {
        electronic_records: match fields.0.text("ehrReductionIndicator") {
            "" => RecordsUse::Meaningful,
            "Y" => RecordsUse::Reduced,
            _ => RecordsUse::Unreadable,
        },
        capital_method: match fields.0.text("capitalPpsPaymentCode") {
            "B" => CapitalMethod::HoldHarmless,
            "C" => CapitalMethod::FullyProspective,
            _ => CapitalMethod::Unreadable,
        },
        value_based_purchasing: fields.participation("vbpParticipantIndicator", "N", "Y"),
        value_based_purchasing_factor: fields.amount("vbpAdjustment")?,
        readmissions: fields.participation("hrrParticipantIndicator", "0", "1"),
        readmissions_factor: fields.amount("hrrAdjustment")?,
        low_volume_factor: fields.amount("lowVolumeAdjustmentFactor")?,
        ..provider
    })
}

/// Writes a provider under the names of [`COLUMNS`] and [`OPTIONAL`]. What a record could not hold readably is
/// written as `?`, which no reader takes for a value.
pub(crate) fn write(provider: &Provider) -> Vec<String> {
    let flag = |on: bool| if on { "Y" } else { "N" }.to_owned();
    let day = |day: Option<Date>| day.map(compact).unwrap_or_default();
    let optional = |value: Option<Decimal>| value.map(|value| value.to_string()).unwrap_or_default();
    let areas = &provider.areas;
    let daily = &provider.pass_through;
    vec![
        provider.ccn.clone(),
        compact(provider.effective),
        day(provider.fiscal_year_begin),
        day(provider.terminated),
        flag(provider.waiver),
        format!("{:02}", provider.provider_type),
        format!("{:04}", provider.location),
        flag(provider.low_volume),
        provider.hospital_specific_rate.to_string(),
        provider.cost_of_living.to_string(),
        provider.residents_per_bed.to_string(),
        provider.beds.to_string(),
        optional(provider.operating_cost_ratio),
        provider.supplemental_security_ratio.to_string(),
        provider.medicaid_ratio.to_string(),
        areas.special_payment.clone(),
        u8::from(provider.quality_submitted).to_string(),
        areas.geographic.clone(),
        areas.wage_index.clone(),
        optional(areas.special_wage_index),
        daily.capital.to_string(),
        daily.medical_education.to_string(),
        daily.organ_acquisition.to_string(),
        daily.total.to_string(),
        capital_method(provider.capital_method).to_owned(),
        optional(provider.capital_cost_ratio),
        flag(provider.new_hospital),
        optional(provider.residents_per_daily_census),
        provider.capital_exception.to_string(),
        participation(provider.value_based_purchasing, "N", "Y").to_owned(),
        provider.value_based_purchasing_factor.to_string(),
        participation(provider.readmissions, "0", "1").to_owned(),
        provider.readmissions_factor.to_string(),
        flag(provider.hospital_acquired_reduction),
        provider.uncompensated_care.to_string(),
        records(provider.electronic_records).to_owned(),
        provider.low_volume_factor.to_string(),
        optional(areas.last_year_wage_index),
        u8::from(areas.last_year_wage_index.is_some()).to_string(),
        provider.npi.clone().unwrap_or_default(),
    ]
}

fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn participation(participation: Participation, no: &'static str, yes: &'static str) -> &'static str {
    match participation {
        Participation::No => no,
        Participation::Yes => yes,
        Participation::Unreadable => "?",
    }
}

fn records(records: RecordsUse) -> &'static str {
    match records {
        RecordsUse::Meaningful => "",
        RecordsUse::Reduced => "Y",
        RecordsUse::Unreadable => "?",
    }
}

fn capital_method(method: CapitalMethod) -> &'static str {
    match method {
        CapitalMethod::HoldHarmless => "B",
        CapitalMethod::FullyProspective => "C",
        CapitalMethod::Unreadable => "?",
    }
}
