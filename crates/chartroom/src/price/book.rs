//! Everything a price needs beside the case: years, hospitals, payers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bulk::Claim;
use clap::Args;
use codeset::{Drg, Family, Pack, Registry, Version};
use jiff::civil::Date;
use pricer::{
    DrgWeights, PayerPayment, PayerTable, PayerTerms, Payment, Stay, WageIndexTable, Worksheet, Year,
};

use super::hospitals::Hospitals;

/// Where prices come from.
#[derive(Debug, Args, Default)]
pub(crate) struct PriceArgs {
    /// Hospitals: a TOML file by hand, or the CMS Inpatient Provider Specific File (CSV); may be repeated
    #[arg(long = "providers", value_name = "FILE")]
    provider_files: Vec<PathBuf>,
    /// Wage indexes by area, as `edition import` writes them or as CMS publishes them (Table 3)
    #[arg(long, value_name = "FILE")]
    wage_index: Option<PathBuf>,
    /// Payers other than Medicare (TOML)
    #[arg(long, value_name = "FILE")]
    payers: Option<PathBuf>,
    /// The hospital of cases that name none, by its certification number
    #[arg(long, value_name = "CCN")]
    provider: Option<String>,
}

/// Opened years, hospitals and payers.
#[derive(Debug)]
pub(crate) struct PriceBook {
    years: Vec<OpenYear>,
    hospitals: Hospitals,
    payers: Option<PayerTable>,
    /// By name, those that the payers' terms name.
    payer_weights: BTreeMap<String, DrgWeights>,
    default_provider: String,
}

#[derive(Debug)]
struct OpenYear {
    first: Date,
    last: Date,
    year: Result<Year, String>,
    wages: Option<WageIndexTable>,
}

/// Why a case has no price, in words for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct PriceProblem(pub(crate) String);

/// The price of a case.
#[derive(Debug)]
pub(crate) enum Priced {
    /// By Medicare's prospective payment system.
    Medicare(Box<Payment>),
    /// By another payer's terms.
    Payer(PayerPayment),
}

/// The price of a case, line by line.
#[derive(Debug)]
pub(crate) enum Sheet {
    /// By Medicare's prospective payment system.
    Medicare(Box<Worksheet>),
    /// By another payer's terms.
    Payer(PayerPayment),
}

impl PriceBook {
    /// Opens what `args` name, and the years of `pack`.
    pub(crate) fn open(pack: &Pack, editions: &Registry, args: &PriceArgs) -> Result<Self, PriceProblem> {
        let years = open_years(pack, editions, args.wage_index.as_deref())?;
        let mut book = Self {
            hospitals: Hospitals::read(&args.provider_files, years.len()).map_err(PriceProblem)?,
            years,
            payers: None,
            payer_weights: BTreeMap::new(),
            default_provider: args.provider.clone().unwrap_or_default(),
        };
        if let Some(file) = &args.payers {
            book.add_payers(pack, file, &read(file)?)?;
        }
        Ok(book)
    }

    /// Adds the hospitals of a provider file that is at hand as text.
    pub(crate) fn add_hospitals(&mut self, name: &str, text: &str) -> Result<(), PriceProblem> {
        self.hospitals.add(name, text, self.years.len()).map_err(PriceProblem)
    }

    /// Takes the payers of a table at hand as text. Weights are those of the pack, or stand beside `file`.
    pub(crate) fn add_payers(&mut self, pack: &Pack, file: &Path, text: &str) -> Result<(), PriceProblem> {
        let table = PayerTable::parse(&file.display().to_string(), text).map_err(problem)?;
        for weights in table.payers().iter().filter_map(PayerTerms::weights_name) {
            let text = match pack.text(&format!("ipps/{weights}.tsv")) {
                Ok(text) => text,
                Err(_) => read(&file.with_file_name(format!("{weights}.tsv")))?,
            };
            let read = DrgWeights::parse(weights, &text).map_err(problem)?;
            self.payer_weights.insert(weights.to_owned(), read);
        }
        self.payers = Some(table);
        Ok(())
    }

    /// The grouper version the claim's payer groups by, if it is another than Medicare's.
    pub(crate) fn payer_version(&self, claim: &Claim) -> Option<Version> {
        self.terms(claim).and_then(Result::ok).map(|terms| terms.grouper_version)
    }

    /// The terms of the claim's payer; `None` if it is Medicare's claim.
    fn terms(&self, claim: &Claim) -> Option<Result<&PayerTerms, PriceProblem>> {
        let payer = &claim.billing.payer;
        if payer.is_empty() || payer.eq_ignore_ascii_case("medicare") {
            return None;
        }
        let none = || PriceProblem(format!("no payer table is given for payer '{payer}' (--payers)"));
        let table = self.payers.as_ref().ok_or_else(none);
        Some(table.and_then(|table| table.on(payer, claim.case.discharge_date).map_err(problem)))
    }

    /// Prices `claim` under `drg`.
    pub(crate) fn price(&self, drg: Drg, claim: &Claim) -> Result<Priced, PriceProblem> {
        if let Some(terms) = self.terms(claim) {
            return self.price_by_payer(terms?, drg, claim).map(Priced::Payer);
        }
        let (number, year) = self.year_of(claim)?;
        let hospital = self.hospital(claim, number, year)?;
        Ok(Priced::Medicare(Box::new(pricer::price(drg, &stay_of(claim), &hospital.1, year))))
    }

    /// Prices `claim` under `drg` and explains every line.
    pub(crate) fn explain(&self, drg: Drg, claim: &Claim) -> Result<Sheet, PriceProblem> {
        if let Some(terms) = self.terms(claim) {
            return self.price_by_payer(terms?, drg, claim).map(Sheet::Payer);
        }
        let (number, year) = self.year_of(claim)?;
        let hospital = self.hospital(claim, number, year)?;
        let worksheet = pricer::explain(drg, &stay_of(claim), &hospital.0, year).map_err(problem)?;
        Ok(Sheet::Medicare(Box::new(worksheet)))
    }

    fn price_by_payer(
        &self,
        terms: &PayerTerms,
        drg: Drg,
        claim: &Claim,
    ) -> Result<PayerPayment, PriceProblem> {
        let none = DrgWeights::new("", Vec::new());
        let weights = terms.weights_name().and_then(|name| self.payer_weights.get(name)).unwrap_or(&none);
        terms.price(drg, &stay_of(claim), weights).map_err(problem)
    }

    fn hospital(
        &self,
        claim: &Claim,
        number: usize,
        year: &Year,
    ) -> Result<&(pricer::Provider, pricer::HospitalFactors), PriceProblem> {
        let named = &claim.billing.provider;
        let ccn = if named.is_empty() { &self.default_provider } else { named };
        if ccn.is_empty() {
            let what = "the case names no hospital, and none is given by --provider";
            return Err(PriceProblem(what.to_owned()));
        }
        let wages = self.years[number].wages.as_ref();
        let on = self.hospitals.on(ccn, claim.case.discharge_date, number, &year.rates, wages);
        on.map_err(PriceProblem)
    }

    fn year_of(&self, claim: &Claim) -> Result<(usize, &Year), PriceProblem> {
        let day = claim.case.discharge_date;
        let found = self.years.iter().position(|year| (year.first..=year.last).contains(&day));
        let number = found.ok_or_else(|| PriceProblem(format!("no ipps-rates edition governs {day}")))?;
        let year = self.years[number].year.as_ref().map_err(|error| PriceProblem(error.clone()))?;
        Ok((number, year))
    }
}

fn open_years(pack: &Pack, editions: &Registry, wages: Option<&Path>) -> Result<Vec<OpenYear>, PriceProblem> {
    let rates = editions.editions().iter().filter(|edition| edition.family == Family::IppsRates);
    let open = |edition: &codeset::Edition| {
        let packed = format!("ipps/wage-index-fy{}.tsv", edition.version);
        let wages = match (wages, pack.text(&packed)) {
            (Some(file), _) => Some(open_wages(&file.display().to_string(), &read(file)?, edition.first)?),
            (None, Ok(text)) => Some(open_wages(&packed, &text, edition.first)?),
            (None, Err(_)) => None,
        };
        let year = Year::open(pack, editions, edition.first).map_err(|error| error.to_string());
        Ok(OpenYear { first: edition.first, last: edition.last, year, wages })
    };
    rates.map(open).collect()
}

/// Reads our own form, which begins with its source, or CMS's.
fn open_wages(name: &str, text: &str, first: Date) -> Result<WageIndexTable, PriceProblem> {
    let ours = text.starts_with("# Source:");
    let table = if ours {
        WageIndexTable::parse(name, text, first)
    } else {
        WageIndexTable::import(name, name, text, first)
    };
    table.map_err(problem)
}

/// The stay as the pricer sees it. A claim that does not say how many days are covered is taken as covered whole.
fn stay_of(claim: &Claim) -> Stay {
    let (case, billing) = (&claim.case, &claim.billing);
    let secondary = case.secondary.iter().map(|diagnosis| diagnosis.code);
    Stay {
        discharge_status: case.discharge_status,
        stay_days: case.stay_days,
        covered_days: billing.covered_days.or(case.stay_days),
        lifetime_reserve_days: Some(billing.lifetime_reserve_days.unwrap_or(0)),
        covered_charges: billing.charges,
        diagnoses: std::iter::once(case.principal.code).chain(secondary).collect(),
        procedures: case.procedures.iter().map(|procedure| procedure.code).collect(),
        condition_codes: billing.condition_codes.clone(),
        ..Stay::new(case.discharge_date)
    }
}

fn read(file: &Path) -> Result<String, PriceProblem> {
    std::fs::read_to_string(file).map_err(|error| PriceProblem(format!("{}: {error}", file.display())))
}

fn problem(error: impl std::fmt::Display) -> PriceProblem {
    PriceProblem(error.to_string())
}
