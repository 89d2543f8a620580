//! Inpatient payment against cases priced by the regulator's calculator: `cargo xtask conformance ipps DIR`.
//!
//! The folder holds `cases.jsonl` or `cases.jsonl.zst`, `tables/`, and perhaps `precision-sensitive.tsv` with cases
//! whose result depends on the machine; those are left out. The calculator's field names live here and nowhere
//! else.

mod input;
mod output;
mod tables;

use std::collections::HashSet;
use std::fmt;
use std::path::Path;

use codeset::Drg;
use pricer::{HospitalFactors, ReviewCode, Year, price};
use serde_json::Value;

/// Differing cases that are shown.
const SHOWN: usize = 10;

/// Why a run could not be made.
#[derive(Debug)]
pub(crate) struct Failure(String);

/// What a run found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tally {
    /// Cases compared.
    pub(crate) compared: usize,
    /// Cases equal in every field.
    pub(crate) equal: usize,
    /// Cases left out as precision-sensitive.
    pub(crate) left_out: usize,
    /// Cases whose review code follows from discharge status and condition codes, of those compared.
    pub(crate) review_codes_equal: usize,
}

impl Failure {
    fn of(what: impl fmt::Display) -> Self {
        Self(what.to_string())
    }

    fn at(path: &Path, what: impl fmt::Display) -> Self {
        Self(format!("{}: {what}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

/// Compares every case of `dir`, printing the first differences and, last, how many cases are equal.
pub(crate) fn run(dir: &Path) -> Result<Tally, Failure> {
    let year = tables::open(dir)?;
    let left_out = precision_sensitive(dir)?;
    let mut tally = Tally::default();
    for line in cases(dir)?.lines() {
        let case: Value = serde_json::from_str(line).map_err(Failure::of)?;
        let id = case["case_id"].as_str().unwrap_or_default();
        if left_out.contains(id) {
            tally.left_out += 1;
            continue;
        }
        let differences =
            compare(&case, &year, &mut tally).map_err(|error| Failure::of(format!("{id}: {error}")))?;
        tally.compared += 1;
        tally.equal += usize::from(differences.is_empty());
        if !differences.is_empty() && tally.compared - tally.equal <= SHOWN {
            show(id, &differences);
        }
    }
    println!("{} precision-sensitive cases left out", tally.left_out);
    println!(
        "{} of {} review codes follow from status and conditions",
        tally.review_codes_equal, tally.compared
    );
    println!("{} of {} equal", tally.equal, tally.compared);
    Ok(tally)
}

impl Tally {
    /// Whether every case compared was equal, and there was one.
    pub(crate) fn is_clean(&self) -> bool {
        self.equal == self.compared && self.compared > 0
    }
}

type Difference = (String, String, String);

fn compare(case: &Value, year: &Year, tally: &mut Tally) -> Result<Vec<Difference>, Failure> {
    let input = &case["input"];
    let stay = input::stay(input)?;
    let provider = input::provider(input)?;
    let drg = input["bill"]["B-DRG"].as_u64().and_then(|number| u16::try_from(number).ok());
    let hospital = HospitalFactors::new(&provider, &year.rates).map_err(Failure::of)?;
    let payment = price(Drg(drg.unwrap_or_default()), &stay, &hospital, year);
    let mapped = ReviewCode::of(&stay, &year.rates.transfer);
    tally.review_codes_equal += usize::from(stay.review_code == Some(mapped));
    let output = output::Output {
        payment: &payment,
        provider: &provider,
        hospital: &hospital,
        year,
        record: input::Block(&input["provider"]),
    };
    Ok(output.differences(&case["output"]))
}

fn show(id: &str, differences: &[Difference]) {
    println!("{id}");
    for (name, expected, ours) in differences {
        println!("    {name}: expected {expected}, got {ours}");
    }
}

fn cases(dir: &Path) -> Result<String, Failure> {
    let packed = dir.join("cases.jsonl.zst");
    if !packed.exists() {
        let plain = dir.join("cases.jsonl");
        return std::fs::read_to_string(&plain).map_err(|error| Failure::at(&plain, error));
    }
    let file = std::fs::File::open(&packed).map_err(|error| Failure::at(&packed, error))?;
    let bytes = zstd::decode_all(file).map_err(|error| Failure::at(&packed, error))?;
    String::from_utf8(bytes).map_err(|error| Failure::at(&packed, error))
}

fn precision_sensitive(dir: &Path) -> Result<HashSet<String>, Failure> {
    let path = dir.join("precision-sensitive.tsv");
    if !path.exists() {
        return Ok(HashSet::new());
    }
    let text = std::fs::read_to_string(&path).map_err(|error| Failure::at(&path, error))?;
    let ids = text.lines().skip(1).filter_map(|line| line.split('\t').next());
    Ok(ids.map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// The folder with the cases: `../shared` beside the repository, or where `CHARTROOM_SHARED` points.
    fn folder() -> PathBuf {
        let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
        let shared = std::env::var_os("CHARTROOM_SHARED").map_or(beside, PathBuf::from);
        shared.join("data/at-hand/ipps-conformance")
    }

    #[test]
    fn every_case_at_hand_is_paid_as_the_calculator_pays_it() {
        let dir = folder();
        if !dir.exists() {
            println!(
                "skipped: no cases at {}; set CHARTROOM_SHARED to the folder that holds data/",
                dir.display()
            );
            return;
        }
        let tally = run(&dir).unwrap();
        assert!(tally.is_clean(), "{} of {} equal", tally.equal, tally.compared);
    }

    #[test]
    fn a_case_that_differs_is_counted_and_a_folder_without_cases_is_no_success() {
        let missing = run(Path::new("no-such-folder"));
        assert!(missing.unwrap_err().to_string().contains("operating_rates_fy2021.tsv"));
        assert!(!Tally::default().is_clean());
        let one_off = Tally { compared: 2, equal: 1, ..Tally::default() };
        assert!(!one_off.is_clean());
    }
}
