//! `data/mce/*.tsv` to `mce.bin`.

use std::collections::BTreeMap;

use codeset::{CodeIndex, CodeNumbers, OPEN_END, Row, TableError};

use super::{CompileError, Numbering, code_rows, open};
use crate::code_rows::CodeRows;
use crate::mce::flags;
use crate::mce::tables::{AgeRangeRow, Days, EditRow, MceTables, StatusRow};
use crate::mce::{Edit, PaymentStage, day_number};

type Files = BTreeMap<String, String>;

pub(super) fn compile(files: &Files, codes: &CodeIndex) -> Result<MceTables, CompileError> {
    let mut sets = Numbering::new();
    let (diagnoses, procedures) = (&codes.diagnoses, &codes.procedures);
    Ok(MceTables {
        diagnoses: marked_codes(files, "mce/diagnosis.tsv", diagnoses, flags::DIAGNOSIS, &mut sets)?,
        procedures: marked_codes(files, "mce/procedure.tsv", procedures, flags::PROCEDURE, &mut sets)?,
        flag_sets: sets.values,
        age_ranges: age_ranges(files)?,
        discharge_statuses: discharge_statuses(files)?,
        edits: edits(files)?,
    })
}

/// The days in columns `index` and `index + 1`; the tables write the last day, the engine the first day after.
fn days(row: &Row<'_>, index: usize) -> Result<Days, TableError> {
    let first = row.date_or(index, OPEN_END)?;
    let last = row.date_or(index + 1, OPEN_END)?;
    if last < first {
        return Err(row.error("the last day is before the first"));
    }
    Ok(Days { first: day_number(first), until: last.tomorrow().map_or(u32::MAX, day_number) })
}

fn marked_codes(
    files: &Files,
    path: &'static str,
    numbers: &CodeNumbers,
    known: &[(&str, u32)],
    sets: &mut Numbering<u32>,
) -> Result<CodeRows<Days>, CompileError> {
    let table = open(files, path, &["code", "first", "last", "flags"])?;
    code_rows(&table, numbers, |row| {
        let mut names = row.field(3).split_ascii_whitespace();
        let flags = names.try_fold(0, |flags, name| Ok(flags | flag(row, name, known)?))?;
        Ok((days(row, 1)?, sets.number(flags, row)?))
    })
}

fn flag(row: &Row<'_>, name: &str, known: &[(&str, u32)]) -> Result<u32, TableError> {
    let found = known.iter().find(|(text, _)| *text == name);
    found.map(|&(_, flag)| flag).ok_or_else(|| row.error(format!("'{name}' is no mark the editor knows")))
}

fn age_ranges(files: &Files) -> Result<Vec<AgeRangeRow>, CompileError> {
    let mut rows = Vec::new();
    for row in open(files, "mce/age_range.tsv", &["category", "age_from", "age_to", "first", "last"])?.rows()
    {
        let flag = flag(&row, &row.field(0).to_lowercase(), flags::DIAGNOSIS)?;
        rows.push(AgeRangeRow { flag, from: row.parse(1)?, to: row.parse(2)?, days: days(&row, 3)? });
    }
    Ok(rows)
}

fn discharge_statuses(files: &Files) -> Result<Vec<StatusRow>, CompileError> {
    let mut rows = Vec::new();
    for row in open(files, "mce/discharge_status.tsv", &["status", "first", "last"])?.rows() {
        rows.push(StatusRow { status: row.parse(0)?, days: days(&row, 1)? });
    }
    Ok(rows)
}

fn edits(files: &Files) -> Result<Vec<EditRow>, CompileError> {
    let mut rows = Vec::new();
    for row in open(files, "mce/edit.tsv", &["edit", "first", "last", "payment", "limit"])?.rows() {
        let name = row.field(0);
        let edit = Edit::by_name(name).ok_or_else(|| row.error(format!("'{name}' is no edit")))?;
        let stage = match row.field(3) {
            "pre" => PaymentStage::Before,
            "post" => PaymentStage::After,
            "none" => PaymentStage::Neither,
            other => return Err(row.error(format!("'{other}' is none of pre, post, none")).into()),
        };
        rows.push(EditRow { edit, days: days(&row, 1)?, stage, limit: row.parse_opt(4)? });
    }
    Ok(rows)
}
