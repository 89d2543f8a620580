//! The single-valued fields of a case: their names in every input, and how a value of any kind is read into them.

use codeset::{Code, CodeError, CodeIndex, Version};
use grouper::{Diagnosis, HospitalStatus, Poa, Sex};
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::fault::{quoted, shortened};
use crate::{CaseFault, Claim, FieldName};

/// A single value as an input gives it, before it is known what it means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Scalar<'a> {
    Null,
    Boolean(bool),
    Integer(i64),
    Real(f64),
    Day(Date),
    Text(&'a str),
}

/// A field of a case, as its name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CaseField {
    Single(Field),
    Principal,
    Secondary,
    Procedures,
    ConditionCodes,
}

impl CaseField {
    /// The field called `name`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "pdx" => Some(Self::Principal),
            "sdx" => Some(Self::Secondary),
            "procedures" => Some(Self::Procedures),
            "condition_codes" => Some(Self::ConditionCodes),
            other => Field::named(other).map(Self::Single),
        }
    }

    /// Its place in messages.
    pub(crate) fn place(self) -> FieldName {
        match self {
            Self::Single(field) => field.place(),
            Self::Principal => FieldName::of("pdx"),
            Self::Secondary => FieldName::of("sdx"),
            Self::Procedures => FieldName::of("procedures"),
            Self::ConditionCodes => FieldName::of("condition_codes"),
        }
    }
}

/// A field that holds one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Id,
    Version,
    Age,
    Sex,
    DischargeStatus,
    HospitalStatus,
    DischargeDate,
    Los,
    AdmitDx,
    Charges,
    CoveredDays,
    LifetimeReserveDays,
    Provider,
    Payer,
}

impl Field {
    /// Every field with its name, in the order of the documentation.
    pub(crate) const NAMES: [(&'static str, Self); 14] = [
        ("id", Self::Id),
        ("version", Self::Version),
        ("age", Self::Age),
        ("sex", Self::Sex),
        ("discharge_status", Self::DischargeStatus),
        ("hospital_status", Self::HospitalStatus),
        ("discharge_date", Self::DischargeDate),
        ("los", Self::Los),
        ("admit_dx", Self::AdmitDx),
        ("charges", Self::Charges),
        ("covered_days", Self::CoveredDays),
        ("lifetime_reserve_days", Self::LifetimeReserveDays),
        ("provider", Self::Provider),
        ("payer", Self::Payer),
    ];

    /// The field called `name`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let found = Self::NAMES.iter().find(|(known, _)| *known == name);
        found.map(|&(_, field)| field)
    }

    /// Its place in messages.
    pub(crate) fn place(self) -> FieldName {
        let found = Self::NAMES.iter().find(|&&(_, field)| field == self);
        FieldName::of(found.map_or("", |(name, _)| name))
    }

    /// Reads `value` into this field of `claim`.
    pub(crate) fn set(
        self,
        claim: &mut Claim,
        value: Scalar<'_>,
        codes: &CodeIndex,
    ) -> Result<(), CaseFault> {
        let (case, billing) = (&mut claim.case, &mut claim.billing);
        match self {
            Self::Id => value.append_to(&mut case.id),
            Self::Version => case.version = self.read(value, "a version such as 431 or 43.1", version)?,
            Self::Age => case.age_years = self.read(value, "a whole number of years", Scalar::number)?,
            Self::Sex => case.sex = self.read(value, "M, F or U", sex)?.unwrap_or_default(),
            Self::DischargeStatus => {
                let status = self.read(value, "a discharge status of two digits", discharge_status)?;
                case.discharge_status = status.unwrap_or(0);
            }
            Self::HospitalStatus => {
                let status = self.read(value, "NON_EXEMPT, EXEMPT or UNKNOWN", hospital_status)?;
                case.hospital_status = status.unwrap_or_default();
            }
            Self::DischargeDate => {
                let day = self.read(value, "a day such as 2026-11-03 or 20261103", date)?;
                case.discharge_date = day.unwrap_or(Date::ZERO);
            }
            Self::Los => case.stay_days = self.read(value, "a whole number of days", Scalar::number)?,
            Self::AdmitDx => {
                let code = code(value, self.place())?;
                case.admitting = (!code.is_blank()).then(|| Diagnosis::new(code, Poa::Blank, codes));
            }
            Self::Charges => {
                billing.charges = self.read(value, "dollars and cents such as 12345.67", dollars)?;
            }
            Self::CoveredDays => {
                billing.covered_days = self.read(value, "a whole number of days", Scalar::number)?;
            }
            Self::LifetimeReserveDays => {
                billing.lifetime_reserve_days = self.read(value, "a whole number of days", Scalar::number)?;
            }
            Self::Provider => value.append_to(&mut billing.provider),
            Self::Payer => value.append_to(&mut billing.payer),
        }
        Ok(())
    }

    /// `value` as `read` understands it; nothing if it is blank.
    fn read<'v, T>(
        self,
        value: Scalar<'v>,
        expected: &'static str,
        read: fn(Scalar<'v>) -> Option<T>,
    ) -> Result<Option<T>, CaseFault> {
        let value = value.trimmed();
        if value == Scalar::Null {
            return Ok(None);
        }
        match read(value) {
            Some(read) => Ok(Some(read)),
            None => Err(CaseFault::Value { field: self.place(), given: value.shown(), expected }),
        }
    }
}

/// A code from `value`; blank if there is none.
pub(crate) fn code(value: Scalar<'_>, field: FieldName) -> Result<Code, CaseFault> {
    match value {
        Scalar::Null => Ok(Code::BLANK),
        Scalar::Text(text) => Code::parse(text).map_err(|why| CaseFault::Code { field, why: short(why) }),
        other => Err(CaseFault::Value { field, given: other.shown(), expected: "a code as text" }),
    }
}

/// The error with its text cut to a length that fits a message.
fn short(why: CodeError) -> CodeError {
    match why {
        CodeError::TooLong(text) => CodeError::TooLong(shortened(&text)),
        CodeError::BadCharacter(text) => CodeError::BadCharacter(shortened(&text)),
    }
}

/// A present-on-admission indicator; whatever no payer accepts is a finding of the grouper, not a fault.
pub(crate) fn poa(value: Scalar<'_>) -> Poa {
    match value {
        Scalar::Null => Poa::Blank,
        Scalar::Text(text) => Poa::from_text(text),
        Scalar::Integer(1) => Poa::Exempt,
        _ => Poa::Invalid,
    }
}

impl Scalar<'_> {
    /// Without surrounding blanks, and nothing if only blanks are there.
    fn trimmed(self) -> Self {
        match self {
            Self::Text(text) => match text.trim() {
                "" => Self::Null,
                text => Scalar::Text(text),
            },
            other => other,
        }
    }

    /// A whole number, given as number or as text.
    fn number<T: TryFrom<i64>>(self) -> Option<T> {
        let number = match self {
            Self::Integer(number) => number,
            Self::Text(text) => text.parse().ok()?,
            Self::Real(number) if number.fract() == 0.0 && number.abs() < 1e15 => number as i64,
            _ => return None,
        };
        T::try_from(number).ok()
    }

    /// Replaces `text` by this value.
    fn append_to(self, text: &mut String) {
        text.clear();
        match self {
            Self::Null => {}
            Self::Text(given) => text.push_str(given.trim()),
            other => text.push_str(&other.shown()),
        }
    }

    /// As a message shows it.
    fn shown(self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Boolean(value) => value.to_string(),
            Self::Integer(value) => value.to_string(),
            Self::Real(value) => value.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Text(text) => quoted(text),
        }
    }
}

fn version(value: Scalar<'_>) -> Option<Version> {
    match value {
        Scalar::Text(text) => text.parse().ok(),
        Scalar::Integer(_) | Scalar::Real(_) => value.shown().parse().ok(),
        _ => None,
    }
}

/// `M`/`F`/`U` of the claim forms, `1`/`2`/`0` of older files, or the words.
fn sex(value: Scalar<'_>) -> Option<Sex> {
    match value {
        Scalar::Text("M" | "m" | "1") | Scalar::Integer(1) => Some(Sex::Male),
        Scalar::Text("F" | "f" | "2") | Scalar::Integer(2) => Some(Sex::Female),
        Scalar::Text("U" | "u" | "0") | Scalar::Integer(0) => Some(Sex::Unknown),
        Scalar::Text(word) if word.eq_ignore_ascii_case("male") => Some(Sex::Male),
        Scalar::Text(word) if word.eq_ignore_ascii_case("female") => Some(Sex::Female),
        Scalar::Text(word) if word.eq_ignore_ascii_case("unknown") => Some(Sex::Unknown),
        _ => None,
    }
}

fn discharge_status(value: Scalar<'_>) -> Option<u8> {
    value.number().filter(|&status| status <= 99)
}

fn hospital_status(value: Scalar<'_>) -> Option<HospitalStatus> {
    let Scalar::Text(text) = value else { return None };
    match text {
        "NON_EXEMPT" => Some(HospitalStatus::NonExempt),
        "EXEMPT" => Some(HospitalStatus::Exempt),
        "UNKNOWN" => Some(HospitalStatus::Unknown),
        _ => None,
    }
}

/// A day as `20261103` (number or text) or `2026-11-03`.
pub(crate) fn date(value: Scalar<'_>) -> Option<Date> {
    let digits = match value {
        Scalar::Day(day) => return Some(day),
        Scalar::Text(text) => match text.as_bytes() {
            [year @ .., b'-', m1, m2, b'-', d1, d2] if year.len() == 4 => {
                let mut digits = [b'0'; 8];
                digits[..4].copy_from_slice(year);
                digits[4..].copy_from_slice(&[*m1, *m2, *d1, *d2]);
                std::str::from_utf8(&digits).ok()?.parse().ok()
            }
            _ => value.number(),
        },
        other => other.number(),
    };
    let number: u32 = digits.filter(|number| (10_000..=99_991_231_u32).contains(number))?;
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    Date::new(year as i16, month as i8, day as i8).ok()
}

/// Dollars with at most two decimals, not negative.
fn dollars(value: Scalar<'_>) -> Option<Decimal> {
    let amount: Decimal = match value {
        Scalar::Integer(dollars) => dollars.into(),
        Scalar::Text(text) => text.parse().ok()?,
        // The shortest text that reads back as this number is what the file said, up to 15 digits.
        Scalar::Real(number) if number.abs() < 1e13 => number.to_string().parse().ok()?,
        _ => return None,
    };
    let fits = amount >= Decimal::ZERO && amount.normalize().scale() <= 2;
    fits.then_some(amount)
}
