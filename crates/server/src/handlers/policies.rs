//! What records must hold: the profile rows, their history, and blank forms of a record type.

use chart::access::Permission;
use chart::encounter::Setting;
use completeness::{FacilityKind, RowText};
use workflow::completeness::{self as cases, Change, Kept, Policies};

use crate::call::{Call, Reply, go_saying};
use crate::pages::completeness::policy::{BlankForm, Field, FormsPage, PolicyPage, PolicyRowPage};
use crate::pages::parts::{Cell, Choice, Table};
use crate::problem::{Problem, sentence};
use crate::show;

/// The columns that a person edits: name, label, hint, and where the text is.
type Column = (&'static str, &'static str, &'static str, fn(&mut RowText) -> &mut String);

const COLUMNS: [Column; 13] = [
    ("title", "What is asked for", "", |row| &mut row.title),
    ("settings", "Settings", "joined by commas, or any", |row| &mut row.settings),
    ("when", "When", "conditions joined by commas, or -", |row| &mut row.when),
    ("per", "Once for", "encounter, or a class of events", |row| &mut row.per),
    ("within", "Looked for in", "stay, chart, event, before, after", |row| &mut row.within),
    ("filled_by", "Filled by", "document types joined by or", |row| &mut row.filled_by),
    ("due", "By when", "such as discharge+30d, or -", |row| &mut row.due),
    ("kind", "Type of deficiency", "", |row| &mut row.kind),
    ("responsible", "Who owes it", "", |row| &mut row.responsible),
    ("authority", "Authority", "", |row| &mut row.authority),
    ("critical_access", "Authority for a critical access hospital", "- when it is the same", |row| {
        &mut row.critical_access
    }),
    ("verify", "To be checked against the primary text", "yes or no", |row| &mut row.verify),
    ("text", "What it asks, in plain words", "", |row| &mut row.text),
];

async fn read(call: &Call) -> Result<(Vec<RowText>, Policies), Problem> {
    Ok(cases::policies(&call.house.store, &call.context()?, call.show().today()).await?)
}

pub(crate) async fn list(call: Call) -> Reply {
    let (rows, kept) = read(&call).await?;
    let own = |key: &str| kept.rows.iter().any(|one| one.own.key == key);
    let rows = rows.iter().map(|row| {
        vec![
            Cell::new(row.title.clone()).link(format!("/policy/rows/{}", row.key)).note(row.key.clone()),
            Cell::new(row.settings.replace(',', ", ")),
            Cell::new(row.due.clone()),
            Cell::new(row.authority.clone()).note(if row.verify == "yes" { "to be checked" } else { "" }),
            Cell::new(if own(&row.key) { "the facility's" } else { "as shipped" }),
        ]
    });
    let columns = ["What", "Settings", "By when", "Authority", "Row"];
    let table = Table::new("In force today", &columns, "The table is empty.").rows(rows);
    let facility = match kept.facility {
        FacilityKind::Hospital => "hospital",
        FacilityKind::CriticalAccess => "critical-access",
    };
    let kinds = [("hospital", "Hospital"), ("critical-access", "Critical access hospital")];
    call.page(&PolicyPage {
        table,
        facility: kinds.iter().map(|(key, label)| Choice::new(*key, *label, facility)).collect(),
        may_change: call.may(Permission::PolicyConfigure),
        forms: Setting::ALL.iter().map(|one| Choice::new(one.key(), one.title(), "")).collect(),
    })
}

pub(crate) async fn facility(call: Call) -> Reply {
    let kind = match call.form.text("facility") {
        "hospital" => FacilityKind::Hospital,
        "critical-access" => FacilityKind::CriticalAccess,
        _ => return Err(Problem::Unreadable),
    };
    cases::facility(&call.house.store, &mut call.context()?, kind).await?;
    Ok(go_saying("/policy", "kept"))
}

pub(crate) async fn row(call: Call) -> Reply {
    let page = row_page(&call, None).await?;
    call.page(&page)
}

async fn row_page(call: &Call, problem: Option<String>) -> Result<PolicyRowPage, Problem> {
    let key = call.parameters.text("row").to_owned();
    let (rows, kept) = read(call).await?;
    let last = kept.rows.iter().rev().find(|one| one.own.key == key);
    let row =
        rows.into_iter().find(|row| row.key == key).or_else(|| last.and_then(|one| one.own.row.clone()));
    let Some(mut row) = row.or_else(|| shipped(&key)) else { return Err(Problem::Missing) };
    if problem.is_some() {
        typed(call, &mut row);
    }
    let field =
        |&(name, label, hint, at): &Column| Field { name, label, hint, value: at(&mut row.clone()).clone() };
    let show = call.show();
    let first = call.form.text("first");
    Ok(PolicyRowPage {
        fields: COLUMNS.iter().map(field).collect(),
        history: past(kept.rows.iter().filter(|one| one.own.key == key), &show),
        may_change: call.may(Permission::PolicyConfigure),
        first: if first.is_empty() { show.today().to_string() } else { first.into() },
        reason: call.form.text("reason").into(),
        key,
        problem,
    })
}

/// The row as shipped, for one that the facility does without.
fn shipped(key: &str) -> Option<RowText> {
    completeness::profile_rows(completeness::SHIPPED).ok()?.into_iter().find(|row| row.key == key)
}

/// What the form says.
fn typed(call: &Call, row: &mut RowText) {
    for (name, _, _, at) in COLUMNS {
        at(row).clone_from(&call.form.text(name).to_owned());
    }
}

fn past<'a>(rows: impl Iterator<Item = &'a Kept>, show: &show::Show) -> Table {
    let row = |one: &Kept| {
        let last = one.own.last.map_or_else(|| "in force".into(), |last| last.to_string());
        let said = one.own.row.as_ref().map_or("done without", |row| row.due.as_str());
        vec![
            Cell::new(one.own.first.to_string()),
            Cell::new(last),
            Cell::new(said),
            Cell::new(one.reason.clone()),
            Cell::new(show.moment(one.at)),
        ]
    };
    let columns = ["From", "To", "By when", "Why", "Made"];
    Table::new("What the facility had instead", &columns, "The row is as shipped.").rows(rows.map(row))
}

pub(crate) async fn change(call: Call) -> Reply {
    let key = call.parameters.text("row").to_owned();
    let (rows, _) = read(&call).await?;
    let known = rows.into_iter().find(|row| row.key == key).or_else(|| shipped(&key));
    let Some(mut row) = known else { return Err(Problem::Missing) };
    typed(&call, &mut row);
    let Some(first) = call.form.read("first") else { return Err(Problem::Unreadable) };
    let without = call.form.text("does") == "without";
    let asked =
        Change { key, row: (!without).then_some(row), first, reason: call.form.text("reason").into() };
    match cases::change(&call.house.store, &mut call.context()?, asked).await {
        Ok(()) => Ok(go_saying("/policy", "kept")),
        Err(workflow::Error::Refused(words)) => {
            let page = row_page(&call, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn forms(call: Call) -> Reply {
    let key = call.parameters.text("setting");
    let setting = Setting::ALL.into_iter().find(|one| one.key() == key).ok_or(Problem::Missing)?;
    let (rows, _) = read(&call).await?;
    let forms = completeness::blank_forms(&rows, setting);
    let blank =
        |form: completeness::Blank| BlankForm { title: form.title, asks: form.asks, lines: form.lines };
    call.page(&FormsPage {
        setting: setting.title().to_owned(),
        forms: forms.into_iter().map(blank).collect(),
    })
}
