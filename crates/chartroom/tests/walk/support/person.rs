//! Somebody who works with the pages, without a browser: signs in, follows links, sends forms.

use std::collections::BTreeMap;
use std::time::Duration;

use ureq::http::Response;
use ureq::{Agent, Body, Error};

use super::{PASSWORD, html};

/// How long a person waits for a page.
const PATIENCE: Duration = Duration::from_secs(30);
/// Pages that a form may lead through.
const MOST_REDIRECTS: usize = 4;
/// Separates the parts of an upload; it occurs in no file of ours.
const BOUNDARY: &str = "chartroom-walk-3f9a1c";

/// A person with a session.
#[derive(Debug)]
pub(crate) struct Person {
    agent: Agent,
    base: String,
    cookies: BTreeMap<String, String>,
    csrf: String,
}

/// What came back, after all redirects.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Where the person is now: path and query.
    pub(crate) place: String,
    pub(crate) html: String,
    /// `text/html; charset=utf-8`.
    pub(crate) media_type: String,
}

impl Answer {
    /// Whether the page is what was wanted.
    pub(crate) fn is_good(&self) -> bool {
        self.status < 400
    }
}

impl Person {
    /// Somebody who has not signed in.
    pub(crate) fn stranger(base: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_global(Some(PATIENCE))
            .build();
        Self {
            agent: config.new_agent(),
            base: base.to_owned(),
            cookies: BTreeMap::new(),
            csrf: String::new(),
        }
    }

    /// Somebody of the demo hospital, signed in.
    pub(crate) fn sign_in(base: &str, name: &str) -> Self {
        let mut person = Self::stranger(base);
        person.get("/sign-in").expect("the sign-in page comes");
        let form = [("name", name), ("password", PASSWORD), ("next", "/")];
        let answer = person.post("/sign-in", &form).expect("the sign-in is answered");
        assert!(answer.is_good() && answer.place == "/", "{name} cannot sign in: {answer:?}");
        person
    }

    /// Opens a page.
    pub(crate) fn get(&mut self, path: &str) -> Result<Answer, Error> {
        let request = self.agent.get(self.address(path)).header("cookie", self.cookie());
        let response = request.call()?;
        self.arrive(path, response, MOST_REDIRECTS)
    }

    /// Sends a form.
    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer, Error> {
        let request = self.agent.post(self.address(path)).header("cookie", self.cookie());
        let csrf = [("csrf", self.csrf.as_str())];
        let form = csrf.iter().chain(fields).copied();
        let response = request.header("origin", &self.base).send_form(form)?;
        self.arrive(path, response, MOST_REDIRECTS)
    }

    /// Sends what a program sends: lines of JSON, with the form token in a header.
    pub(crate) fn send_json(&mut self, path: &str, body: &str) -> Result<Answer, Error> {
        let request = self.agent.post(self.address(path)).header("cookie", self.cookie());
        let request = request.header("origin", &self.base).header("x-csrf-token", &self.csrf);
        let response = request.content_type("application/json").send(body)?;
        self.arrive(path, response, MOST_REDIRECTS)
    }

    /// Sends a form with a file.
    pub(crate) fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        name: &str,
        file: &[u8],
    ) -> Result<Answer, Error> {
        let body = multipart(&self.csrf, fields, name, file);
        let request = self.agent.post(self.address(path)).header("cookie", self.cookie());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let response = request.header("origin", &self.base).content_type(kind).send(body.as_slice())?;
        self.arrive(path, response, MOST_REDIRECTS)
    }

    /// Loses what proves that a form comes from one of our pages.
    pub(crate) fn forget_form_token(&mut self) {
        self.csrf = "forged".to_owned();
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    fn cookie(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// Keeps cookies and the form token, and goes where the answer sends the person.
    fn arrive(&mut self, path: &str, mut response: Response<Body>, left: usize) -> Result<Answer, Error> {
        self.keep_cookies(&response);
        let header = |name: &str| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        let (to, media_type) = (header("location"), header("content-type"));
        let status = response.status().as_u16();
        let bytes = response.body_mut().read_to_vec()?;
        if (300..400).contains(&status) && !to.is_empty() && left > 0 {
            let to = to.strip_prefix(&self.base).unwrap_or(&to).to_owned();
            let request = self.agent.get(self.address(&to)).header("cookie", self.cookie());
            let response = request.call()?;
            return self.arrive(&to, response, left - 1);
        }
        let html = String::from_utf8_lossy(&bytes).into_owned();
        if let Some(csrf) = html::field(&html, "csrf") {
            self.csrf = csrf;
        }
        Ok(Answer { status, place: path.to_owned(), html, media_type })
    }

    fn keep_cookies(&mut self, response: &Response<Body>) {
        for cookie in response.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

fn multipart(csrf: &str, fields: &[(&str, &str)], name: &str, file: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, value) in [("csrf", csrf)].iter().chain(fields) {
        let part =
            format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let head = format!(
        "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         content-type: application/pdf\r\n\r\n"
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    body
}
