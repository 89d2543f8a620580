//! The pricer's payment under the calculator's field names.

use pricer::{CapitalMethod, HospitalFactors, Payment, Provider, ReturnCode, Year};
use rust_decimal::Decimal;
use serde_json::Value;

use super::input::{Block, decimal};

/// The calculator's output fields that hold its own name, or are filled by no rule.
const NOT_COMPARED: [&str; 1] = ["PPS-CALC-VERS"];

/// A payment in its circumstances, asked field by field.
pub(super) struct Output<'a> {
    pub(super) payment: &'a Payment,
    pub(super) provider: &'a Provider,
    pub(super) hospital: &'a HospitalFactors,
    pub(super) year: &'a Year,
    pub(super) record: Block<'a>,
}

/// A field's value.
enum Field<'a> {
    Number(Decimal),
    Text(&'a str),
}

impl Output<'_> {
    /// The fields in which `expected` differs: name, expected value, ours.
    pub(super) fn differences(&self, expected: &Value) -> Vec<(String, String, String)> {
        let fields = expected.as_object().into_iter().flatten();
        fields
            .filter(|(name, _)| !NOT_COMPARED.contains(&name.as_str()))
            .filter_map(|(name, wanted)| {
                let (equal, ours) = match self.field(name) {
                    None => (false, "no such field".to_owned()),
                    Some(Field::Number(number)) => (decimal(wanted) == Some(number), number.to_string()),
                    Some(Field::Text(text)) => {
                        (wanted.as_str().map(str::trim) == Some(text.trim()), format!("'{text}'"))
                    }
                };
                (!equal).then(|| (name.clone(), wanted.to_string(), ours))
            })
            .collect()
    }

    /// Whether the calculator shows the detail of the payment.
    fn detailed(&self) -> bool {
        !self.payment.weight.discharge_fraction.is_zero()
    }

    /// Whether the rates were looked up: also where the DRG is not in the table.
    fn assembled(&self) -> bool {
        self.detailed() || self.payment.code == ReturnCode::NO_DRG
    }

    /// Whether the calculation was begun, so that its wage index stays even where the claim is then refused.
    fn calculated(&self) -> bool {
        let valid_capital =
            self.provider.new_hospital || self.provider.capital_method != CapitalMethod::Unreadable;
        match self.payment.code {
            ReturnCode::PROVIDER_RECORD => valid_capital,
            ReturnCode::WAIVER | ReturnCode::OUTLIER_DAY_NEEDED | ReturnCode::VALUE_BASED => true,
            code => code.is_paid(),
        }
    }

    fn field(&self, name: &str) -> Option<Field<'_>> {
        let text = self.text_field(name);
        text.map(Field::Text).or_else(|| self.number_field(name).map(Field::Number))
    }

    fn text_field(&self, name: &str) -> Option<&str> {
        let shown = |input: &str| {
            if self.detailed() { self.record.text(input) } else { "0" }
        };
        Some(match name {
            "PPS-CAPI2-PAY-CODE" => shown("P-NEW-CAPI-PPS-PAY-CODE"),
            "PPS-VAL-BASED-PURCH-PARTIPNT" => shown("P-VAL-BASED-PURCH-PARTIPNT"),
            "PPS-HOSP-READMISSION-REDU" => shown("P-HOSP-READMISSION-REDU"),
            "PPS-HAC-PROG-REDUC-IND" => self.record.text("P-HAC-REDUC-IND"),
            "PPS-EHR-PROG-REDUC-IND" => self.record.text("P-EHR-REDUC-IND"),
            "PPS-PC-HMO-FLAG" | "PPS-PC-COT-FLAG" => "0",
            _ => return None,
        })
    }

    fn number_field(&self, name: &str) -> Option<Decimal> {
        self.basis_field(name)
            .or_else(|| self.operating_field(name))
            .or_else(|| self.capital_field(name))
            .or_else(|| self.other_field(name))
    }

    fn basis_field(&self, name: &str) -> Option<Decimal> {
        let payment = self.payment;
        let weight = &payment.weight;
        let one_if = |condition: bool| Decimal::from(u8::from(condition));
        let own_rate = self.provider.hospital_specific_rate;
        let has_own_rate = self.has_own_rate();
        let if_detailed = |value: Decimal| if self.detailed() { value } else { Decimal::ZERO };
        let if_assembled = |value: Decimal| if self.assembled() { value } else { Decimal::ZERO };
        let (labor, nonlabor) = self.hospital.standardized_amount();
        Some(match name {
            "PPS-RTC" => Decimal::from(payment.code.0),
            "PPS-WAGE-INDX" if !self.calculated() => Decimal::ZERO,
            "PPS-WAGE-INDX" => self.provider.wage_area.as_ref()?.index,
            "PPS-AVG-LOS" => weight.gmlos_days,
            "PPS-ARITH-ALOS" => weight.amlos_days,
            "PPS-DRG-WT" => weight.weight,
            "PPS-DRG-WT-FRCTN" => weight.weight_paid,
            "PPS-DSCHG-FRCTN" => weight.discharge_fraction,
            "PPS-TRANSFER-ADJ" => weight.per_diem_ratio,
            "PPS-REG-DAYS-USED" => Decimal::from(payment.days.regular),
            "PPS-LTR-DAYS-USED" => Decimal::from(payment.days.lifetime_reserve),
            "PPS-HSP-PCT" => one_if(self.assembled() && has_own_rate),
            "PPS-FSP-PCT" | "PPS-NAT-PCT" => one_if(self.assembled()),
            "PPS-CAPI-FSP-PCT" => one_if(self.detailed()),
            "PPS-FAC-SPEC-RATE" => if_assembled(own_rate),
            "PPS-NAT-LABOR" | "PPS-REG-LABOR" => if_assembled(labor),
            "PPS-NAT-NLABOR" | "PPS-REG-NLABOR" => if_assembled(nonlabor),
            "PPS-OPER-COLA" => if_assembled(self.hospital.cost_of_living()),
            "PPS-INTERN-RATIO" => if_assembled(self.provider.residents_per_bed),
            "PPS-OPER-DSH" => if_detailed(self.hospital.disproportionate_share().0),
            "PPS-CAPI-DSH" => if_detailed(self.hospital.disproportionate_share().1),
            "PPS-VAL-BASED-PURCH-ADJUST" => if_detailed(self.provider.value_based_purchasing_factor),
            "PPS-HOSP-HRR-ADJUSTMT" => if_detailed(self.provider.readmissions_factor),
            "PPS-MODEL1-BUNDLE-DISPRCNT" => self.record.number("P-MODEL1-BUNDLE-DISPRCNT")?,
            _ => return None,
        })
    }

    fn has_own_rate(&self) -> bool {
        let Some(rules) = &self.year.rates.hospital_specific else {
            return false;
        };
        let kind = &self.provider.provider_type;
        let dependent = rules.medicare_dependent.as_ref();
        rules.full_types.contains(kind) || dependent.is_some_and(|rules| rules.types.contains(kind))
    }

    fn operating_field(&self, name: &str) -> Option<Decimal> {
        let operating = &self.payment.operating;
        Some(match name {
            "PPS-OPER-FSP-PART" => operating.federal,
            "PPS-OPER-DSH-ADJ" => operating.disproportionate_share,
            "PPS-OPER-IME-ADJ" => operating.teaching,
            "PPS-OPER-HSP-PART" => operating.hospital_specific,
            "PPS-OPER-OUTLIER-PART" => operating.outlier,
            "PPS-OPER-BASE-DRG-PAY" => operating.base,
            "PPS-OPER-HSP-PART2" => operating.hospital_specific_rate,
            "PPS-UPDATE-FACTOR" => operating.hospital_specific_update,
            "PPS-COST-OUTLIER" => self.payment.outlier.operating_threshold,
            "PPS-BILL-COSTS" => self.payment.outlier.operating_cost,
            "PPS-DOLLAR-THRESHOLD" => self.payment.outlier.charge_threshold,
            _ => return None,
        })
    }

    fn capital_field(&self, name: &str) -> Option<Decimal> {
        let capital = &self.payment.capital;
        Some(match name {
            "PPS-CAPI-FSP" => capital.federal,
            "PPS-CAPI-DSH-ADJ" => capital.disproportionate_share,
            "PPS-CAPI-IME-ADJ" => capital.teaching,
            "PPS-CAPI-OUTLIER" => capital.outlier,
            "PPS-CAPI-EXCEPTIONS" => capital.exception,
            "PPS-CAPI-TOTAL-PAY" => capital.total,
            "PPS-CAPI2-B-FSP" => capital.full_federal,
            "PPS-CAPI2-B-OUTLIER" => capital.full_outlier,
            _ => return None,
        })
    }

    fn other_field(&self, name: &str) -> Option<Decimal> {
        let payment = self.payment;
        Some(match name {
            "PPS-TOTAL-PAYMENT" => payment.total,
            "PPS-UNCOMP-CARE-AMOUNT" => payment.additions.uncompensated_care,
            "PPS-NEW-TECH-PAY-ADD-ON" => payment.additions.new_technology,
            "PPS-ISLET-ISOL-PAY-ADD-ON" => payment.additions.islet_cells,
            "PPS-LOW-VOL-PAYMENT" => payment.additions.low_volume,
            "PPS-READMIS-ADJUST-AMT" => payment.programs.readmissions,
            "PPS-VAL-BASED-PURCH-ADJUST-AMT" => payment.programs.value_based_purchasing,
            "PPS-HAC-PAYMENT-AMT" => payment.programs.hospital_acquired,
            "PPS-EHR-ADJUST-AMT" => payment.information.records_savings,
            "PPS-STNDRD-VALUE" => payment.information.standardized_value,
            // Programs that ended before the year, and days outliers, which ended in 1997: always zero.
            "PPS-OUTLIER-DAYS"
            | "PPS-DAYS-CUTOFF"
            | "PPS-REG-PCT"
            | "PPS-CAPI-HSP"
            | "PPS-CAPI-OLD-HARM"
            | "PPS-NON-TEMP-RELIEF-PAYMENT"
            | "PPS-OPER-HSP-AMT"
            | "PPS-CAPI-HSP-PCT"
            | "PPS-PR-WAGE-INDEX"
            | "PPS-BUNDLE-ADJUST-PAY"
            | "PPS-BUNDLE-ADJUST-AMT"
            | "PPS-FLX7-PAYMENT" => Decimal::ZERO,
            _ => return None,
        })
    }
}
