//! A browser as far as these tests need one: cookies, forms with their token, no redirection by itself.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};

use server::{Clock, Config, bind};
use store::Store;
use tokio_util::sync::CancellationToken;
use workflow::coding::Books;

use crate::seed;

/// The coder's books, opened once for all tests.
static BOOKS: LazyLock<Arc<Books>> = LazyLock::new(|| {
    let pack = codeset::Pack::open(editions::EMBEDDED).expect("the program's editions");
    Arc::new(Books::open(pack).expect("they open"))
});

/// A house that serves until it is dropped.
pub(crate) struct House {
    pub(crate) address: SocketAddr,
    pub(crate) store: Store,
    stop: CancellationToken,
}

impl House {
    /// A house with an empty record.
    pub(crate) async fn empty(change: impl FnOnce(&mut Config)) -> Self {
        let store = Store::open("sqlite::memory:").await.expect("a database in memory");
        store.migrate().await.expect("a schema");
        let mut config = Config::new(([127, 0, 0, 1], 0).into(), "Mill Creek Hospital");
        change(&mut config);
        let server = bind(config, store.clone(), Clock::of_the_machine()).await.expect("a free port");
        let server = server.with_books(BOOKS.clone());
        let (address, stop) = (server.address().expect("an address"), CancellationToken::new());
        tokio::spawn(server.serve(stop.clone()));
        Self { address, store, stop }
    }

    /// A house with one person who holds every role, and a patient with a stay and a document.
    pub(crate) async fn furnished() -> (Self, seed::Seed) {
        let house = Self::empty(|_| {}).await;
        let seed = seed::fill(&house.store).await;
        (house, seed)
    }

    /// A browser at this house.
    pub(crate) fn browser(&self) -> Browser {
        Browser { base: format!("http://{}", self.address), cookies: BTreeMap::new(), token: String::new() }
    }

    /// A browser in which the person is signed in, wearing this role.
    pub(crate) async fn signed_in(&self, login: &str, role: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.post("/sign-in", &[("name", login), ("password", seed::PASSWORD)]).await;
        assert_eq!(answer.status, 303, "{login} comes in: {}", answer.body);
        browser.get("/keys").await;
        let answer = browser.post("/hat", &[("role", role)]).await;
        assert_eq!(answer.status, 303, "{login} wears {role}: {}", answer.body);
        browser.get("/keys").await;
        browser
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// A browser.
#[derive(Clone)]
pub(crate) struct Browser {
    base: String,
    cookies: BTreeMap<String, String>,
    /// The form token of the last page.
    pub(crate) token: String,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: ureq::http::HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The page holds these words.
    #[track_caller]
    pub(crate) fn says(&self, words: &str) -> &Self {
        assert!(self.body.contains(words), "`{words}` in {} {}", self.status, self.body);
        self
    }
}

impl Browser {
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.ask("GET", path, &[], String::new()).await
    }

    /// Sends a form with the token of the last page.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token.clone();
        let fields = fields.iter().copied().chain([("csrf", token.as_str())]);
        let body: Vec<String> = fields.map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        self.ask("POST", path, &[("content-type", "application/x-www-form-urlencoded")], body.join("&")).await
    }

    pub(crate) async fn ask(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> Answer {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request = request.header("cookie", cookies.join("; "));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body).expect("a request");
        let answer = tokio::task::spawn_blocking(move || send(request)).await.expect("an answer");
        self.keep(&answer);
        answer
    }

    fn keep(&mut self, answer: &Answer) {
        for line in answer.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok()) {
            let (name, rest) = line.split_once('=').expect("a cookie");
            let value = rest.split(';').next().unwrap_or_default();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let token =
            answer.body.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        if let Some(token) = token {
            self.token = token.to_owned();
        }
    }
}

fn send(request: ureq::http::Request<String>) -> Answer {
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
    let answer = ureq::Agent::from(config).run(request).expect("the house answers");
    let (parts, mut body) = answer.into_parts();
    let bytes = body.read_to_vec().expect("a body");
    Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        // Templates write a stroke as a character reference.
        body: String::from_utf8_lossy(&bytes).replace("&#x2f;", "/"),
    }
}

fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
