//! What the tables say of one code, for people who look it up.

use codeset::{Code, CodeNumber, Version};
use serde::Serialize;

use crate::code_rows::CodeRows;
use crate::mce::flags;
use crate::mce::tables::{Days, MceTables};
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
        let entry = |(span, kind): (Span, u16)| {
            let kind = &self.tables().diagnosis_kinds[usize::from(kind)];
            DiagnosisEntry {
                first: span.first,
                last: last(span),
                mdc: kind.mdc,
                severity: kind.severity,
                attributes: self.attribute_names(kind.attributes),
                hacs: (0..16).filter(|hac| kind.hacs >> hac & 1 == 1).collect(),
            }
        };
        self.tables().diagnoses.of(number.0).map(entry).collect()
    }

    /// The grouper's rows for a procedure code, oldest first.
    pub fn procedure_entries(&self, code: Code) -> Vec<ProcedureEntry> {
        let number = self.codes().procedures.number(code);
        let entry = |(span, set): (Span, u16)| ProcedureEntry {
            first: span.first,
            last: last(span),
            attributes: self.attribute_names(set),
            clusters: self.clusters_of(number, span),
        };
        self.tables().procedures.of(number.0).map(entry).collect()
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
        let excluding = |group: u16| exclusions.groups[usize::from(group)].contains(&class);
        let rows =
            exclusions.principal.iter().filter(|&(_, span, group)| span.holds(version) && excluding(group));
        rows.map(|(code, ..)| self.codes().diagnoses.code(CodeNumber(code))).collect()
    }

    /// The secondary diagnoses whose severity this principal diagnosis takes away in `version`.
    pub fn excludes(&self, principal: Code, version: Version) -> Vec<Code> {
        let exclusions = &self.tables().exclusions;
        let number = self.codes().diagnoses.number(principal);
        let group = exclusions.principal.of(number.0).find(|(span, _)| span.holds(version));
        let Some((_, group)) = group else { return Vec::new() };
        let classes = &exclusions.groups[usize::from(group)];
        let excluded = exclusions.class_of.iter().filter(|(_, class)| classes.contains(class));
        excluded.map(|&(code, _)| self.codes().diagnoses.code(CodeNumber(code))).collect()
    }

    /// The editor's rows for a diagnosis code, oldest first.
    pub fn diagnosis_marks(&self, code: Code) -> Vec<EditorEntry> {
        let tables = &self.editor().tables;
        marks(tables, &tables.diagnoses, self.codes().diagnoses.number(code), flags::DIAGNOSIS)
    }

    /// The editor's rows for a procedure code, oldest first.
    pub fn procedure_marks(&self, code: Code) -> Vec<EditorEntry> {
        let tables = &self.editor().tables;
        marks(tables, &tables.procedures, self.codes().procedures.number(code), flags::PROCEDURE)
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

fn marks(
    tables: &MceTables,
    rows: &CodeRows<Days>,
    number: CodeNumber,
    known: &[(&'static str, u32)],
) -> Vec<EditorEntry> {
    /// The first day after every open interval.
    const NEVER: u32 = 99_991_231;
    let entry = |(days, set): (Days, u16)| {
        let flags = tables.flag_sets[usize::from(set)];
        EditorEntry {
            first: days.first,
            until: Some(days.until).filter(|&until| until < NEVER),
            marks: known.iter().filter(|(_, flag)| flags & flag != 0).map(|&(name, _)| name).collect(),
        }
    };
    rows.of(number.0).map(entry).collect()
}
