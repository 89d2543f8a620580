//! Everything that is said of a list of codes. Nothing is stored here, and nothing fails: what is not held is named.

use chart::coding::Codes;
use chart::id::Digest;
use codeset::manual::Classification;
use codeset::{Code, Family};
use grouper::{EditFinding, PaymentStage, Severity, Trace};
use guidelines::{Review, SafetyFlag};
use pricer::{Stay, Worksheet};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use super::raise::{Raise, raises};
use super::{Books, Facts};

/// What is said of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineFacts {
    /// The code as the manual prints it.
    pub code: String,
    /// Its title on the day of discharge.
    pub title: String,
    /// Whether it may be reported on that day.
    pub is_valid: bool,
    /// What it is as a secondary diagnosis: `MCC`, `CC`, or nothing.
    pub severity: &'static str,
    /// What it counted for in the DRG.
    pub counted_as: &'static str,
    /// Why it counted for less.
    pub cancelled: Option<String>,
    /// The hospital-acquired conditions it is listed under, and how that ended.
    pub hacs: Vec<String>,
    /// The Patient Safety Indicators that may count it, with what they ask for besides.
    pub safety: Vec<String>,
    /// Whether the DRG would be another without it.
    pub decides: bool,
}

/// The DRG, with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The grouper version: `44.0`.
    pub version: String,
    /// The MS-DRG that is paid.
    pub drg: u16,
    /// Its title.
    pub title: String,
    /// Its relative weight, where the year's table is held.
    pub weight: Option<Decimal>,
    /// The whole reasoning.
    pub trace: Trace,
    /// BLAKE3 of the reasoning as JSON.
    pub digest: Digest,
    /// What more exact documentation could change.
    pub raises: Vec<Raise>,
}

/// A finding as it stands in the way of closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Objection {
    /// What it is known by: the rule, with its codes.
    pub finding: String,
    /// What is wrong, in words.
    pub what: String,
    /// Whether it may be set aside with a reason.
    pub may_override: bool,
}

/// Everything that is said of a list of codes.
#[derive(Debug, Clone, Serialize)]
pub struct Computed {
    /// One for each diagnosis.
    pub diagnoses: Vec<LineFacts>,
    /// One for each procedure.
    pub procedures: Vec<LineFacts>,
    /// The DRG, for stays that have one and a principal diagnosis.
    pub group: Option<Group>,
    /// What the Medicare Code Editor finds; of inpatients only.
    pub edits: Vec<EditFinding>,
    /// What the guidelines find.
    pub review: Option<Review>,
    /// Editions in force.
    pub editions: Vec<String>,
    /// What could not be said, and why.
    pub not_at_hand: Vec<String>,
}

/// Holds codes against the books.
#[must_use]
pub fn compute(books: &Books, facts: &Facts, codes: &Codes) -> Computed {
    let mut not_at_hand = Vec::new();
    let coding = facts.coding(codes);
    let review = match books.guidelines.review(&coding, &facts.rules) {
        Ok(review) => Some(review),
        Err(error) => {
            not_at_hand.push(error.to_string());
            None
        }
    };
    let is_grouped = facts.has_drg() && !codes.diagnoses.is_empty();
    let (mut group, mut edits) = (None, Vec::new());
    if is_grouped {
        let case = facts.case(codes, books.desk.codes());
        edits = books.desk.editor().findings(&case);
        match grouped(books, facts, codes) {
            Ok(found) => group = Some(found),
            Err(error) => not_at_hand.push(error.to_string()),
        }
    }
    let trace = group.as_ref().map(|group| &group.trace);
    Computed {
        diagnoses: diagnoses(books, facts, codes, (trace, &books.guidelines.safety(&coding))),
        procedures: procedures(books, facts, codes, trace),
        editions: editions(books, facts, is_grouped),
        group,
        edits,
        review,
        not_at_hand,
    }
}

fn grouped(books: &Books, facts: &Facts, codes: &Codes) -> Result<Group, grouper::DeskError> {
    let case = facts.case(codes, books.desk.codes());
    let grouper = books.desk.grouper_for(&case)?;
    let trace = grouper.explain(&case);
    let row = books.year(facts.discharged).and_then(|year| year.weights.get(trace.last.drg));
    // Our own value: its JSON cannot fail.
    let json = serde_json::to_vec(&trace).unwrap_or_default();
    Ok(Group {
        version: grouper.version().to_string(),
        drg: trace.last.drg.0,
        title: trace.last.title.clone(),
        weight: row.and_then(|row| row.weight),
        digest: Digest::of(&json),
        raises: raises(books, facts, codes, grouper, trace.last.drg),
        trace,
    })
}

fn editions(books: &Books, facts: &Facts, is_grouped: bool) -> Vec<String> {
    let mut families = vec![Family::Icd10cm];
    if is_grouped {
        families.extend([Family::Icd10pcs, Family::Mce, Family::Msdrg]);
    }
    let on = |family| books.desk.editions().on(family, facts.discharged).ok().map(codeset::Edition::id);
    families.into_iter().filter_map(on).collect()
}

fn diagnoses(
    books: &Books,
    facts: &Facts,
    codes: &Codes,
    (trace, flags): (Option<&Trace>, &[SafetyFlag]),
) -> Vec<LineFacts> {
    let line = |(place, one): (usize, &chart::coding::CodedDiagnosis)| {
        let mut line = plain(books, facts, Classification::Icd10cm, one.code, trace);
        line.safety = flags.iter().filter(|flag| flag.place == place).map(safety).collect();
        let traced = place.checked_sub(1).and_then(|at| trace.and_then(|trace| trace.secondary.get(at)));
        if let Some(traced) = traced {
            line.severity = severity(traced.severity);
            line.counted_as = severity(traced.counted_as);
            line.cancelled.clone_from(&traced.cancelled);
            let hac = |one: &grouper::HacTrace| format!("HAC {}: {}, {}", one.hac, one.title, one.outcome);
            line.hacs = traced.hacs.iter().map(hac).collect();
        }
        line
    };
    codes.diagnoses.iter().enumerate().map(line).collect()
}

/// `PSI 06: Iatrogenic pneumothorax, with an operation (AHRQ PSI 06, numerator)`.
fn safety(flag: &SafetyFlag) -> String {
    let beside = if flag.beside.is_empty() { String::new() } else { format!(", with {}", flag.beside) };
    format!("{}: {}{beside} ({})", flag.indicator, flag.title, flag.because)
}

fn procedures(books: &Books, facts: &Facts, codes: &Codes, trace: Option<&Trace>) -> Vec<LineFacts> {
    let line =
        |one: &chart::coding::CodedProcedure| plain(books, facts, Classification::Icd10pcs, one.code, trace);
    codes.procedures.iter().map(line).collect()
}

fn plain(books: &Books, facts: &Facts, of: Classification, code: Code, trace: Option<&Trace>) -> LineFacts {
    let printed = of.print(code);
    LineFacts {
        title: books.title(of, code, facts.discharged),
        is_valid: books.is_valid(of, code, facts.discharged),
        severity: "",
        counted_as: "",
        cancelled: None,
        hacs: Vec::new(),
        safety: Vec::new(),
        decides: trace.is_some_and(|trace| trace.influences.iter().any(|one| one.code == printed)),
        code: printed,
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::None => "",
        Severity::Cc => "CC",
        Severity::Mcc => "MCC",
    }
}

impl Computed {
    /// The relative weight of the DRG in ten-thousandths, as the unbilled board adds it up.
    pub(super) fn weight(&self) -> Option<i64> {
        let weight = self.group.as_ref()?.weight?;
        (weight * Decimal::from(10_000)).round().to_i64()
    }

    /// What stands in the way of closing: errors of the guidelines, and edits for which a claim comes back.
    #[must_use]
    pub fn objections(&self) -> Vec<Objection> {
        let reviewed = self.review.iter().flat_map(|review| &review.findings);
        let errors =
            reviewed.filter(|one| one.severity == guidelines::Severity::Error).map(|one| Objection {
                finding: one.identity(),
                what: format!("{}: {}", one.title, one.what),
                may_override: one.may_override,
            });
        let before = self.edits.iter().filter(|one| one.stage == PaymentStage::Before).map(|one| Objection {
            finding: format!("mce/{}/{}", one.edit, one.code),
            what: format!("{}: {}", one.title, one.because),
            may_override: true,
        });
        errors.chain(before).collect()
    }

    /// The price of the stay line by line, at the hospital of the books.
    ///
    /// # Errors
    /// In words for people: what is missing.
    pub fn price(&self, books: &Books, facts: &Facts, codes: &Codes) -> Result<Worksheet, String> {
        let group = self.group.as_ref().ok_or("there is no DRG to be priced")?;
        let hospital = books.hospital.as_ref().ok_or("the hospital's provider record is not set up here")?;
        let year = books.year(facts.discharged).ok_or("the year's rates are not held")?;
        let stay = Stay {
            discharge_status: facts.status(codes),
            stay_days: facts.stay_days(),
            covered_days: facts.stay_days(),
            // Charges do not come with the record; without them there is no outlier.
            covered_charges: Some(Decimal::ZERO),
            diagnoses: codes.diagnoses.iter().map(|one| one.code).collect(),
            procedures: codes.procedures.iter().map(|one| one.code).collect(),
            ..Stay::new(facts.discharged)
        };
        pricer::explain(codeset::Drg(group.drg), &stay, hospital, year).map_err(|error| error.to_string())
    }
}
