//! What the tables say of one code, for people who look it up.

use codeset::{Code, CodeNumber, Version};
use serde::Serialize;

use crate::mce::flags;
use crate::mce::tables::CodeRow;
use crate::msdrg::tables::{Span, TitleRow};
use crate::{Desk, Severity};

/// What the grouper says of a diagnosis code over some versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiagnosisEntry {
    /// First version.
    pub first: Version,
    /// Last version; `None` while still in force.
    pub last: Option<Version>,
    /// The MDC it leads to as principal diagnosis.
    pub mdc: u8,
    /// Its severity as secondary diagnosis.
    pub severity: Severity,
    /// The names it carries in the formulas.
    pub attributes: Vec<String>,
    /// The hospital-acquired conditions it is listed under.
    pub hacs: Vec<u8>,
}

/// What the grouper says of a procedure code over some versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProcedureEntry {
    /// First version.
    pub first: Version,
    /// Last version; `None` while still in force.
    pub last: Option<Version>,
    /// The names it carries in the formulas.
    pub attributes: Vec<String>,
    /// The procedure clusters it is a component of.
    pub clusters: Vec<String>,
}

/// What the editor says of a code over some days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EditorEntry {
    /// First day, as yyyymmdd.
    pub first: u32,
    /// The first day it no longer holds, as yyyymmdd; `None` while still in force.
    pub until: Option<u32>,
    /// The marks it carries.
    pub marks: Vec<&'static str>,
}

impl Desk {
    /// The grouper's rows for a diagnosis code, oldest first.
    pub fn diagnosis_entries(&self, code: Code) -> Vec<DiagnosisEntry> {
        let number = self.codes().diagnoses.number(code);
        let rows = self.tables().diagnoses.iter().filter(|row| is_of(number, row.number));
        rows.map(|row| DiagnosisEntry {
            first: row.span.first,
            last: last(row.span),
            mdc: row.mdc,
            severity: row.severity,
            attributes: self.attribute_names(row.attributes),
            hacs: (0..32).filter(|hac| row.hacs >> hac & 1 == 1).collect(),
        })
        .collect()
    }

    /// The grouper's rows for a procedure code, oldest first.
    pub fn procedure_entries(&self, code: Code) -> Vec<ProcedureEntry> {
        let number = self.codes().procedures.number(code);
        let rows = self.tables().procedures.iter().filter(|row| is_of(number, row.number));
        rows.map(|row| ProcedureEntry {
            first: row.span.first,
            last: last(row.span),
            attributes: self.attribute_names(row.attributes),
            clusters: self.clusters_of(number, row.span),
        })
        .collect()
    }

    fn clusters_of(&self, procedure: CodeNumber, span: Span) -> Vec<String> {
        let has = |choices: &[Vec<u32>]| choices.iter().flatten().any(|&code| code == procedure.0);
        let rows =
            self.tables().clusters.iter().filter(|c| c.span.last >= span.first && c.span.first <= span.last);
        let codes = &self.codes().procedures;
        let mut names: Vec<_> =
            rows.filter(|c| has(&c.choices)).map(|c| codes.code(CodeNumber(c.number)).to_string()).collect();
        names.dedup();
        names
    }

    /// The principal diagnoses that take away this secondary diagnosis' severity in `version`.
    pub fn excluded_by(&self, secondary: Code, version: Version) -> Vec<Code> {
        let exclusions = &self.tables().exclusions;
        let number = self.codes().diagnoses.number(secondary);
        let Some(&(_, class)) = exclusions.class_of.iter().find(|(code, _)| is_of(number, *code)) else {
            return Vec::new();
        };
        let holds = exclusions.principal.iter().filter(|(_, span, _)| span.holds(version));
        let excluding = holds.filter(|(_, _, group)| exclusions.groups[usize::from(*group)].contains(&class));
        excluding.map(|&(code, ..)| self.codes().diagnoses.code(CodeNumber(code))).collect()
    }

    /// The secondary diagnoses whose severity this principal diagnosis takes away in `version`.
    pub fn excludes(&self, principal: Code, version: Version) -> Vec<Code> {
        let exclusions = &self.tables().exclusions;
        let number = self.codes().diagnoses.number(principal);
        let mut of_code = exclusions.principal.iter().filter(|(code, ..)| is_of(number, *code));
        let Some((_, _, group)) = of_code.find(|(_, span, _)| span.holds(version)) else { return Vec::new() };
        let classes = &exclusions.groups[usize::from(*group)];
        let excluded = exclusions.class_of.iter().filter(|(_, class)| classes.contains(class));
        excluded.map(|&(code, _)| self.codes().diagnoses.code(CodeNumber(code))).collect()
    }

    /// The editor's rows for a diagnosis code, oldest first.
    pub fn diagnosis_marks(&self, code: Code) -> Vec<EditorEntry> {
        marks(&self.editor().tables.diagnoses, self.codes().diagnoses.number(code), flags::DIAGNOSIS)
    }

    /// The editor's rows for a procedure code, oldest first.
    pub fn procedure_marks(&self, code: Code) -> Vec<EditorEntry> {
        marks(&self.editor().tables.procedures, self.codes().procedures.number(code), flags::PROCEDURE)
    }

    /// The title of a DRG in `version`; blank if it has none.
    pub fn drg_title(&self, drg: codeset::Drg, version: Version) -> &str {
        title(&self.tables().drg_titles, drg.0, version)
    }

    /// The title of an MDC in `version`; blank if it has none.
    pub fn mdc_title(&self, mdc: codeset::Mdc, version: Version) -> &str {
        title(&self.tables().mdc_titles, u16::from(mdc.0), version)
    }

    fn attribute_names(&self, set: u16) -> Vec<String> {
        let tables = self.tables();
        let names = tables.attribute_sets[usize::from(set)].iter();
        names.map(|&number| tables.attributes[usize::from(number)].clone()).collect()
    }
}

pub(crate) fn title(titles: &[TitleRow], number: u16, version: Version) -> &str {
    let row = titles.iter().find(|row| row.number == number && row.span.holds(version));
    row.map_or("", |row| row.title.as_str())
}

fn is_of(number: CodeNumber, row: u32) -> bool {
    number != CodeNumber::UNKNOWN && row == number.0
}

fn last(span: Span) -> Option<Version> {
    Some(span.last).filter(|&last| last != Span::OPEN)
}

fn marks(rows: &[CodeRow], number: CodeNumber, known: &[(&'static str, u32)]) -> Vec<EditorEntry> {
    /// The first day after every open interval.
    const NEVER: u32 = 99_991_231;
    let entry = |row: &CodeRow| EditorEntry {
        first: row.days.first,
        until: Some(row.days.until).filter(|&until| until < NEVER),
        marks: known.iter().filter(|(_, flag)| row.flags & flag != 0).map(|&(name, _)| name).collect(),
    };
    rows.iter().filter(|row| is_of(number, row.number)).map(entry).collect()
}
