//! The hospitals of the provider files, each with what it needs per year, worked out when first asked for.

use std::collections::HashMap;
use std::path::Path;
use std::sync::OnceLock;

use jiff::civil::Date;
use pricer::{HospitalFactors, Provider, Rates, WageIndexTable, import_provider_file, read_provider_toml};

/// All hospitals.
#[derive(Debug, Default)]
pub(super) struct Hospitals {
    by_certification: HashMap<String, Vec<Record>>,
    /// National provider identifiers, which 837 claims carry, and the certification numbers they stand for.
    certification_of: HashMap<String, String>,
}

/// One dated row of a hospital.
#[derive(Debug)]
struct Record {
    provider: Provider,
    /// By year: the row with its wage area, and its factors.
    years: Vec<OnceLock<Result<(Provider, HospitalFactors), String>>>,
}

impl Hospitals {
    /// Reads provider files: TOML by hand, or the Provider Specific File as CMS exports it (CSV).
    /// A row that cannot be read is told on standard error; the others serve.
    pub(super) fn read(files: &[impl AsRef<Path>], years: usize) -> Result<Self, String> {
        let mut hospitals = Self::default();
        for file in files {
            let name = file.as_ref().display().to_string();
            let text = std::fs::read_to_string(file).map_err(|error| format!("{name}: {error}"))?;
            hospitals.add(&name, &text, years)?;
        }
        Ok(hospitals)
    }

    /// Adds the hospitals of one file.
    pub(super) fn add(&mut self, name: &str, text: &str, years: usize) -> Result<(), String> {
        let providers = if Path::new(name).extension().is_some_and(|e| e == "toml") {
            read_provider_toml(name, text).map_err(|error| error.to_string())?
        } else {
            let import = import_provider_file(name, text).map_err(|error| error.to_string())?;
            import.rejected.iter().for_each(|error| eprintln!("{error}"));
            import.providers
        };
        for provider in providers {
            if let Some(npi) = &provider.npi {
                self.certification_of.insert(npi.clone(), provider.ccn.clone());
            }
            let rows = self.by_certification.entry(provider.ccn.clone()).or_default();
            rows.push(Record { provider, years: (0..years).map(|_| OnceLock::new()).collect() });
        }
        Ok(())
    }

    /// The row of the hospital numbered `named` (certification number or national provider identifier) that holds
    /// on `day`, with its factors in year number `year`.
    pub(super) fn on(
        &self,
        named: &str,
        day: Date,
        year: usize,
        rates: &Rates,
        wages: Option<&WageIndexTable>,
    ) -> Result<&(Provider, HospitalFactors), String> {
        let ccn = self.certification_of.get(named).map_or(named, String::as_str);
        let rows = self.by_certification.get(ccn).map(Vec::as_slice).unwrap_or_default();
        let began = rows.iter().filter(|row| row.provider.effective <= day);
        let row = began.max_by_key(|row| row.provider.effective);
        let row = row.ok_or_else(|| format!("no provider record of hospital '{named}' holds on {day}"))?;
        let factors = row.years[year].get_or_init(|| factors(&row.provider, rates, wages));
        factors.as_ref().map_err(String::clone)
    }
}

fn factors(
    provider: &Provider,
    rates: &Rates,
    wages: Option<&WageIndexTable>,
) -> Result<(Provider, HospitalFactors), String> {
    let mut provider = provider.clone();
    if let (None, Some(wages)) = (&provider.wage_area, wages) {
        provider.wage_area = Some(wages.area_of(&provider, rates).map_err(|error| error.to_string())?);
    }
    let factors = HospitalFactors::new(&provider, rates).map_err(|error| error.to_string())?;
    Ok((provider, factors))
}
