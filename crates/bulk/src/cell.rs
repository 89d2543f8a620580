//! One value of a Parquet column, of whichever type the writing program chose.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, StructArray};
use arrow_schema::{DataType, TimeUnit};
use codeset::{Code, CodeIndex};
use grouper::{Diagnosis, Poa};
use jiff::Span;
use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use crate::field::{self, CaseField, Scalar};
use crate::{CaseFault, Claim, FieldName, flat};

/// A value in its column.
#[derive(Clone, Copy)]
pub(crate) struct Cell<'a> {
    column: &'a dyn Array,
    row: usize,
}

impl<'a> Cell<'a> {
    pub(crate) fn new(column: &'a dyn Array, row: usize) -> Self {
        Self { column, row }
    }

    /// Reads this value into `field` of `claim`.
    pub(crate) fn read_into(self, field: CaseField, claim: &mut Claim, codes: &CodeIndex) -> Result<(), CaseFault> {
        if self.column.is_null(self.row) {
            return Ok(());
        }
        match (field, self.column.data_type()) {
            (_, DataType::Utf8) => field.set_text(claim, self.text(), codes),
            (CaseField::Single(field), DataType::Decimal128(_, scale)) => {
                let unscaled = self.column.as_primitive::<Decimal128Type>().value(self.row);
                let number = Decimal::try_from_i128_with_scale(unscaled, u32::try_from(*scale).unwrap_or(0));
                let text = number.map_or_else(|error| error.to_string(), |number| number.to_string());
                field.set(claim, Scalar::Text(&text), codes)
            }
            (CaseField::Single(field), _) => {
                let value = self.scalar().ok_or_else(|| self.unfit(field.place()))?;
                field.set(claim, value, codes)
            }
            (CaseField::Principal, DataType::Struct(_)) => {
                let (code, poa) = self.diagnosis(FieldName::of("pdx"))?;
                claim.case.principal = Diagnosis::new(code, poa, codes);
                Ok(())
            }
            (list, DataType::List(_)) => {
                let entries = self.column.as_list::<i32>().value(self.row);
                for row in 0..entries.len() {
                    list.push(claim, |place| Cell::new(entries.as_ref(), row).diagnosis(place), codes)?;
                }
                Ok(())
            }
            (field, _) => Err(self.unfit(field.place())),
        }
    }

    /// A code with its present-on-admission indicator: a structure, or text as in CSV.
    fn diagnosis(self, place: FieldName) -> Result<(Code, Poa), CaseFault> {
        if self.column.is_null(self.row) {
            return Ok((Code::BLANK, Poa::Blank));
        }
        match self.column.data_type() {
            DataType::Utf8 => flat::diagnosis(self.text().trim(), place),
            DataType::Struct(_) => {
                let parts = self.column.as_struct();
                let code = part(parts, "code", self.row).unwrap_or(Scalar::Null);
                let poa = part(parts, "poa", self.row).unwrap_or(Scalar::Null);
                Ok((field::code(code, place.part("code"))?, field::poa(poa)))
            }
            _ => Err(self.unfit(place)),
        }
    }

    fn text(self) -> &'a str {
        self.column.as_string::<i32>().value(self.row)
    }

    /// The value as a single one; nothing for a type that is none.
    fn scalar(self) -> Option<Scalar<'a>> {
        if self.column.is_null(self.row) {
            return Some(Scalar::Null);
        }
        Some(match self.column.data_type() {
            DataType::Utf8 => Scalar::Text(self.text()),
            DataType::Boolean => Scalar::Boolean(self.column.as_boolean().value(self.row)),
            DataType::Float32 => Scalar::Real(self.primitive::<Float32Type>().into()),
            DataType::Float64 => Scalar::Real(self.primitive::<Float64Type>()),
            DataType::Date32 => Scalar::Day(day(self.primitive::<Date32Type>().into())?),
            DataType::Timestamp(unit, _) => Scalar::Day(day(self.days(*unit))?),
            _ => Scalar::Integer(self.integer()?),
        })
    }

    fn integer(self) -> Option<i64> {
        Some(match self.column.data_type() {
            DataType::Int8 => self.primitive::<Int8Type>().into(),
            DataType::Int16 => self.primitive::<Int16Type>().into(),
            DataType::Int32 => self.primitive::<Int32Type>().into(),
            DataType::Int64 => self.primitive::<Int64Type>(),
            DataType::UInt8 => self.primitive::<UInt8Type>().into(),
            DataType::UInt16 => self.primitive::<UInt16Type>().into(),
            DataType::UInt32 => self.primitive::<UInt32Type>().into(),
            DataType::UInt64 => i64::try_from(self.primitive::<UInt64Type>()).ok()?,
            _ => return None,
        })
    }

    /// An instant as whole days since 1970.
    fn days(self, unit: TimeUnit) -> i64 {
        const SECONDS: i64 = 86_400;
        match unit {
            TimeUnit::Second => self.primitive::<TimestampSecondType>().div_euclid(SECONDS),
            TimeUnit::Millisecond => self.primitive::<TimestampMillisecondType>().div_euclid(SECONDS * 1_000),
            TimeUnit::Microsecond => self.primitive::<TimestampMicrosecondType>().div_euclid(SECONDS * 1_000_000),
            TimeUnit::Nanosecond => self.primitive::<TimestampNanosecondType>().div_euclid(SECONDS * 1_000_000_000),
        }
    }

    fn primitive<T: ArrowPrimitiveType>(self) -> T::Native {
        self.column.as_primitive::<T>().value(self.row)
    }

    fn unfit(self, field: FieldName) -> CaseFault {
        CaseFault::Value {
            field,
            given: format!("of the Parquet type {}", self.column.data_type()),
            expected: "text, a number or a day; for lists, text or a list of texts or of {code, poa}",
        }
    }
}

fn part<'a>(parts: &'a StructArray, name: &str, row: usize) -> Option<Scalar<'a>> {
    Cell::new(parts.column_by_name(name)?.as_ref(), row).scalar()
}

/// The day so many days after 1 January 1970.
fn day(days: i64) -> Option<Date> {
    date(1970, 1, 1).checked_add(Span::new().try_days(days).ok()?).ok()
}
