//! The codes of an encounter for programs, as JSON: what is coded, what is said of it, and the same verbs as the page.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use chart::coding::{Change, CodeSet, CodedDiagnosis, CodedProcedure, Overridden, Purpose, Service};
use chart::directory::Named;
use chart::id::{CodeSetId, EncounterId};
use codeset::Code;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::coding::Reached;
use workflow::coding::{self as cases, Computed, Verb};

use super::{books, purpose};
use crate::call::{Call, Reply};
use crate::problem::Problem;

/// What a program is told.
#[derive(Debug, Serialize)]
struct Told<'a> {
    code_set: Option<&'a CodeSet>,
    computed: Option<&'a Computed>,
    reached: &'a [Reached],
}

/// What a program asks for.
#[derive(Debug, Deserialize)]
struct Asked {
    /// The code set; not needed to begin one.
    id: Option<CodeSetId>,
    /// The version the program saw.
    #[serde(default)]
    version: i64,
    /// Which purpose, to begin.
    #[serde(rename = "for")]
    purpose: Option<Purpose>,
    #[serde(flatten)]
    what: What,
    /// On a claim: the rule of the payer.
    #[serde(default)]
    why: String,
}

/// The verbs.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
enum What {
    Begin,
    AddDiagnosis {
        line: CodedDiagnosis,
        at: Option<usize>,
    },
    ReplaceDiagnosis {
        at: usize,
        code: Code,
    },
    RemoveDiagnosis {
        at: usize,
    },
    MoveDiagnosis {
        from: usize,
        to: usize,
    },
    SetPresent {
        at: usize,
        present: chart::coding::Present,
    },
    AddProcedure {
        line: CodedProcedure,
    },
    RemoveProcedure {
        at: usize,
    },
    MoveProcedure {
        from: usize,
        to: usize,
    },
    SetProcedure {
        at: usize,
        #[serde(default)]
        day: Option<Date>,
        #[serde(default)]
        performer: Option<Named>,
    },
    AddService {
        line: Service,
    },
    ReplaceService {
        at: usize,
        line: Service,
    },
    RemoveService {
        at: usize,
    },
    SetAdmitting {
        code: Option<Code>,
    },
    SetDischargeStatus {
        status: String,
    },
    Hold {
        reason: String,
        #[serde(default)]
        note: String,
    },
    Release {
        reason: String,
    },
    Close {
        #[serde(default)]
        overridden: Vec<Overridden>,
    },
    Reopen,
    TakeBack,
    Review {
        words: String,
    },
}

/// Cases that belong to no record: the lines of `chartroom group` in, its lines out.
pub(crate) async fn case(call: Call) -> Reply {
    let Some(work) = call.house.cases.get() else { return Ok(refused("no cases are worked on here".into())) };
    Ok(match work(&call.json) {
        Ok(lines) => ([(header::CONTENT_TYPE, "application/x-ndjson")], lines).into_response(),
        Err(words) => refused(words),
    })
}

pub(crate) async fn read(call: Call) -> Reply {
    let asked = (call.id("encounter")?, purpose(&call));
    let zone = &call.house.config.zone;
    let desk = cases::read(&call.house.store, &call.context()?, books(&call)?, asked, zone).await?;
    let side = desk.side.as_ref();
    let told = Told {
        code_set: side.map(|side| &side.set),
        computed: side.map(|side| &side.computed),
        reached: side.map_or(&[], |side| &side.reached),
    };
    Ok(Json(told).into_response())
}

pub(crate) async fn act(call: Call) -> Reply {
    let asked: Asked = match serde_json::from_slice(&call.json) {
        Ok(asked) => asked,
        Err(error) => return Ok(refused(format!("this cannot be read: {error}"))),
    };
    let encounter: EncounterId = call.id("encounter")?;
    let done = match asked.what {
        What::Begin => {
            let purpose = asked.purpose.unwrap_or(Purpose::Record);
            let begun = cases::begin(&call.house.store, &mut call.context()?, encounter, purpose).await;
            begun.map(|set| (set, None))
        }
        what => {
            let Some(id) = asked.id else { return Ok(refused("say the id of the code set".into())) };
            let zone = &call.house.config.zone;
            let verb = verb(what, asked.why);
            let target = (id, asked.version);
            let done =
                cases::act(&call.house.store, &call.context()?, books(&call)?, target, verb, zone).await;
            done.map(|done| (done.set, Some(done.computed)))
        }
    };
    match done {
        Ok((set, computed)) => {
            let told = Told { code_set: Some(&set), computed: computed.as_ref(), reached: &[] };
            Ok(Json(told).into_response())
        }
        Err(workflow::Error::Refused(words)) => Ok(refused(words)),
        Err(other) => Err(Problem::from(other)),
    }
}

fn verb(what: What, why: String) -> Verb {
    let change = match what {
        What::AddDiagnosis { line, at } => Change::AddDiagnosis(line, at),
        What::ReplaceDiagnosis { at, code } => Change::ReplaceDiagnosis(at, code),
        What::RemoveDiagnosis { at } => Change::RemoveDiagnosis(at),
        What::MoveDiagnosis { from, to } => Change::MoveDiagnosis(from, to),
        What::SetPresent { at, present } => Change::SetPresent(at, present),
        What::AddProcedure { line } => Change::AddProcedure(line),
        What::RemoveProcedure { at } => Change::RemoveProcedure(at),
        What::MoveProcedure { from, to } => Change::MoveProcedure(from, to),
        What::SetProcedure { at, day, performer } => Change::SetProcedure(at, day, performer),
        What::AddService { line } => Change::AddService(line),
        What::ReplaceService { at, line } => Change::ReplaceService(at, line),
        What::RemoveService { at } => Change::RemoveService(at),
        What::SetAdmitting { code } => Change::SetAdmitting(code),
        What::SetDischargeStatus { status } => Change::SetDischargeStatus(status),
        What::Hold { reason, note } => return Verb::Hold(reason, note),
        What::Release { reason } => return Verb::Release(reason),
        What::Close { overridden } => return Verb::Finalize(overridden),
        What::TakeBack => return Verb::TakeBack,
        What::Review { words } => return Verb::Review(words),
        // What begins is not an act on a code set; the caller has gone its own way with it.
        What::Reopen | What::Begin => return Verb::Reopen(why),
    };
    Verb::Change(change, why)
}

fn refused(words: String) -> axum::response::Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Json(serde_json::json!({ "error": words }))).into_response()
}
