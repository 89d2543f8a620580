//! Composing a query about an encounter.

use chart::deficiency::Responsible;
use chart::encounter::Attends;
use chart::query::{Ask, Retention, Timing};
use store::parties::Filed;
use workflow::clarifying::{self as cases, Asked, Drafting, Offer, Offers, OwnChoice, OwnWords, Wording};

use crate::call::{Call, Reply, go_saying};
use crate::handlers::chart::top;
use crate::handlers::signing::refused;
use crate::pages::clarifying::compose::{ComposeForm, ComposePage, OwnForm, TemplateLine};
use crate::pages::clarifying::{evidence, retention, stay, timing};
use crate::pages::parts::Choice;
use crate::problem::Problem;
use crate::show;

/// In place of a template's key: the words are those of who asks.
const OWN: &str = "own";

pub(crate) async fn form(call: Call) -> Reply {
    let page = page(&call, None).await?;
    call.page(&page)
}

fn asked(call: &Call, alert: &str) -> Result<Asked, Problem> {
    Ok(Asked { patient: call.id("patient")?, encounter: call.id("encounter")?, alert: alert.to_owned() })
}

async fn page(call: &Call, problem: Option<String>) -> Result<ComposePage, Problem> {
    let given = if problem.is_some() { &call.form } else { &call.query };
    let asked = asked(call, given.text("alert"))?;
    let zone = &call.house.config.zone;
    let found = cases::offers(&call.house.store, &call.context()?, &asked, zone).await?;
    let top = top(call, &found.banner, "Encounters");
    let action = format!("{}/encounters/{}/query/new", top.base, found.encounter.id);
    let (enough, less): (Vec<&Offer>, Vec<&Offer>) =
        found.offers.iter().partition(|offer| offer.composed.is_ok());
    let mut templates: Vec<TemplateLine> =
        enough.iter().filter_map(|offer| line(offer, &found, &asked, &action)).collect();
    templates.sort_by_key(|line| !line.by_alert);
    let chosen = enough.iter().find(|offer| offer.template.key == given.text("template"));
    let chosen = chosen.and_then(|offer| offer.composed.as_ref().ok());
    Ok(ComposePage {
        encounter: stay(&found.encounter, &call.show()),
        templates,
        lacking: less.iter().filter_map(|offer| lacks(offer)).collect(),
        chosen: match given.text("template") {
            OWN => Some(own(call, &found, &asked.alert)),
            _ => chosen.map(|ask| filled(call, ask, &found, &asked.alert)),
        },
        own: format!("{action}?template={OWN}"),
        problem,
        action,
        top,
    })
}

fn line(offer: &Offer, found: &Offers, asked: &Asked, action: &str) -> Option<TemplateLine> {
    let ask = offer.composed.as_ref().ok()?;
    let quoted = i64::try_from(ask.indicators.len()).unwrap_or(i64::MAX);
    let alert = if asked.alert.is_empty() { String::new() } else { format!("&alert={}", asked.alert) };
    Some(TemplateLine {
        href: format!("{action}?template={}{alert}", offer.template.key),
        title: offer.template.title.clone(),
        about: show::counted(quoted, "finding"),
        by_alert: offer.template.key == found.by_alert,
    })
}

fn lacks(offer: &Offer) -> Option<String> {
    let lacking = offer.composed.as_ref().err()?;
    Some(format!(
        "{}: {} of {}",
        offer.template.title,
        lacking.found,
        show::counted(least(lacking), "finding")
    ))
}

fn least(lacking: &clarify::TooLittle) -> i64 {
    i64::try_from(lacking.least).unwrap_or(i64::MAX)
}

/// The chosen template with what was entered before, if the form came back.
fn filled(call: &Call, ask: &Ask, found: &Offers, alert: &str) -> ComposeForm {
    let base = format!("/patients/{}", found.banner.patient.id);
    ComposeForm {
        template: ask.template.clone(),
        title: ask.title.clone(),
        question: ask.question.clone(),
        evidence: evidence(&ask.indicators, &base),
        choices: ask.choices.iter().map(|one| one.text.clone()).collect(),
        ..blank(call, found, alert)
    }
}

/// The form for one's own words, with what was entered before.
fn own(call: &Call, found: &Offers, alert: &str) -> ComposeForm {
    let text = |name: &str| call.form.text(name).to_owned();
    ComposeForm {
        template: OWN.into(),
        title: text("title"),
        question: text("question"),
        own: Some(OwnForm { quoted_by: text("quoted_by"), choices: text("choices") }),
        ..blank(call, found, alert)
    }
}

/// Whom to ask, when, and how it is kept, with what was entered before.
fn blank(call: &Call, found: &Offers, alert: &str) -> ComposeForm {
    let given = |name: &str, usual: &str| match call.form.text(name) {
        "" => usual.to_owned(),
        text => text.to_owned(),
    };
    let (when, kept) = (given("timing", found.timing.key()), given("retention", Retention::Legal.key()));
    let to = call.form.text("addressed");
    let other = |one: &Filed| Choice::new(one.id.to_string(), one.party.name.clone(), to);
    ComposeForm {
        alert: alert.to_owned(),
        people: found.people.iter().filter_map(|one| person(one, to)).collect(),
        others: found.others.iter().map(other).collect(),
        timings: Timing::ALL.iter().map(|one| Choice::new(one.key(), timing(*one), &when)).collect(),
        retentions: Retention::ALL.iter().map(|one| Choice::new(one.key(), retention(*one), &kept)).collect(),
        credentials: call.form.text("credentials").into(),
        contact: call.form.text("contact").into(),
        prior_reason: call.form.text("prior_reason").into(),
        ..ComposeForm::default()
    }
}

fn person((who, part): &(Responsible, Attends), chosen: &str) -> Option<Choice> {
    let label = format!("{}, {}", who.name.name, show::attends(*part));
    Some(Choice::new(who.party?.to_string(), label, chosen))
}

pub(crate) async fn draft(call: Call) -> Reply {
    let drafted = match drafting(&call)? {
        Some(drafting) => {
            let zone = &call.house.config.zone;
            cases::draft(&call.house.store, &mut call.context()?, drafting, zone).await
        }
        None => Err(workflow::Error::refused("choose a template, whom to ask, when, and how it is kept")),
    };
    match refused(drafted)? {
        Ok(query) => Ok(go_saying(&format!("/queries/{}", query.id), "query-drafted")),
        Err(words) => {
            let page = page(&call, Some(words)).await?;
            call.again(&page)
        }
    }
}

fn drafting(call: &Call) -> Result<Option<Drafting>, Problem> {
    let form = &call.form;
    let asked = asked(call, form.text("alert"))?;
    let choices = (form.read("addressed"), form.read("timing"), form.read("retention"));
    let (Some(addressed), Some(timing), Some(retention)) = choices else { return Ok(None) };
    let wording = match form.text("template") {
        OWN => Wording::Own(own_words(call)),
        key => Wording::Template(key.into()),
    };
    Ok(Some(Drafting {
        asked,
        wording,
        addressed,
        credentials: form.text("credentials").into(),
        contact: form.text("contact").into(),
        prior_reason: form.text("prior_reason").into(),
        timing,
        retention,
    }))
}

/// What was written in one's own words: words to quote by between commas, a choice a line with the words that support
/// it after a bar.
fn own_words(call: &Call) -> OwnWords {
    let form = &call.form;
    let several = |text: &str| {
        let all = text.split(',').map(str::trim).filter(|one| !one.is_empty());
        all.map(str::to_owned).collect::<Vec<_>>()
    };
    let choice = |line: &str| {
        let (text, words) = line.split_once('|').unwrap_or((line, ""));
        OwnChoice { text: text.trim().to_owned(), supported_by: several(words) }
    };
    OwnWords {
        title: form.text("title").into(),
        question: form.text("question").into(),
        quoted_by: several(form.text("quoted_by")),
        choices: form.text("choices").lines().filter(|line| !line.trim().is_empty()).map(choice).collect(),
    }
}
