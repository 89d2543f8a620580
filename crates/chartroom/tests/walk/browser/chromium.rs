//! Chromium, driven over WebDriver as a person would use it.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::support::PASSWORD;

/// How long a page may take to show what is waited for.
const PATIENCE: Duration = Duration::from_secs(40);

/// A screen that people have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Screen {
    pub(crate) name: &'static str,
    pub(crate) width: u32,
    pub(crate) height: u32,
    is_phone: bool,
}

/// On a desk.
pub(crate) const DESK: Screen = Screen { name: "desk", width: 1280, height: 800, is_phone: false };
/// In a hand.
pub(crate) const PHONE: Screen = Screen { name: "phone", width: 390, height: 844, is_phone: true };

/// A browser with a fresh profile; it ends with this value.
#[derive(Debug)]
pub(crate) struct Chromium {
    driver: Child,
    /// The address of our session at the driver.
    session: String,
    client: Client,
    /// The server whose pages are opened.
    pub(crate) base: String,
}

impl Chromium {
    /// Opens a browser for the pages of `base`; `None`, and a line that says so, where there is no Chromium.
    pub(crate) async fn open(base: &str, name: &str) -> Option<Self> {
        let started = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).spawn();
        let Ok(mut driver) = started else {
            println!("skipped: there is no chromedriver; {name} was not walked in a browser");
            return None;
        };
        let address = format!("http://127.0.0.1:{}", port(&mut driver));
        let Value::Object(wishes) = capabilities(&profile(name)) else {
            unreachable!("an object, see below")
        };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(wishes).connect(&address).await.expect("Chromium starts");
        let id = client.session_id().await.expect("the driver answers").expect("the session has a name");
        let browser =
            Self { driver, session: format!("{address}/session/{id}"), client, base: base.to_owned() };
        browser.look_through(DESK).await;
        Some(browser)
    }

    /// Opens a page by its address.
    pub(crate) async fn go(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.expect("the page opens");
    }

    /// Signs in as somebody of the demo hospital, after signing out whoever is here.
    pub(crate) async fn sign_in(&self, name: &str) {
        self.tell("Network.clearBrowserCookies", json!({})).await;
        self.go("/sign-in").await;
        self.fill("input[name=name]", name).await;
        self.fill("input[name=password]", PASSWORD).await;
        self.press("Sign in").await;
        assert_eq!(self.place().await, "/", "{name} does not come in: {}", self.text().await);
    }

    /// Where the browser is: path and query.
    pub(crate) async fn place(&self) -> String {
        let url = self.client.current_url().await.expect("the browser is somewhere");
        url.as_str().strip_prefix(self.base.as_str()).unwrap_or(url.as_str()).to_owned()
    }

    /// The text of the page as it is shown.
    pub(crate) async fn text(&self) -> String {
        self.find("body").await.text().await.expect("a page has text")
    }

    /// Waits for an element.
    pub(crate) async fn find(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(_) => panic!("no {css} at {}:\n{}", self.place().await, self.source().await),
        }
    }

    /// How many elements there are.
    pub(crate) async fn count(&self, css: &str) -> usize {
        self.client.find_all(Locator::Css(css)).await.expect("a selector that can be read").len()
    }

    /// Writes into a field, in place of what is there.
    pub(crate) async fn fill(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.clear().await.expect("the field can be emptied");
        field.send_keys(text).await.expect("the field takes text");
    }

    /// Gives a file to a file field.
    pub(crate) async fn attach(&self, css: &str, file: &Path) {
        let path = file.to_str().expect("a path of ours");
        self.find(css).await.send_keys(path).await.expect("the field takes a file");
    }

    /// Chooses in a list by the value.
    pub(crate) async fn choose(&self, css: &str, value: &str) {
        self.find(css).await.select_by_value(value).await.expect("the list has that value");
    }

    /// Chooses in a list by what is shown.
    pub(crate) async fn choose_label(&self, css: &str, label: &str) {
        self.find(css).await.select_by_label(label).await.expect("the list shows that");
    }

    /// Presses the button that says `label`, and waits for the page it leads to.
    pub(crate) async fn press(&self, label: &str) {
        self.follow(&format!("//main//button[normalize-space()='{label}']")).await;
    }

    /// Follows the link that says `label`.
    pub(crate) async fn link(&self, label: &str) {
        self.follow(&format!("//main//a[normalize-space()='{label}']")).await;
    }

    /// Follows the first link that a selector finds.
    pub(crate) async fn click(&self, css: &str) {
        let element = self.find(css).await;
        self.leave_by(&element).await;
    }

    /// Chooses a radio button or ticks a box; the page stays.
    pub(crate) async fn tick(&self, css: &str) {
        self.find(css).await.click().await.expect("it can be clicked");
    }

    /// Follows what an XPath leads to.
    pub(crate) async fn follow(&self, xpath: &str) {
        self.leave_by(&self.reach(xpath).await).await;
    }

    async fn reach(&self, xpath: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(xpath)).await;
        match found {
            Ok(element) => element,
            Err(_) => panic!("no {xpath} at {}:\n{}", self.place().await, self.source().await),
        }
    }

    /// Clicks, and waits until another page is there. The driver waits for a page that has begun to load, not for one
    /// that the server still thinks about.
    async fn leave_by(&self, element: &Element) {
        self.run("window.isLeft = false").await;
        element.click().await.expect("it can be clicked");
        self.arrives().await;
    }

    /// Presses keys that lead to another page, and waits until it is there.
    pub(crate) async fn leave_by_keys(&self, keys: &str) {
        self.run("window.isLeft = false").await;
        self.keys(keys).await;
        self.arrives().await;
    }

    async fn arrives(&self) {
        let limit = Instant::now() + PATIENCE;
        while !self.has_arrived().await {
            let place = self.place().await;
            assert!(Instant::now() < limit, "nothing follows at {place}:\n{}", self.text().await);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Whether a page has come in place of the one that was left. Between two pages no script runs.
    async fn has_arrived(&self) -> bool {
        let script = "return window.isLeft === undefined && document.readyState === 'complete'";
        self.client.execute(script, Vec::new()).await.is_ok_and(|answer| answer == Value::Bool(true))
    }

    /// Presses keys one after the other, wherever the focus is.
    pub(crate) async fn keys(&self, keys: &str) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in keys.chars() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.client.perform_actions(actions).await.expect("the keyboard works");
    }

    /// Waits until the page says `text`.
    pub(crate) async fn reads(&self, text: &str) {
        let limit = Instant::now() + PATIENCE;
        while !self.text().await.contains(text) {
            let place = self.place().await;
            assert!(Instant::now() < limit, "{place} never says '{text}':\n{}", self.text().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until the page has answered what was typed: it asks when no key came for a quarter of a second.
    pub(crate) async fn settles(&self) {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let limit = Instant::now() + PATIENCE;
        while self.count(".htmx-request").await > 0 {
            assert!(Instant::now() < limit, "{} never settles", self.place().await);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Opens a page again and again until it says `text`: something in the background has to happen first.
    pub(crate) async fn comes(&self, path: &str, text: &str) {
        let limit = Instant::now() + PATIENCE;
        loop {
            self.go(path).await;
            let said = self.text().await;
            if said.contains(text) {
                return;
            }
            assert!(Instant::now() < limit, "{path} never says '{text}':\n{said}");
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
    }

    /// Runs a script in the page and gives what it returns.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.expect("the script runs")
    }

    /// Runs a script that calls its last argument when it is done.
    pub(crate) async fn run_until_done(&self, script: &str) -> Value {
        self.client.execute_async(script, Vec::new()).await.expect("the script ends")
    }

    /// Looks at pages through a screen of this size.
    pub(crate) async fn look_through(&self, screen: Screen) {
        let size = json!({
            "width": screen.width, "height": screen.height, "deviceScaleFactor": 1, "mobile": screen.is_phone,
        });
        self.tell("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Turns the pages' own scripts off or on; for the pages opened from now on.
    pub(crate) async fn scripts(&self, are_on: bool) {
        self.tell("Emulation.setScriptExecutionDisabled", json!({ "value": !are_on })).await;
    }

    /// Tells Chromium something by its own protocol.
    pub(crate) async fn tell(&self, cmd: &str, params: Value) -> Value {
        let command = Post { path: "goog/cdp/execute", body: json!({ "cmd": cmd, "params": params }) };
        self.client.issue_cmd(command).await.unwrap_or_else(|error| panic!("{cmd}: {error}"))
    }

    /// What the browser wrote down since it was last asked: `browser` for the console, `performance` for the network.
    pub(crate) async fn log(&self, kind: &str) -> Vec<Value> {
        let command = Post { path: "se/log", body: json!({ "type": kind }) };
        let lines = self.client.issue_cmd(command).await.expect("the driver keeps a log");
        lines.as_array().cloned().unwrap_or_default()
    }

    /// The page as PNG: what the screen shows first, and what follows below up to three screens.
    pub(crate) async fn picture(&self, screen: Screen) -> Vec<u8> {
        let whole =
            self.run("return document.documentElement.scrollHeight").await.as_u64().unwrap_or_default();
        let height = whole.clamp(screen.height.into(), u64::from(screen.height) * 3);
        let clip = json!({ "x": 0, "y": 0, "width": screen.width, "height": height, "scale": 1 });
        let asked = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let answer = self.tell("Page.captureScreenshot", asked).await;
        BASE64_STANDARD.decode(answer["data"].as_str().expect("a picture")).expect("the driver writes base64")
    }

    async fn source(&self) -> String {
        self.client.source().await.unwrap_or_default()
    }
}

impl Drop for Chromium {
    /// The driver ends the browser with the session; killed alone it would leave it running.
    fn drop(&mut self) {
        let _ = ureq::delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// A command of Chromium's driver that is not part of WebDriver.
#[derive(Debug)]
struct Post {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Post {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

/// The port that the driver says it listens on; what it says later is read and dropped.
fn port(driver: &mut Child) -> u16 {
    let mut lines = BufReader::new(driver.stdout.take().expect("its output is piped")).lines();
    let said = lines.by_ref().map_while(Result::ok).find(|line| line.contains("successfully on port"));
    let said = said.expect("the driver says where it listens");
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    let digits = said.trim_end_matches('.').rsplit(' ').next().unwrap_or_default();
    digits.parse().expect("a port number")
}

/// An empty folder for the browser's profile.
fn profile(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("chromium").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("target/tmp can be written");
    folder
}

/// What kind of browser is wanted: no window, nothing of its own over the network, all logs.
fn capabilities(profile: &Path) -> Value {
    let arguments = [
        "--headless".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-quic".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--disable-features=Translate,OptimizationHints,MediaRouter".to_owned(),
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1".to_owned(),
        format!("--user-data-dir={}", profile.display()),
    ];
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": { "args": arguments },
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
    })
}
