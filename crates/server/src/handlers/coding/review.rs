//! The second review before the bill: what waits, for what codes are reviewed, and the review itself.

use chart::access::Permission;
use chart::coding::{Criterion, ReviewRow};
use workflow::coding::{self as cases, Verb};

use super::{books, here, said, target};
use crate::call::{Call, Reply, go_saying};
use crate::pages::coding::{CriterionForm, SecondReviewsPage};
use crate::pages::parts::{Cell, Table};
use crate::problem::{Problem, sentence};

pub(crate) async fn review(call: Call) -> Reply {
    let verb = Verb::Review(call.form.text("words").to_owned());
    let zone = &call.house.config.zone;
    match cases::act(&call.house.store, &call.context()?, books(&call)?, target(&call)?, verb, zone).await {
        Ok(done) => Ok(go_saying(&format!("{}?for={}", here(&call)?, done.set.purpose.key()), "reviewed")),
        Err(workflow::Error::Refused(words)) => said(&call, words).await,
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn second_reviews(call: Call) -> Reply {
    let page = page(&call, None).await?;
    call.page(&page)
}

async fn page(call: &Call, problem: Option<String>) -> Result<SecondReviewsPage, Problem> {
    let found = cases::second_reviews(&call.house.store, &call.context()?).await?;
    let show = call.show();
    let waits = found.waits.iter().map(|one| {
        let href = format!(
            "/patients/{}/encounters/{}/coding?for={}",
            one.patient,
            one.encounter,
            one.purpose.key()
        );
        vec![
            Cell::new(one.name.clone().unwrap_or_else(|| "restricted chart".into())).link(href),
            Cell::new(show.moment(one.asked.since.at)),
            Cell::new(one.asked.since.by.name.clone()),
            Cell::new(one.asked.note.clone()),
        ]
    });
    let changes = found.history.iter().map(|one| {
        vec![
            Cell::new(show.moment(one.at)),
            Cell::new(one.by.clone()),
            Cell::new(one.row.title()),
            Cell::new(said_of(&one.row)),
            Cell::new(one.reason.clone()),
        ]
    });
    let form = |row: &ReviewRow| CriterionForm {
        key: row.criterion.key(),
        title: row.title(),
        on: row.on,
        value: row.value.clone(),
        takes_value: row.criterion != Criterion::HospitalAcquired,
    };
    Ok(SecondReviewsPage {
        waits: Table::new(
            "Waiting, the longest first",
            &["Patient", "Since", "Coder", "Because"],
            "Nothing waits for a second review.",
        )
        .rows(waits),
        criteria: found.criteria.iter().map(form).collect(),
        changes: Table::new(
            "Changes of the criteria",
            &["When", "Who", "Criterion", "Since then", "Why"],
            "They are as they were shipped: none is in force.",
        )
        .rows(changes),
        may_change: call.may(Permission::PolicyConfigure),
        problem,
    })
}

fn said_of(row: &ReviewRow) -> String {
    let word = if row.on { "in force" } else { "not in force" };
    if row.value.is_empty() { word.into() } else { format!("{word}, {}", row.value) }
}

pub(crate) async fn criterion(call: Call) -> Reply {
    let form = &call.form;
    let criterion = form.read("criterion").ok_or(Problem::Unreadable)?;
    let row = ReviewRow { criterion, on: form.text("on") == "yes", value: form.text("value").to_owned() };
    match cases::set_criterion(&call.house.store, &call.context()?, row, form.text("reason")).await {
        Ok(()) => Ok(go_saying("/second-reviews", "saved")),
        Err(workflow::Error::Refused(words)) => {
            let page = page(&call, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}
