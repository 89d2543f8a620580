//! A case as the edits see it: the flags of each of its codes on the discharge date.

use super::edit::{Edit, Subject};
use super::editor::{Day, DayRules};
use super::flags::{DIAGNOSIS, PROCEDURE, VALID};
use crate::{Case, Sex};

/// Room for the flags of a case's codes, reused from case to case. One per thread.
#[derive(Debug, Default)]
pub struct EditScratch {
    secondary: Vec<u32>,
    procedures: Vec<u32>,
}

/// One case with the flags of its codes. A code that is not valid on the day has none.
#[derive(Debug)]
pub(crate) struct Claim<'c> {
    pub(crate) case: &'c Case,
    pub(crate) rules: &'c DayRules,
    pub(crate) admitting: Option<u32>,
    pub(crate) principal: u32,
    pub(crate) secondary: &'c [u32],
    pub(crate) procedures: &'c [u32],
    /// The flags of any diagnosis, principal or secondary.
    pub(crate) any_diagnosis: u32,
    /// The flags of any procedure.
    pub(crate) any_procedure: u32,
    /// Every code is valid.
    pub(crate) all_valid: bool,
}

impl<'c> Claim<'c> {
    #[inline]
    pub(crate) fn read(case: &'c Case, day: &'c Day, scratch: &'c mut EditScratch) -> Self {
        let principal = day.diagnosis(case.principal.number);
        let (mut any_diagnosis, mut any_procedure, mut all) = (principal, 0, principal);
        scratch.secondary.clear();
        scratch.secondary.extend(case.secondary.iter().map(|s| {
            let flags = day.diagnosis(s.number);
            any_diagnosis |= flags;
            all &= flags;
            flags
        }));
        scratch.procedures.clear();
        scratch.procedures.extend(case.procedures.iter().map(|p| {
            let flags = day.procedure(p.number);
            any_procedure |= flags;
            all &= flags;
            flags
        }));
        Self {
            case,
            rules: &day.rules,
            admitting: case.admitting.map(|a| day.diagnosis(a.number)),
            principal,
            secondary: &scratch.secondary,
            procedures: &scratch.procedures,
            any_diagnosis,
            any_procedure,
            all_valid: all & VALID != 0,
        }
    }

    /// The flags of the code an edit is about; none for the claim as a whole.
    pub(crate) fn flags(&self, subject: Subject) -> u32 {
        match subject {
            Subject::Claim => 0,
            Subject::Admitting => self.admitting.unwrap_or(0),
            Subject::Principal => self.principal,
            Subject::Secondary(place) => self.secondary[place],
            Subject::Procedure(place) => self.procedures[place],
        }
    }

    /// The code an edit is about, as printed; blank for the claim as a whole.
    pub(crate) fn code(&self, subject: Subject) -> String {
        match subject {
            Subject::Claim => String::new(),
            Subject::Admitting => self.case.admitting.map(|a| a.code.dotted()).unwrap_or_default(),
            Subject::Principal => self.case.principal.code.dotted(),
            Subject::Secondary(place) => self.case.secondary[place].code.dotted(),
            Subject::Procedure(place) => self.case.procedures[place].code.to_string(),
        }
    }

    /// The marks the tables put on the code an edit is about.
    pub(crate) fn marks(&self, subject: Subject) -> Vec<&'static str> {
        let table = if matches!(subject, Subject::Procedure(_)) { PROCEDURE } else { DIAGNOSIS };
        let flags = self.flags(subject);
        table.iter().filter(|(_, flag)| flags & flag != 0).map(|&(name, _)| name).collect()
    }

    /// The places of the secondary diagnoses with one of `flags`.
    pub(crate) fn secondary_with(&self, flags: u32) -> impl Iterator<Item = usize> {
        places(self.secondary, flags)
    }

    /// The places of the procedures with one of `flags`.
    pub(crate) fn procedures_with(&self, flags: u32) -> impl Iterator<Item = usize> {
        places(self.procedures, flags)
    }

    /// Whether some diagnosis has one of `flags`.
    pub(crate) fn has_diagnosis(&self, flags: u32) -> bool {
        self.any_diagnosis & flags != 0
    }

    /// Whether some procedure has one of `flags`.
    pub(crate) fn has_procedure(&self, flags: u32) -> bool {
        self.any_procedure & flags != 0
    }

    /// Of two flags, the one that marks codes not for this patient's sex. An unknown sex fits neither as long as
    /// the editor asks for a sex at all.
    pub(crate) fn of_other_sex(&self, male: u32, female: u32) -> u32 {
        match self.case.sex {
            Sex::Male => female,
            Sex::Female => male,
            Sex::Unknown if self.rules.stage(Edit::InvalidSex).is_some() => male | female,
            Sex::Unknown => 0,
        }
    }
}

fn places(flags_of: &[u32], flags: u32) -> impl Iterator<Item = usize> {
    flags_of.iter().enumerate().filter(move |(_, f)| *f & flags != 0).map(|(place, _)| place)
}
