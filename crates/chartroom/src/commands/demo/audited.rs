//! Two audit samples of the demo's closed codes: one settled, with an error that was rebutted and upheld, and one that the
//! auditor has begun.

use std::error::Error;

use chart::access::Role;
use chart::coding::{Change, CodedDiagnosis, Origin, Present};
use chart::coding_audit::{AuditedCase, CaseStateKey, Criteria, Said, Sample, Size};
use codeset::Code;
use hospital::zone;
use jiff::ToSpan;
use jiff::civil::Date;
use store::coding::{CaseFilter, ClosedFilter};
use store::{Page, Store};
use workflow::Who;
use workflow::auditing::{Verb, act, draw};
use workflow::coding::Books;

use super::coded::acting;
use super::seed::signed_in;

/// Encounters of each sample.
const SIZE: u32 = 2;
/// Months back from which closed codes are drawn.
const MONTHS: i64 = 3;

/// What the auditor finds missed: long-term drug therapy.
const MISSED: &str = "Z79.899";

/// Who takes part.
struct People {
    coder: Who,
    auditor: Who,
    supervisor: Who,
}

/// Draws both samples and works on them; none where no codes are closed.
pub(super) async fn fill(store: &Store) -> Result<(), Box<dyn Error>> {
    let mut view = store.view().await?;
    let closed = store::coding::count_closed(&mut view, &ClosedFilter::default()).await?;
    view.close().await?;
    if closed == 0 {
        return Ok(());
    }
    let books = Books::open(crate::held::open(None)?)?;
    let people = People {
        coder: wearing(store, "coder", Role::Coder).await?,
        auditor: wearing(store, "auditor", Role::Auditor).await?,
        supervisor: wearing(store, "supervisor", Role::Supervisor).await?,
    };
    let settled = drawn(store, &people, "first-quarter").await?;
    for case in cases(store, &settled).await? {
        settle(store, &books, &people, case).await?;
    }
    let begun = drawn(store, &people, "second-quarter").await?;
    if let Some(case) = cases(store, &begun).await?.into_iter().next() {
        let case = does(store, &books, &people.auditor, &case, Verb::Begin).await?;
        again(store, &books, &people.auditor, case).await?;
    }
    Ok(())
}

async fn wearing(store: &Store, login: &str, role: Role) -> Result<Who, Box<dyn Error>> {
    Ok(Who::User { id: signed_in(store, login).await?, role, party: None })
}

async fn drawn(store: &Store, people: &People, seed: &str) -> Result<Sample, Box<dyn Error>> {
    let mut context = acting(&people.supervisor);
    let to: Date = context.at.to_zoned(zone()).date();
    let criteria = Criteria {
        from: to.saturating_sub(MONTHS.months()),
        to,
        setting: None,
        coder: None,
        drg: None,
        payer: String::new(),
        size: Size::Count(SIZE),
    };
    Ok(draw(store, &mut context, criteria, seed, &zone()).await?)
}

async fn cases(store: &Store, sample: &Sample) -> Result<Vec<AuditedCase>, Box<dyn Error>> {
    let mut view = store.view().await?;
    let filter = CaseFilter { sample: Some(sample.id), ..CaseFilter::default() };
    let cases = store::coding::cases(&mut view, &filter, Page::first(SIZE)).await?;
    view.close().await?;
    Ok(cases)
}

async fn does(
    store: &Store,
    books: &Books,
    who: &Who,
    case: &AuditedCase,
    verb: Verb,
) -> Result<AuditedCase, Box<dyn Error>> {
    Ok(act(store, &acting(who), books, (case.id, case.version), verb, &zone()).await?)
}

/// The auditor comes to the coder's codes.
async fn again(
    store: &Store,
    books: &Books,
    auditor: &Who,
    mut case: AuditedCase,
) -> Result<AuditedCase, Box<dyn Error>> {
    for line in case.coded.codes.diagnoses.clone() {
        case = does(store, books, auditor, &case, Verb::Change(Change::AddDiagnosis(line, None))).await?;
    }
    Ok(case)
}

/// The auditor has a code that the coder has not: a medicine taken for long.
async fn missed(
    store: &Store,
    books: &Books,
    auditor: &Who,
    case: AuditedCase,
) -> Result<AuditedCase, Box<dyn Error>> {
    let code = Code::parse(MISSED)?;
    if case.coded.codes.diagnoses.iter().any(|one| one.code == code) {
        return Ok(case);
    }
    let line =
        CodedDiagnosis { code, present: Present::Blank, origin: Origin::Entered, evidence: Vec::new() };
    does(store, books, auditor, &case, Verb::Change(Change::AddDiagnosis(line, None))).await
}

/// From the first code to the supervisor's word.
async fn settle(
    store: &Store,
    books: &Books,
    people: &People,
    case: AuditedCase,
) -> Result<(), Box<dyn Error>> {
    let is_first = case.place == 1;
    let mut case = does(store, books, &people.auditor, &case, Verb::Begin).await?;
    case = again(store, books, &people.auditor, case).await?;
    if is_first {
        case = missed(store, books, &people.auditor, case).await?;
    }
    case = does(store, books, &people.auditor, &case, Verb::Finish).await?;
    let said = |is_error: bool, reason: &str| Said { is_error, reason: reason.to_owned() };
    while case.key() != CaseStateKey::Settled {
        let findings = case.audited().map(|one| one.findings.len()).unwrap_or_default();
        let all = |one: Said| vec![one; findings];
        let (who, verb) = match case.key() {
            CaseStateKey::Comparing => {
                let word = said(true, "The list of medicines names one that is taken for years.");
                (&people.auditor, Verb::Report(all(word)))
            }
            CaseStateKey::Answering => {
                (&people.coder, Verb::Answer(all(said(false, "We have not reported these in short stays."))))
            }
            _ => (
                &people.supervisor,
                Verb::Decide(all(said(
                    true,
                    "The department decided in spring to report them in every stay.",
                ))),
            ),
        };
        case = does(store, books, who, &case, verb).await?;
    }
    Ok(())
}
