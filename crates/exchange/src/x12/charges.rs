//! From the charges of the record to the service lines of a bill.

use std::collections::BTreeMap;

use chart::coded::system;
use chart::date::When;
use chart::entry::Charge;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use super::{Counted, Period, ServiceLine};

/// Revenue codes of room and board count days (NUBC, form locator 46; CMS Internet-Only Manual 100-04, chapter 25,
/// section 75.4).
const ACCOMMODATION: std::ops::RangeInclusive<&str> = "0100"..="0219";

/// How far charges are added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// One line for each revenue code: an inpatient stay.
    Stay,
    /// One line for each revenue code, procedure and day: an outpatient bill.
    Day,
}

/// The lines of a bill, and the charges that are on none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BillLines<'c> {
    /// The lines, by revenue code.
    pub lines: Vec<ServiceLine>,
    /// What was left out, for a person to look at.
    pub left_out: Vec<(&'c Charge, NotBilled)>,
}

/// Why a charge is on no line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotBilled {
    /// The hospital's table does not say under which revenue code it is billed.
    #[error("no revenue code is known for it; add its charge code to the hospital's table")]
    NoRevenueCode,
    /// It has no amount.
    #[error("it has no amount; ask for the price")]
    NoAmount,
    /// Credits take away all of its line, or more.
    #[error("credits take away its whole line; nothing is left to bill")]
    Credited,
}

/// What charges are added up by.
type Key = (String, String, Option<Date>);

/// What is added up, and of which charges.
#[derive(Debug, Default)]
struct Sum<'c> {
    cents: i64,
    units: Decimal,
    charges: Vec<&'c Charge>,
}

/// Adds up `charges`. Payments and adjustments are no charges and are passed over; a credit takes away. A charge
/// message has no revenue code: `revenue_code` is the hospital's own table, from its charge code. Days are those of `zone`.
pub fn service_lines<'c>(
    charges: impl IntoIterator<Item = &'c Charge>,
    detail: Detail,
    zone: &TimeZone,
    revenue_code: impl Fn(&Charge) -> Option<String>,
) -> BillLines<'c> {
    let mut bill = BillLines::default();
    let mut sums: BTreeMap<Key, Sum<'c>> = BTreeMap::new();
    for (charge, sign) in charges.into_iter().filter_map(|charge| Some((charge, sign(charge)?))) {
        match (revenue_code(charge), charge.amount_cents) {
            (None, _) => bill.left_out.push((charge, NotBilled::NoRevenueCode)),
            (_, None) => bill.left_out.push((charge, NotBilled::NoAmount)),
            (Some(code), Some(cents)) => {
                let key = match detail {
                    Detail::Stay => (code, String::new(), None),
                    Detail::Day => (code, procedure(charge), charge.at.and_then(|at| day(at, zone))),
                };
                sums.entry(key).or_default().add(charge, sign, cents);
            }
        }
    }
    for (key, sum) in sums {
        if sum.cents > 0 {
            bill.lines.push(sum.line(key));
        } else {
            bill.left_out.extend(sum.charges.into_iter().map(|charge| (charge, NotBilled::Credited)));
        }
    }
    bill
}

impl<'c> Sum<'c> {
    fn add(&mut self, charge: &'c Charge, sign: i64, cents: i64) {
        let units: Decimal = charge.quantity.trim().parse().unwrap_or(Decimal::ONE);
        self.cents = self.cents.saturating_add(sign.saturating_mul(cents.saturating_abs()));
        self.units = self.units.saturating_add(Decimal::from(sign).saturating_mul(units.abs()));
        self.charges.push(charge);
    }

    fn line(self, (revenue_code, hcpcs, on): Key) -> ServiceLine {
        let counted = if ACCOMMODATION.contains(&&*revenue_code) { Counted::Days } else { Counted::Units };
        ServiceLine {
            revenue_code,
            hcpcs,
            charge: Decimal::new(self.cents, 2),
            counted,
            units: self.units.max(Decimal::ZERO),
            service: on.map(|on| Period { first: on, last: on }),
            ..ServiceLine::default()
        }
    }
}

/// Whether a charge adds or takes away; nothing if it is neither charge nor credit.
fn sign(charge: &Charge) -> Option<i64> {
    match (charge.category.as_str(), charge.amount_cents) {
        ("credit", _) => Some(-1),
        ("" | "charge", Some(cents)) if cents < 0 => Some(-1),
        ("" | "charge", _) => Some(1),
        _ => None,
    }
}

/// The HCPCS or CPT code, if the charge has one.
fn procedure(charge: &Charge) -> String {
    let coded = [charge.procedure.as_ref(), Some(&charge.what)].into_iter().flatten();
    let code =
        coded.into_iter().find_map(|coded| coded.code(system::HCPCS).or_else(|| coded.code(system::CPT)));
    code.unwrap_or_default().to_owned()
}

fn day(at: When, zone: &TimeZone) -> Option<Date> {
    match at {
        When::Instant(at) => Some(at.to_zoned(zone.clone()).date()),
        When::Date(date) => Some(date.earliest()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chart::coded::Coded;
    use jiff::civil::date;

    fn charge(code: &str, category: &str, quantity: &str, amount_cents: Option<i64>) -> Charge {
        let at = date(2026, 11, 3).at(23, 30, 0, 0).to_zoned(TimeZone::UTC).expect("a time").timestamp();
        Charge {
            what: Coded::new("urn:hospital:charge", code, ""),
            category: category.into(),
            at: Some(When::Instant(at)),
            quantity: quantity.into(),
            amount_cents,
            procedure: (code == "LAB").then(|| Coded::new(system::CPT, "85025", "")),
            ..Charge::default()
        }
    }

    fn table(charge: &Charge) -> Option<String> {
        let code = match charge.what.text.as_str() {
            "ROOM" => "0120",
            "LAB" => "0300",
            "DRUG" => "0250",
            _ => return None,
        };
        Some(code.to_owned())
    }

    #[test]
    fn charges_are_added_up_and_credits_taken_away() {
        let charges = [
            charge("LAB", "charge", "1", Some(5_000)),
            charge("ROOM", "charge", "2", Some(200_000)),
            charge("LAB", "", "2", Some(10_000)),
            charge("LAB", "credit", "1", Some(5_000)),
            charge("ROOM", "payment", "1", Some(999_900)),
        ];
        let bill = service_lines(&charges, Detail::Stay, &TimeZone::UTC, table);
        let lines: Vec<_> =
            bill.lines.iter().map(|l| (&*l.revenue_code, l.counted, l.units, l.charge)).collect();
        assert_eq!(
            lines,
            [
                ("0120", Counted::Days, Decimal::from(2), Decimal::from(2_000)),
                ("0300", Counted::Units, Decimal::from(2), Decimal::from(100)),
            ]
        );
        assert_eq!(bill.left_out, []);
    }

    #[test]
    fn an_outpatient_bill_has_a_line_for_each_procedure_and_day_of_the_hospital() {
        let charges = [charge("LAB", "charge", "1", Some(5_000))];
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        let bill = service_lines(&charges, Detail::Day, &zone, table);
        assert_eq!(bill.lines[0].hcpcs, "85025");
        assert_eq!(bill.lines[0].service.map(|days| days.first), Some(date(2026, 11, 4)));
    }

    #[test]
    fn what_cannot_be_billed_is_told_with_its_reason() {
        let charges = [
            charge("WIG", "charge", "1", Some(1_000)),
            charge("LAB", "charge", "1", None),
            charge("DRUG", "charge", "1", Some(500)),
            charge("DRUG", "charge", "1", Some(-500)),
        ];
        let bill = service_lines(&charges, Detail::Stay, &TimeZone::UTC, table);
        assert_eq!(bill.lines, []);
        let why: Vec<_> = bill.left_out.iter().map(|(_, why)| *why).collect();
        use NotBilled::{Credited, NoAmount, NoRevenueCode};
        assert_eq!(why, [NoRevenueCode, NoAmount, Credited, Credited]);
    }
}
