//! What a person changes in a code set, one thing at a time.

use codeset::Code;
use jiff::civil::Date;

use super::{CodedDiagnosis, CodedProcedure, Codes, Present, Service};
use crate::directory::Named;
use crate::machine::InvalidTransition;

/// One change. Places count from 0; the first diagnosis is the principal one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A diagnosis more, at a place or at the end.
    AddDiagnosis(CodedDiagnosis, Option<usize>),
    /// Another code in the place of one; the indicator stays.
    ReplaceDiagnosis(usize, Code),
    /// One less.
    RemoveDiagnosis(usize),
    /// From one place to another. To place 0 it becomes the principal diagnosis.
    MoveDiagnosis(usize, usize),
    /// Whether it was present on admission.
    SetPresent(usize, Present),
    /// A procedure more.
    AddProcedure(CodedProcedure),
    /// One less.
    RemoveProcedure(usize),
    /// From one place to another.
    MoveProcedure(usize, usize),
    /// When a procedure was done, and by whom.
    SetProcedure(usize, Option<Date>, Option<Named>),
    /// A service more.
    AddService(Service),
    /// Another in the place of one: its modifiers, units, day or performer.
    ReplaceService(usize, Service),
    /// One less.
    RemoveService(usize),
    /// The admitting diagnosis, or none.
    SetAdmitting(Option<Code>),
    /// The patient discharge status; empty for the record's.
    SetDischargeStatus(String),
    /// All codes at once: a set taken over whole.
    Replace(Box<Codes>),
    /// The codes as they were before a change, and what the change was.
    TakeBack(Box<Codes>, String),
}

const NO_PLACE: InvalidTransition =
    InvalidTransition::Rule("there is no such line: the list has changed meanwhile, read it again");
const TWICE: InvalidTransition = InvalidTransition::Rule("this code is in the list already");

impl Change {
    /// Makes the change, and says in words what it was.
    pub(crate) fn apply(&self, codes: &mut Codes) -> Result<String, InvalidTransition> {
        match self {
            Self::AddDiagnosis(line, at) => add_diagnosis(codes, line, *at),
            Self::ReplaceDiagnosis(at, code) => replace_diagnosis(codes, *at, *code),
            Self::RemoveDiagnosis(at) => {
                let gone = take(&mut codes.diagnoses, *at)?;
                Ok(format!("{} removed", gone.code))
            }
            Self::MoveDiagnosis(from, to) => {
                let moved = shift(&mut codes.diagnoses, *from, *to)?;
                Ok(format!("{} moved to place {}", codes.diagnoses[moved].code, moved + 1))
            }
            Self::SetPresent(at, present) => {
                let line = codes.diagnoses.get_mut(*at).ok_or(NO_PLACE)?;
                line.present = *present;
                Ok(format!("{} present on admission {present}", line.code))
            }
            Self::AddProcedure(line) => {
                codes.procedures.push(line.clone());
                Ok(format!("{} added", line.code))
            }
            Self::RemoveProcedure(at) => Ok(format!("{} removed", take(&mut codes.procedures, *at)?.code)),
            Self::MoveProcedure(from, to) => {
                let moved = shift(&mut codes.procedures, *from, *to)?;
                Ok(format!("{} moved to place {}", codes.procedures[moved].code, moved + 1))
            }
            Self::SetProcedure(at, day, performer) => {
                let line = codes.procedures.get_mut(*at).ok_or(NO_PLACE)?;
                (line.day, line.performer) = (*day, performer.clone());
                Ok(format!("{} day and performer", line.code))
            }
            Self::AddService(line) => {
                line.check()?;
                codes.services.push(line.clone());
                Ok(format!("{} added", line.code))
            }
            Self::ReplaceService(at, line) => {
                line.check()?;
                let place = codes.services.get_mut(*at).ok_or(NO_PLACE)?;
                let before = std::mem::replace(place, line.clone());
                Ok(format!("{} replaced by {}", before.shown(), line.shown()))
            }
            Self::RemoveService(at) => Ok(format!("{} removed", take(&mut codes.services, *at)?.code)),
            Self::SetAdmitting(code) => {
                codes.admitting = *code;
                Ok(code.map_or_else(
                    || "no admitting diagnosis".into(),
                    |code| format!("admitting diagnosis {code}"),
                ))
            }
            Self::SetDischargeStatus(status) => {
                codes.discharge_status.clone_from(status);
                Ok(format!("discharge status {status}"))
            }
            Self::Replace(all) => {
                codes.clone_from(all);
                Ok("all codes taken over".into())
            }
            Self::TakeBack(before, what) => {
                codes.clone_from(before);
                Ok(format!("taken back: {what}"))
            }
        }
    }
}

fn add_diagnosis(
    codes: &mut Codes,
    line: &CodedDiagnosis,
    at: Option<usize>,
) -> Result<String, InvalidTransition> {
    if codes.diagnoses.iter().any(|one| one.code == line.code) {
        return Err(TWICE);
    }
    let at = at.unwrap_or(codes.diagnoses.len());
    if at > codes.diagnoses.len() {
        return Err(NO_PLACE);
    }
    codes.diagnoses.insert(at, line.clone());
    Ok(format!("{} added at place {}", line.code, at + 1))
}

fn replace_diagnosis(codes: &mut Codes, at: usize, code: Code) -> Result<String, InvalidTransition> {
    if codes.diagnoses.iter().any(|one| one.code == code) {
        return Err(TWICE);
    }
    let line = codes.diagnoses.get_mut(at).ok_or(NO_PLACE)?;
    let before = std::mem::replace(&mut line.code, code);
    // What was cited spoke for the other code.
    line.evidence.clear();
    Ok(format!("{before} replaced by {code}"))
}

fn take<T>(all: &mut Vec<T>, at: usize) -> Result<T, InvalidTransition> {
    if at < all.len() { Ok(all.remove(at)) } else { Err(NO_PLACE) }
}

fn shift<T>(all: &mut Vec<T>, from: usize, to: usize) -> Result<usize, InvalidTransition> {
    if to >= all.len() {
        return Err(NO_PLACE);
    }
    let line = take(all, from)?;
    all.insert(to, line);
    Ok(to)
}
