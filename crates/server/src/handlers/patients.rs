//! Finding, registering and restricting patients, and breaking the glass.

use axum::http::StatusCode;
use chart::access::Permission;
use chart::id::PatientId;
use chart::identity::{Outcome, telephone_key};
use chart::patient::{Patient, RestrictionKind};
use store::Page;
use workflow::matching::Likeness;
use workflow::patients as cases;

use super::input;
use crate::call::{Call, Reply, go_saying};
use crate::pages::chart::{ChartFindPage, Top, Whose};
use crate::pages::parts::{Cell, Choice, Hit, Piece, Table};
use crate::pages::patients::{FindPage, GlassPage, Likely, PatientRow, PatientsPage, RegisterPage};
use crate::problem::{Problem, sentence};
use crate::show;

/// People shown for one search.
const MOST_FOUND: u32 = 50;
/// Places in texts shown for one search.
const MOST_HITS: u32 = 50;
/// Reasons for opening a closed chart: key and words.
const REASONS: [(&str, &str); 4] = [
    ("emergency", "Emergency care of this patient"),
    ("coverage", "I cover for the attending physician"),
    ("consult", "I was asked for advice"),
    ("records", "Work on the record that cannot wait"),
];

pub(crate) async fn form(call: Call) -> Reply {
    call.page(&empty(&call, ""))
}

fn empty(call: &Call, typed: &str) -> PatientsPage {
    let may_register = call.may(Permission::PatientRegister);
    PatientsPage { query: typed.into(), may_register, ..PatientsPage::default() }
}

pub(crate) async fn search(call: Call) -> Reply {
    let typed = call.form.text("query");
    let Some(query) = input::patient_query(typed) else { return call.page(&empty(&call, "")) };
    let found = cases::search(&call.house.store, &call.context()?, &query, Page::first(MOST_FOUND)).await?;
    let shown = found.patients.len();
    let count = show::counted(found.count, "record");
    let summary = if i64::try_from(shown).unwrap_or(0) < found.count {
        format!("{count}; the first {shown} are shown. More words narrow it down.")
    } else {
        format!("{count}.")
    };
    let rows = found.patients.iter().map(|one| row(one, typed)).collect();
    call.page(&PatientsPage { summary, rows, ..empty(&call, typed) })
}

/// A line of the result. Of a restricted chart it says only that there is one: initials, year of birth, number.
fn row(patient: &Patient, typed: &str) -> PatientRow {
    let who = &patient.demographics;
    let number = show::number(who);
    let base = PatientRow {
        href: format!("/patients/{}", patient.id),
        filing: show::filing(&number),
        restricted: patient.restriction.is_some(),
        died: who.death.is_some(),
        why: why(who, typed).into(),
        ..PatientRow::default()
    };
    if base.restricted {
        let born = who.birth.map_or_else(|| show::NOTHING.into(), |birth| format!("{}", birth.year()));
        return PatientRow { name: initials(&who.filed_name()), born, sex: show::NOTHING, number, ..base };
    }
    PatientRow {
        name: who.filed_name(),
        born: who.birth.map_or_else(|| show::NOTHING.into(), |birth| birth.to_string()),
        sex: show::sex(who.sex),
        number,
        phone: who.telecoms.first().map(|one| one.value.clone()).unwrap_or_default(),
        city: who.addresses.first().map(|one| one.city.clone()).unwrap_or_default(),
        ..base
    }
}

/// `Q., A.` of `Quill, Ada`.
fn initials(name: &str) -> String {
    let parts = name.split([' ', ',']).filter_map(|part| part.chars().next());
    parts.map(|letter| format!("{letter}.")).collect::<Vec<_>>().join(" ")
}

fn why(who: &chart::patient::Demographics, typed: &str) -> &'static str {
    let words: Vec<String> =
        typed.split([' ', ',']).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let is = |text: &str| words.iter().any(|word| text.to_lowercase().starts_with(word.as_str()));
    if who.identifiers.iter().any(|one| is(&one.value)) {
        "number"
    } else if who.names.first().is_some_and(|name| is(&name.family)) {
        "name"
    } else if who.names.iter().skip(1).any(|name| is(&name.family)) {
        "former name"
    } else if has_phone(who, typed) {
        "telephone"
    } else {
        "birth date"
    }
}

/// Whether what was typed is a telephone number of this person.
fn has_phone(who: &chart::patient::Demographics, typed: &str) -> bool {
    let asked = input::patient_query(typed).and_then(|query| query.phone);
    let key = asked.and_then(|phone| telephone_key(&phone));
    key.is_some() && who.telecoms.iter().any(|one| telephone_key(&one.value) == key)
}

pub(crate) async fn register_form(call: Call) -> Reply {
    call.page(&RegisterPage::new(input::register_form(&call.form)))
}

/// First the search for who it may be already; then, with that list confirmed, the registration.
pub(crate) async fn register(call: Call) -> Reply {
    let form = input::register_form(&call.form);
    let Ok(person) = input::person(&form) else {
        let problem = Some("The birth date is no date: write YYYY-MM-DD.".into());
        return call.again(&RegisterPage { problem, ..RegisterPage::new(form) });
    };
    let mut context = call.context()?;
    let confirmed = call.form.text("confirm") == "new";
    let seen: Vec<PatientId> = call.form.all("seen").filter_map(|id| id.parse().ok()).collect();
    if confirmed {
        match cases::register(&call.house.store, &mut context, person.clone(), &seen).await {
            Ok(patient) => return Ok(go_saying(&format!("/patients/{}", patient.id), "registered")),
            Err(workflow::Error::Refused(words)) => {
                return ask(&call, RegisterPage::new(form), &person, Some(words)).await;
            }
            Err(other) => return Err(other.into()),
        }
    }
    ask(&call, RegisterPage::new(form), &person, None).await
}

async fn ask(
    call: &Call,
    page: RegisterPage,
    person: &chart::patient::Demographics,
    refused: Option<String>,
) -> Reply {
    let alike = cases::alike(&call.house.store, &call.context()?, person).await?;
    let matches = alike.iter().map(likely).collect();
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let problem = refused.map(|words| sentence(&words));
    call.page_as(status, &RegisterPage { checked: true, matches, problem, ..page })
}

fn likely(one: &Likeness) -> Likely {
    let who = &one.patient.demographics;
    let restricted = one.patient.restriction.is_some();
    let number = show::number(who);
    let born = who.birth.map_or_else(String::new, |birth| birth.to_string());
    let (verdict, tone) = verdict(one.score.outcome);
    let name = who.filed_name();
    Likely {
        id: one.patient.id.to_string(),
        href: format!("/patients/{}", one.patient.id),
        name: if restricted { initials(&name) } else { name },
        facts: format!("{born} · {} · {number}", show::sex(who.sex)),
        filing: show::filing(&number),
        verdict: verdict.into(),
        tone,
        weight: one.score.weight.to_string(),
        why: fields(one),
    }
}

/// What a score says, and how that looks.
pub(crate) const fn verdict(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::SuggestLink => ("almost certainly the same person", "stop"),
        Outcome::ClericalReview => ("perhaps the same person", "warn"),
        Outcome::NoLink => ("probably somebody else", "note"),
    }
}

fn fields(one: &Likeness) -> Table {
    let rows = one.score.fields.iter().map(|field| {
        vec![
            Cell::new(show::worded(field.field.name())),
            Cell::new(field.weight.to_string()).number(),
            Cell::new(field.why()),
        ]
    });
    Table::new("Field by field", &["Field", "Weight", "Why"], "Nothing to compare.").rows(rows)
}

pub(crate) async fn glass_form(call: Call) -> Reply {
    let page = glass_page(&call, None)?;
    call.page(&page)
}

fn glass_page(call: &Call, problem: Option<String>) -> Result<GlassPage, Problem> {
    let id: PatientId = call.id("patient")?;
    Ok(GlassPage {
        action: format!("/patients/{id}/glass"),
        why: "It is restricted, or of a patient you do not attend.".into(),
        hours: workflow::glass::OPEN_FOR.as_hours(),
        reasons: REASONS.iter().map(|(key, label)| Choice::new(*key, *label, "")).collect(),
        problem,
    })
}

pub(crate) async fn glass(call: Call) -> Reply {
    let id: PatientId = call.id("patient")?;
    let reason = REASONS.iter().find(|(key, _)| *key == call.form.text("reason")).map(|(_, words)| *words);
    let Some(reason) = reason else {
        let page = glass_page(&call, Some("Choose a reason.".into()))?;
        return call.again(&page);
    };
    let words = call.form.text("text");
    if words.is_empty() {
        let page = glass_page(&call, Some("Say in your words why you need this chart now.".into()))?;
        return call.again(&page);
    }
    let reason = format!("{reason}: {words}");
    workflow::glass::break_glass(&call.house.store, &call.context()?, id, &reason).await?;
    Ok(go_saying(&format!("/patients/{id}"), "glass"))
}

pub(crate) async fn restrict(call: Call) -> Reply {
    let id: PatientId = call.id("patient")?;
    let kind = match call.form.text("kind") {
        "vip" => Some(RestrictionKind::Vip),
        "employee" => Some(RestrictionKind::Employee),
        "requested" => Some(RestrictionKind::Requested),
        _ => None,
    };
    let reason = call.form.text("reason");
    cases::restrict(&call.house.store, &call.context()?, id, kind, reason).await?;
    // Who restricts a chart is not let into it for that: back to the search.
    let next = if kind.is_some() { "/patients".to_owned() } else { format!("/patients/{id}") };
    Ok(go_saying(&next, "restricted"))
}

pub(crate) async fn find_form(call: Call) -> Reply {
    call.page(&FindPage::default())
}

pub(crate) async fn find(call: Call) -> Reply {
    let typed = call.form.text("query");
    let found =
        workflow::search::everywhere(&call.house.store, &call.context()?, typed, Page::first(MOST_HITS))
            .await?;
    let hits: Vec<Hit> = found.hits.iter().map(|one| hit(&call, one)).collect();
    call.page(&FindPage { query: typed.into(), summary: summary(found.count, hits.len()), hits })
}

pub(crate) async fn find_in_chart(call: Call) -> Reply {
    let typed = call.form.text("query");
    let id: PatientId = call.id("patient")?;
    let found =
        workflow::search::in_chart(&call.house.store, &call.context()?, id, typed, Page::first(MOST_HITS))
            .await?;
    let hits: Vec<Hit> = found.hits.iter().map(|one| hit(&call, one)).collect();
    let lacks = call.may(Permission::DeficiencyRead);
    let whose = Whose { patient: &found.banner.patient, allergies: Some(&found.banner.allergies), lacks };
    let top = Top::new(&whose, "Overview", &call.show());
    call.page(&ChartFindPage { top, query: typed.into(), summary: summary(found.count, hits.len()), hits })
}

fn summary(count: i64, shown: usize) -> String {
    let places = show::counted(count, "place");
    if i64::try_from(shown).unwrap_or(0) < count {
        format!("{places}; the first {shown} are shown.")
    } else {
        places
    }
}

fn hit(call: &Call, one: &store::search::Hit) -> Hit {
    let base = format!("/patients/{}", one.patient);
    let href = match one.of {
        store::search::Of::Document(id) => format!("{base}/documents/{id}"),
        store::search::Of::Entry(id) if one.kind == "report" => format!("{base}/reports/{id}"),
        store::search::Of::Entry(_) => format!("{base}/timeline"),
    };
    Hit {
        href,
        title: one.title.text.clone(),
        about: format!("{} · {}", show::worded(&one.kind), call.show().day(one.at)),
        pieces: one.pieces.iter().flat_map(pieces).collect(),
    }
}

/// The text cut where the marks begin and end.
fn pieces(marked: &store::search::Marked) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut add = |from: usize, to: usize, marked_: bool| {
        if let Some(text) = marked.text.get(from..to).filter(|text| !text.is_empty()) {
            pieces.push(Piece { text: text.to_owned(), marked: marked_ });
        }
    };
    for mark in &marked.marks {
        add(at, mark.start, false);
        add(mark.start, mark.end, true);
        at = mark.end;
    }
    add(at, marked.text.len(), false);
    pieces.push(Piece { text: " … ".into(), marked: false });
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_words_are_marked_in_their_sentence() {
        let marked =
            store::search::Marked { text: "acute MI today".into(), marks: std::iter::once(6..8).collect() };
        let texts: Vec<(String, bool)> =
            pieces(&marked).into_iter().map(|one| (one.text, one.marked)).collect();
        let expected = [("acute ", false), ("MI", true), (" today", false), (" … ", false)];
        assert_eq!(texts, expected.map(|(text, marked)| (text.to_owned(), marked)));
    }

    #[test]
    fn a_restricted_person_is_shown_by_initials() {
        assert_eq!(initials("Quill, Ada Mae"), "Q. A. M.");
    }
}
