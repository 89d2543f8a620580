//! What the buttons of the coder's desk mean.

use chart::coding::{Change, CodedDiagnosis, CodedProcedure, Origin, Present, Service};
use chart::directory::Named;
use codeset::Code;
use jiff::civil::Date;
use workflow::coding::{Books, Verb};

use crate::call::Call;

/// The verb of a form.
///
/// # Errors
/// In words for people: what cannot be read.
pub(super) fn verb(call: &Call, books: &Books) -> Result<Verb, String> {
    let form = &call.form;
    let text = |name: &str| form.text(name).to_owned();
    Ok(match form.text("do") {
        "hold" => Verb::Hold(text("reason"), text("note")),
        "release" => Verb::Release(text("reason")),
        "undo" => Verb::TakeBack,
        _ => Verb::Change(change(call, books)?, text("why")),
    })
}

/// The change of codes that a form asks for.
///
/// # Errors
/// In words for people: what cannot be read.
pub(crate) fn change(call: &Call, books: &Books) -> Result<Change, String> {
    let form = &call.form;
    let at: usize = form.read("at").unwrap_or_default();
    let is_procedure = form.text("what") == "procedure";
    Ok(match form.text("do") {
        "add" => add(call, books)?,
        "service" if form.text("what") == "service" => Change::ReplaceService(at, service(call)?),
        "service" => Change::AddService(service(call)?),
        "done" => Change::SetProcedure(at, day(call)?, performer(call)),
        "remove" if form.text("what") == "service" => Change::RemoveService(at),
        "remove" if is_procedure => Change::RemoveProcedure(at),
        "remove" => Change::RemoveDiagnosis(at),
        "up" => shift(is_procedure, at, at.saturating_sub(1)),
        "down" => shift(is_procedure, at, at + 1),
        "first" => shift(is_procedure, at, 0),
        "replace" => Change::ReplaceDiagnosis(at, code(form.text("code"))?),
        "admitting" => {
            let typed = form.text("admitting");
            Change::SetAdmitting(if typed.is_empty() { None } else { Some(code(typed)?) })
        }
        "status" => Change::SetDischargeStatus(status(form.text("status"))?),
        _ => match form.read::<Present>("present") {
            Some(present) => Change::SetPresent(at, present),
            None => return Err("choose what is to be done".into()),
        },
    })
}

const fn shift(is_procedure: bool, from: usize, to: usize) -> Change {
    if is_procedure { Change::MoveProcedure(from, to) } else { Change::MoveDiagnosis(from, to) }
}

fn add(call: &Call, books: &Books) -> Result<Change, String> {
    let form = &call.form;
    let code = code(form.text("code"))?;
    let (origin, evidence) = (Origin::Entered, Vec::new());
    if books.is_procedure(code) {
        let (day, performer) = (day(call)?, performer(call));
        return Ok(Change::AddProcedure(CodedProcedure { code, day, performer, origin, evidence }));
    }
    let present = form.read("present").unwrap_or(Present::Blank);
    Ok(Change::AddDiagnosis(CodedDiagnosis { code, present, origin, evidence }, None))
}

/// A service with its modifiers, units, day and performer.
fn service(call: &Call) -> Result<Service, String> {
    let form = &call.form;
    let modifiers = form.text("modifiers").to_uppercase();
    let modifiers = modifiers.split([' ', ',']).filter(|one| !one.is_empty()).map(str::to_owned).collect();
    let units = match form.text("units") {
        "" => 1,
        typed => typed.parse().map_err(|_| format!("`{typed}` is no number of units"))?,
    };
    Ok(Service {
        modifiers,
        units,
        day: day(call)?,
        performer: performer(call),
        ..Service::new(code(form.text("code"))?)
    })
}

fn day(call: &Call) -> Result<Option<Date>, String> {
    match call.form.text("day") {
        "" => Ok(None),
        typed => Ok(Some(typed.parse().map_err(|_| format!("`{typed}` is no date"))?)),
    }
}

fn performer(call: &Call) -> Option<Named> {
    let name = call.form.text("performer");
    (!name.is_empty()).then(|| Named { name: name.to_owned(), key: None })
}

fn code(typed: &str) -> Result<Code, String> {
    if typed.is_empty() {
        return Err("type a code".into());
    }
    Code::parse(typed).map_err(|_| format!("`{typed}` is no code: choose one that was found"))
}

/// Two digits of UB-04 form locator 17; nothing for what registration says.
fn status(typed: &str) -> Result<String, String> {
    match typed.parse::<u8>() {
        Ok(status) if status < 100 => Ok(format!("{status:02}")),
        _ if typed.is_empty() => Ok(String::new()),
        _ => Err("a discharge status has two digits".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_discharge_status_has_two_digits_or_none() {
        assert_eq!([status("1"), status("")], [Ok("01".into()), Ok(String::new())]);
        assert!(status("home").is_err() && status("100").is_err());
    }
}
