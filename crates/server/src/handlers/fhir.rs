//! FHIR R4: the record read and searched by programs. Every answer is a resource, also that something is wrong.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chart::date::PartialDate;
use exchange::fhir::json::Json;
use exchange::fhir::search::{Search, SearchError, parse};
use exchange::fhir::{Context, Issue, MEDIA_TYPE, Page, capability_statement, operation_outcome, searchset};
use workflow::resources::{self, Found, Resource, Results};

use crate::call::{Call, Reply, file};
use crate::problem::Problem;

/// The address of the interface, under the house's own.
const BASE: &str = "/fhir";
/// The day on which what the interface can do last changed.
const CHANGED: PartialDate = PartialDate::Day(jiff::civil::date(2026, 11, 22));

/// Whether an address is one of this interface.
pub(crate) fn is_fhir(path: &str) -> bool {
    path.strip_prefix(BASE).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What the interface can do.
pub(crate) async fn metadata(call: Call) -> Reply {
    let base = base(&call);
    let context = Context { base: &base, version: env!("CARGO_PKG_VERSION"), date: CHANGED };
    Ok(answer(StatusCode::OK, &capability_statement(&context)))
}

/// One resource.
pub(crate) async fn read(call: Call) -> Reply {
    let (kind, id) = (call.parameters.raw("type"), call.parameters.raw("id"));
    Ok(match resources::read(&call.house.store, &call.context()?, kind, id).await? {
        Found::Here(resource) => versioned(&call.headers, &resource),
        Found::Kept(original) => as_sent(&original.media_type, original.bytes),
        Found::Merged { into } => {
            let words = format!("this patient was merged into Patient/{into}; read that one");
            outcome(StatusCode::NOT_FOUND, &[Issue::error("not-found", words)])
        }
    })
}

/// The resources of a type for which everything that is asked holds.
pub(crate) async fn search(call: Call) -> Reply {
    let kind = call.parameters.raw("type");
    let zone = &call.house.config.zone;
    let pairs = call.query.0.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let search = match parse(kind, pairs, zone) {
        Ok(search) => search,
        Err(error @ SearchError::Resource { .. }) => {
            return Ok(outcome(StatusCode::NOT_FOUND, &[(&error).into()]));
        }
        Err(error) => return Ok(outcome(StatusCode::BAD_REQUEST, &[(&error).into()])),
    };
    let found = resources::search(&call.house.store, &call.context()?, &search, zone).await?;
    Ok(bundle(&call, &search, found))
}

/// A file that a document or report names.
pub(crate) async fn binary(call: Call) -> Reply {
    let original = resources::binary(&call.house.store, &call.context()?, call.id("digest")?).await?;
    Ok(file(&original.media_type, "file", original.bytes, true))
}

fn base(call: &Call) -> String {
    format!("{}{BASE}", call.house.config.public_url)
}

fn bundle(call: &Call, search: &Search, found: Results) -> Response {
    let asked: Vec<&str> = call.asked.split('&').filter(|pair| !pair.starts_with("_offset=")).collect();
    let results = found.resources.into_iter().map(|one| (search.resource, one.id, one.body)).collect();
    let page = Page {
        base: &base(call),
        query: &asked.join("&"),
        search,
        total: found.total,
        more: found.more,
        results,
    };
    answer(StatusCode::OK, &searchset(page))
}

/// The resource with its version, or that the asker has this version already.
fn versioned(asked: &HeaderMap, resource: &Resource) -> Response {
    let tag = format!("W/\"{}\"", resource.version);
    let known = asked.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let is_known = known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag));
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        answer(StatusCode::OK, &resource.body)
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// A resource as its sender wrote it.
fn as_sent(media_type: &str, bytes: Vec<u8>) -> Response {
    if media_type == MEDIA_TYPE {
        return ([(header::CONTENT_TYPE, MEDIA_TYPE)], Body::from(bytes)).into_response();
    }
    file(media_type, "original", bytes, true)
}

fn answer(status: StatusCode, body: &Json) -> Response {
    (status, [(header::CONTENT_TYPE, MEDIA_TYPE)], body.to_vec()).into_response()
}

fn outcome(status: StatusCode, issues: &[Issue]) -> Response {
    answer(status, &operation_outcome(issues))
}

/// That somebody has to sign in first: programs are not sent to the page for it.
pub(crate) fn sign_in_first() -> Response {
    let words = "sign in first: post `name` and `password` to /sign-in and send the cookie that comes back";
    let mut response = outcome(StatusCode::UNAUTHORIZED, &[Issue::error("login", words)]);
    let how = HeaderValue::from_static("Cookie realm=\"Chartroom\", form-action=\"/sign-in\"");
    response.headers_mut().insert(header::WWW_AUTHENTICATE, how);
    response
}

/// What is wrong, as a resource. `reference` is the number under which the log has what is ours to put right.
pub(crate) fn said(problem: &Problem, reference: &str) -> Response {
    let page = problem.page(reference, |_| false);
    let number = page.reference.map(|reference| format!(" Its number is {reference}.")).unwrap_or_default();
    let words = match problem {
        Problem::Refused(words) => words.clone(),
        Problem::Missing => "there is no such resource".into(),
        _ => format!("{}: {} {}{number}", page.heading, page.what, page.help),
    };
    let (status, code) = match problem {
        Problem::Refused(_) => (StatusCode::BAD_REQUEST, "business-rule"),
        Problem::Missing => (StatusCode::NOT_FOUND, "not-found"),
        Problem::Forbidden(_) | Problem::Closed { .. } | Problem::Stale => (problem.status(), "forbidden"),
        Problem::Conflict => (problem.status(), "conflict"),
        Problem::TooLarge => (problem.status(), "too-long"),
        Problem::Unreadable => (problem.status(), "invalid"),
        Problem::Ours(_) => (problem.status(), "exception"),
    };
    outcome(status, &[Issue::error(code, words)])
}
