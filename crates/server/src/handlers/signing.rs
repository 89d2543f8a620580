//! Writing, signing and co-signing one document at a time; spoken orders; the inbox.

use chart::document::DocumentContent;
use chart::document_template::{empty, templated_types, text};
use chart::document_type::document_types;
use chart::entry::EntryContent;
use chart::id::{DocumentId, EncounterId, EntryId, PartyId, PatientId};
use chart::letter::Letter;
use chart::signature::{Authentication, Meaning, content_digest};
use store::Page;
use workflow::access::Credential;
use workflow::charts::{self, Part};
use workflow::inbox::{Item, Work};
use workflow::signing::{self as cases, Reading, ToSign, Writing};

use super::chart::top;
use super::department::delinquency::level_title;
use super::filing::found;
use crate::call::{Call, Reply, go_saying};
use crate::pages::chart::document::title;
use crate::pages::chart::text::sections;
use crate::pages::parts::{Choice, Fact};
use crate::pages::signing::SignatureView;
use crate::pages::signing::inbox::{InboxPage, ItemView};
use crate::pages::signing::sign::{Cosigner, SignPage};
use crate::pages::signing::write::WritePage;
use crate::problem::{Problem, sentence};
use crate::show;

/// Encounters offered for what is written: the newest.
const ENCOUNTERS: u32 = 50;
/// The type a new document has until another is chosen.
const FIRST_TYPE: &str = "progress-note";

/// What was entered to sign.
pub(crate) fn credential(call: &Call) -> Credential {
    Credential { password: call.form.raw("password").into(), code: call.form.text("code").into() }
}

/// The words of a refusal, for the form; any other failure goes on.
pub(crate) fn refused<T>(result: workflow::Result<T>) -> Result<Result<T, String>, Problem> {
    match result {
        Ok(done) => Ok(Ok(done)),
        Err(workflow::Error::Refused(words)) => Ok(Err(sentence(&words))),
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn write_form(call: Call) -> Reply {
    let page = write_page(&call, None).await?;
    call.page(&page)
}

async fn write_page(call: &Call, problem: Option<String>) -> Result<WritePage, Problem> {
    let id: PatientId = call.id("patient")?;
    let part = Part { name: "writing", encounters: Some(Page::first(ENCOUNTERS)), ..Part::default() };
    let read = charts::read(&call.house.store, &call.context()?, id, part).await?;
    let given = if problem.is_some() { &call.form } else { &call.query };
    let kind = Some(given.text("kind")).filter(|kind| !kind.is_empty()).unwrap_or(FIRST_TYPE).to_owned();
    let label = |key: &str| document_types().by_key(key).map_or("", |one| one.title).to_owned();
    let kinds = templated_types().into_iter().map(|key| Choice::new(key, label(key), &kind)).collect();
    let typed = call.form.text("text").to_owned();
    Ok(WritePage {
        heading: "Write a document".into(),
        action: format!("/patients/{id}/write"),
        kinds,
        encounters: encounters(call, &read.encounters, given.text("encounter")),
        title: given.text("title").into(),
        text: if typed.is_empty() { empty(&kind) } else { typed },
        version: 0,
        top: top(call, &read.banner, "Documents"),
        problem,
        kind,
    })
}

/// Encounters as choices, the newest first.
pub(crate) fn encounters(call: &Call, all: &[chart::encounter::Encounter], chosen: &str) -> Vec<Choice> {
    let show = call.show();
    let label = |one: &chart::encounter::Encounter| {
        format!("{}, {}", one.visit.setting.title(), show.span(one.visit.stay))
    };
    all.iter().map(|one| Choice::new(one.id.to_string(), label(one), chosen)).collect()
}

pub(crate) async fn write(call: Call) -> Reply {
    let patient: PatientId = call.id("patient")?;
    let writing = Writing {
        patient,
        encounter: call.form.read::<EncounterId>("encounter"),
        document_type: call.form.text("kind").into(),
        title: call.form.text("title").into(),
        text: call.form.text("text").into(),
    };
    match refused(cases::write(&call.house.store, &mut call.context()?, writing).await)? {
        Ok(document) => Ok(go_saying(&sign_path(document.patient, document.id), "written")),
        Err(words) => {
            let page = write_page(&call, Some(words)).await?;
            call.again(&page)
        }
    }
}

fn sign_path(patient: PatientId, document: DocumentId) -> String {
    format!("/patients/{patient}/documents/{document}/sign")
}

pub(crate) async fn revise_form(call: Call) -> Reply {
    let page = revise_page(&call, None).await?;
    call.page(&page)
}

async fn revise_page(call: &Call, problem: Option<String>) -> Result<WritePage, Problem> {
    let id: DocumentId = call.id("document")?;
    let read = cases::read(&call.house.store, &call.context()?, id).await?;
    let top = top(call, &read.banner, "Documents");
    let content = &read.document.content;
    let typed = call.form.text("text").to_owned();
    Ok(WritePage {
        heading: format!("Change: {}", title(content)),
        action: format!("{}/documents/{id}/revise", top.base),
        problem,
        kinds: Vec::new(),
        kind: content.type_key().unwrap_or_default().into(),
        encounters: Vec::new(),
        title: content.title.clone(),
        text: if typed.is_empty() { text(&content.sections) } else { typed },
        version: call.form.read("version").unwrap_or(read.document.version),
        top,
    })
}

pub(crate) async fn revise(call: Call) -> Reply {
    let id: DocumentId = call.id("document")?;
    let version = call.form.read("version").unwrap_or_default();
    let (title, text) = (call.form.text("title"), call.form.text("text"));
    let done = cases::revise(&call.house.store, &mut call.context()?, (id, version), title, text).await;
    match refused(done)? {
        Ok(_) => Ok(go_saying(&sign_path(call.id("patient")?, id), "written")),
        Err(words) => {
            let page = revise_page(&call, Some(words)).await?;
            call.again(&page)
        }
    }
}

pub(crate) async fn sign_form(call: Call) -> Reply {
    let page = sign_page(&call, None).await?;
    call.page(&page)
}

async fn sign_page(call: &Call, problem: Option<String>) -> Result<SignPage, Problem> {
    let id: DocumentId = call.id("document")?;
    let read = cases::read(&call.house.store, &call.context()?, id).await?;
    let top = top(call, &read.banner, "Documents");
    let address = format!("{}/documents/{id}", top.base);
    let content = &read.document.content;
    let is_open = !read.authentication.is_locked();
    Ok(SignPage {
        heading: title(content),
        action: format!("{address}/sign"),
        problem,
        facts: facts(call, &read),
        sections: sections(&content.sections),
        signed: signed(content, &read.authentication),
        version: read.document.version,
        meanings: meanings(&read),
        authors: show::names(&content.authors),
        asks_code: read.asks_code,
        revise: (read.is_own && is_open).then(|| format!("{address}/revise")),
        cosigner: read.is_own.then(|| cosigner(&read, &address)),
        asked: read.asked,
        top,
    })
}

fn signed(content: &DocumentContent, authentication: &Authentication) -> Vec<SignatureView> {
    let view = |one: &&chart::signature::Signature| SignatureView::new(one, Some(one.verify(content)));
    authentication.signatures().iter().map(view).collect()
}

fn facts(call: &Call, read: &Reading) -> Vec<Fact> {
    let content = &read.document.content;
    // A signature makes the document final, which is signed with it.
    let as_signed = DocumentContent { status: chart::document::DocumentStatus::Final, ..content.clone() };
    let (version, digest) = match read.authentication.is_locked() {
        true => (read.document.version, read.digest),
        false => (read.document.version + 1, content_digest(&as_signed)),
    };
    let facts = [
        Fact::new("Written", call.show().maybe(content.written)),
        Fact::new("By", show::names(&content.authors)),
        Fact::new("State", read.authentication.key()),
        Fact::new("Version to sign", version.to_string()),
        Fact::new("Digest (BLAKE3)", digest.to_string()),
    ];
    facts.into_iter().flatten().collect()
}

/// What a signature of this reader may mean now.
fn meanings(read: &Reading) -> Vec<Choice> {
    let choice = |meaning: &Meaning, says: &str| Choice::new(meaning.key(), says, "author");
    let on_behalf = Meaning::OnBehalf { of: chart::directory::Named::default() };
    match (&read.authentication, read.is_own) {
        (Authentication::Unsigned { .. }, true) => {
            vec![choice(&Meaning::Author, "I wrote this, and it is right")]
        }
        (Authentication::Unsigned { .. }, false) => {
            vec![choice(&on_behalf, "I sign for its author, who cannot")]
        }
        (Authentication::Signed { .. } | Authentication::Elsewhere { .. }, false) => vec![
            choice(&Meaning::CoSigner, "I am responsible for its author, and I agree"),
            choice(&Meaning::Reviewer, "I have read this"),
        ],
        (Authentication::CoSigned { .. }, false) => vec![choice(&Meaning::Reviewer, "I have read this")],
        (_, true) => Vec::new(),
    }
}

fn cosigner(read: &Reading, address: &str) -> Cosigner {
    let choice = |one: &store::parties::Filed| Choice::new(one.id.to_string(), one.party.name.clone(), "");
    Cosigner { action: format!("{address}/cosigner"), choices: read.cosigners.iter().map(choice).collect() }
}

pub(crate) async fn sign(call: Call) -> Reply {
    let id: DocumentId = call.id("document")?;
    let meaning = match call.form.text("meaning") {
        "co-signer" => Meaning::CoSigner,
        "reviewer" => Meaning::Reviewer,
        "on-behalf" => Meaning::OnBehalf {
            of: chart::directory::Named { name: call.form.text("for").into(), key: None },
        },
        _ => Meaning::Author,
    };
    let to_sign = ToSign { document: id, version: call.form.read("version").unwrap_or_default(), meaning };
    let zone = &call.house.config.zone;
    let done = cases::sign(&call.house.store, &mut call.context()?, to_sign, credential(&call), zone).await;
    match refused(done)? {
        Ok(_) => Ok(go_saying("/inbox", "signed")),
        Err(words) => {
            let page = sign_page(&call, Some(words)).await?;
            call.again(&page)
        }
    }
}

pub(crate) async fn ask_cosigner(call: Call) -> Reply {
    let id: DocumentId = call.id("document")?;
    let party: Option<PartyId> = call.form.read("party");
    let done = match party {
        Some(party) => cases::ask_to_cosign(&call.house.store, &call.context()?, id, party).await,
        None => Err(workflow::Error::refused("choose who is to co-sign")),
    };
    match refused(done)? {
        Ok(()) => Ok(go_saying(&sign_path(call.id("patient")?, id), "asked")),
        Err(words) => {
            let page = sign_page(&call, Some(words)).await?;
            call.again(&page)
        }
    }
}

pub(crate) async fn order_form(call: Call) -> Reply {
    let page = order_page(&call, None).await?;
    call.page(&page)
}

async fn order_page(call: &Call, problem: Option<String>) -> Result<SignPage, Problem> {
    let id: EntryId = call.id("entry")?;
    let (banner, entry, asks_code) = cases::order(&call.house.store, &call.context()?, id).await?;
    let EntryContent::Order(order) = &entry.content else { return Err(Problem::Missing) };
    let top = top(call, &banner, "Orders");
    let show = call.show();
    let name =
        |who: &Option<chart::directory::Named>| who.as_ref().map_or("", |who| who.name.as_str()).to_owned();
    let facts = [
        Fact::new("Ordered", show.maybe(order.ordered)),
        Fact::new("Spoken by", name(&order.by)),
        Fact::new("Taken down by", name(&order.verbal_to)),
        Fact::new("Authenticated", show.maybe(order.authenticated)),
        Fact::new("Note", order.note.as_str()),
    ];
    let meanings = match order.authenticated {
        None => {
            vec![Choice::new("author", "I gave this order, or I am responsible for the patient", "author")]
        }
        Some(_) => Vec::new(),
    };
    Ok(SignPage {
        heading: format!("Spoken order: {}", order.what.text),
        action: format!("{}/orders/{id}/authenticate", top.base),
        problem,
        facts: facts.into_iter().flatten().collect(),
        sections: Vec::new(),
        signed: Vec::new(),
        version: entry.version,
        meanings,
        authors: String::new(),
        asks_code,
        revise: None,
        cosigner: None,
        asked: Vec::new(),
        top,
    })
}

pub(crate) async fn order(call: Call) -> Reply {
    let read = (call.id::<EntryId>("entry")?, call.form.read("version").unwrap_or_default());
    let done =
        cases::authenticate_order(&call.house.store, &mut call.context()?, read, credential(&call)).await;
    match refused(done)? {
        Ok(()) => Ok(go_saying("/inbox", "signed")),
        Err(words) => {
            let page = order_page(&call, Some(words)).await?;
            call.again(&page)
        }
    }
}

pub(crate) async fn inbox(call: Call) -> Reply {
    let inbox = workflow::inbox::inbox(&call.house.store, &call.context()?).await?;
    let count = i64::try_from(inbox.items.len()).unwrap_or(i64::MAX);
    let minutes = show::counted(i64::from(inbox.minutes()), "minute");
    let items = inbox.items.iter().map(|item| item_view(&call, item)).collect();
    let letters = inbox.letters.iter().map(|letter| letter_view(&call, letter)).collect();
    let summary = format!("{}, about {minutes}", show::counted(count, "item"));
    call.page(&InboxPage { summary, items, letters })
}

fn letter_view(call: &Call, letter: &Letter) -> (String, String) {
    let sent = letter.history.last_at().map(|at| format!(", sent {}", call.show().day(at)));
    let shown = format!("{}{}", level_title(letter.level), sent.unwrap_or_default());
    (format!("/inbox/letters/{}", letter.id), shown)
}

fn item_view(call: &Call, item: &Item) -> ItemView {
    let patient = item.patient.id;
    let who = found(&item.patient);
    let (href, tag) = match item.work {
        Work::Sign(id) | Work::CoSign(id) => (sign_path(patient, id), String::new()),
        Work::Dictation(id, 0) => (format!("/inbox/dictations/{id}"), String::new()),
        Work::Dictation(id, blanks) => (
            format!("/inbox/dictations/{id}"),
            show::counted(i64::try_from(blanks).unwrap_or(i64::MAX), "blank"),
        ),
        Work::Dictate(_, encounter) => {
            (format!("/patients/{patient}/encounters/{encounter}/dictate"), String::new())
        }
        Work::Complete(id) => (format!("/patients/{patient}/deficiencies/{id}"), String::new()),
        Work::Answer(id) => (format!("/inbox/queries/{id}"), String::new()),
        Work::VerbalOrder(id) => (format!("/patients/{patient}/orders/{id}/authenticate"), String::new()),
    };
    let late = item.due.is_some_and(|due| due < call.house.now());
    ItemView {
        href,
        work: item.work.title(),
        what: item.what.clone(),
        patient: who.name,
        facts: who.facts,
        since: call.show().moment(item.since),
        tag: if late { "overdue".into() } else { tag },
        minutes: item.work.minutes(),
    }
}
