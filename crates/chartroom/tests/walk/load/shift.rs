//! One person at work: looks for patients, reads charts, files papers, and thinks in between.

use std::time::{Duration, Instant};

use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};

use crate::support::coder;
use crate::support::html;
use crate::support::paper;
use crate::support::person::{Answer, Person};

use super::desks::{Act, Desk, act_at, desk_of};
use super::tally::{Page, Tally};

/// How long people think before the next page, in milliseconds.
const THINKING_MS: std::ops::Range<u64> = 500..1500;
/// Patients that somebody keeps in mind from the last search.
const KEPT_IN_MIND: usize = 20;
/// Work queues of the analyst and the supervisor, the longest first.
const QUEUES: [&str; 3] = ["/queues/deficiencies", "/queues/overdue", "/queues/unsigned"];
/// The demo hospital's names, for searches that find somebody.
const NAMES: &str = include_str!("../../../../hospital/demo/names.toml");

/// What invented family names are made of.
const SYLLABLES: [&str; 24] = [
    "bra", "cul", "dov", "esk", "fim", "gor", "hask", "ilt", "jun", "kref", "lom", "mib", "nart", "ost",
    "pel", "quo", "rudd", "sib", "tarn", "ulv", "vex", "wim", "yor", "zand",
];

const fn reading(name: &'static str) -> Page {
    Page { name, writes: false }
}

const fn writing(name: &'static str) -> Page {
    Page { name, writes: true }
}

/// Pages of the coder's desk that compute the codes anew.
pub(super) const CODING: [Page; 3] =
    [reading("coding desk"), writing("code added"), writing("code taken away")];

/// A person at a desk.
#[derive(Debug)]
pub(super) struct Worker {
    person: Person,
    desk: &'static Desk,
    number: usize,
    random: ChaCha8Rng,
    families: Vec<String>,
    /// Charts of the last search, and one of the worker's own making.
    charts: Vec<String>,
    own_chart: Option<String>,
    /// The desk of the stay that the worker codes.
    stay: Option<String>,
    /// Whether the own chart is restricted: then it opens to nobody without a reason.
    is_closed: bool,
    done: u32,
    tally: Tally,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Worker {
    /// Comes in and signs in; with how long that took.
    pub(super) fn arrive(base: &str, number: usize, seed: u64) -> (Self, Tally) {
        let desk = desk_of(number, std::env::var("CHARTROOM_LOAD_DESK").ok().as_deref());
        let begun = Instant::now();
        let person = Person::sign_in(base, desk.name);
        let mut sign_in = Tally::default();
        sign_in.came(reading("(sign-in)"), begun.elapsed());
        let worker = Self {
            person,
            desk,
            number,
            random: ChaCha8Rng::seed_from_u64(seed + number as u64),
            families: families(),
            charts: Vec::new(),
            own_chart: None,
            stay: None,
            is_closed: false,
            done: 0,
            tally: Tally::default(),
        };
        (worker, sign_in)
    }

    /// Works for this long, and gives the count of it.
    pub(super) fn work(mut self, shift: Duration) -> Tally {
        let end = Instant::now() + shift;
        // Nobody begins at the same moment as everybody else.
        self.think();
        self.search();
        while Instant::now() < end {
            self.think();
            let part = self.random.random_range(0..100);
            self.act(act_at(self.desk, part));
        }
        self.tally
    }

    fn think(&mut self) {
        std::thread::sleep(Duration::from_millis(self.random.random_range(THINKING_MS)));
    }

    fn act(&mut self, act: Act) {
        match act {
            Act::Search => self.search(),
            Act::Chart => self.chart("", reading("chart")),
            Act::Documents => self.documents(),
            Act::Results => self.chart("/results", reading("results")),
            Act::Unfiled => self.open(reading("papers to file"), "/unfiled"),
            Act::Duplicates => self.open(reading("duplicates"), "/duplicates"),
            Act::Messages => self.open(reading("messages"), "/messages"),
            Act::Code => self.code(),
            Act::Queue => self.queue(),
            Act::Take => self.take(),
            Act::Board => self.open(reading("board"), "/board"),
            Act::File => self.file_a_paper(),
            Act::Register => drop(self.register()),
            Act::Restrict => self.restrict(),
        }
    }

    fn search(&mut self) {
        let family = &self.families[self.random.random_range(0..self.families.len())];
        let letters = self.random.random_range(3..=family.len());
        let query = family[..letters].to_owned();
        let found =
            self.timed(reading("search"), |person| person.post("/patients", &[("query", query.as_str())]));
        let Some(found) = found else { return };
        let mut charts = html::links_below(&found.html, "/patients/");
        charts.retain(|chart| chart != "/patients/new");
        charts.truncate(KEPT_IN_MIND);
        if !charts.is_empty() {
            self.charts = charts;
        }
    }

    fn chart(&mut self, part: &str, page: Page) {
        let Some(chart) = self.any_chart() else { return self.search() };
        self.open(page, &format!("{chart}{part}"));
    }

    /// The list of a chart's documents, then one of them.
    fn documents(&mut self) {
        let Some(chart) = self.any_chart() else { return self.search() };
        let list = format!("{chart}/documents");
        let Some(found) = self.timed(reading("documents"), |person| person.get(&list)) else { return };
        let documents = html::links_below(&found.html, &format!("{list}/"));
        if documents.is_empty() {
            return;
        }
        self.think();
        let document = documents[self.random.random_range(0..documents.len())].clone();
        self.open(reading("document"), &document);
    }

    /// A scan comes in, is looked up in the queue and filed with a patient.
    fn file_a_paper(&mut self) {
        let title = self.next_name("Letter");
        let scan = paper::pdf(&title);
        let sent = self.timed(writing("upload"), |person| {
            person.upload("/upload", &[("title", title.as_str())], &format!("{title}.pdf"), &scan)
        });
        let Some(paper) = sent.and_then(|queue| in_queue(&queue.html, &format!("{title}.pdf"))) else {
            return;
        };
        let Some(number) = self.a_number() else { return };
        let asked = [("number", number.as_str()), ("kind", KIND), ("title", title.as_str()), ("confirm", "")];
        self.think();
        let Some(found) = self.timed(reading("filing, looked up"), |person| person.post(&paper, &asked))
        else {
            return;
        };
        let Some(patient) = html::field(&found.html, "patient") else {
            return self.tally.failed(reading("filing, looked up"), format!("{number} is not found"));
        };
        self.think();
        let form = [
            ("number", number.as_str()),
            ("patient", patient.as_str()),
            ("kind", KIND),
            ("title", title.as_str()),
            ("confirm", "yes"),
        ];
        self.timed(writing("filing"), |person| person.post(&paper, &form));
    }

    /// Searches for whoever it may be already, then registers somebody new. The address of the new chart.
    fn register(&mut self) -> Option<String> {
        let family = self.new_family();
        let year = self.random.random_range(1930..2020).to_string();
        let birth =
            format!("{year}-0{}-1{}", self.random.random_range(1..10), self.random.random_range(0..10));
        let person = [
            ("family", family.as_str()),
            ("given", "Quill"),
            ("birth", birth.as_str()),
            ("sex", "female"),
            ("city", "Ferry Point"),
        ];
        let mut form = person.to_vec();
        form.push(("confirm", ""));
        let alike =
            self.timed(reading("registering, alike"), |person| person.post("/patients/new", &form))?;
        let seen = html::fields(&alike.html, "seen");
        let mut form = person.to_vec();
        form.extend(seen.iter().map(|id| ("seen", id.as_str())));
        form.push(("confirm", "new"));
        self.think();
        let made = self.timed(writing("registering"), |person| person.post("/patients/new", &form))?;
        let chart = made.place.split('?').next().unwrap_or_default().to_owned();
        if chart == "/patients/new" {
            self.tally.failed(writing("registering"), format!("{family} was not registered"));
            return None;
        }
        Some(chart)
    }

    /// Closes a chart of the worker's own making to others, or opens it again: nobody else is in its way.
    fn restrict(&mut self) {
        if self.own_chart.is_none() {
            self.own_chart = self.register();
            return;
        }
        let Some(chart) = self.own_chart.clone() else { return };
        self.is_closed = !self.is_closed;
        let kind = if self.is_closed { "vip" } else { "" };
        let form = [("kind", kind), ("reason", "asked for")];
        self.timed(writing("restricting"), |person| person.post(&format!("{chart}/restriction"), &form));
    }

    /// Adds a code to the worker's stay and takes one away; finds a stay first.
    fn code(&mut self) {
        let Some(desk) = self.stay.clone() else { return self.find_stay() };
        let [open, add, remove] = CODING;
        let Some(page) = self.timed(open, |person| person.get(&desk)) else { return };
        let Some(seen) = coder::seen(&page.html) else {
            return self.tally.failed(open, format!("no code set at {desk}"));
        };
        self.think();
        let code = coder::code(self.random.random_range(0..coder::CODES));
        if page.html.contains(&code) {
            return;
        }
        let Some(page) = self.timed(add, |person| coder::add(person, &desk, &seen, &code)) else { return };
        let Some(seen) = coder::seen(&page.html) else { return };
        self.think();
        self.timed(remove, |person| coder::remove_first(person, &desk, &seen));
    }

    /// The stays that wait are taken by the coders in turn: nobody codes another's.
    fn find_stay(&mut self) {
        let board = self.timed(reading("unbilled"), |person| person.get("/unbilled"));
        let Some(board) = board else { return };
        let mut desks = html::links_below(&board.html, "/patients/");
        desks.retain(|link| link.ends_with("/coding"));
        let turn = self.number % desks.len().max(1);
        desks.rotate_left(turn);
        for desk in desks {
            let begun = coder::begin(&mut self.person, &desk);
            if matches!(begun, Ok(Some(_))) {
                self.stay = Some(desk);
                return;
            }
        }
        self.tally.failed(reading("unbilled"), "no stay waits to be coded");
    }

    /// A queue of the role, and half of the time its next page.
    fn queue(&mut self) {
        let queue = QUEUES[self.random.random_range(0..QUEUES.len())];
        let Some(found) = self.timed(reading("queue"), |person| person.get(queue)) else { return };
        let next = html::links(&found.html).into_iter().find(|link| link.contains("?after="));
        if let Some(next) = next.filter(|_| self.random.random_bool(0.5)) {
            self.think();
            self.open(reading("queue, next page"), &next);
        }
    }

    /// Opens the longest queue and takes an item of it.
    fn take(&mut self) {
        let Some(found) = self.timed(reading("queue"), |person| person.get(QUEUES[0])) else { return };
        let items = html::options(&found.html, "item");
        let Some(item) = items.get(self.random.random_range(0..items.len().max(1))).cloned() else {
            return self.tally.failed(writing("taking an item"), "nothing waits in the longest queue");
        };
        self.think();
        let form = [("item", item.as_str()), ("do", "take")];
        self.timed(writing("taking an item"), |person| person.post(QUEUES[0], &form));
    }

    fn open(&mut self, page: Page, path: &str) {
        self.timed(page, |person| person.get(path));
    }

    /// Does one thing and counts how long the page took, redirects included; `None` when it did not come.
    fn timed(
        &mut self,
        page: Page,
        step: impl FnOnce(&mut Person) -> Result<Answer, ureq::Error>,
    ) -> Option<Answer> {
        let begun = Instant::now();
        let answer = step(&mut self.person);
        let took = begun.elapsed();
        match answer {
            Ok(answer) if answer.is_good() => {
                self.tally.came(page, took);
                Some(answer)
            }
            Ok(answer) => {
                self.tally.failed(page, format!("{} at {}", answer.status, answer.place));
                None
            }
            Err(error) => {
                self.tally.failed(page, error);
                None
            }
        }
    }

    fn any_chart(&mut self) -> Option<String> {
        let count = self.charts.len();
        (count > 0).then(|| self.charts[self.random.random_range(0..count)].clone())
    }

    /// A record number of the demo hospital, as a label on the paper would say it.
    fn a_number(&mut self) -> Option<String> {
        let chart = self.any_chart()?;
        let page = self.timed(reading("chart"), |person| person.get(&chart))?;
        let at = page.html.find("<dt>Record</dt><dd>")? + "<dt>Record</dt><dd>".len();
        page.html[at..].split('<').next().map(str::to_owned)
    }

    /// A family name unlike others: people who are registered at the same moment are not taken for one another.
    fn new_family(&mut self) -> String {
        let mut syllable = || SYLLABLES[self.random.random_range(0..SYLLABLES.len())];
        let name: String = (0..4).map(|_| syllable()).collect();
        name[..1].to_uppercase() + &name[1..]
    }

    /// A name that nobody else gives.
    fn next_name(&mut self, stem: &str) -> String {
        self.done += 1;
        format!("{stem} {}x{}", self.number, self.done)
    }
}

/// The address of a paper in the queue of those to be filed, where an upload leads.
fn in_queue(queue: &str, file_name: &str) -> Option<String> {
    let row = queue[..queue.find(file_name)?].rfind("<tr")?;
    html::links_below(&queue[row..], "/unfiled/").into_iter().next()
}

/// The type that the load files papers as.
const KIND: &str = "outside-record";

fn families() -> Vec<String> {
    let names: toml::Table = NAMES.parse().expect("the demo's names are TOML");
    let families = names["family"].as_array().expect("a list of family names");
    families
        .iter()
        .filter_map(|name| name.as_str())
        .filter(|name| name.is_ascii())
        .map(str::to_owned)
        .collect()
}
