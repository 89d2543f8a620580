//! Whether the program runs and can work; its figures.

use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use crate::call::{Call, Reply};
use crate::log;

/// The program runs.
pub(crate) async fn live(_: Call) -> Reply {
    Ok("live\n".into_response())
}

/// The record answers.
pub(crate) async fn ready(call: Call) -> Reply {
    let answer = match call.house.store.view().await {
        Ok(view) => view.close().await,
        Err(error) => Err(error),
    };
    Ok(match answer {
        Ok(()) => "ready\n".into_response(),
        Err(error) => {
            tracing::error!(%error, "the record does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the record does not answer\n").into_response()
        }
    })
}

/// The figures, for those who may see them in a browser.
pub(crate) async fn metrics(_: Call) -> Reply {
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], log::figures()).into_response())
}
