//! Open documentation alerts.

use alerts::AlertKind;
use chart::access::Permission;
use workflow::clarifying::{self as cases, OpenAlert};

use crate::call::{Call, Reply, go_saying};
use crate::handlers::input;
use crate::handlers::signing::refused;
use crate::pages::clarifying::alerts::{AlertLine, AlertView, AlertsPage};
use crate::pages::parts::Choice;
use crate::problem::Problem;
use crate::show::{self, Show};

/// Alerts of a page.
const ROWS: u32 = 50;
/// The kinds, by the keys of `data/alerts/rule.tsv`.
const KINDS: [&str; 4] = ["undocumented", "specificity", "unsupported", "conflicting"];

pub(crate) async fn list(call: Call) -> Reply {
    let page = page(&call, None).await?;
    call.page(&page)
}

async fn page(call: &Call, problem: Option<String>) -> Result<AlertsPage, Problem> {
    let page = input::page(&call.query, ROWS);
    let asked = call.query.text("kind");
    let kind = AlertKind::of_key(asked);
    let found = cases::open_alerts(&call.house.store, &call.context()?, kind, page).await?;
    let (show, asks) = (call.show(), call.may(Permission::QueryWrite));
    let title = |key: &str| AlertKind::of_key(key).map_or("", AlertKind::title);
    let kinds = KINDS.iter().map(|key| Choice::new(*key, title(key), asked));
    let key = kind.map_or("", |_| asked);
    Ok(AlertsPage {
        kinds: std::iter::once(Choice::new("", "Any", key)).chain(kinds).collect(),
        summary: show::counted(found.count, "open alert"),
        lines: found.rows.iter().map(|one| line(one, asks, &show)).collect(),
        may_dismiss: asks,
        pager: input::pager(page, found.count, &format!("{}?kind={key}", call.path)),
        problem,
    })
}

fn line(one: &OpenAlert, asks: bool, show: &Show) -> AlertLine {
    AlertLine {
        alert: AlertView::new(&one.filed.alert, (one.patient.id, one.filed.encounter), asks),
        patient: one.patient.demographics.filed_name(),
        raised: show.moment(one.filed.raised),
        asked: one.asked.map(|query| format!("/queries/{query}")),
    }
}

pub(crate) async fn dismiss(call: Call) -> Reply {
    let (store, context) = (&call.house.store, call.context()?);
    let done = cases::dismiss(store, &context, call.form.text("alert"), call.form.text("reason")).await;
    match refused(done)? {
        Ok(_) => Ok(go_saying("/alerts", "dismissed")),
        Err(words) => {
            let page = page(&call, Some(words)).await?;
            call.again(&page)
        }
    }
}
