//! What the buttons of the coder's desk mean.

use chart::coding::{Change, CodedDiagnosis, CodedProcedure, Origin, Present};
use codeset::Code;
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
        _ => Verb::Change(change(call, books)?, text("why")),
    })
}

fn change(call: &Call, books: &Books) -> Result<Change, String> {
    let form = &call.form;
    let at: usize = form.read("at").unwrap_or_default();
    let is_procedure = form.text("what") == "procedure";
    Ok(match form.text("do") {
        "add" => add(call, books)?,
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
        "undo" => {
            let codes = serde_json::from_str(form.raw("codes"));
            Change::Replace(codes.map_err(|_| "the codes as they were cannot be read")?)
        }
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
        let day = form.text("day");
        let day = if day.is_empty() { None } else { Some(day.parse().map_err(|_| "this is no date")?) };
        return Ok(Change::AddProcedure(CodedProcedure { code, day, performer: None, origin, evidence }));
    }
    let present = form.read("present").unwrap_or(Present::Blank);
    Ok(Change::AddDiagnosis(CodedDiagnosis { code, present, origin, evidence }, None))
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
