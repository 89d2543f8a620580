//! The gate every request goes through: who asks, may they, does the form come from us, what did they send.

use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, to_bytes};
use axum::extract::{Form, FromRequest, Multipart, Query, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::response::Response;
use chart::access::{Permission, permits};
use workflow::access::Token;
use workflow::privacy::{self, Refusal};

use crate::call::{Call, Caller, Fields, Reply, SentFile, go};
use crate::cookies;
use crate::handlers::fhir;
use crate::house::House;
use crate::problem::Problem;
use crate::routes::{Needs, Route};

/// The header in which the outermost layer writes the address a request came from.
pub(crate) const FROM: &str = "x-chartroom-from";
/// The header in which scripts send the form token.
const FORM_TOKEN: &str = "x-csrf-token";
/// The largest form without files, in bytes.
const FORM_LIMIT_BYTES: usize = 2_000_000;

/// Serves one request of `route`.
pub(crate) async fn pass(
    house: Arc<House>,
    route: &'static Route,
    parameters: Fields,
    request: Request,
) -> Response {
    let begun = Instant::now();
    let reference = ulid::Ulid::from_parts(milliseconds(&house), rand::random()).to_string();
    let method = request.method().clone();
    let mut response = respond(&house, route, parameters, request, &reference).await;
    crate::headers::add(response.headers_mut(), &house.config);
    crate::log::request(&method, route.path, response.status(), begun.elapsed(), &reference);
    response
}

fn milliseconds(house: &House) -> u64 {
    u64::try_from(house.now().as_millisecond()).unwrap_or(0)
}

async fn respond(
    house: &Arc<House>,
    route: &'static Route,
    parameters: Fields,
    request: Request,
    reference: &str,
) -> Response {
    let mut call = Call {
        house: house.clone(),
        caller: None,
        path: request.uri().path().to_owned(),
        parameters,
        query: query(&request),
        asked: request.uri().query().unwrap_or_default().to_owned(),
        form: Fields::default(),
        json: Vec::new(),
        file: None,
        headers: request.headers().clone(),
    };
    match serve(&mut call, route, request).await {
        Ok(response) => response,
        Err(problem) => {
            write_down(&call, route, &problem, reference).await;
            say(&call, &problem, reference)
        }
    }
}

/// Writes down that somebody who is signed in was refused: the privacy officer sees who tries doors.
async fn write_down(call: &Call, route: &Route, problem: &Problem, reference: &str) {
    let refusal = match problem {
        Problem::Forbidden(permission) => Refusal::Permission(*permission),
        Problem::Closed { patient, .. } => Refusal::Chart(*patient),
        _ => return,
    };
    let Ok(context) = call.context() else { return };
    let written = privacy::refused(&call.house.store, &context, route.path, refusal).await;
    if let Err(error) = written {
        tracing::error!(reference, error = %error, "a refusal could not be written down");
    }
}

async fn serve(call: &mut Call, route: &'static Route, request: Request) -> Reply {
    let method = request.method().clone();
    if changes(&method) && is_from_elsewhere(&call.headers) {
        return Err(Problem::Stale);
    }
    call.caller = caller(call).await?;
    if let Some(turned_away) = check(call, route, &method)? {
        return Ok(turned_away);
    }
    if changes(&method) {
        take_form(call, request).await?;
        if call.caller.is_some() && !has_token(call) {
            return Err(Problem::Stale);
        }
    }
    let call = std::mem::replace(call, call.shell());
    (route.handler)(call).await
}

impl Call {
    /// What an error page still needs, once the handler has the rest.
    fn shell(&self) -> Self {
        Self {
            house: self.house.clone(),
            caller: self.caller.clone(),
            path: self.path.clone(),
            parameters: Fields::default(),
            query: Fields::default(),
            asked: String::new(),
            form: Fields::default(),
            json: Vec::new(),
            file: None,
            // Whence the request came stays with a refusal.
            headers: self.headers.iter().filter(|(name, _)| *name == FROM).map(kept).collect(),
        }
    }
}

fn kept((name, value): (&HeaderName, &HeaderValue)) -> (HeaderName, HeaderValue) {
    (name.clone(), value.clone())
}

fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD)
}

/// Whether a browser says that another site's page sends this.
///
/// A browser that is told to send no referrer writes the origin of a form as `null`: then, and only then, what it says
/// of the site decides alone.
fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let site = text("sec-fetch-site");
    if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return true;
    }
    let host = text("x-forwarded-host").or_else(|| text("host"));
    match text("origin") {
        None => false,
        Some("null") => site.is_none(),
        Some(origin) => origin.split_once("://").map(|(_, from)| from) != host,
    }
}

async fn caller(call: &Call) -> Result<Option<Caller>, Problem> {
    let Some(token) = cookies::session(&call.headers, &call.house.config) else { return Ok(None) };
    let found =
        workflow::access::session(&call.house.store, call.house.now(), &token, call.house.config.sessions)
            .await?;
    Ok(found.map(|session| Caller { token, session }))
}

/// A response for whoever is turned away kindly; an error for whoever lacks a permission.
fn check(call: &Call, route: &Route, method: &Method) -> Result<Option<Response>, Problem> {
    let half = call.caller.as_ref().map(|caller| caller.session.half);
    match (route.needs, half) {
        (Needs::Nothing, _) | (Needs::HalfSignedIn, Some(_)) | (Needs::SignedIn, Some(false)) => Ok(None),
        (Needs::May(permission), Some(false)) => allowed(call, permission).map(|()| None),
        (Needs::HalfSignedIn | Needs::SignedIn | Needs::May(_), _) => Ok(Some(to_sign_in(call, method))),
    }
}

fn allowed(call: &Call, permission: Permission) -> Result<(), Problem> {
    let role = call.caller()?.session.role;
    permits(&[role], permission).map(|_| ()).ok_or(Problem::Forbidden(permission))
}

/// To the sign-in page, and from there back to where they wanted to go.
fn to_sign_in(call: &Call, method: &Method) -> Response {
    if fhir::is_fhir(&call.path) {
        return fhir::sign_in_first();
    }
    let next =
        if changes(method) || call.path == "/" { String::new() } else { format!("?next={}", call.path) };
    let to = format!("/sign-in{next}");
    let mut response = go(&to);
    // A script that asked for a part of a page must not put the sign-in form into it.
    if call.headers.contains_key("hx-request") {
        *response.status_mut() = axum::http::StatusCode::OK;
        if let Ok(to) = HeaderValue::from_str(&to) {
            response.headers_mut().insert("hx-redirect", to);
        }
    }
    response
}

fn query(request: &Request) -> Fields {
    Query::<Vec<(String, String)>>::try_from_uri(request.uri())
        .map(|Query(fields)| Fields(fields))
        .unwrap_or_default()
}

async fn take_form(call: &mut Call, request: Request) -> Result<(), Problem> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    if kind.starts_with("multipart/form-data") {
        return take_parts(call, request).await;
    }
    let is_json = kind.starts_with("application/json") || kind.starts_with("application/x-ndjson");
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, FORM_LIMIT_BYTES).await.map_err(|_| Problem::TooLarge)?;
    if bytes.is_empty() {
        return Ok(());
    }
    if is_json {
        call.json = bytes.to_vec();
        return Ok(());
    }
    let request = Request::from_parts(parts, Body::from(bytes));
    let form =
        Form::<Vec<(String, String)>>::from_request(request, &()).await.map_err(|_| Problem::Unreadable)?;
    call.form = Fields(form.0);
    Ok(())
}

async fn take_parts(call: &mut Call, request: Request) -> Result<(), Problem> {
    let wrong = |error: axum::extract::multipart::MultipartError| match error.status().as_u16() {
        413 => Problem::TooLarge,
        _ => Problem::Unreadable,
    };
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| Problem::Unreadable)?;
    while let Some(part) = parts.next_field().await.map_err(wrong)? {
        let name = part.name().unwrap_or_default().to_owned();
        if let Some(file) = part.file_name().map(str::to_owned) {
            let bytes = part.bytes().await.map_err(wrong)?.to_vec();
            if bytes.len() > call.house.config.upload_limit_bytes {
                return Err(Problem::TooLarge);
            }
            call.file = (!bytes.is_empty()).then_some(SentFile { name: file, bytes });
        } else {
            call.form.0.push((name, part.text().await.map_err(wrong)?));
        }
    }
    Ok(())
}

/// Whether the form carries the token that our page of this session gave it.
fn has_token(call: &Call) -> bool {
    let Some(caller) = &call.caller else { return false };
    let sent = call.headers.get(FORM_TOKEN).and_then(|value| value.to_str().ok());
    let sent = sent.unwrap_or_else(|| call.form.text("csrf"));
    unmask(sent).is_some_and(|sent| equal(&sent, caller.token.for_forms().as_bytes()))
}

/// The form token under a mask of chance, so that it is another text on every page: a compressed page then tells
/// nothing about it by its length.
pub(crate) fn mask(token: &Token) -> String {
    let secret = token.for_forms();
    let mask: [u8; 64] = rand::random();
    let masked = secret.bytes().zip(mask).map(|(letter, mask)| letter ^ mask);
    mask.into_iter().chain(masked).map(|byte| format!("{byte:02x}")).collect()
}

fn unmask(text: &str) -> Option<Vec<u8>> {
    let bytes: Option<Vec<u8>> = text
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect();
    let bytes = bytes.filter(|bytes| bytes.len() == 128)?;
    let (mask, masked) = bytes.split_at(64);
    Some(mask.iter().zip(masked).map(|(mask, letter)| mask ^ letter).collect())
}

/// Compares in a time that does not depend on where they differ.
fn equal(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |sum, (one, other)| sum | (one ^ other)) == 0
}

/// The page that says what is wrong.
fn say(call: &Call, problem: &Problem, reference: &str) -> Response {
    if let Problem::Ours(error) = problem {
        tracing::error!(reference, error = %error, "a request failed");
    }
    if fhir::is_fhir(&call.path) {
        return fhir::said(problem, reference);
    }
    let page = problem.page(reference, |permission| call.may(permission));
    call.page_as(problem.status(), &page).unwrap_or_else(|_| {
        let mut plain = Response::new(Body::from("Something broke here. Try again."));
        *plain.status_mut() = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
        plain
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn a_form_of_another_site_is_known_by_its_headers() {
        let host = ("host", "charts.example:8080");
        let elsewhere = |pairs: &[(&'static str, &'static str)]| is_from_elsewhere(&headers(pairs));
        assert!(!elsewhere(&[host]));
        assert!(!elsewhere(&[
            host,
            ("origin", "http://charts.example:8080"),
            ("sec-fetch-site", "same-origin")
        ]));
        assert!(elsewhere(&[host, ("origin", "https://evil.example")]));
        assert!(elsewhere(&[host, ("origin", "null")]));
        assert!(!elsewhere(&[host, ("origin", "null"), ("sec-fetch-site", "same-origin")]));
        assert!(elsewhere(&[host, ("origin", "null"), ("sec-fetch-site", "cross-site")]));
        assert!(elsewhere(&[host, ("sec-fetch-site", "cross-site")]));
        assert!(elsewhere(&[host, ("sec-fetch-site", "same-site")]));
    }

    #[test]
    fn a_masked_token_differs_every_time_and_says_the_same() {
        let token = Token::new([9; 32]);
        let (one, other) = (mask(&token), mask(&token));
        assert_ne!(one, other);
        for masked in [one, other] {
            assert!(equal(&unmask(&masked).unwrap(), token.for_forms().as_bytes()));
        }
        assert_eq!(unmask("zz"), None);
        assert!(!equal(b"a", b"ab"));
    }
}
