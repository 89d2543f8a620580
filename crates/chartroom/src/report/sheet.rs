//! The worksheet of a price as people read it.

use std::fmt;

use pricer::{Kind, Line, Unit, Worksheet};
use rust_decimal::Decimal;

use crate::price::Sheet;

/// Writes the worksheet of a price.
pub(super) fn write_sheet(f: &mut fmt::Formatter<'_>, sheet: &Sheet) -> fmt::Result {
    match sheet {
        Sheet::Payer(payment) => {
            writeln!(f, "Price by the payer's terms")?;
            payment.lines.iter().try_for_each(|line| write_line(f, line))
        }
        Sheet::Medicare(worksheet) => write_worksheet(f, worksheet),
    }
}

/// Writes what is paid, part by part, and what is missing; amounts of nothing are left out.
pub(super) fn write_parts(f: &mut fmt::Formatter<'_>, sheet: &Sheet) -> fmt::Result {
    let (head, lines) = match sheet {
        Sheet::Payer(payment) => ("Price by the payer's terms".to_owned(), &payment.lines),
        Sheet::Medicare(worksheet) => (heading(worksheet), &worksheet.lines),
    };
    writeln!(f, "{head}")?;
    let paid =
        |line: &&Line| line.kind == Kind::Total || line.kind == Kind::Component && !line.value.is_zero();
    for line in lines.iter().filter(paid) {
        let mark = if line.kind == Kind::Total { '=' } else { '+' };
        writeln!(f, "  {mark} {:<52} {:>16}", line.title, amount(line))?;
    }
    let missing = if let Sheet::Medicare(worksheet) = sheet { worksheet.missing.as_slice() } else { &[] };
    missing.iter().try_for_each(|factor| writeln!(f, "  missing: {}", factor.message()))
}

fn heading(worksheet: &Worksheet) -> String {
    let partial = if worksheet.is_partial() { ", PARTIAL: a factor is missing" } else { "" };
    format!("Price (return code {}: {}{partial})", worksheet.code, worksheet.code.meaning())
}

fn write_worksheet(f: &mut fmt::Formatter<'_>, worksheet: &Worksheet) -> fmt::Result {
    writeln!(f, "{}", heading(worksheet))?;
    worksheet.lines.iter().try_for_each(|line| write_line(f, line))?;
    for factor in &worksheet.missing {
        writeln!(f, "  missing: {}", factor.message())?;
    }
    worksheet.notes.iter().try_for_each(|note| writeln!(f, "  note: {note}"))
}

fn write_line(f: &mut fmt::Formatter<'_>, line: &Line) -> fmt::Result {
    let mark = match line.kind {
        Kind::Total => '=',
        Kind::Component => '+',
        Kind::Factor | Kind::Step | Kind::Information => ' ',
    };
    writeln!(f, "  {mark} {:<52} {:>16}", line.title, amount(line))?;
    if !line.formula.is_empty() {
        writeln!(f, "        {}", line.formula)?;
    }
    if !line.source.is_empty() {
        writeln!(f, "        [{}]", line.source)?;
    }
    Ok(())
}

fn amount(line: &Line) -> String {
    match line.unit {
        Unit::Dollars => dollars(line.value),
        Unit::Days => format!("{} days", line.value.normalize()),
        Unit::Ratio | Unit::Weight => line.value.normalize().to_string(),
    }
}

/// An amount with its cents, thousands apart: `$12,345.67`.
pub(crate) fn dollars(value: Decimal) -> String {
    let text = format!(
        "{:.2}",
        value.abs().round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
    );
    let (whole, cents) = text.split_once('.').unwrap_or((&text, "00"));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if value.is_sign_negative() && !value.is_zero() { "-" } else { "" };
    format!("{sign}${grouped}.{cents}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_with_cents_and_thousands() {
        for (value, text) in
            [("0", "$0.00"), ("1234567.895", "$1,234,567.90"), ("-84.42", "-$84.42"), ("999", "$999.00")]
        {
            assert_eq!(dollars(value.parse().unwrap()), text);
        }
    }
}
