//! One request, as a handler sees it: who asks, with what input, in which house.

use std::str::FromStr;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chart::access::{Permission, permits};
use chart::id::Digest;
use workflow::access::{Session, Token};
use workflow::{Context, Who};

use crate::cookies;
use crate::house::House;
use crate::pages::Page;
use crate::pages::frame::{Frame, Hat, Person, rail};
use crate::problem::Problem;
use crate::show::Show;

/// What a handler gives.
pub(crate) type Reply = Result<Response, Problem>;

/// One request.
pub(crate) struct Call {
    pub(crate) house: Arc<House>,
    /// Who is signed in; the gate has made sure that there is somebody where the route needs it.
    pub(crate) caller: Option<Caller>,
    pub(crate) path: String,
    pub(crate) parameters: Fields,
    pub(crate) query: Fields,
    /// The query as it was sent, still encoded.
    pub(crate) asked: String,
    pub(crate) form: Fields,
    /// What was sent as JSON, as it came; empty otherwise.
    pub(crate) json: Vec<u8>,
    pub(crate) file: Option<SentFile>,
    pub(crate) headers: HeaderMap,
}

/// Who asks.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) token: Token,
    pub(crate) session: Session,
}

/// A file of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SentFile {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Names and values, in the order sent; a name may come several times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fields(pub(crate) Vec<(String, String)>);

impl Fields {
    /// The first value of the name, without blanks around it; empty when there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(one, _)| one == name).map_or("", |(_, value)| value.trim())
    }

    /// The first value of the name exactly as sent: passwords and messages.
    pub(crate) fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(one, _)| one == name).map_or("", |(_, value)| value)
    }

    /// All values of the name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    /// The value read as what it should be; `None` when it is empty or something else.
    pub(crate) fn read<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).parse().ok()
    }
}

impl Call {
    /// An identifier in the path. Something else there is a page that does not exist.
    pub(crate) fn id<T: FromStr>(&self, name: &str) -> Result<T, Problem> {
        self.parameters.read(name).ok_or(Problem::Missing)
    }

    /// Who is signed in. A route that is open to anybody has nobody.
    pub(crate) fn caller(&self) -> Result<&Caller, Problem> {
        self.caller.as_ref().ok_or(Problem::Stale)
    }

    /// A context for the use case of this request.
    pub(crate) fn context(&self) -> Result<Context, Problem> {
        let session = &self.caller()?.session;
        let who = Who::User { id: session.user, role: session.role, party: session.party };
        let mut context = self.house.context(who);
        context.session = Some(session.id);
        context.source = self.source();
        Ok(context)
    }

    /// A context for signing in: nobody is here yet.
    pub(crate) fn door(&self) -> Context {
        let mut context = self.house.context(Who::System("sign-in"));
        context.source = self.source();
        context
    }

    /// The digest of the address that the request says it came from, as the proxy or the socket gave it.
    fn source(&self) -> Option<Digest> {
        self.headers.get(crate::gate::FROM).map(|from| Digest::of(from.as_bytes()))
    }

    /// Whether the role worn has the permission, for all patients or for own ones.
    pub(crate) fn may(&self, permission: Permission) -> bool {
        self.caller.as_ref().is_some_and(|caller| permits(&[caller.session.role], permission).is_some())
    }

    /// Dates and times as this facility writes them.
    pub(crate) fn show(&self) -> Show {
        self.house.show()
    }

    /// The page, whole.
    pub(crate) fn page<P: Page>(&self, page: &P) -> Reply {
        self.page_as(StatusCode::OK, page)
    }

    /// The page, with another status.
    pub(crate) fn page_as<P: Page>(&self, status: StatusCode, page: &P) -> Reply {
        let html = self.house.templates.page(&self.frame(page), page)?;
        let mut response =
            (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
        if cookies::said(&self.headers).is_some() {
            response.headers_mut().append(header::SET_COOKIE, cookies::set_said(None));
        }
        Ok(response)
    }

    /// A form again, with what is wrong with it.
    pub(crate) fn again<P: Page>(&self, page: &P) -> Reply {
        self.page_as(StatusCode::UNPROCESSABLE_ENTITY, page)
    }

    fn frame<P: Page>(&self, page: &P) -> Frame {
        let caller = self.caller.as_ref().filter(|caller| !caller.session.half);
        Frame {
            title: page.title(),
            facility: self.house.config.facility.clone(),
            version: env!("CARGO_PKG_VERSION"),
            demo: self.house.config.demo.is_some(),
            person: caller.map(|caller| person(&caller.session)),
            rail: caller.map(|caller| rail(caller.session.role, &self.path)).unwrap_or_default(),
            crumbs: page.crumbs(),
            flash: cookies::said(&self.headers),
            csrf: self.caller.as_ref().map(|caller| crate::gate::mask(&caller.token)).unwrap_or_default(),
        }
    }
}

fn person(session: &Session) -> Person {
    let hat = |role: &chart::access::Role| Hat {
        key: role.key(),
        title: role.title(),
        worn: *role == session.role,
    };
    Person {
        name: session.name.clone(),
        role: session.role.title(),
        hats: session.roles.iter().map(hat).collect(),
    }
}

/// To another page of ours.
pub(crate) fn go(to: &str) -> Response {
    let to = HeaderValue::from_str(to).unwrap_or_else(|_| HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// To another page of ours, which says what was done.
pub(crate) fn go_saying(to: &str, said: &'static str) -> Response {
    let mut response = go(to);
    response.headers_mut().append(header::SET_COOKIE, cookies::set_said(Some(said)));
    response
}

/// A file of the record: shown when the browser knows how and the kind is harmless, else downloaded.
pub(crate) fn file(media_type: &str, name: &str, bytes: Vec<u8>, download: bool) -> Response {
    let shown = !download && !crate::pages::parts::FileView::shown(media_type).is_empty();
    let safe: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect();
    let disposition = if shown { "inline".to_owned() } else { format!("attachment; filename=\"{safe}\"") };
    let media_type = if shown { media_type } else { "application/octet-stream" };
    let mut response = ([(header::CONTENT_TYPE, media_type)], Body::from(bytes)).into_response();
    let headers = response.headers_mut();
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    // A browser's own PDF viewer does not run in a sandbox; a PDF is shown by its viewer and runs nothing of ours.
    if media_type != "application/pdf" {
        headers.insert(header::CONTENT_SECURITY_POLICY, crate::headers::SANDBOX);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_without_blanks_and_passwords_with_them() {
        let fields =
            Fields(vec![("a".into(), " x ".into()), ("r".into(), "1".into()), ("r".into(), "2".into())]);
        assert_eq!((fields.text("a"), fields.raw("a"), fields.text("b")), ("x", " x ", ""));
        assert_eq!(fields.all("r").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(fields.read::<u32>("r"), Some(1));
    }

    #[test]
    fn a_page_of_html_from_outside_is_never_shown_as_one() {
        let sent = file("text/html", "a\"b\r\n.html", b"<script>".to_vec(), false);
        assert_eq!(sent.headers()[header::CONTENT_TYPE], "application/octet-stream");
        assert_eq!(sent.headers()[header::CONTENT_DISPOSITION], "attachment; filename=\"a_b__.html\"");
    }
}
