//! Diagnoses that the Patient Safety Indicators of the Agency for Healthcare Research and Quality count, dated rows of
//! `data/guidelines/safety.tsv`. A flag asks the coder to look at the indicator of presence on admission once more; it is
//! no rate: whom an indicator takes in and leaves out is not looked at.

use codeset::{Code, Table, TableError};
use serde::Serialize;

use crate::coding::{Age, Coding, Diagnosis, Poa, Setting};
use crate::days::{self, Days};
use crate::list::spans;
use crate::span::{Span, seventh};

/// The years of age from which the indicators of adults count.
const ADULT_YEARS: u16 = 18;

/// A diagnosis that an indicator may count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SafetyFlag {
    /// The place of the diagnosis, from 0.
    pub place: usize,
    /// The indicator: `PSI 06`.
    pub indicator: String,
    /// What it counts.
    pub title: String,
    /// What the stay must have besides; empty for nothing.
    pub beside: String,
    /// Where it is written.
    pub because: String,
}

/// One row of the table.
#[derive(Debug)]
pub(crate) struct SafetyRow {
    indicator: String,
    title: String,
    spans: Vec<Span>,
    /// Seventh characters that count; empty for any.
    sevenths: Vec<u8>,
    /// Whether it counts though it was present on admission.
    is_always: bool,
    beside: String,
    days: Days,
    because: String,
}

/// The columns of the table.
const COLUMNS: [&str; 9] =
    ["indicator", "title", "codes", "seventh", "counted", "beside", "first", "last", "because"];

/// Reads the table.
pub(crate) fn read(file: &str, text: &str) -> Result<Vec<SafetyRow>, TableError> {
    let table = Table::parse(file, text)?;
    table.expect_columns(&COLUMNS)?;
    let read = |row: codeset::Row<'_>| {
        let is_always = match row.field(4) {
            "always" => true,
            "not-present" => false,
            other => return Err(row.error(format!("'{other}' is neither always nor not-present"))),
        };
        Ok(SafetyRow {
            indicator: row.field(0).to_owned(),
            title: row.field(1).to_owned(),
            spans: spans(&row, 2)?,
            sevenths: row.field(3).bytes().filter(u8::is_ascii_alphanumeric).collect(),
            is_always,
            beside: row.field(5).to_owned(),
            days: Days::of_row(&row, 6)?,
            because: row.field(8).to_owned(),
        })
    };
    table.rows().map(read).collect()
}

/// The diagnoses of one encounter that an indicator may count: of adults and deliveries in a hospital's bed.
pub(crate) fn flags(rows: &[SafetyRow], coding: &Coding) -> Vec<SafetyFlag> {
    let day = days::number(coding.discharged);
    let all = coding.diagnoses.iter().enumerate();
    let counted = all.filter(|(place, one)| is_looked_at(coding, *place, one));
    counted.flat_map(|(place, one)| of_diagnosis(rows, day, place, one)).collect()
}

fn is_looked_at(coding: &Coding, place: usize, one: &Diagnosis) -> bool {
    let is_adult = match coding.age {
        Some(Age::Years(years)) => years >= ADULT_YEARS,
        Some(Age::Days(_)) => false,
        None => true,
    };
    let is_delivery = coding.setting == Setting::ObstetricDelivery || one.code.to_string().starts_with('O');
    match coding.setting {
        // What brought the patient in did not happen here; a delivery did.
        Setting::Inpatient | Setting::ObstetricDelivery => is_delivery || (is_adult && place > 0),
        _ => false,
    }
}

fn of_diagnosis(rows: &[SafetyRow], day: u32, place: usize, one: &Diagnosis) -> Vec<SafetyFlag> {
    let arose = matches!(one.poa, Poa::No | Poa::Undetermined);
    let counts = |row: &&SafetyRow| (row.is_always || arose) && row.days.hold(day) && row.names(one.code);
    let flag = |row: &SafetyRow| SafetyFlag {
        place,
        indicator: row.indicator.clone(),
        title: row.title.clone(),
        beside: row.beside.clone(),
        because: row.because.clone(),
    };
    rows.iter().filter(counts).map(flag).collect()
}

impl SafetyRow {
    fn names(&self, code: Code) -> bool {
        let has_seventh =
            self.sevenths.is_empty() || seventh(code).is_some_and(|one| self.sevenths.contains(&one));
        has_seventh && self.spans.iter().any(|span| span.holds(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = include_str!("../../../data/guidelines/safety.tsv");

    /// The indicators that a stay's diagnoses are flagged for.
    fn flagged(setting: Setting, years: u16, codes: &[(&str, Poa)]) -> Vec<(usize, String)> {
        let rows = read("safety.tsv", TABLE).expect("the table is read");
        let one = |(code, poa): &(&str, Poa)| Diagnosis::new(Code::parse(code).expect("a code"), *poa);
        let coding = Coding {
            setting,
            age: Some(Age::Years(years)),
            diagnoses: codes.iter().map(one).collect(),
            ..Coding::new(jiff::civil::date(2026, 11, 1))
        };
        flags(&rows, &coding).into_iter().map(|flag| (flag.place, flag.indicator)).collect()
    }

    #[test]
    fn what_arose_here_is_flagged_and_what_was_brought_is_not() {
        let codes = [
            ("J95.811", Poa::No),
            ("L89.154", Poa::Yes),
            ("L89.153", Poa::No),
            ("J95.811", Poa::Undetermined),
            ("T81.500A", Poa::No),
            ("T81.500D", Poa::No),
            ("L89.152", Poa::No),
            ("I26.93", Poa::No),
            ("I82.431", Poa::No),
            ("I82.441", Poa::No),
            ("N17.9", Poa::ClinicallyUndetermined),
        ];
        let found = flagged(Setting::Inpatient, 70, &codes);
        let expected = [(2, "PSI 03"), (3, "PSI 06"), (4, "PSI 05"), (8, "PSI 12")];
        assert_eq!(found, expected.map(|(place, name)| (place, name.to_owned())));
        assert_eq!(flagged(Setting::Inpatient, 12, &codes), []);
        assert_eq!(flagged(Setting::Clinic, 70, &codes), []);
    }

    #[test]
    fn a_tear_at_delivery_counts_wherever_it_stands() {
        let found = flagged(Setting::ObstetricDelivery, 17, &[("O70.21", Poa::Yes), ("O80", Poa::Yes)]);
        assert_eq!(found, [(0, "PSI 18 or 19".to_owned())]);
    }
}
