//! Uploading a scan, and filing what waits.

use chart::access::Permission;
use chart::document_type::document_types;
use chart::id::{ArrivalId, PatientId};
use store::Page;
use store::patients::Query;
use workflow::charts::{self, Part};
use workflow::filing::{self as cases, Place, Upload};

use super::input;
use crate::call::{Call, Reply, file, go_saying};
use crate::pages::filing::{FilingPage, UnfiledPage, UploadPage};
use crate::pages::parts::{Cell, Choice, ChoiceGroup, FileView, Found, Table};
use crate::problem::{Problem, sentence};
use crate::show;

/// Papers listed at once.
const PAPERS: u32 = 50;
/// Encounters offered for a paper: the newest.
const ENCOUNTERS: u32 = 50;

/// The department's document types, in the chart's order; the one of key `chosen` is marked.
fn kinds(chosen: &str) -> Vec<ChoiceGroup> {
    let types = document_types().all();
    let groups = types.chunk_by(|one, next| one.group == next.group);
    groups
        .map(|group| ChoiceGroup {
            label: show::worded(group[0].group),
            options: group.iter().map(|kind| Choice::new(kind.key, kind.title, chosen)).collect(),
        })
        .collect()
}

/// The one patient with this record number, with the encounters a paper may belong to.
struct Target {
    patient: PatientId,
    found: Found,
    encounters: Vec<Choice>,
}

/// Looks the patient up by number; `Err` with words for the form when there is none, or more than one.
async fn target(call: &Call, number: &str) -> Result<Result<Target, String>, Problem> {
    let query = Query { identifier: Some(number.to_owned()), ..Query::default() };
    let (store, context) = (&call.house.store, call.context()?);
    let found = workflow::patients::search(store, &context, &query, Page::first(2)).await?;
    let [one] = found.patients.as_slice() else {
        let words = if found.patients.is_empty() {
            "No patient has this number."
        } else {
            "Several patients have this number."
        };
        return Ok(Err(words.into()));
    };
    let part = Part { name: "filing", encounters: Some(Page::first(ENCOUNTERS)), ..Part::default() };
    let read = charts::read(store, &context, one.id, part).await?;
    Ok(Ok(Target {
        patient: one.id,
        found: self::found(one),
        encounters: encounters(call, &read.encounters),
    }))
}

/// A patient as a form shows whom it has found.
pub(crate) fn found(patient: &chart::patient::Patient) -> Found {
    let who = &patient.demographics;
    let number = show::number(who);
    let born = who.birth.map_or_else(|| "birth date not known".into(), |birth| birth.to_string());
    Found {
        id: patient.id.to_string(),
        name: who.filed_name(),
        facts: format!("born {born} · {} · {number}", show::sex(who.sex)),
        filing: show::filing(&number),
    }
}

fn encounters(call: &Call, encounters: &[chart::encounter::Encounter]) -> Vec<Choice> {
    let (show, chosen) = (call.show(), call.form.text("encounter"));
    let label = |one: &chart::encounter::Encounter| {
        format!("{}, {}", one.visit.setting.title(), show.span(one.visit.stay))
    };
    encounters.iter().map(|one| Choice::new(one.id.to_string(), label(one), chosen)).collect()
}

pub(crate) async fn upload_form(call: Call) -> Reply {
    let page = upload_page(&call, None);
    call.page(&page)
}

fn upload_page(call: &Call, problem: Option<String>) -> UploadPage {
    let limit = u64::try_from(call.house.config.upload_limit_bytes).unwrap_or(u64::MAX);
    UploadPage {
        problem,
        limit: show::size(limit),
        number: call.form.text("number").into(),
        title: call.form.text("title").into(),
        written: call.form.text("written").into(),
        encounters: Vec::new(),
        kinds: kinds(call.form.text("kind")),
    }
}

pub(crate) async fn upload(mut call: Call) -> Reply {
    let Some(sent) = call.file.take() else {
        let page = upload_page(&call, Some("Choose a file.".into()));
        return call.again(&page);
    };
    let file = Upload { name: sent.name, bytes: sent.bytes };
    let number = call.form.text("number").to_owned();
    let done = if number.is_empty() || call.form.text("kind").is_empty() {
        let mut context = call.context()?;
        cases::upload(&call.house.store, &mut context, file).await.map(|_| None)
    } else {
        match target(&call, &number).await? {
            Ok(target) => file_at_once(&call, file, target.patient).await?.map(Some),
            Err(words) => return call.again(&upload_page(&call, Some(words))),
        }
    };
    match done {
        Ok(None) if call.may(Permission::DocumentIndex) => Ok(go_saying("/unfiled", "uploaded")),
        Ok(None) => Ok(go_saying("/upload", "uploaded")),
        Ok(Some(to)) => Ok(go_saying(&to, "filed")),
        Err(workflow::Error::Refused(words)) => call.again(&upload_page(&call, Some(sentence(&words)))),
        Err(other) => Err(other.into()),
    }
}

async fn file_at_once(
    call: &Call,
    file: Upload,
    patient: PatientId,
) -> Result<workflow::Result<String>, Problem> {
    let Ok(place) = place(call, patient) else {
        return Ok(Err(workflow::Error::refused("the date is no date: write YYYY-MM-DD")));
    };
    let filed = cases::upload_to(&call.house.store, &mut call.context()?, file, place).await;
    Ok(filed.map(|document| where_filed(call, &document)))
}

/// To the document for those who may read it, else back to the queue.
fn where_filed(call: &Call, document: &chart::document::Document) -> String {
    if call.may(Permission::ChartRead) {
        format!("/patients/{}/documents/{}", document.patient, document.id)
    } else {
        "/unfiled".into()
    }
}

fn place(call: &Call, patient: PatientId) -> Result<Place, chart::date::NotADate> {
    Ok(Place {
        patient,
        encounter: call.form.read("encounter"),
        document_type: call.form.text("kind").into(),
        title: call.form.text("title").into(),
        written: input::written(call.form.text("written"))?,
        author: call.form.text("author").into(),
    })
}

pub(crate) async fn queue(call: Call) -> Reply {
    let page = input::page(&call.query, PAPERS);
    let (found, count) = cases::queue(&call.house.store, &call.context()?, page).await?;
    let show = call.show();
    let rows = found.iter().map(|one| {
        let href = format!("/unfiled/{}", one.id);
        vec![
            Cell::new(one.kind.clone()).link(href),
            Cell::new(show.moment(one.received)),
            Cell::new(one.sender.clone()),
        ]
    });
    let empty = "Everything is filed. What is uploaded without a patient waits here.";
    let table = Table::new("Waiting to be filed", &["File", "Came", "From"], empty).rows(rows);
    call.page(&UnfiledPage { table, pager: input::pager(page, count, &call.path) })
}

pub(crate) async fn file_form(call: Call) -> Reply {
    let page = filing_page(&call, None, None).await?;
    call.page(&page)
}

async fn filing_page(
    call: &Call,
    target: Option<Target>,
    problem: Option<String>,
) -> Result<FilingPage, Problem> {
    let id: ArrivalId = call.id("arrival")?;
    let (arrival, original) = cases::waiting(&call.house.store, &call.context()?, id).await?;
    let bytes = u64::try_from(original.bytes.len()).unwrap_or(u64::MAX);
    let file = FileView {
        href: format!("/unfiled/{id}/file"),
        title: arrival.kind,
        about: format!("{}, {}", original.media_type, show::size(bytes)),
        shown: FileView::shown(&original.media_type),
    };
    let (found, encounters) = target.map_or((None, Vec::new()), |one| (Some(one.found), one.encounters));
    Ok(FilingPage {
        action: format!("/unfiled/{id}"),
        problem,
        number: call.form.text("number").into(),
        found,
        encounters,
        kinds: kinds(call.form.text("kind")),
        title: call.form.text("title").into(),
        written: call.form.text("written").into(),
        file,
    })
}

pub(crate) async fn file_it(call: Call) -> Reply {
    let id: ArrivalId = call.id("arrival")?;
    let target = match target(&call, call.form.text("number")).await? {
        Ok(target) => target,
        Err(words) => {
            let page = filing_page(&call, None, Some(words)).await?;
            return call.again(&page);
        }
    };
    // What is filed is what the form has shown: a number changed since then is looked up again first.
    if call.form.text("confirm").is_empty() || call.form.read("patient") != Some(target.patient) {
        let page = filing_page(&call, Some(target), None).await?;
        return call.page(&page);
    }
    let problem = match place(&call, target.patient) {
        Ok(place) => match cases::index(&call.house.store, &mut call.context()?, id, place).await {
            Ok(document) => return Ok(go_saying(&where_filed(&call, &document), "filed")),
            Err(workflow::Error::Refused(words)) => sentence(&words),
            Err(other) => return Err(other.into()),
        },
        Err(_) => "The date is no date: write YYYY-MM-DD.".into(),
    };
    let page = filing_page(&call, Some(target), Some(problem)).await?;
    call.again(&page)
}

pub(crate) async fn original(call: Call) -> Reply {
    let id: ArrivalId = call.id("arrival")?;
    let (arrival, original) = cases::waiting(&call.house.store, &call.context()?, id).await?;
    let download = !call.query.text("download").is_empty();
    Ok(file(&original.media_type, &arrival.kind, original.bytes, download))
}
