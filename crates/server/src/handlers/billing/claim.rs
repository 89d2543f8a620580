//! The claim of an encounter: what it would say, what is missing, what went out, what was paid.

use chart::access::Permission;
use chart::claim::{Claim, Standing};
use chart::id::{ClaimId, EncounterId};
use paper::{ClaimToPrint, Footer, Paper};
use workflow::billing::claims::{self as cases, ClaimDesk};
use workflow::billing::{Prepared, ServiceLine};

use super::{adjustments, dollars, status};
use crate::call::{Call, Reply, file, go_saying};
use crate::handlers::chart::top;
use crate::pages::billing::{ClaimPage, WriteClaim};
use crate::pages::parts::{Cell, Fact, Table};
use crate::problem::{Problem, sentence};
use crate::show::Show;

const CONFIDENTIAL: &str = "Confidential: protected health information.";

fn base(call: &Call) -> Result<String, Problem> {
    let encounter: EncounterId = call.id("encounter")?;
    Ok(format!("/patients/{}/encounters/{encounter}", call.parameters.text("patient")))
}

pub(crate) async fn desk(call: Call) -> Reply {
    let page = page(&call, None).await?;
    call.page(&page)
}

async fn page(call: &Call, problem: Option<String>) -> Result<ClaimPage, Problem> {
    let zone = &call.house.config.zone;
    let desk = cases::read(&call.house.store, &call.context()?, call.id("encounter")?, zone).await?;
    let (base, show) = (base(call)?, call.show());
    let visit = &desk.encounter.visit;
    Ok(ClaimPage {
        encounter: format!("{}, {}", visit.setting.title(), show.span(visit.stay)),
        here: format!("{base}/claim"),
        codes: call.may(Permission::CodingRead).then(|| format!("{base}/coding?for=record")),
        problem,
        missing: desk.prepared.missing.iter().map(|one| sentence(one)).collect(),
        notes: desk.prepared.notes.clone(),
        facts: facts(&desk.prepared),
        lines: lines(&desk.prepared.claim.lines),
        write: call.may(Permission::ClaimWrite).then(|| write_form(call, &desk)).flatten(),
        claims: claims(call, &base, &desk.claims, &show),
        answers: answers(&desk, &show),
        adjustments: adjustments(desk.answers.iter().map(|one| &one.said)),
        top: top(call, &desk.banner, "Encounters"),
    })
}

/// The form, unless the claim that went out says the same, or something is missing that cannot be entered here.
fn write_form(call: &Call, desk: &ClaimDesk) -> Option<WriteClaim> {
    let prepared = &desk.prepared;
    let (set, version) = prepared.from?;
    let is_out =
        |one: &Claim| one.standing == Standing::Out && (one.code_set, one.code_set_version) == (set, version);
    let repeats = !prepared.is_trial && desk.claims.iter().any(is_out);
    let replaces = prepared.replaces.is_some();
    if repeats || !(prepared.missing.is_empty() || replaces) {
        return None;
    }
    let label = match (prepared.is_trial, replaces) {
        (true, _) => "Write a trial claim",
        (false, true) => "Write the replacing claim",
        (false, false) => "Write the claim",
    };
    let typed = call.form.text("replaces");
    let number = if typed.is_empty() { &prepared.claim.replaced_claim } else { typed };
    Some(WriteClaim { label, replaces, number: number.to_owned() })
}

fn facts(prepared: &Prepared) -> Vec<Fact> {
    let claim = &prepared.claim;
    let others = claim.other_diagnoses.iter().chain(&claim.external_causes);
    let codes = std::iter::once(&claim.principal_diagnosis).chain(others).map(|one| one.code.as_str());
    let procedures = claim.procedures.iter().map(|one| one.code.as_str());
    let days = claim.statement.map_or_else(String::new, |days| format!("{} to {}", days.first, days.last));
    let bill = match claim.type_of_bill.as_str() {
        "" => String::new(),
        bill => format!("0{bill}"),
    };
    let facts = [
        Fact::new("Account number", claim.patient_control_number.clone()),
        Fact::new("Type of bill", bill),
        Fact::new("Statement", days),
        Fact::new("Payer", claim.payer.name.clone()),
        Fact::new("Insured", claim.subscriber.person.filed_name()),
        Fact::new("Diagnoses", codes.collect::<Vec<_>>().join(" ")),
        Fact::new("Procedures", procedures.collect::<Vec<_>>().join(" ")),
        Fact::new("MS-DRG", claim.reported_drg.clone()),
        Fact::new("Charges", format!("{:.2}", claim.total_charges)),
    ];
    facts.into_iter().flatten().collect()
}

fn lines(lines: &[ServiceLine]) -> Table {
    let row = |one: &ServiceLine| {
        vec![
            Cell::new(one.revenue_code.clone()),
            Cell::new(one.hcpcs.clone()),
            Cell::new(one.units.to_string()).number(),
            Cell::new(format!("{:.2}", one.charge)).number(),
        ]
    };
    let columns = ["Revenue code", "HCPCS", "Units", "Charge"];
    Table::new("Service lines", &columns, "There are no lines yet.").rows(lines.iter().map(row))
}

fn claims(call: &Call, base: &str, claims: &[Claim], show: &Show) -> Table {
    let may_take = call.may(Permission::ClaimWrite);
    let row = |one: &Claim| {
        let at = one.history.all().first().map(|first| show.moment(first.stamp.at)).unwrap_or_default();
        let why = one.history.all().last().filter(|last| last.verb == "open-again");
        let (mark, said) = match one.standing {
            Standing::Trial => ("tag", "trial"),
            Standing::Out => ("tag good", "with the payer"),
            Standing::ToReplace => ("tag warn", "to be replaced"),
            Standing::Replaced => ("tag", "replaced"),
        };
        let number = Cell::new(one.number.to_string());
        let file = format!("{base}/claims/{}/claim.837", one.id);
        vec![
            if may_take { number.link(file).note("837I file") } else { number },
            Cell::new("UB-04").link(format!("{base}/claims/{}/ub04.pdf", one.id)),
            Cell::new(at),
            Cell::new(format!("0{}", one.type_of_bill)),
            Cell::new(one.payer.clone()),
            Cell::new(dollars(one.charge_cents)).number(),
            Cell::new(said).mark(mark).note(why.map(|last| last.note.clone()).unwrap_or_default()),
        ]
    };
    let columns = ["Number", "Print", "Written", "Type of bill", "Payer", "Charges", "Standing"];
    Table::new("Claims that were written", &columns, "None yet.").rows(claims.iter().map(row))
}

fn answers(desk: &ClaimDesk, show: &Show) -> Table {
    let row = |one: &workflow::billing::Answer<workflow::billing::RemittedClaim>| {
        vec![
            Cell::new(show.day(one.at)).link(format!("/remittances/{}", one.remittance)),
            Cell::new(status(&one.said)).note(one.payer_number.clone()),
            Cell::new(format!("{:.2}", one.said.charged)).number(),
            Cell::new(format!("{:.2}", one.said.paid)).number(),
            Cell::new(format!("{:.2}", one.said.patient_share)).number(),
        ]
    };
    let columns = ["Posted", "What was done", "Charged", "Paid", "Owed by the patient"];
    Table::new("What payers answered", &columns, "No remittance has been posted for it.")
        .rows(desk.answers.iter().map(row))
}

pub(crate) async fn write(call: Call) -> Reply {
    let (zone, encounter) = (&call.house.config.zone, call.id("encounter")?);
    let asked = (encounter, call.form.text("replaces"));
    match cases::write(&call.house.store, &mut call.context()?, asked, zone).await {
        Ok(_) => Ok(go_saying(&format!("{}/claim", base(&call)?), "claim")),
        Err(workflow::Error::Refused(words)) => {
            let page = page(&call, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}

fn which(call: &Call) -> Result<(EncounterId, ClaimId), Problem> {
    Ok((call.id("encounter")?, call.id("claim")?))
}

pub(crate) async fn take(call: Call) -> Reply {
    let (claim, bytes) = cases::file(&call.house.store, &call.context()?, which(&call)?).await?;
    Ok(file("application/edi-x12", &format!("claim-{:09}.837", claim.number), bytes, true))
}

pub(crate) async fn print(call: Call) -> Reply {
    let context = call.context()?;
    let claim = cases::printed(&call.house.store, &context, which(&call)?).await?;
    let footer = Footer {
        printed_at: context.at,
        printed_shown: call.show().moment(context.at),
        printed_by: call.caller()?.session.name.clone(),
        confidentiality: CONFIDENTIAL.to_owned(),
    };
    let sheet = paper::sheet_of_claim(&ClaimToPrint { claim: &claim, paper: Paper::LETTER, footer });
    let pdf = paper::pdf(&sheet);
    let pdf = pdf.map_err(|error| Problem::Refused(format!("the claim cannot be printed: {error}")))?;
    Ok(file("application/pdf", "ub04.pdf", pdf, false))
}
