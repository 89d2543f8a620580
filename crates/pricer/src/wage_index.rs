//! Wage indexes by area, and which of them holds for a hospital (42 CFR 412.64(h)).

use std::collections::BTreeMap;
use std::fmt::Write;

use codeset::{Table, TableError};
use csv::{ReaderBuilder, StringRecord};
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::place::Place;
use crate::provider::{Provider, WageArea};
use crate::rates::{Area, Rates};

/// The wage indexes of one publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WageIndexTable {
    source: String,
    effective: Date,
    areas: BTreeMap<String, AreaIndex>,
}

/// The index of one area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaIndex {
    /// Kind of area.
    pub kind: Area,
    /// For hospitals that stand there.
    pub index: Decimal,
    /// For hospitals reclassified to it, where it differs.
    pub reclassified: Option<Decimal>,
}

/// Why a hospital has no wage index.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WageIndexError {
    /// Its area is not in the table.
    #[error(
        "provider {ccn}: area '{area}' is not in the wage-index table ({source_name}); correct the record or import the year's table"
    )]
    NoArea {
        /// The provider.
        ccn: String,
        /// The area looked for.
        area: String,
        /// The table's source.
        source_name: String,
    },
    /// The record asks for an index of its own and holds none.
    #[error(
        "provider {0}: the special payment indicator asks for a special wage index and the record has none"
    )]
    NoSpecial(String),
}

/// The columns of the text form.
const COLUMNS: [&str; 4] = ["area", "kind", "index", "reclassified_index"];
/// Digits of a metropolitan area's number; a rural area has the two of its state.
const METROPOLITAN_DIGITS: usize = 5;

impl WageIndexTable {
    /// Reads the text form; `effective` is the first day it holds.
    pub fn parse(file: &str, text: &str, effective: Date) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        table.expect_columns(&COLUMNS)?;
        let mut areas = BTreeMap::new();
        for row in table.rows() {
            let kind = match row.field(1) {
                "large-urban" => Area::LargeUrban,
                "other-urban" => Area::OtherUrban,
                "rural" => Area::Rural,
                other => {
                    return Err(row.error(format!("'{other}' is none of large-urban, other-urban, rural")));
                }
            };
            let index = AreaIndex { kind, index: row.parse(2)?, reclassified: row.parse_opt(3)? };
            if areas.insert(row.field(0).to_owned(), index).is_some() {
                return Err(row.error(format!("area {} stands there twice", row.field(0))));
            }
        }
        let source = table.comments().first().copied().unwrap_or_default();
        Ok(Self { source: source.trim_start_matches("Source: ").to_owned(), effective, areas })
    }

    /// Writes the text form.
    pub fn export(&self) -> String {
        let mut text = format!("# Source: {}\n{}\n", self.source, COLUMNS.join("\t"));
        for (area, index) in &self.areas {
            let reclassified = index.reclassified.map(|value| value.to_string()).unwrap_or_default();
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{area}\t{}\t{}\t{reclassified}", kind_name(index.kind), index.index);
        }
        text
    }

    /// Imports the table of wage indexes by area as CMS publishes it (Table 3), tab- or comma-separated. Columns
    /// are found by their headings: one that begins with `CBSA`, one that is `Wage Index` or ends so, and
    /// perhaps `Reclassified Wage Index`. Areas of two digits are rural.
    pub fn import(file: &str, source: &str, text: &str, effective: Date) -> Result<Self, TableError> {
        let delimiter = if text.contains('\t') { b'\t' } else { b',' };
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let start = Place::start(file, text);
        let mut columns = None;
        let mut areas = BTreeMap::new();
        for record in reader.records() {
            let record = record.map_err(|error| start.unreadable(&error))?;
            let Some(columns) = columns else {
                columns = Headings::find(&record);
                continue;
            };
            if let Some((area, index)) =
                read_area(&record, &columns).map_err(|what| start.of(&record).error(what))?
            {
                areas.insert(area, index);
            }
        }
        if areas.is_empty() {
            return Err(
                start.error("no area under headings 'CBSA' and 'Wage Index' found; is this CMS Table 3?")
            );
        }
        Ok(Self { source: source.to_owned(), effective, areas })
    }

    /// The number of areas.
    pub fn len(&self) -> usize {
        self.areas.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// The wage area of `provider`: its own special index, that of the area it is reclassified to, or that of the
    /// area it stands in; not further below last year's than `rates` allow.
    pub fn area_of(&self, provider: &Provider, rates: &Rates) -> Result<WageArea, WageIndexError> {
        let places = &provider.areas;
        let reclassified = places.special_payment == "Y" && !places.wage_index.is_empty();
        let number = if reclassified { &places.wage_index } else { &places.geographic };
        let found = self.areas.get(number).ok_or_else(|| WageIndexError::NoArea {
            ccn: provider.ccn.clone(),
            area: number.clone(),
            source_name: self.source.clone(),
        })?;
        let of_area = found.reclassified.filter(|_| reclassified).unwrap_or(found.index);
        let index = match places.special_payment.as_str() {
            "1" | "2" => {
                places.special_wage_index.ok_or_else(|| WageIndexError::NoSpecial(provider.ccn.clone()))?
            }
            _ => limited(of_area, places.last_year_wage_index, rates),
        };
        Ok(WageArea {
            area: number.clone(),
            kind: found.kind,
            effective: self.effective,
            index,
            source: self.source.clone(),
        })
    }
}

fn limited(index: Decimal, last_year: Option<Decimal>, rates: &Rates) -> Decimal {
    match (&rates.wage_index, last_year) {
        (Some(rules), Some(last_year)) => rules.limit(index, last_year),
        _ => index,
    }
}

fn kind_name(kind: Area) -> &'static str {
    match kind {
        Area::LargeUrban => "large-urban",
        Area::OtherUrban => "other-urban",
        Area::Rural => "rural",
    }
}

/// Where the columns of a published table stand.
#[derive(Clone, Copy)]
struct Headings {
    area: usize,
    index: usize,
    reclassified: Option<usize>,
}

impl Headings {
    fn find(record: &StringRecord) -> Option<Self> {
        let headings: Vec<String> = record.iter().map(|field| field.trim().to_lowercase()).collect();
        let reclassified = headings.iter().position(|heading| heading.starts_with("reclassified wage index"));
        let plain =
            |heading: &&String| heading.ends_with("wage index") && !heading.starts_with("reclassified");
        let index =
            headings.iter().find(plain).and_then(|found| headings.iter().position(|other| other == found));
        Some(Self {
            area: headings.iter().position(|heading| heading.starts_with("cbsa"))?,
            index: index?,
            reclassified,
        })
    }
}

/// An area with its index; `None` for a line that holds no area, such as a footnote.
fn read_area(record: &StringRecord, columns: &Headings) -> Result<Option<(String, AreaIndex)>, String> {
    let field = |at: usize| record.get(at).unwrap_or_default().trim();
    let area = field(columns.area);
    let is_area =
        matches!(area.len(), 2 | METROPOLITAN_DIGITS) && area.bytes().all(|byte| byte.is_ascii_digit());
    if !is_area {
        return Ok(None);
    }
    let number = |text: &str| {
        text.parse::<Decimal>().map_err(|_| format!("area {area}: wage index '{text}' is no decimal number"))
    };
    let reclassified =
        columns.reclassified.map(field).filter(|text| !matches!(*text, "" | "-" | "N/A" | "."));
    let kind = if area.len() == METROPOLITAN_DIGITS { Area::OtherUrban } else { Area::Rural };
    let index = AreaIndex {
        kind,
        index: number(field(columns.index))?,
        reclassified: reclassified.map(number).transpose()?,
    };
    Ok(Some((area.to_owned(), index)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::provider::Areas;
    use crate::samples;

    const PUBLISHED: &str = "Table 3. Wage index by area\n\
        CBSA,Area Name,State,Wage Index,Reclassified Wage Index\n\
        10180,\"Abilene, TX\",TX,0.9001,0.8800\n45,TEXAS,TX,0.8200,\n* footnote,,,,\n";
    const FIRST: Date = date(2026, 10, 1);

    fn hospital(geographic: &str, special_payment: &str) -> Provider {
        Provider {
            areas: Areas {
                geographic: geographic.to_owned(),
                wage_index: "10180".to_owned(),
                special_payment: special_payment.to_owned(),
                special_wage_index: Some("1.1".parse().unwrap()),
                last_year_wage_index: Some("0.9".parse().unwrap()),
            },
            ..Provider::new("450001", FIRST)
        }
    }

    #[test]
    fn the_record_chooses_the_area() {
        let table = WageIndexTable::import("t3.csv", "CMS", PUBLISHED, FIRST).unwrap();
        let rates = samples::rates();
        let index = |provider: &Provider| table.area_of(provider, &rates).map(|area| area.index.to_string());
        assert_eq!(index(&hospital("10180", "")), Ok("0.9001".to_owned()));
        assert_eq!(index(&hospital("45", "Y")), Ok("0.8800".to_owned()), "reclassified");
        assert_eq!(index(&hospital("45", "1")), Ok("1.1".to_owned()), "special");
        assert_eq!(index(&hospital("45", "")), Ok("0.855".to_owned()), "five per cent below last year");
        assert!(matches!(index(&hospital("99", "")), Err(WageIndexError::NoArea { .. })));
    }

    #[test]
    fn a_published_table_is_read_by_its_headings() {
        let table = WageIndexTable::import("t3.csv", "CMS", PUBLISHED, FIRST).unwrap();
        assert_eq!(table.len(), 2);
        let tabs = PUBLISHED.replace("\"Abilene, TX\"", "Abilene").replace(',', "\t");
        assert_eq!(WageIndexTable::import("t3.txt", "CMS", &tabs, FIRST).unwrap(), table);
        assert!(WageIndexTable::import("t3.csv", "CMS", "a,b\n1,2\n", FIRST).is_err());
    }

    proptest! {
        #[test]
        fn export_reads_back_the_same(rows in prop::collection::btree_map("[0-9]{5}", (1i64..99_999, prop::option::of(1i64..99_999)), 1..20)) {
            let areas = rows.into_iter().map(|(area, (index, reclassified))| (area, AreaIndex {
                kind: Area::OtherUrban,
                index: Decimal::new(index, 4),
                reclassified: reclassified.map(|value| Decimal::new(value, 4)),
            }));
            let table = WageIndexTable { source: "CMS".to_owned(), effective: FIRST, areas: areas.collect() };
            prop_assert_eq!(WageIndexTable::parse("w.tsv", &table.export(), FIRST).unwrap(), table);
        }
    }
}
