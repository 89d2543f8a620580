//! Priced cases of our own, kept with their payments: `tests/golden/cases.tsv` and `hospitals.toml`.
//!
//! The steps behind these amounts were compared with the regulator's calculator on its own cases. To accept a
//! change, run the test with `UPDATE_GOLDEN=1` and read the difference.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write;
use std::path::Path;

use codeset::{Code, Drg, Row, Table, parse_date};
use pricer::{
    DrgWeights, HospitalFactors, Kind, Payment, Provider, Rates, Stay, Year, explain, price,
    read_provider_toml,
};

const CASES: &str = include_str!("golden/cases.tsv");
const HOSPITALS: &str = include_str!("golden/hospitals.toml");
/// Columns of the file that are the case; those after them are its payment.
const INPUT_COLUMNS: usize = 10;

fn year(fiscal_year: &str) -> Year {
    let (rates, weights) = match fiscal_year {
        "2026" => (
            include_str!("../../../data/ipps/rates-fy2026.toml"),
            include_str!("../../../data/ipps/table5-fy2026.tsv"),
        ),
        _ => (
            include_str!("../../../data/ipps/rates-fy2027.toml"),
            include_str!("../../../data/ipps/table5-fy2027.tsv"),
        ),
    };
    Year {
        rates: Rates::parse("rates", rates).unwrap(),
        weights: DrgWeights::parse("weights", weights).unwrap(),
    }
}

fn codes(text: &str) -> Vec<Code> {
    text.split_whitespace().map(|code| Code::parse(code).unwrap()).collect()
}

fn stay(row: &Row<'_>) -> Stay {
    let days: u16 = row.parse(5).unwrap();
    Stay {
        discharge_status: row.parse(4).unwrap(),
        stay_days: Some(days),
        covered_days: Some(days),
        covered_charges: Some(row.parse(6).unwrap()),
        procedures: codes(row.field(7)),
        condition_codes: codes(row.field(8)),
        medicare_advantage: row.field(9) == "1",
        ..Stay::new(parse_date(row.field(3)).unwrap())
    }
}

fn amounts(payment: &Payment) -> String {
    let (operating, capital, additions) = (&payment.operating, &payment.capital, &payment.additions);
    let missing: Vec<_> = payment.missing.iter().map(|factor| format!("{factor:?}")).collect();
    let mut text = format!("{}\t{:.2}", payment.code, payment.total);
    for amount in [
        operating.federal,
        operating.disproportionate_share,
        operating.teaching,
        operating.outlier,
        capital.total,
        additions.uncompensated_care,
        additions.low_volume,
        additions.pass_through,
        payment.programs.readmissions,
        payment.programs.value_based_purchasing,
        payment.programs.hospital_acquired,
    ] {
        write!(text, "\t{amount:.2}").unwrap();
    }
    format!("{text}\t{}", missing.join(" "))
}

fn priced(row: &Row<'_>, hospitals: &[Provider]) -> Payment {
    let year = year(row.field(1));
    let stay = stay(row);
    let provider = hospitals.iter().find(|hospital| hospital.ccn == row.field(0)).unwrap();
    let drg = Drg(row.parse(2).unwrap());
    let hospital = HospitalFactors::new(provider, &year.rates).unwrap();
    let payment = price(drg, &stay, &hospital, &year);
    let sheet = explain(drg, &stay, provider, &year).unwrap();
    let components = sheet.lines.iter().filter(|line| line.kind == Kind::Component);
    assert_eq!(components.map(|line| line.value).sum::<rust_decimal::Decimal>(), payment.total);
    assert!(sheet.lines.iter().all(|line| !line.source.is_empty()), "every line has a source");
    assert_eq!(sheet.is_partial(), payment.is_partial());
    payment
}

#[test]
fn kept_cases_are_paid_as_they_were() {
    let hospitals = read_provider_toml("hospitals.toml", HOSPITALS).unwrap();
    let table = Table::parse("cases.tsv", CASES).unwrap();
    let mut found = String::new();
    for line in CASES.lines().take(table.comments().len() + 1) {
        writeln!(found, "{line}").unwrap();
    }
    for row in table.rows() {
        let input: Vec<_> = (0..INPUT_COLUMNS).map(|column| row.field(column)).collect();
        writeln!(found, "{}\t{}", input.join("\t"), amounts(&priced(&row, &hospitals))).unwrap();
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/cases.tsv");
        std::fs::write(path, &found).unwrap();
    } else {
        let differing = found.lines().zip(CASES.lines()).find(|(found, kept)| found != kept);
        assert_eq!(differing, None, "found, kept");
    }
}
