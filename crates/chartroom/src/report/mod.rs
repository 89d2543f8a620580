//! Everything the desk says of one case, with its reasons: for people as text, for programs as JSON.

mod json;
mod sheet;
mod text;

use bulk::Claim;
use codeset::manual::{Classification, Manual};
use codeset::{Code, Drg, Family, Pack, Registry};
use grouper::{Desk, DeskError, DeskScratch, EditFinding, Outcome, ReturnCode, Trace, WhyNot};
use jiff::civil::Date;

use crate::price::{PriceBook, PriceProblem, Sheet};

pub(crate) use sheet::dollars;

/// What reports are made from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reporter<'d> {
    pub(crate) desk: &'d Desk,
    pub(crate) pack: &'d Pack,
    /// Where prices come from; without it nothing is priced.
    pub(crate) book: Option<&'d PriceBook>,
}

/// All that is said of one case.
#[derive(Debug)]
pub(crate) struct CaseReport {
    pub(crate) claim: Claim,
    pub(crate) codes: Vec<CodeLine>,
    /// The editions that governed the case, such as `msdrg 44.0`.
    pub(crate) editions: Vec<String>,
    pub(crate) outcome: Outcome,
    pub(crate) findings: Vec<EditFinding>,
    pub(crate) trace: Trace,
    pub(crate) why_not: Option<WhyNot>,
    pub(crate) price: Option<Result<Sheet, PriceProblem>>,
}

/// One code of the case.
#[derive(Debug)]
pub(crate) struct CodeLine {
    /// Its part: admitting, principal, secondary, procedure.
    pub(crate) part: &'static str,
    /// The code as the manual prints it.
    pub(crate) code: String,
    /// Its title on the discharge date.
    pub(crate) title: String,
    /// Whether it is valid on the discharge date.
    pub(crate) is_valid: bool,
}

impl Reporter<'_> {
    /// Works on `claim`; `why_not` is a DRG the reader expected.
    pub(crate) fn report(&self, claim: &Claim, why_not: Option<Drg>) -> Result<CaseReport, DeskError> {
        let case = &claim.case;
        let version = case.version.or_else(|| self.book.and_then(|book| book.payer_version(claim)));
        let outcome = self.desk.process_by(version, case, &mut DeskScratch::default())?;
        let grouper = self.desk.grouper(outcome.version)?;
        Ok(CaseReport {
            codes: self.codes(claim),
            editions: self.editions(&outcome, case.discharge_date),
            findings: self.desk.editor().findings(case),
            trace: grouper.explain(case),
            why_not: why_not.and_then(|drg| grouper.why_not(case, drg)),
            price: self.book.map(|book| price(book, claim, &outcome)),
            outcome,
            claim: claim.clone(),
        })
    }

    fn codes(&self, claim: &Claim) -> Vec<CodeLine> {
        let case = &claim.case;
        let date = case.discharge_date;
        let diagnosis = |part, code: Code| self.code_line(part, Classification::Icd10cm, code, date);
        let mut lines: Vec<_> = case.admitting.iter().map(|a| diagnosis("admitting", a.code)).collect();
        lines.push(diagnosis("principal", case.principal.code));
        lines.extend(case.secondary.iter().map(|s| diagnosis("secondary", s.code)));
        let procedures = case.procedures.iter();
        lines.extend(procedures.map(|p| self.code_line("procedure", Classification::Icd10pcs, p.code, date)));
        lines
    }

    fn code_line(&self, part: &'static str, of: Classification, code: Code, date: Date) -> CodeLine {
        let entry = Manual::new(self.pack).entry(of, code).ok().flatten();
        let title = entry.as_ref().and_then(|entry| entry.title_on(date)).map(|title| title.text.clone());
        CodeLine {
            part,
            code: of.print(code),
            title: title.unwrap_or_else(|| "title not at hand".to_owned()),
            is_valid: entry.is_some_and(|entry| entry.is_valid_on(date)),
        }
    }

    fn editions(&self, outcome: &Outcome, date: Date) -> Vec<String> {
        let editions: &Registry = self.desk.editions();
        let by_date = [Family::Icd10cm, Family::Icd10pcs, Family::Mce];
        let mut ids = vec![format!("msdrg {}", outcome.version)];
        ids.extend(
            by_date.iter().filter_map(|&family| editions.on(family, date).ok()).map(codeset::Edition::id),
        );
        if self.book.is_some() {
            let of_price = [Family::IppsTable5, Family::IppsRates];
            ids.extend(of_price.iter().filter_map(|&f| editions.on(f, date).ok()).map(codeset::Edition::id));
        }
        ids
    }
}

fn price(book: &PriceBook, claim: &Claim, outcome: &Outcome) -> Result<Sheet, PriceProblem> {
    let last = outcome.grouping.last;
    if last.return_code != ReturnCode::Ok {
        return Err(PriceProblem(format!("not priced: {}", last.return_code.meaning())));
    }
    book.explain(last.drg, claim)
}
