//! Cases from the institutional claims of an 837.

use std::io::BufRead;

use codeset::CodeIndex;
use exchange::x12::{ClaimRead, Claims, InstitutionalClaim, ReportedDiagnosis, ReportedSex};
use grouper::{Poa, Sex};
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::fault::shortened;
use crate::field::{self, CaseField, Field, Scalar};
use crate::{Batch, CaseFault, Claim, FieldName, Place, Source, SourceError};

/// Claim filing indicator (SBR09) of Medicare Part A.
const MEDICARE_PART_A: &str = "MA";

/// Claims handed to a thread at a time.
const BATCH_CLAIMS: usize = 128;

/// Types of bill that are inpatient stays grouped by DRG: hospital inpatient under Part A (11x), and religious
/// non-medical hospital inpatient (41x).
const INPATIENT_BILLS: [&str; 2] = ["11", "41"];

/// UB-04 value codes: covered days, lifetime reserve days.
const COVERED_DAYS: &str = "80";
const LIFETIME_RESERVE_DAYS: &str = "83";

/// An input of 837 claims.
#[derive(Debug)]
pub struct Cases837<R> {
    claims: Claims<R>,
}

/// Claims, not yet cases.
#[derive(Debug, Default)]
pub struct Batch837(Vec<ClaimRead>);

impl<R: BufRead> Cases837<R> {
    /// Reads from `input`.
    pub fn new(input: R) -> Self {
        Self { claims: Claims::new(input) }
    }
}

impl<R: BufRead + Send> Source for Cases837<R> {
    type Batch = Batch837;

    fn fill(&mut self, batch: &mut Batch837) -> Result<bool, SourceError> {
        batch.0.clear();
        while batch.0.len() < BATCH_CLAIMS {
            match self.claims.next() {
                Some(Ok(claim)) => batch.0.push(claim),
                Some(Err(error)) => return Err(error.into()),
                None => break,
            }
        }
        Ok(!batch.0.is_empty())
    }
}

impl Batch for Batch837 {
    fn for_each(
        &self,
        codes: &CodeIndex,
        case: &mut Claim,
        mut take: impl FnMut(Place, &Claim, Result<(), CaseFault>),
    ) {
        for read in &self.0 {
            case.clear();
            case.case.id.clone_from(&read.patient_control_number);
            let converted = match &read.claim {
                Ok(claim) => convert(claim, codes, case),
                Err(fault) => Err(fault.clone().into()),
            };
            take(Place::Segment(read.segment), case, converted);
        }
    }
}

/// Makes `claim` a case. The day of discharge is the last of the statement period; a stay within one day counts as
/// one day, as Medicare counts it.
fn convert(claim: &InstitutionalClaim, codes: &CodeIndex, into: &mut Claim) -> Result<(), CaseFault> {
    let bill = claim.type_of_bill.as_str();
    if !INPATIENT_BILLS.iter().any(|kind| bill.starts_with(kind)) {
        return Err(CaseFault::NotInpatient(shortened(bill)));
    }
    let discharged = claim.statement.map(|period| period.last);
    let admitted = claim.admitted.or(claim.statement.map(|period| period.first));
    into.case.sex = sex(claim.patient().sex);
    into.case.discharge_date = discharged.ok_or(CaseFault::Missing(FieldName::of("discharge_date")))?;
    into.case.age_years = claim.patient().born.zip(admitted).and_then(|(born, on)| completed_years(born, on));
    into.case.stay_days = admitted.zip(discharged).and_then(|(from, to)| days(from, to));
    let mut set = |field: Field, text: &str| field.set(into, Scalar::Text(text), codes);
    set(Field::DischargeStatus, &claim.discharge_status)?;
    set(Field::AdmitDx, &claim.admitting_diagnosis)?;
    set(Field::Provider, &claim.billing_provider.npi)?;
    // Medicare needs no payer table; its contractors go by many identifiers.
    let payer = if claim.claim_filing == MEDICARE_PART_A { "" } else { claim.payer.key() };
    set(Field::Payer, payer)?;
    set(Field::CoveredDays, &count(claim.value(COVERED_DAYS)))?;
    set(Field::LifetimeReserveDays, &count(claim.value(LIFETIME_RESERVE_DAYS)))?;
    into.billing.charges = Some(claim.total_charges);
    convert_codes(claim, codes, into)?;
    into.require_essentials()
}

fn convert_codes(claim: &InstitutionalClaim, codes: &CodeIndex, into: &mut Claim) -> Result<(), CaseFault> {
    let diagnosis = |given: &ReportedDiagnosis, place: FieldName| {
        let code = field::code(Scalar::Text(&given.code), place.part("code"))?;
        Ok((code, Poa::from_text(&given.present_on_admission)))
    };
    let code = |text: &str, place| Ok((field::code(Scalar::Text(text), place)?, Poa::Blank));
    let (principal, poa) = diagnosis(&claim.principal_diagnosis, FieldName::of("pdx"))?;
    into.case.principal = grouper::Diagnosis::new(principal, poa, codes);
    for given in &claim.other_diagnoses {
        CaseField::Secondary.push(into, |place| diagnosis(given, place), codes)?;
    }
    for given in &claim.procedures {
        CaseField::Procedures.push(into, |place| code(&given.code, place), codes)?;
    }
    for given in &claim.condition_codes {
        CaseField::ConditionCodes.push(into, |place| code(given, place), codes)?;
    }
    Ok(())
}

fn sex(reported: ReportedSex) -> Sex {
    match reported {
        ReportedSex::Male => Sex::Male,
        ReportedSex::Female => Sex::Female,
        ReportedSex::Unknown => Sex::Unknown,
    }
}

/// A count of days as text; blank if the claim has none. `80.00` is a count too.
fn count(amount: Option<Decimal>) -> String {
    amount.map_or_else(String::new, |amount| amount.normalize().to_string())
}

/// Whole years from birth to `on`; nothing if born later.
fn completed_years(born: Date, on: Date) -> Option<i16> {
    let before_birthday = (on.month(), on.day()) < (born.month(), born.day());
    (born <= on).then(|| on.year() - born.year() - i16::from(before_birthday))
}

/// Days from admission to discharge, at least one; nothing if discharged before admission.
fn days(admitted: Date, discharged: Date) -> Option<u16> {
    let days = u16::try_from((discharged - admitted).get_days()).ok()?;
    Some(days.max(1))
}
