//! The year's tables of a conformance folder, as the pricer takes them.

use std::path::Path;

use codeset::{Code, Drg};
use pricer::rates::{ListedCode, LocationFactor, NewTechnology, StandardizedAmount, Technology};
use pricer::{DrgRow, DrgWeights, Rates, Year};
use rust_decimal::Decimal;

use super::Failure;

/// What the folder's tables leave to the regulation.
const CONSTANTS: &str = include_str!("../../../resources/rates-fy2021-constants.toml");

/// Reads `dir/tables`.
pub(super) fn open(dir: &Path) -> Result<Year, Failure> {
    let tables = dir.join("tables");
    let mut rates = Rates::parse("rates-fy2021-constants.toml", CONSTANTS).map_err(Failure::of)?;
    rates.operating.amounts = rows(&tables.join("operating_rates_fy2021.tsv"), amount)?;
    let locations = rows(&tables.join("midnight_factor.tsv"), location)?;
    rates.location_factors = locations;
    let technologies = rows(&tables.join("new_technology_fy2021.tsv"), Ok)?;
    for fields in &technologies {
        add_technology(&mut rates, fields)?;
    }
    let weights = rows(&tables.join("drg_fy2021.tsv"), drg)?;
    Ok(Year { rates, weights: DrgWeights::new("drg_fy2021.tsv", weights) })
}

type Fields = Vec<String>;

fn rows<T>(path: &Path, read: impl Fn(Fields) -> Result<T, Failure>) -> Result<Vec<T>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::at(path, error))?;
    let split = |line: &str| line.split('\t').map(str::to_owned).collect();
    text.lines()
        .skip(1)
        .enumerate()
        .map(|(at, line)| {
            read(split(line)).map_err(|error| Failure::at(path, format!("line {}: {error}", at + 2)))
        })
        .collect()
}

fn field(fields: &Fields, at: usize) -> &str {
    fields.get(at).map(String::as_str).unwrap_or_default()
}

fn number(fields: &Fields, at: usize) -> Result<Decimal, Failure> {
    field(fields, at).parse().map_err(Failure::of)
}

fn amount(fields: Fields) -> Result<StandardizedAmount, Failure> {
    Ok(StandardizedAmount {
        quality_submitted: field(&fields, 1) == "1",
        electronic_records: field(&fields, 2) == "blank",
        wage_index_above_one: field(&fields, 3) == ">1",
        labor: number(&fields, 4)?,
        nonlabor: number(&fields, 5)?,
        source: format!("operating_rates_fy2021.tsv, {}", field(&fields, 0)),
    })
}

fn location(fields: Fields) -> Result<LocationFactor, Failure> {
    Ok(LocationFactor {
        location: field(&fields, 0).parse().map_err(Failure::of)?,
        factor: number(&fields, 1)?,
    })
}

fn drg(fields: Fields) -> Result<DrgRow, Failure> {
    Ok(DrgRow {
        drg: Drg(field(&fields, 0).parse().map_err(Failure::of)?),
        mdc: String::new(),
        kind: String::new(),
        title: field(&fields, 6).to_owned(),
        post_acute: field(&fields, 4) == "Y",
        special_pay: field(&fields, 5) == "Y",
        weight_before_cap: None,
        weight: Some(number(&fields, 1)?),
        gmlos_days: Some(number(&fields, 2)?),
        amlos_days: Some(number(&fields, 3)?),
    })
}

fn add_technology(rates: &mut Rates, fields: &Fields) -> Result<(), Failure> {
    let groups = procedures(field(fields, 3))?;
    if let (Some(islet), "ISLET") = (&mut rates.islet_cells, field(fields, 0)) {
        islet.procedures = groups.concat();
        return Ok(());
    }
    let list = rates.new_technology.get_or_insert_with(|| NewTechnology {
        source: "new_technology_fy2021.tsv".to_owned(),
        technologies: Vec::new(),
    });
    list.technologies.push(Technology {
        name: field(fields, 0).to_owned(),
        add_on_max: number(fields, 1)?,
        share: number(fields, 2)?,
        procedures: groups,
    });
    Ok(())
}

/// `A B` is one of both; `A and (B or C)` is A with one of B and C.
fn procedures(text: &str) -> Result<Vec<Vec<ListedCode>>, Failure> {
    let code = |word: &str| Code::parse(word.trim_matches(['(', ')'])).map(ListedCode).map_err(Failure::of);
    text.split(" and ")
        .map(|group| group.split_whitespace().filter(|word| *word != "or").map(code).collect())
        .collect()
}
