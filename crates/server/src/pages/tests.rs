//! Every page with every sample: nothing undefined, well-formed, with what a screen reader needs.

use std::collections::BTreeSet;

use super::account::{CodePage, PasswordPage, SecondStepPage, SignInPage, StartPage};
use super::audit::AuditPage;
use super::auditing::accuracy::AccuracyFiguresPage;
use super::auditing::case::AuditedCasePage;
use super::auditing::{AuditsPage, MyAuditsPage, SamplePage};
use super::billing::{BillerPage, ClaimPage, DenialsPage, RemittancePage, RemittancesPage};
use super::chart::document::{DocumentPage, DocumentsPage};
use super::chart::encounter::{EncounterPage, MovePage};
use super::chart::overview::OverviewPage;
use super::chart::print::PrintPage;
use super::chart::results::ResultsPage;
use super::chart::timeline::TimelinePage;
use super::chart::trend::TrendPage;
use super::chart::{ChartFindPage, SectionPage};
use super::clarifying::alerts::AlertsPage;
use super::clarifying::compose::ComposePage;
use super::clarifying::desk::{MeasuresPage, QueriesPage};
use super::clarifying::query::{AnswerPage, ChartQueriesPage, QueryPage};
use super::coding::{
    AutonomousPage, ClosePage, CodesPage, CodingHistoryPage, CodingPage, LearnedPage, MeasuredPage,
    RulesPage, SecondReviewsPage, SuggestedPage, SynonymsPage, UnbilledPage,
};
use super::completeness::analysis::{AnalysisPage, OrderPage};
use super::completeness::chart::{CompletenessPage, DeficiencyPage};
use super::completeness::policy::{FormsPage, PolicyPage, PolicyRowPage};
use super::completeness::queues::{QueuePage, WaitingPage};
use super::correct::{CorrectPage, WhoPage};
use super::department::accuracy::AccuracyPage;
use super::department::board::BoardPage;
use super::department::delinquency::{DelinquencyPage, LetterPage, LetterTextsPage, OwnLetterPage};
use super::department::hand_over::HandOverPage;
use super::department::my_day::MyDayPage;
use super::department::queue::{CriteriaPage, QueuesPage, WorkQueuePage};
use super::department::tour::TourPage;
use super::desk::{AboutPage, DirectoryPage, HomePage, KeysPage};
use super::dictation::{DictatePage, DictationPage, DictationsPage};
use super::filing::{FilingPage, UnfiledPage, UploadPage};
use super::frame::{Flash, Frame, Hat, Person, rail};
use super::index::{DuplicatesPage, MergesPage, PairPage};
use super::interface::{MessagePage, MessagesPage};
use super::manual::{AxisPage, ChangesPage, FormerPage, GridPage, IndexPage, TabularPage};
use super::patients::{FindPage, GlassPage, PatientsPage, RegisterPage};
use super::problem::ProblemPage;
use super::signing::amend::AmendPage;
use super::signing::inbox::InboxPage;
use super::signing::requests::{RequestPage, RequestsPage};
use super::signing::sign::SignPage;
use super::signing::write::WritePage;
use super::users::{UserPage, UsersPage};
use super::{Page, Samples};
use crate::templates::Templates;

/// Elements that have no end tag.
const VOID: [&str; 8] = ["meta", "link", "input", "br", "img", "hr", "path", "circle"];
/// Elements whose end an HTML parser would supply, and which we close all the same; SVG's own.
const SELF_CLOSED: &str = "/";

macro_rules! every_page {
    ($check:ident: $($page:ty),* $(,)?) => {
        {
            $(for (number, sample) in <$page>::samples().iter().enumerate() {
                $check(<$page>::TEMPLATE, number, sample);
            })*
            [$(<$page>::TEMPLATE),*]
        }
    };
}

#[test]
fn every_page_renders_every_sample_well_formed() {
    let rendered = every_page!(check: SignInPage, CodePage, StartPage, PasswordPage, SecondStepPage, HomePage,
        KeysPage, AboutPage, DirectoryPage, PatientsPage, RegisterPage, GlassPage, FindPage, OverviewPage, SectionPage,
        ChartFindPage, TimelinePage, DocumentsPage, DocumentPage, ResultsPage, TrendPage, EncounterPage, MovePage,
        PrintPage, UploadPage, UnfiledPage, FilingPage, MessagesPage, MessagePage, DuplicatesPage, PairPage,
        WritePage, SignPage, AmendPage, InboxPage, RequestsPage, RequestPage, DictatePage, DictationsPage, DictationPage, MergesPage, CompletenessPage, DeficiencyPage, AnalysisPage, OrderPage, WaitingPage, QueuePage, PolicyPage, PolicyRowPage, FormsPage, CorrectPage, WhoPage, AuditPage, UsersPage, UserPage, ProblemPage, AccuracyPage, CodingPage, ClosePage, CodingHistoryPage, CodesPage, UnbilledPage, SuggestedPage, LearnedPage, ClaimPage, BillerPage, RemittancesPage, RemittancePage, DenialsPage, MeasuredPage, TabularPage, IndexPage, GridPage, AxisPage, ChangesPage, FormerPage, BoardPage, DelinquencyPage, LetterPage, LetterTextsPage, OwnLetterPage, HandOverPage, MyDayPage, CriteriaPage, WorkQueuePage, QueuesPage, TourPage, QueriesPage, MeasuresPage, ComposePage, QueryPage, AnswerPage, ChartQueriesPage, AlertsPage, AutonomousPage, SecondReviewsPage, RulesPage, SynonymsPage, AuditsPage, SamplePage, MyAuditsPage, AuditedCasePage, AccuracyFiguresPage);
    let rendered: BTreeSet<&str> = rendered.into_iter().collect();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    for name in names(&root, "") {
        let is_part = name.rsplit('/').next().is_some_and(|file| file.starts_with('_'));
        assert!(is_part || rendered.contains(name.as_str()), "{name} has no page with samples");
    }
}

fn names(folder: &std::path::Path, before: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            let name = format!("{before}{}", path.file_name().unwrap().to_string_lossy());
            if path.is_dir() { names(&path, &format!("{name}/")) } else { vec![name] }
        })
        .collect()
}

fn frames(title: String, crumbs: Vec<super::frame::Crumb>) -> [Frame; 2] {
    let hat = |key, worn| Hat { key, title: "Coder", worn };
    let person = Person {
        name: "A. <Mehta>".into(),
        role: "Coder",
        hats: vec![hat("coder", true), hat("clerk", false)],
    };
    let full = Frame {
        person: Some(person),
        rail: rail(chart::access::Role::Administrator, "/patients"),
        flash: Some(Flash { kind: "done", text: "Done." }),
        csrf: "token".into(),
        demo: true,
        crumbs,
        title: title.clone(),
        facility: "Mill Creek".into(),
        version: "0.1.0",
    };
    [full, Frame { title, ..Frame::default() }]
}

fn check<P: Page>(template: &str, number: usize, sample: &P) {
    let templates = Templates::open().unwrap();
    for frame in frames(sample.title(), sample.crumbs()) {
        let html =
            templates.page(&frame, sample).unwrap_or_else(|error| panic!("{template} {number}: {error:?}"));
        let problems = problems(&html);
        assert!(problems.is_empty(), "{template}, sample {number}:\n{}\n{html}", problems.join("\n"));
    }
}

/// What is wrong with the markup.
fn problems(html: &str) -> Vec<String> {
    let mut problems = nesting(html);
    let count = |what: &str| html.matches(what).count();
    for (what, expected) in [("<h1", 1), ("<main", 1), ("<title>", 1), ("class=\"skip\"", 1)] {
        if count(what) != expected {
            problems.push(format!("{what} stands {} times", count(what)));
        }
    }
    for banned in [" style=\"", " onclick=", "http://", "https://cdn", "<script>"] {
        // The plot's namespace is no request.
        if html.replace("http://www.w3.org/2000/svg", "").contains(banned) {
            problems.push(format!("holds {banned}"));
        }
    }
    problems.extend(unlabelled(html));
    problems.extend(doubled_ids(html));
    problems
}

/// Tags with their attributes: `a href="/"`, `/a`.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag))
        .filter(|tag| !tag.starts_with('!'))
}

fn nesting(html: &str) -> Vec<String> {
    let mut open: Vec<&str> = Vec::new();
    for tag in tags(html) {
        let name = tag.split([' ', '\n']).next().unwrap_or_default().trim_end_matches('/');
        if let Some(closing) = tag.strip_prefix('/') {
            match open.pop() {
                Some(last) if last == closing => {}
                last => return vec![format!("</{closing}> ends {last:?}")],
            }
        } else if !VOID.contains(&name) && !tag.ends_with(SELF_CLOSED) {
            open.push(name);
        }
    }
    open.iter().map(|name| format!("<{name}> is not closed")).collect()
}

/// Fields that stand in no label and have no other name.
fn unlabelled(html: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut found = Vec::new();
    for tag in tags(html) {
        match tag.split(' ').next() {
            Some("label") => depth += 1,
            Some("/label") => depth -= 1,
            Some("input" | "select" | "textarea") if depth == 0 => {
                let id = tag.split("id=\"").nth(1).and_then(|rest| rest.split('"').next());
                let named = id.is_some_and(|id| html.contains(&format!("for=\"{id}\"")));
                if !named && !tag.contains("type=\"hidden\"") {
                    found.push(format!("<{tag}> has no label"));
                }
            }
            _ => {}
        }
    }
    found
}

fn doubled_ids(html: &str) -> Vec<String> {
    let ids =
        tags(html).filter_map(|tag| tag.split(" id=\"").nth(1)).filter_map(|rest| rest.split('"').next());
    let mut seen = BTreeSet::new();
    ids.filter(|id| !seen.insert(*id)).map(|id| format!("id {id} stands twice")).collect()
}

#[test]
fn the_check_sees_what_is_wrong() {
    assert_eq!(nesting("<p><b></p></b>"), ["</p> ends Some(\"b\")"]);
    assert_eq!(nesting("<p><br>"), ["<p> is not closed"]);
    assert_eq!(unlabelled("<input name=x>").len(), 1);
    assert_eq!(doubled_ids("<p id=\"a\"><p id=\"a\">").len(), 1);
}
