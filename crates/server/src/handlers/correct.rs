//! Who a patient is: corrected by hand, and its history.

use chart::access::Permission;
use chart::correction::Correction;
use chart::date::PartialDate;
use chart::difference::differences;
use chart::id::PatientId;
use workflow::history::{self, History};
use workflow::patients as cases;

use super::chart::top;
use super::input;
use crate::call::{Call, Fields, Reply, go_saying};
use crate::pages::correct::{CorrectPage, StepView, WhoPage, changes};
use crate::problem::{Problem, sentence};

async fn read(call: &Call) -> Result<History, Problem> {
    let id: PatientId = call.id("patient")?;
    Ok(history::of_patient(&call.house.store, &call.context()?, id).await?)
}

pub(crate) async fn who(call: Call) -> Reply {
    let found = read(&call).await?;
    let show = call.show();
    let top = top(&call, &found.banner, "Overview");
    let steps = found.steps.iter().map(|step| StepView::new(step, &show)).collect();
    let correct = call.may(Permission::PatientRegister).then(|| format!("{}/correct", top.base));
    call.page(&WhoPage { top, steps, correct })
}

pub(crate) async fn form(call: Call) -> Reply {
    let found = read(&call).await?;
    let typed = Correction::of(&found.banner.patient.demographics);
    call.page(&page(&call, &found, &typed))
}

fn page(call: &Call, found: &History, typed: &Correction) -> CorrectPage {
    let patient = &found.banner.patient;
    let top = top(call, &found.banner, "Overview");
    CorrectPage::new(top, (&patient.demographics, patient.version), typed)
}

/// First a look at what would change; then, with that confirmed, the correction.
pub(crate) async fn correct(call: Call) -> Reply {
    let id: PatientId = call.id("patient")?;
    let version: i64 = call.form.read("version").ok_or(Problem::Unreadable)?;
    let reason = call.form.text("reason");
    let Ok(birth) = input::date(call.form.text("birth")) else {
        let words = "The birth date is no date: write YYYY-MM-DD.".to_owned();
        let typed = typed(&call.form, None);
        return look(&call, version, &typed, Some(words)).await;
    };
    let typed = typed(&call.form, birth);
    if call.form.text("confirm").is_empty() {
        return look(&call, version, &typed, None).await;
    }
    match cases::correct(&call.house.store, &mut call.context()?, (id, version), &typed, reason).await {
        Ok(patient) => Ok(go_saying(&format!("/patients/{}/who", patient.id), "corrected")),
        Err(workflow::Error::Refused(words)) => look(&call, version, &typed, Some(sentence(&words))).await,
        Err(other) => Err(other.into()),
    }
}

/// The form again, with what would change, or with what is wrong.
async fn look(call: &Call, version: i64, typed: &Correction, problem: Option<String>) -> Reply {
    let found = read(call).await?;
    let patient = &found.banner.patient;
    if patient.version != version {
        return Err(Problem::Conflict);
    }
    let differs = differences(&patient.demographics, &typed.apply(&patient.demographics));
    let page = CorrectPage {
        reason: call.form.text("reason").into(),
        changes: problem.is_none().then(|| changes(&differs)),
        ..page(call, &found, typed).with_birth(call.form.text("birth"))
    };
    match problem {
        Some(_) => call.again(&CorrectPage { problem, ..page }),
        None => call.page(&page),
    }
}

/// The form as typed.
fn typed(form: &Fields, birth: Option<PartialDate>) -> Correction {
    let text = |name: &str| form.text(name).to_owned();
    let all = |name: &str| form.all(name).map(|value| value.trim().to_owned()).collect();
    Correction {
        family: text("family"),
        given: text("given"),
        middle: text("middle"),
        suffix: text("suffix"),
        former: text("former"),
        birth,
        sex: input::sex(form.text("sex")),
        mothers_maiden_name: text("mother"),
        street: text("street"),
        city: text("city"),
        state: text("state"),
        zip: text("zip"),
        phones: all("phone"),
        numbers: all("number"),
        ssn: text("ssn"),
    }
}
