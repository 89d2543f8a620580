//! `data/msdrg/*.tsv` to `msdrg.bin`.

use std::collections::{BTreeMap, HashMap};

use codeset::{CodeIndex, Row, TableError, Version};

use super::{CompileError, Numbering, code_rows, number, open};
use crate::code_rows::CodeRows;
use crate::formula::Formula;
use crate::msdrg::tables::{
    ClusterRow, CounterRow, DiagnosisKind, DischargeStatusRow, DrgType, Exclusions, FormulaRow,
    HacFormulaRow, MdcBySexRow, MsdrgTables, Severity, Span, TitleRow,
};

type Files = BTreeMap<String, String>;

pub(super) fn compile(files: &Files, codes: &CodeIndex) -> Result<MsdrgTables, CompileError> {
    let mut names = AttributeNames { names: Numbering::new(), sets: Numbering::new() };
    let (diagnosis_kinds, diagnoses) = diagnoses(files, codes, &mut names)?;
    Ok(MsdrgTables {
        diagnosis_kinds,
        diagnoses,
        procedures: procedures(files, codes, &mut names)?,
        clusters: clusters(files, codes)?,
        exclusions: exclusions(files, codes)?,
        formulas: formulas(files, &mut names)?,
        hac_formulas: hac_formulas(files)?,
        mdc_by_sex: mdc_by_sex(files, codes)?,
        discharge_statuses: discharge_statuses(files)?,
        counters: counters(files, &mut names)?,
        drg_titles: titles(files, "msdrg/drg.tsv", "drg")?,
        mdc_titles: titles(files, "msdrg/mdc.tsv", "mdc")?,
        hac_titles: titles(files, "msdrg/hac.tsv", "hac")?,
        attributes: names.names.values,
        attribute_sets: names.sets.values,
    })
}

struct AttributeNames {
    names: Numbering<String>,
    sets: Numbering<Vec<u16>>,
}

impl AttributeNames {
    fn list(&mut self, row: &Row<'_>, text: &str) -> Result<Vec<u16>, TableError> {
        text.split_ascii_whitespace().map(|name| self.names.number(name.to_owned(), row)).collect()
    }

    fn set(&mut self, row: &Row<'_>, text: &str) -> Result<u16, TableError> {
        let mut set = self.list(row, text)?;
        set.sort_unstable();
        self.sets.number(set, row)
    }
}

/// The versions in columns `index` and `index + 1`.
fn span(row: &Row<'_>, index: usize) -> Result<Span, TableError> {
    let first = Version(row.parse(index)?);
    let last = row.parse_opt(index + 1)?.map_or(Span::OPEN, Version);
    if last < first {
        Err(row.error("the last version is before the first"))
    } else {
        Ok(Span { first, last })
    }
}

fn severity(row: &Row<'_>, index: usize) -> Result<Severity, TableError> {
    match row.field(index) {
        "MCC" | "1" => Ok(Severity::Mcc),
        "CC" | "2" => Ok(Severity::Cc),
        "NCC" | "0" | "3" | "9" => Ok(Severity::None),
        other => Err(row.error(format!("'{other}' is no severity"))),
    }
}

fn diagnoses(
    files: &Files,
    codes: &CodeIndex,
    names: &mut AttributeNames,
) -> Result<(Vec<DiagnosisKind>, CodeRows<Span>), CompileError> {
    let columns =
        ["code", "first", "last", "mdc", "severity", "attributes", "hac_attributes", "category_attributes"];
    let table = open(files, "msdrg/diagnosis.tsv", &columns)?;
    let mut kinds = Numbering::new();
    let rows = code_rows(&table, &codes.diagnoses, |row| {
        let attributes = [row.field(5), row.field(6), row.field(7)].join(" ");
        let kind = DiagnosisKind {
            mdc: row.parse(3)?,
            severity: severity(row, 4)?,
            attributes: names.set(row, &attributes)?,
            hacs: hac_bits(row, row.field(6))?,
        };
        Ok((span(row, 1)?, kinds.number(kind, row)?))
    })?;
    Ok((kinds.values, rows))
}

/// The conditions named `HACnn` as bits. The finer names (`hac06_show`, `hac11_pdx` …) are attributes for the
/// formulas only: a code with `hac11_pdx` alone is a principal diagnosis of HAC 11, never acquired.
fn hac_bits(row: &Row<'_>, text: &str) -> Result<u16, TableError> {
    let mut numbers = text.split_ascii_whitespace().filter_map(|name| name.strip_prefix("HAC"));
    numbers.try_fold(0, |bits, number| match number.parse::<u16>() {
        Ok(number) if number < 16 => Ok(bits | 1 << number),
        _ => Err(row.error(format!("'HAC{number}' is no hospital-acquired condition"))),
    })
}

fn procedures(
    files: &Files,
    codes: &CodeIndex,
    names: &mut AttributeNames,
) -> Result<CodeRows<Span>, CompileError> {
    let table = open(files, "msdrg/procedure.tsv", &["code", "first", "last", "attributes"])?;
    code_rows(&table, &codes.procedures, |row| Ok((span(row, 1)?, names.set(row, row.field(3))?)))
}

fn clusters(files: &Files, codes: &CodeIndex) -> Result<Vec<ClusterRow>, CompileError> {
    let columns = ["cluster", "first", "last", "mdcs_suppressed_for_components", "choices"];
    let table = open(files, "msdrg/procedure_cluster.tsv", &columns)?;
    let mut rows = Vec::with_capacity(table.len());
    for row in table.rows() {
        let choice = |text: &str| {
            text.trim()
                .split('|')
                .map(|code| number(&row, code, &codes.procedures))
                .collect::<Result<Vec<_>, _>>()
        };
        let choices = row.field(4).split('+').map(choice).collect::<Result<Vec<_>, _>>()?;
        if choices.len() > usize::from(ClusterRow::MAX_CHOICES) {
            return Err(row.error("more than eight choices in a cluster").into());
        }
        rows.push(ClusterRow {
            number: number(&row, row.field(0), &codes.procedures)?,
            span: span(&row, 1)?,
            suppressed_mdcs: mdc_bits(&row, row.field(3))?,
            choices,
        });
    }
    Ok(rows)
}

/// MDC numbers as bits. The tables write 99 for "none that any formula is evaluated in".
fn mdc_bits(row: &Row<'_>, text: &str) -> Result<u32, TableError> {
    text.split_ascii_whitespace().try_fold(0, |bits, mdc| match mdc.parse::<u32>() {
        Ok(mdc) if mdc < 32 => Ok(bits | 1 << mdc),
        Ok(99) => Ok(bits),
        _ => Err(row.error(format!("'{mdc}' is no MDC"))),
    })
}

fn exclusions(files: &Files, codes: &CodeIndex) -> Result<Exclusions, CompileError> {
    let group_columns = ["exclusion_group", "excluded_secondary_diagnoses"];
    let group_table = open(files, "msdrg/exclusion_group.tsv", &group_columns)?;
    let mut groups_of: BTreeMap<u32, Vec<u16>> = BTreeMap::new();
    let mut group_count = 0;
    for row in group_table.rows() {
        let group: u16 = row.parse(0)?;
        group_count = group_count.max(usize::from(group) + 1);
        for excluded in row.field(1).split_ascii_whitespace() {
            groups_of.entry(number(&row, excluded, &codes.diagnoses)?).or_default().push(group);
        }
    }
    let mut exclusions = Exclusions { groups: vec![Vec::new(); group_count], ..Exclusions::default() };
    let mut classes: HashMap<Vec<u16>, u16> = HashMap::new();
    for (code, groups) in groups_of {
        let next = u16::try_from(classes.len() + 1).unwrap_or(u16::MAX);
        let class = *classes.entry(groups).or_insert_with_key(|groups| {
            groups.iter().for_each(|&g| exclusions.groups[usize::from(g)].push(next));
            next
        });
        exclusions.class_of.push((code, class));
    }
    let principal_columns = ["principal_diagnosis", "first", "last", "exclusion_group"];
    let principal_table = open(files, "msdrg/pdx_exclusion.tsv", &principal_columns)?;
    exclusions.principal = code_rows(&principal_table, &codes.diagnoses, |row| {
        let group: u16 = row.parse(3)?;
        if usize::from(group) < group_count {
            Ok((span(row, 1)?, group))
        } else {
            Err(row.error(format!("exclusion group {group} is not in exclusion_group.tsv")))
        }
    })?;
    Ok(exclusions)
}

fn formulas(files: &Files, names: &mut AttributeNames) -> Result<Vec<FormulaRow>, CompileError> {
    let columns = [
        "mdc",
        "first",
        "last",
        "rank",
        "base_drg",
        "drg",
        "type",
        "severity",
        "reroute_mdc",
        "formula",
        "severity_suppression",
    ];
    let mut rows = Vec::new();
    for row in open(files, "msdrg/drg_formula.tsv", &columns)?.rows() {
        rows.push(FormulaRow {
            mdc: row.parse(0)?,
            span: span(&row, 1)?,
            rank: row.parse(3)?,
            base_drg: row.parse(4)?,
            drg: row.parse(5)?,
            kind: match row.field(6) {
                "MEDICAL" => DrgType::Medical,
                "SURGICAL" => DrgType::Surgical,
                _ => DrgType::None,
            },
            severity: severity(&row, 7)?,
            reroute_mdc: row.parse(8)?,
            formula: formula(&row, row.field(9))?,
            severity_suppression: names.list(&row, row.field(10))?,
        });
    }
    Ok(rows)
}

/// Checks that `text` is a formula, so that opening a pack cannot meet one that is not.
fn formula(row: &Row<'_>, text: &str) -> Result<String, CompileError> {
    Formula::parse(text).map(|_| text.to_owned()).map_err(|error| CompileError::Formula {
        place: format!("{}, line {}", row.file, row.line),
        formula: text.to_owned(),
        error,
    })
}

fn hac_formulas(files: &Files) -> Result<Vec<HacFormulaRow>, CompileError> {
    let mut rows = Vec::new();
    for row in open(files, "msdrg/hac_formula.tsv", &["hac", "first", "last", "formulas"])?.rows() {
        for text in row.field(3).split(";;") {
            let formula = formula(&row, text)?;
            rows.push(HacFormulaRow { hac: row.parse(0)?, span: span(&row, 1)?, formula });
        }
    }
    Ok(rows)
}

fn mdc_by_sex(files: &Files, codes: &CodeIndex) -> Result<Vec<MdcBySexRow>, CompileError> {
    let mut rows = Vec::new();
    for row in
        open(files, "msdrg/mdc_by_sex.tsv", &["code", "first", "last", "mdc_male", "mdc_female"])?.rows()
    {
        let number = number(&row, row.field(0), &codes.diagnoses)?;
        rows.push(MdcBySexRow { number, span: span(&row, 1)?, male: row.parse(3)?, female: row.parse(4)? });
    }
    Ok(rows)
}

fn discharge_statuses(files: &Files) -> Result<Vec<DischargeStatusRow>, CompileError> {
    let mut rows = Vec::new();
    for row in open(files, "msdrg/discharge_status.tsv", &["status", "first", "last", "mark"])?.rows() {
        let mark = row.field(3).to_owned();
        rows.push(DischargeStatusRow { status: row.parse(0)?, span: span(&row, 1)?, mark });
    }
    Ok(rows)
}

fn counters(files: &Files, names: &mut AttributeNames) -> Result<Vec<CounterRow>, CompileError> {
    let columns =
        ["atom", "first", "last", "over", "attributes", "only_with", "least_sum", "least_different"];
    let mut rows = Vec::new();
    for row in open(files, "msdrg/counter.tsv", &columns)?.rows() {
        let mut terms = Vec::new();
        for term in row.field(4).split_ascii_whitespace() {
            let (name, weight) = term.split_once('*').unwrap_or((term, "1"));
            let weight = weight.parse().map_err(|_| row.error(format!("'{term}' has no weight")))?;
            terms.push((names.names.number(name.to_owned(), &row)?, weight));
        }
        rows.push(CounterRow {
            atom: row.field(0).to_owned(),
            span: span(&row, 1)?,
            over_procedures: match row.field(3) {
                "procedures" => true,
                "diagnoses" => false,
                other => {
                    return Err(row.error(format!("'{other}' is neither procedures nor diagnoses")).into());
                }
            },
            terms,
            only_with: names.list(&row, row.field(5))?.first().copied(),
            least_sum: row.parse(6)?,
            least_different: row.parse(7)?,
        });
    }
    Ok(rows)
}

fn titles(files: &Files, path: &'static str, column: &str) -> Result<Vec<TitleRow>, CompileError> {
    let mut rows = Vec::new();
    for row in open(files, path, &[column, "first", "last", "title"])?.rows() {
        rows.push(TitleRow { number: row.parse(0)?, span: span(&row, 1)?, title: row.field(3).to_owned() });
    }
    Ok(rows)
}
