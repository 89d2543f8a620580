//! What payers answered: posting a file, the payments, one of them, the denials.

use chart::access::Permission;
use chart::id::{EncounterId, PatientId, RemittanceId};
use workflow::billing::remittances::{self as cases, Decided, Payment, Posted};
use workflow::billing::{DenialSum, Listed, adjustment_reason, denial_category, remittance_words};

use super::{dollars, status};
use crate::call::{Call, Reply, go_saying};
use crate::handlers::input;
use crate::pages::billing::{DenialsPage, Nobodys, RemittancePage, RemittancesPage};
use crate::pages::parts::{Cell, Fact, Table};
use crate::problem::{Problem, sentence};
use crate::show::{self, Show};

/// Payments listed at once.
const PAYMENTS: u32 = 50;

pub(crate) async fn list(call: Call) -> Reply {
    let page = page(&call, None, Vec::new()).await?;
    call.page(&page)
}

async fn page(call: &Call, problem: Option<String>, done: Vec<String>) -> Result<RemittancesPage, Problem> {
    let page = input::page(&call.query, PAYMENTS);
    let ledger = cases::list(&call.house.store, &call.context()?, page).await?;
    let show = call.show();
    let columns = ["Trace", "Posted", "Payer", "Paid", "How"];
    let table = Table::new("Payments", &columns, "No remittance has been posted.");
    let limit = u64::try_from(call.house.config.upload_limit_bytes).unwrap_or(u64::MAX);
    Ok(RemittancesPage {
        problem,
        done,
        may_post: call.may(Permission::RemittancePost),
        limit: show::size(limit),
        table: table.rows(ledger.payments.iter().map(|one| payment(one, &show))),
        pager: input::pager(page, ledger.count, "/remittances"),
        unmatched: answers(
            "No encounter was found for these",
            "Every claim has its encounter.",
            &ledger.unmatched,
        ),
    })
}

fn payment(one: &Payment, show: &Show) -> Vec<Cell> {
    let said = &one.said.payment;
    let trace = if one.trace.is_empty() { "no number" } else { &one.trace };
    vec![
        Cell::new(trace).link(format!("/remittances/{}", one.id)),
        Cell::new(show.moment(one.posted)),
        Cell::new(one.said.payer.name.clone()),
        Cell::new(format!("{:.2}", said.amount)).number(),
        Cell::new(remittance_words("method", &said.method).unwrap_or(&said.method)),
    ]
}

/// Claims with what was decided on them. The patient's name is not shown: whose chart it is decides who sees it.
fn answers(caption: &str, empty: &'static str, all: &[Decided]) -> Table {
    let row = |one: &Decided| {
        let number = Cell::new(one.control_number.clone()).note(one.payer_number.clone());
        let denials = i64::try_from(one.said.denials().len()).unwrap_or(i64::MAX);
        vec![
            match one.whose {
                Some(whose) => number.link(claim_page(whose)),
                None => number.link(format!("/remittances/{}", one.remittance)),
            },
            Cell::new(status(&one.said)),
            Cell::new(format!("{:.2}", one.said.charged)).number(),
            Cell::new(format!("{:.2}", one.said.paid)).number(),
            Cell::new(format!("{:.2}", one.said.patient_share)).number(),
            Cell::new(if denials == 0 { String::new() } else { show::counted(denials, "denial") }),
        ]
    };
    let columns = ["Account number", "What was done", "Charged", "Paid", "Owed by the patient", "Denials"];
    Table::new(caption, &columns, empty).rows(all.iter().map(row))
}

fn claim_page((patient, encounter): (PatientId, EncounterId)) -> String {
    format!("/patients/{patient}/encounters/{encounter}/claim")
}

pub(crate) async fn post(mut call: Call) -> Reply {
    let Some(sent) = call.file.take() else {
        let page = page(&call, Some("Choose a file.".into()), Vec::new()).await?;
        return call.again(&page);
    };
    match cases::post(&call.house.store, &mut call.context()?, sent.bytes).await {
        Ok(posted) => {
            let page = page(&call, None, said(&posted)).await?;
            call.page(&page)
        }
        Err(workflow::Error::Refused(words)) => {
            let page = page(&call, Some(sentence(&words)), Vec::new()).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}

/// What posting a file did, a line each.
fn said(posted: &Posted) -> Vec<String> {
    let counted = |count: usize, what| show::counted(i64::try_from(count).unwrap_or(i64::MAX), what);
    let mut said = vec![format!(
        "{} posted: {} found their encounter, {} did not.",
        counted(posted.payments.len(), "payment"),
        counted(posted.matched, "claim"),
        posted.unmatched
    )];
    if posted.before > 0 {
        said.push(format!(
            "{} had been posted before; nothing was changed.",
            counted(posted.before, "payment")
        ));
    }
    said.extend(posted.problems.iter().map(|one| sentence(one)));
    said
}

pub(crate) async fn read(call: Call) -> Reply {
    let page = one(&call, None).await?;
    call.page(&page)
}

async fn one(call: &Call, problem: Option<String>) -> Result<RemittancePage, Problem> {
    let id: RemittanceId = call.id("remittance")?;
    let (payment, decided) = cases::read(&call.house.store, &call.context()?, id).await?;
    let nobodys = decided.iter().filter(|one| one.whose.is_none());
    let nobody = |one: &Decided| Nobodys { id: one.id.to_string(), number: one.control_number.clone() };
    let account = payment.said.provider_adjustments.iter().map(|one| {
        let said = remittance_words("provider", &one.reason).unwrap_or("reason not in the table");
        vec![
            Cell::new(one.reason.clone()).note(said),
            Cell::new(one.reference.clone()),
            Cell::new(format!("{:.2}", one.amount)).number(),
        ]
    });
    let columns = ["Reason", "Refers to", "Lowers the payment by"];
    Ok(RemittancePage {
        here: format!("/remittances/{id}"),
        problem,
        facts: facts(&payment, &call.show()),
        claims: answers("Claims", "It decides on no claim.", &decided),
        nobodys: if call.may(Permission::RemittancePost) {
            nobodys.map(nobody).collect()
        } else {
            Vec::new()
        },
        account: Table::new("Adjustments of the account", &columns, "There are none.").rows(account),
        faults: payment.said.faults.iter().map(ToString::to_string).collect(),
    })
}

fn facts(one: &Payment, show: &Show) -> Vec<Fact> {
    let said = &one.said.payment;
    let facts = [
        Fact::new("Payer", one.said.payer.name.clone()),
        Fact::new("Payee", one.said.payee.name.clone()),
        Fact::new("Trace", one.trace.clone()),
        Fact::new("Paid", format!("{:.2}", said.amount)),
        Fact::new("How", remittance_words("method", &said.method).unwrap_or(&said.method)),
        Fact::new("Takes effect", said.on.map(|on| on.to_string()).unwrap_or_default()),
        Fact::new("Posted", show.moment(one.posted)),
    ];
    facts.into_iter().flatten().collect()
}

pub(crate) async fn assign(call: Call) -> Reply {
    let answer = call.form.read("answer").ok_or(Problem::Unreadable)?;
    let number = call.form.text("number");
    match cases::assign(&call.house.store, &call.context()?, answer, number).await {
        Ok(()) => Ok(go_saying(&format!("/remittances/{}", call.parameters.text("remittance")), "kept")),
        Err(workflow::Error::Refused(words)) => {
            let page = one(&call, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn denials(call: Call) -> Reply {
    let category = denial_category(call.query.text("category"));
    let key = category.map(|one| one.key);
    let (sums, listed) = cases::denials(&call.house.store, &call.context()?, key).await?;
    let show = call.show();
    let columns = ["Kind", "Denials", "Amount", "What to do"];
    let sums =
        Table::new("By kind, the dearest first", &columns, "Nothing was denied.").rows(sums.iter().map(sum));
    let columns = ["Patient", "Account number", "Reason", "Amount", "Posted"];
    let table = Table::new("The latest first", &columns, "Nothing was denied.");
    call.page(&DenialsPage {
        which: category.map(|one| sentence(one.title)).unwrap_or_default(),
        sums,
        table: table.rows(listed.iter().map(|one| denial(one, &show))),
    })
}

fn sum(one: &DenialSum) -> Vec<Cell> {
    let category = denial_category(&one.category);
    let title = category.map_or(one.category.as_str(), |category| category.title);
    vec![
        Cell::new(title).link(format!("/denials?category={}", one.category)),
        Cell::new(one.count.to_string()).number(),
        Cell::new(dollars(one.cents)).number(),
        Cell::new(category.map_or("", |category| category.next)),
    ]
}

fn denial(one: &Listed, show: &Show) -> Vec<Cell> {
    let words = adjustment_reason(&one.denial.reason).map_or("reason not in the table", |row| row.words);
    let name = match (&one.name, one.whose) {
        (Some(name), _) => name.clone(),
        (None, Some(_)) => "restricted chart".into(),
        (None, None) => "no encounter found".into(),
    };
    let href = one.whose.map_or_else(|| format!("/remittances/{}", one.remittance), claim_page);
    vec![
        Cell::new(name).link(href),
        Cell::new(one.control_number.clone()),
        Cell::new(format!("{}-{}", one.denial.group, one.denial.reason)).note(words),
        Cell::new(dollars(one.denial.amount_cents)).number(),
        Cell::new(show.day(one.denial.at)),
    ]
}
