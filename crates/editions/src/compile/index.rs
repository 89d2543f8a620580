//! Every code any table mentions, numbered once for all engines.

use codeset::{Code, CodeIndex, CodeNumbers, Row, Table, TableError};

use super::{CompileError, Files, text};

/// A column that holds codes: file, column from 0.
type Column = (&'static str, usize);

const DIAGNOSES: [Column; 6] = [
    ("icd10cm/codes.tsv", 0),
    ("mce/diagnosis.tsv", 0),
    ("msdrg/diagnosis.tsv", 0),
    ("msdrg/exclusion_group.tsv", 1),
    ("msdrg/mdc_by_sex.tsv", 0),
    ("msdrg/pdx_exclusion.tsv", 0),
];

/// `procedure_cluster` names its pseudo-code, then the codes it is met by, as in `02HK0KZ|02HK3KZ + 0JH609Z`.
const PROCEDURES: [Column; 5] = [
    ("icd10pcs/codes.tsv", 0),
    ("mce/procedure.tsv", 0),
    ("msdrg/procedure.tsv", 0),
    ("msdrg/procedure_cluster.tsv", 0),
    ("msdrg/procedure_cluster.tsv", 4),
];

/// Numbers all codes of the data folder.
pub(super) fn index(files: &Files) -> Result<CodeIndex, CompileError> {
    Ok(CodeIndex {
        diagnoses: CodeNumbers::new(codes(files, &DIAGNOSES)?),
        procedures: CodeNumbers::new(codes(files, &PROCEDURES)?),
    })
}

fn codes(files: &Files, columns: &[Column]) -> Result<Vec<Code>, CompileError> {
    let mut codes = Vec::new();
    for &(file, column) in columns {
        for row in Table::parse(file, text(files, file)?)?.rows() {
            add(&row, column, &mut codes)?;
        }
    }
    Ok(codes)
}

fn add(row: &Row<'_>, column: usize, codes: &mut Vec<Code>) -> Result<(), TableError> {
    for word in row.field(column).split([' ', '|', '+']).filter(|word| !word.is_empty()) {
        let code = Code::parse(word).map_err(|e| row.error(format!("field {}: {e}", column + 1)))?;
        codes.push(code);
    }
    Ok(())
}
