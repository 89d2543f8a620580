//! Claims and remittances for programs, as JSON.

use axum::Json;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Deserialize;
use serde_json::{Value, json};
use workflow::billing::{claims, remittances};

use crate::call::{Call, Reply};
use crate::problem::Problem;

/// What a program says to have a claim written.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The payer's number of the claim that is replaced, where no remittance has it.
    replaces: String,
}

/// A remittance as a program sends it.
#[derive(Debug, Deserialize)]
struct Sent {
    /// The text of the 835.
    file: String,
}

pub(crate) async fn read(call: Call) -> Reply {
    let zone = &call.house.config.zone;
    let desk = claims::read(&call.house.store, &call.context()?, call.id("encounter")?, zone).await?;
    let answer = |one: &remittances::Decided| json!({ "remittance": one.remittance, "posted": one.at, "claim": one.said });
    let answers: Vec<Value> = desk.answers.iter().map(answer).collect();
    let told = json!({ "prepared": desk.prepared, "claims": desk.claims, "answers": answers });
    Ok(Json(told).into_response())
}

pub(crate) async fn write(call: Call) -> Reply {
    let asked: Asked = match serde_json::from_slice(&call.json) {
        Ok(asked) => asked,
        Err(error) => return Ok(refused(&format!("this cannot be read: {error}"))),
    };
    let (zone, encounter) = (&call.house.config.zone, call.id("encounter")?);
    let (store, mut context) = (&call.house.store, call.context()?);
    match claims::write(store, &mut context, (encounter, &asked.replaces), zone).await {
        Ok(claim) => {
            let (claim, bytes) = claims::file(store, &context, (encounter, claim.id)).await?;
            let file = String::from_utf8_lossy(&bytes);
            Ok(Json(json!({ "claim": claim, "file": file })).into_response())
        }
        Err(workflow::Error::Refused(words)) => Ok(refused(&words)),
        Err(other) => Err(Problem::from(other)),
    }
}

pub(crate) async fn post(call: Call) -> Reply {
    let sent: Sent = match serde_json::from_slice(&call.json) {
        Ok(sent) => sent,
        Err(error) => return Ok(refused(&format!("this cannot be read: {error}"))),
    };
    let posted = remittances::post(&call.house.store, &mut call.context()?, sent.file.into_bytes()).await;
    match posted {
        Ok(posted) => Ok(Json(json!({
            "payments": posted.payments, "matched": posted.matched, "unmatched": posted.unmatched,
            "before": posted.before, "problems": posted.problems,
        }))
        .into_response()),
        Err(workflow::Error::Refused(words)) => Ok(refused(&words)),
        Err(other) => Err(Problem::from(other)),
    }
}

fn refused(words: &str) -> axum::response::Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "error": words }))).into_response()
}
