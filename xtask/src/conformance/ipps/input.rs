//! A case's input, under the calculator's field names, as the pricer's stay and provider.

use codeset::{Code, parse_date};
use jiff::civil::Date;
use pricer::{
    Area, CapitalMethod, Participation, PassThrough, Provider, RecordsUse, ReviewCode, Stay, WageArea,
};
use rust_decimal::Decimal;
use serde_json::Value;

use super::Failure;

/// One block of a case's input.
pub(super) struct Block<'v>(pub(super) &'v Value);

impl Block<'_> {
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// A number; absent is zero, null is unreadable.
    pub(super) fn number(&self, name: &str) -> Option<Decimal> {
        match self.0.get(name) {
            None => Some(Decimal::ZERO),
            Some(value) => decimal(value),
        }
    }

    fn amount(&self, name: &str) -> Decimal {
        self.number(name).unwrap_or_default()
    }

    fn whole<T: TryFrom<u64>>(&self, name: &str) -> Option<T> {
        match self.0.get(name) {
            None => T::try_from(0).ok(),
            Some(value) => value.as_u64().and_then(|number| T::try_from(number).ok()),
        }
    }

    fn codes(&self, name: &str) -> Result<Vec<Code>, Failure> {
        let list = self.0.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let texts = list.iter().filter_map(Value::as_str);
        texts.map(|text| Code::parse(text).map_err(Failure::of)).collect()
    }

    fn date(&self, name: &str) -> Option<Date> {
        parse_date(self.text(name))
    }
}

/// A decimal string or a whole number.
pub(super) fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.to_string().parse().ok(),
        _ => None,
    }
}

/// The stay of a case.
pub(super) fn stay(input: &Value) -> Result<Stay, Failure> {
    let bill = Block(&input["bill"]);
    let flags = Block(&input["flags"]);
    let date = bill.date("B-DISCHARGE-DATE").ok_or_else(|| Failure::of("B-DISCHARGE-DATE is no date"))?;
    let status = Block(&input["generator_note"]).text("discharge_status").parse().unwrap_or_default();
    Ok(Stay {
        discharge_status: status,
        review_code: Some(ReviewCode(bill.whole("B-REVIEW-CODE").unwrap_or(u8::MAX))),
        stay_days: bill.whole("B-LOS"),
        covered_days: bill.whole("B-COVERED-DAYS"),
        lifetime_reserve_days: bill.whole("B-LTR-DAYS"),
        covered_charges: bill.number("B-CHARGES-CLAIMED"),
        diagnoses: bill.codes("B-DIAGNOSIS-CODE")?,
        procedures: bill.codes("B-PROCEDURE-CODE")?,
        condition_codes: bill.codes("B-CONDITION-CODE")?,
        medicare_advantage: flags.text("PPS-PC-HMO-FLAG") == "Y",
        threshold_day_claimed: flags.text("PPS-PC-COT-FLAG") == "Y",
        ..Stay::new(date)
    })
}

/// The provider of a case, with its wage area.
pub(super) fn provider(input: &Value) -> Result<Provider, Failure> {
    let record = Block(&input["provider"]);
    let effective = record.date("P-NEW-EFF-DATE").ok_or_else(|| Failure::of("P-NEW-EFF-DATE is no date"))?;
    let provider = Provider {
        fiscal_year_begin: record.date("P-NEW-FY-BEGIN-DATE"),
        terminated: record.date("P-NEW-TERMINATION-DATE"),
        waiver: record.text("P-NEW-WAIVER-CODE") == "Y",
        provider_type: record.text("P-NEW-PROVIDER-TYPE").trim().parse().unwrap_or_default(),
        location: record.text("P-NEW-GEO-LOC-MSAX").trim().parse().unwrap_or_default(),
        wage_area: Some(wage_area(&Block(&input["wage_index"]))?),
        cost_of_living: record.amount("P-NEW-COLA"),
        beds: record.whole("P-NEW-BED-SIZE").unwrap_or_default(),
        ..Provider::new(record.text("P-NEW-PROVIDER-NO"), effective)
    };
    Ok(payments(ratios(provider, &record), &record))
}

fn ratios(provider: Provider, record: &Block<'_>) -> Provider {
    Provider {
        residents_per_bed: record.amount("P-NEW-INTERN-RATIO"),
        residents_per_daily_census: record.number("P-NEW-CAPI-IME"),
        operating_cost_ratio: record.number("P-NEW-OPER-CSTCHG-RATIO"),
        capital_cost_ratio: record.number("P-NEW-CAPI-CSTCHG-RATIO"),
        supplemental_security_ratio: record.amount("P-NEW-SSI-RATIO"),
        medicaid_ratio: record.amount("P-NEW-MEDICAID-RATIO"),
        quality_submitted: record.text("P-NEW-CBSA-HOSP-QUAL-IND") == "1",
        electronic_records: match record.text("P-EHR-REDUC-IND").trim() {
            "" => RecordsUse::Meaningful,
            "Y" => RecordsUse::Reduced,
            _ => RecordsUse::Unreadable,
        },
        ..provider
    }
}

fn payments(provider: Provider, record: &Block<'_>) -> Provider {
    Provider {
        hospital_specific_rate: record.amount("P-NEW-FAC-SPEC-RATE"),
        capital_method: match record.text("P-NEW-CAPI-PPS-PAY-CODE") {
            "B" => CapitalMethod::HoldHarmless,
            "C" => CapitalMethod::FullyProspective,
            _ => CapitalMethod::Unreadable,
        },
        new_hospital: record.text("P-NEW-CAPI-NEW-HOSP") == "Y",
        capital_exception: record.amount("P-NEW-CAPI-EXCEPTIONS"),
        pass_through: PassThrough {
            capital: record.amount("P-NEW-PASS-AMT-CAPITAL"),
            medical_education: record.amount("P-NEW-PASS-AMT-DIR-MED-ED"),
            organ_acquisition: record.amount("P-NEW-PASS-AMT-ORGAN-ACQ"),
            total: record.amount("P-NEW-PASS-AMT-PLUS-MISC"),
        },
        value_based_purchasing: participation(record.text("P-VAL-BASED-PURCH-PARTIPNT"), "N", "Y"),
        value_based_purchasing_factor: record.amount("P-VAL-BASED-PURCH-ADJUST"),
        readmissions: participation(record.text("P-HOSP-READMISSION-REDU"), "0", "1"),
        readmissions_factor: record.amount("P-HOSP-HRR-ADJUSTMT"),
        hospital_acquired_reduction: record.text("P-HAC-REDUC-IND") == "Y",
        uncompensated_care: record.amount("P-UNCOMP-CARE-AMOUNT"),
        low_volume: record.text("P-NEW-TEMP-RELIEF-IND") == "Y",
        low_volume_factor: record.amount("P-LV-ADJ-FACTOR"),
        ..provider
    }
}

fn participation(flag: &str, no: &str, yes: &str) -> Participation {
    if flag == no {
        Participation::No
    } else if flag == yes {
        Participation::Yes
    } else {
        Participation::Unreadable
    }
}

fn wage_area(record: &Block<'_>) -> Result<WageArea, Failure> {
    Ok(WageArea {
        area: record.text("W-CBSA").to_owned(),
        kind: match record.text("W-CBSA-SIZE") {
            "L" => Area::LargeUrban,
            "R" => Area::Rural,
            _ => Area::OtherUrban,
        },
        effective: record.date("W-CBSA-EFF-DATE").ok_or_else(|| Failure::of("W-CBSA-EFF-DATE is no date"))?,
        index: record.amount("W-CBSA-INDEX-RECORD"),
        source: "case file".to_owned(),
    })
}
