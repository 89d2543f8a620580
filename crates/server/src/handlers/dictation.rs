//! Dictating, the transcription desk, and one dictation on its way from the voice to the signed text.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chart::access::Permission;
use chart::deficiency::Responsible;
use chart::dictation::{Dictation, DictationState, ErrorClass, Errors, Priority, error_classes, work_types};
use chart::document_template::empty;
use chart::id::{DictationId, EncounterId};
use workflow::dictation::{self as cases, Act, Dictate, DictationRead};

use super::chart::top;
use super::input;
use super::signing::{credential, refused};
use crate::call::{Call, Fields, Reply, go_saying};
use crate::pages::dictation::{DictatePage, DictationPage, DictationsPage};
use crate::pages::parts::{Cell, Choice, Fact, Table, Tag};
use crate::problem::Problem;
use crate::show;

/// Dictations listed at once.
const ROWS: u32 = 100;

pub(crate) async fn dictate_form(call: Call) -> Reply {
    let page = dictate_page(&call, None).await?;
    call.page(&page)
}

async fn dictate_page(call: &Call, problem: Option<String>) -> Result<DictatePage, Problem> {
    let id: EncounterId = call.id("encounter")?;
    let page = store::Page::first(1);
    let read = workflow::charts::encounter(&call.house.store, &call.context()?, id, page).await?;
    let top = top(call, &read.banner, "Encounters");
    let chosen = call.form.text("type");
    let types = work_types().all().iter().map(|one| Choice::new(one.key.clone(), one.title.clone(), chosen));
    let limit = u64::try_from(call.house.config.upload_limit_bytes).unwrap_or(u64::MAX);
    let visit = &read.encounter.visit;
    Ok(DictatePage {
        action: format!("{}/encounters/{id}/dictate", top.base),
        problem,
        encounter: format!("{}, {}", visit.setting.title(), call.show().span(visit.stay)),
        types: types.collect(),
        remark: call.form.text("remark").into(),
        limit: show::size(limit),
        top,
    })
}

pub(crate) async fn dictate(mut call: Call) -> Reply {
    let encounter: EncounterId = call.id("encounter")?;
    let voice = call.file.take().map(|file| file.bytes).unwrap_or_default();
    let dictate = Dictate {
        encounter,
        work_type: call.form.text("type").into(),
        priority: call.form.read("priority").unwrap_or(Priority::Routine),
        remark: call.form.text("remark").into(),
        voice,
        seconds: call.form.read("seconds").unwrap_or_default(),
    };
    let zone = &call.house.config.zone;
    match refused(cases::dictate(&call.house.store, &mut call.context()?, dictate, zone).await)? {
        Ok(id) => Ok(go_saying(&format!("/inbox/dictations/{id}"), "dictated")),
        Err(words) => {
            let page = dictate_page(&call, Some(words)).await?;
            call.again(&page)
        }
    }
}

pub(crate) async fn desk(call: Call) -> Reply {
    let shown = call.query.text("show");
    let page = input::page(&call.query, ROWS);
    let desk = cases::desk(&call.house.store, &call.context()?, shown == "mine", page).await?;
    let columns = ["Work", "Patient", "Author", "Length", "State", "Due", "Lines", "Blanks"];
    let rows = desk.rows.iter().map(|(one, patient)| row(&call, one, &patient.demographics.filed_name()));
    let table =
        Table::new("Dictations, STAT first, then by the clock", &columns, "Nothing waits to be typed.");
    call.page(&DictationsPage {
        filters: vec![Choice::new("", "Everything", shown), Choice::new("mine", "Mine", shown)],
        table: table.rows(rows),
        pager: input::pager(page, desk.count, &call.path),
    })
}

fn row(call: &Call, one: &Dictation, patient: &str) -> Vec<Cell> {
    let late = one.is_late(call.house.now());
    let due = Cell::new(call.show().maybe_moment(one.clock.due())).note(if late { "overdue" } else { "" });
    let typist = one.state.typist().map_or("", |typist| typist.name.as_str());
    let priority = if one.priority == Priority::Stat { "STAT" } else { "" };
    vec![
        Cell::new(work_title(one)).link(format!("/dictations/{}", one.id)).note(priority),
        Cell::new(patient),
        Cell::new(author(&one.author)),
        Cell::new(length(one)).number(),
        Cell::new(one.state.title()).note(typist),
        if late { due.mark("odd") } else { due },
        Cell::new(one.lines().to_string()).number(),
        Cell::new(one.blanks().to_string()).number(),
    ]
}

fn author(author: &Responsible) -> String {
    author.name.name.clone()
}

fn work_title(one: &Dictation) -> String {
    work_types().by_key(&one.work_type).map_or(one.work_type.as_str(), |kind| &kind.title).to_owned()
}

/// Minutes and seconds; a dash where the recorder did not say.
fn length(one: &Dictation) -> String {
    let seconds = one.audio.as_ref().map_or(0, |audio| audio.seconds);
    if seconds == 0 { show::NOTHING.into() } else { format!("{}:{:02}", seconds / 60, seconds % 60) }
}

pub(crate) async fn read(call: Call) -> Reply {
    let page = page(&call, None).await?;
    call.page(&page)
}

async fn page(call: &Call, problem: Option<String>) -> Result<DictationPage, Problem> {
    let id: DictationId = call.id("dictation")?;
    let read = cases::read(&call.house.store, &call.context()?, id).await?;
    let at_inbox = call.path.starts_with("/inbox");
    let base = if at_inbox { "/inbox/dictations" } else { "/dictations" };
    let one = &read.dictation;
    let document_type = work_types().by_key(&one.work_type).map_or("", |kind| &kind.document_type);
    let typed = call.form.raw("text");
    let text = match (typed.is_empty(), one.text.is_empty()) {
        (false, _) => typed.to_owned(),
        (true, true) => empty(document_type),
        (true, false) => one.text.clone(),
    };
    let signs = at_inbox && read.is_author && matches!(one.state, DictationState::WithAuthor { .. });
    let acts = if at_inbox { Vec::new() } else { acts(call, &read) };
    let reviews = acts.iter().any(|act| act.key == "review");
    let types_now = acts.iter().any(|act| act.key == "save");
    let document = match &one.state {
        DictationState::Signed { document, .. } => {
            Some(format!("/patients/{}/documents/{document}", one.patient))
        }
        _ => None,
    };
    Ok(DictationPage {
        top: top(call, &read.banner, "Documents"),
        heading: work_title(one),
        action: format!("{base}/{id}"),
        problem,
        state: Tag {
            tone: if one.is_late(call.house.now()) { "stop" } else { "note" },
            text: one.state.title().into(),
        },
        facts: facts(call, one),
        voice: one.audio.as_ref().map(|_| format!("{base}/{id}/voice")),
        version: one.version,
        lines: chart::dictation::LineCount::of(&text).to_string(),
        blanks: chart::dictation::blanks(&text),
        text,
        writes: signs || reviews || types_now,
        acts,
        reviews,
        classes: classes(),
        typists: typists(&read),
        other_priority: other_priority(call, one),
        refuses: refuses(call, &read),
        signs,
        asks_code: read.asks_code,
        history: history(call, one),
        document,
    })
}

fn facts(call: &Call, one: &Dictation) -> Vec<Fact> {
    let show = call.show();
    let due = show.maybe_moment(one.clock.due());
    let source = work_types().by_key(&one.work_type).map_or("", |kind| kind.source.as_str());
    let sent_back = match &one.state {
        DictationState::SentBack { reason, .. } => reason.as_str(),
        _ => "",
    };
    let score = one.score.map_or_else(String::new, |score| {
        let errors = score.errors;
        let passed = if score.passes() { "goals reached" } else { "goals missed" };
        format!("critical {}, major {}, minor {}: {passed}", errors.critical, errors.major, errors.minor)
    });
    let facts = [
        Fact::new("Author", author(&one.author)),
        Fact::new("Dictated", show.moment(one.dictated)),
        Fact::new("Length", length(one)),
        Fact::new("Priority", one.priority.key()),
        Fact::new("Due", format!("{due}, {} after the dictation. {source}", one.clock.span)),
        Fact::new("Remark", one.remark.as_str()),
        Fact::new("To be heard again", sent_back),
        Fact::new("Typed by", one.typist.as_ref().map_or("", |typist| typist.name.as_str())),
        Fact::new("Review", score),
    ];
    facts.into_iter().flatten().collect()
}

/// What the desk may do with it as it stands.
fn acts(call: &Call, read: &DictationRead) -> Vec<Choice> {
    let me = call.caller.as_ref().map(|caller| caller.session.user);
    let mine = |actor: &chart::machine::Actor| actor.user.is_some() && actor.user == me;
    let acts: &[(&str, &str)] = match &read.dictation.state {
        DictationState::Dictated | DictationState::SentBack { .. } => &[("start", "Begin to type")],
        DictationState::Assigned { to } if mine(to) => &[("start", "Begin to type")],
        DictationState::InProgress { by } if mine(&by.by) => {
            &[("finish", "Typed: give it on"), ("save", "Keep what is typed")]
        }
        DictationState::Typed { by } if call.may(Permission::DictationReview) && !mine(&by.by) => {
            &[("review", "Reviewed"), ("give", "Give it to the author")]
        }
        DictationState::Typed { .. } | DictationState::Reviewed { .. } => {
            &[("give", "Give it to the author")]
        }
        _ => &[],
    };
    acts.iter().map(|(key, label)| Choice::new(*key, *label, "")).collect()
}

fn classes() -> Vec<Fact> {
    let fact = |row: &'static chart::dictation::ErrorClassRow| Fact {
        label: row.class.key(),
        value: format!("{}: {} (goal {} %)", row.title, row.examples, row.goal_percent),
    };
    error_classes().iter().map(fact).collect()
}

fn typists(read: &DictationRead) -> Vec<Choice> {
    let open = matches!(
        read.dictation.state,
        DictationState::Dictated
            | DictationState::Assigned { .. }
            | DictationState::InProgress { .. }
            | DictationState::SentBack { .. }
    );
    let all = read.typists.iter().filter(|_| open);
    all.map(|one| Choice::new(one.user.to_string(), one.name.clone(), "")).collect()
}

fn other_priority(call: &Call, one: &Dictation) -> Option<Choice> {
    let open = one.available.is_none() && !matches!(one.state, DictationState::Cancelled { .. });
    let other = match one.priority {
        Priority::Routine => Choice::new("stat", "Make it STAT", ""),
        Priority::Stat => Choice::new("routine", "Make it routine", ""),
    };
    (open && call.may(Permission::DictationAssign)).then_some(other)
}

/// What needs a reason.
fn refuses(call: &Call, read: &DictationRead) -> Vec<Choice> {
    let back = matches!(
        read.dictation.state,
        DictationState::Typed { .. } | DictationState::Reviewed { .. } | DictationState::WithAuthor { .. }
    );
    let over =
        matches!(read.dictation.state, DictationState::Signed { .. } | DictationState::Cancelled { .. });
    let may_cancel = read.is_author || call.may(Permission::DictationAssign);
    let back = back.then(|| Choice::new("send-back", "Send it back to be heard again", ""));
    let cancel = (!over && may_cancel).then(|| Choice::new("cancel", "Cancel it", ""));
    back.into_iter().chain(cancel).collect()
}

fn history(call: &Call, one: &Dictation) -> Vec<String> {
    let show = call.show();
    let line = |line: &chart::machine::Happened| {
        format!("{} {} by {} {}", show.moment(line.stamp.at), line.verb, line.stamp.by.name, line.note)
    };
    one.history.all().iter().map(line).collect()
}

pub(crate) async fn act(call: Call) -> Reply {
    let id: DictationId = call.id("dictation")?;
    let read = (id, call.form.read("version").unwrap_or_default());
    let done = match chosen(&call.form) {
        Some(act) => {
            let zone = &call.house.config.zone;
            cases::act(&call.house.store, &call.context()?, read, act, zone).await.map(|_| ())
        }
        None if call.form.text("act") == "sign" => sign(&call, read).await?,
        None => Err(workflow::Error::refused("choose what is to be done")),
    };
    match refused(done)? {
        Ok(()) => Ok(go_saying(&after(&call, id), "dictation")),
        Err(words) => {
            let page = page(&call, Some(words)).await?;
            call.again(&page)
        }
    }
}

/// Where one goes on: after signing to the inbox, else the same dictation.
fn after(call: &Call, id: DictationId) -> String {
    match (call.form.text("act"), call.path.starts_with("/inbox")) {
        ("sign", _) => "/inbox".into(),
        (_, true) => format!("/inbox/dictations/{id}"),
        (_, false) => format!("/dictations/{id}"),
    }
}

async fn sign(call: &Call, read: (DictationId, i64)) -> Result<workflow::Result<()>, Problem> {
    let (text, zone) = (call.form.raw("text"), &call.house.config.zone);
    let context = &mut call.context()?;
    Ok(cases::sign(&call.house.store, context, read, text, credential(call), zone).await.map(|_| ()))
}

fn chosen(form: &Fields) -> Option<Act> {
    // Browsers send line ends of their own kind.
    let text = || form.raw("text").replace("\r\n", "\n");
    let why = || form.text("why").to_owned();
    let errors = |class: ErrorClass| form.read(class.key()).unwrap_or_default();
    Some(match form.text("act") {
        "start" => Act::Start,
        "save" => Act::Save(text()),
        "finish" => Act::Finish(text()),
        "review" => {
            let [critical, major, minor] =
                [ErrorClass::Critical, ErrorClass::Major, ErrorClass::Minor].map(errors);
            Act::Review(text(), Errors { critical, major, minor })
        }
        "give" => Act::GiveToAuthor,
        "send-back" => Act::SendBack(why()),
        "cancel" => Act::Cancel(why()),
        "assign" => Act::Assign(form.read("typist")?),
        "prioritise" => Act::Prioritise(form.read("priority")?),
        _ => return None,
    })
}

/// The voice, whole or the part that a player asks for: players go back only where parts can be asked for.
pub(crate) async fn voice(call: Call) -> Reply {
    let id: DictationId = call.id("dictation")?;
    let original = cases::voice(&call.house.store, &call.context()?, id).await?;
    let asked = call.headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    Ok(part(&original.media_type, original.bytes, asked))
}

fn part(media_type: &str, bytes: Vec<u8>, asked: Option<&str>) -> Response {
    let size = bytes.len();
    let range = asked.and_then(|asked| range(asked, size));
    let (status, body) = match range {
        Some((first, last)) => (StatusCode::PARTIAL_CONTENT, bytes[first..=last].to_vec()),
        None => (StatusCode::OK, bytes),
    };
    let mut response = (status, Body::from(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Ok(media_type) = HeaderValue::from_str(media_type) {
        headers.insert(header::CONTENT_TYPE, media_type);
    }
    let said =
        range.and_then(|(first, last)| HeaderValue::from_str(&format!("bytes {first}-{last}/{size}")).ok());
    if let Some(said) = said {
        headers.insert(header::CONTENT_RANGE, said);
    }
    response
}

/// First and last byte of one range (RFC 9110, section 14.1.2); `None` for anything else, which gets the whole.
fn range(asked: &str, size: usize) -> Option<(usize, usize)> {
    let (first, last) = asked.strip_prefix("bytes=")?.split_once('-')?;
    let end = size.checked_sub(1)?;
    let (first, last) = match (first, last) {
        ("", tail) => (size.saturating_sub(tail.parse().ok()?), end),
        (first, "") => (first.parse().ok()?, end),
        (first, last) => (first.parse().ok()?, last.parse::<usize>().ok()?.min(end)),
    };
    (first <= last).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_player_asks_for_parts() {
        assert_eq!(range("bytes=0-", 10), Some((0, 9)));
        assert_eq!(range("bytes=4-6", 10), Some((4, 6)));
        assert_eq!(range("bytes=4-600", 10), Some((4, 9)));
        assert_eq!(range("bytes=-3", 10), Some((7, 9)));
        for wrong in ["bytes=10-", "bytes=6-4", "bytes=0-", "lines=1-2", "bytes=x-"] {
            let size = if wrong == "bytes=0-" { 0 } else { 10 };
            assert_eq!(range(wrong, size), None, "{wrong}");
        }
        assert_eq!(part("audio/wav", vec![0; 10], Some("bytes=2-3")).status(), StatusCode::PARTIAL_CONTENT);
        assert_eq!(part("audio/wav", vec![0; 10], None).status(), StatusCode::OK);
    }
}
