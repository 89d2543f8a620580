//! The grouper's and the editor's tables as published: tab separated, header first, versions as `400`, dates as
//! `yyyymmdd`, every row with an end. Re-written as dated rows whose end is blank while they hold.

use jiff::civil::Date;

use super::{ImportError, Place, lines};
use crate::rows::head;
use crate::{Version, parse_date};

/// One published table and where it belongs.
#[derive(Debug)]
pub struct GrouperTable {
    /// The published file's name, such as `mce_diagnosis.tsv`.
    pub published: &'static str,
    /// The file under `data/`.
    pub file: &'static str,
    /// The published column names.
    columns: &'static [&'static str],
    /// Whether the first column is ordered as a number.
    by_number: bool,
}

const DRG_FORMULA: [&str; 11] = [
    "mdc",
    "first_version",
    "last_version",
    "rank",
    "base_drg",
    "drg",
    "type",
    "severity",
    "reroute_mdc",
    "formula",
    "severity_suppression",
];
const DIAGNOSIS: [&str; 8] = [
    "code",
    "first_version",
    "last_version",
    "mdc",
    "severity",
    "attributes",
    "hac_attributes",
    "category_attributes",
];

static TABLES: [GrouperTable; 15] = [
    table("diagnosis.tsv", "msdrg/diagnosis.tsv", &DIAGNOSIS, false),
    table("drg.tsv", "msdrg/drg.tsv", &["drg", "first_version", "last_version", "title"], true),
    table("drg_formula.tsv", "msdrg/drg_formula.tsv", &DRG_FORMULA, true),
    table(
        "exclusion_group.tsv",
        "msdrg/exclusion_group.tsv",
        &["exclusion_group", "excluded_secondary_diagnoses"],
        true,
    ),
    table("hac.tsv", "msdrg/hac.tsv", &["hac", "first_version", "last_version", "title"], true),
    table(
        "hac_formula.tsv",
        "msdrg/hac_formula.tsv",
        &["hac", "first_version", "last_version", "formulas_separated_by_;;"],
        true,
    ),
    table("mdc.tsv", "msdrg/mdc.tsv", &["mdc", "first_version", "last_version", "title"], true),
    table(
        "mdc_by_sex.tsv",
        "msdrg/mdc_by_sex.tsv",
        &["code", "first_version", "last_version", "mdc_male", "mdc_female"],
        false,
    ),
    table(
        "pdx_exclusion.tsv",
        "msdrg/pdx_exclusion.tsv",
        &["principal_diagnosis", "first_version", "last_version", "exclusion_group"],
        false,
    ),
    table(
        "procedure.tsv",
        "msdrg/procedure.tsv",
        &["code", "first_version", "last_version", "attributes"],
        false,
    ),
    table(
        "procedure_cluster.tsv",
        "msdrg/procedure_cluster.tsv",
        &["cluster", "first_version", "last_version", "mdcs_suppressed_for_components", "choices"],
        false,
    ),
    table(
        "mce_age_range.tsv",
        "mce/age_range.tsv",
        &["category", "age_from", "age_to", "first_date", "last_date"],
        false,
    ),
    table("mce_diagnosis.tsv", "mce/diagnosis.tsv", &["code", "first_date", "last_date", "flags"], false),
    table(
        "mce_discharge_status.tsv",
        "mce/discharge_status.tsv",
        &["status", "first_date", "last_date"],
        true,
    ),
    table("mce_procedure.tsv", "mce/procedure.tsv", &["code", "first_date", "last_date", "flags"], false),
];

const fn table(
    published: &'static str,
    file: &'static str,
    columns: &'static [&'static str],
    by_number: bool,
) -> GrouperTable {
    GrouperTable { published, file, columns, by_number }
}

/// Every table that can be imported.
pub fn grouper_tables() -> &'static [GrouperTable] {
    &TABLES
}

impl GrouperTable {
    /// Re-writes the published `text`. `versions` are those the register knows, oldest first; a row's versions are
    /// moved to the nearest known one inside it, and an end at or after the newest version or `horizon`, the last day
    /// the editor knows, is left blank. `comments` go above the header.
    pub fn rewrite(
        &self,
        text: &str,
        comments: &[&str],
        versions: &[Version],
        horizon: Date,
    ) -> Result<String, ImportError> {
        let mut lines = lines(self.published, text).filter(|(_, line)| !line.is_empty());
        let (place, header) = lines
            .next()
            .ok_or_else(|| Place { file: self.published, line: 1 }.error("header", "the file is empty"))?;
        if header != self.columns.join("\t") {
            return Err(place.error("header", format!("expected the columns {}", self.columns.join(" "))));
        }
        let mut rows = Vec::new();
        for (place, line) in lines_untrimmed(self.published, text).skip(1) {
            rows.push(self.row(place, line, versions, horizon)?);
        }
        rows.sort_by_cached_key(|row| self.order(row));
        let columns: Vec<_> = self.columns.iter().map(|column| own_name(column)).collect();
        let mut out = head(comments, &columns);
        for row in rows {
            out.push_str(&row.join("\t"));
            out.push('\n');
        }
        Ok(out)
    }

    fn row(
        &self,
        place: Place<'_>,
        line: &str,
        versions: &[Version],
        horizon: Date,
    ) -> Result<Vec<String>, ImportError> {
        let fields: Vec<_> = line.split('\t').collect();
        if fields.len() != self.columns.len() {
            let wanted = self.columns.len();
            return Err(
                place.error("columns", format!("{} fields where the header names {wanted}", fields.len()))
            );
        }
        let field = |(&column, field): (&&'static str, &str)| match column {
            "first_version" => first_version(place, field, versions),
            "last_version" => last_version(place, field, versions),
            "first_date" => Ok(date(place, column, field)?.to_string()),
            "last_date" => {
                let last = date(place, column, field)?;
                Ok(if last >= horizon { String::new() } else { last.to_string() })
            }
            _ => Ok(field.to_owned()),
        };
        self.columns.iter().zip(fields).map(field).collect()
    }

    /// By the first column, then by the first version or date, then by rank.
    fn order(&self, row: &[String]) -> (u32, String, String, u32) {
        let field = |names: &[&str]| {
            let at = self.columns.iter().position(|column| names.contains(column));
            at.map(|at| row[at].clone()).unwrap_or_default()
        };
        let first = field(&["first_version", "first_date"]);
        let rank = field(&["rank"]).parse().unwrap_or(0);
        match row[0].parse() {
            Ok(number) if self.by_number => (number, String::new(), first, rank),
            _ => (0, row[0].clone(), first, rank),
        }
    }
}

/// The column's name under `data/`.
fn own_name(column: &'static str) -> &'static str {
    match column {
        "first_version" | "first_date" => "first",
        "last_version" | "last_date" => "last",
        "formulas_separated_by_;;" => "formulas",
        other => other,
    }
}

/// The oldest known version not before the row's first; the row's own if it is newer than all.
fn first_version(place: Place<'_>, field: &str, versions: &[Version]) -> Result<String, ImportError> {
    let first = version(place, "first_version", field)?;
    let known = versions.iter().map(|version| u32::from(version.0)).find(|&known| known >= first);
    Ok(known.unwrap_or(first).to_string())
}

/// The newest known version not after the row's last; blank if that is the newest of all.
fn last_version(place: Place<'_>, field: &str, versions: &[Version]) -> Result<String, ImportError> {
    let last = version(place, "last_version", field)?;
    let known = versions.iter().map(|version| u32::from(version.0)).rfind(|&known| known <= last);
    let newest = versions.last().map(|version| u32::from(version.0));
    Ok(match known {
        Some(known) if Some(known) == newest => String::new(),
        Some(known) => known.to_string(),
        None => last.to_string(),
    })
}

fn version(place: Place<'_>, column: &'static str, field: &str) -> Result<u32, ImportError> {
    field.parse().map_err(|_| place.error(column, format!("'{field}' is no version such as 431")))
}

fn date(place: Place<'_>, column: &'static str, field: &str) -> Result<Date, ImportError> {
    parse_date(field).ok_or_else(|| place.error(column, format!("'{field}' is no date such as 20261001")))
}

/// As [`lines`], trailing tabs kept: they are blank fields.
fn lines_untrimmed<'t>(file: &'t str, text: &'t str) -> impl Iterator<Item = (Place<'t>, &'t str)> {
    let lines = text.lines().enumerate().map(move |(at, line)| (Place { file, line: at + 1 }, line));
    lines.filter(|(_, line)| !line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn rewrite(published: &str, text: &str) -> Result<String, ImportError> {
        let table = grouper_tables().iter().find(|table| table.published == published).unwrap();
        let versions = [400, 401, 410, 431, 440].map(Version);
        table.rewrite(text, &["Source: CMS"], &versions, date(2027, 3, 31))
    }

    #[test]
    fn versions_move_to_known_ones_and_open_ends_are_blank() {
        let text = "hac\tfirst_version\tlast_version\ttitle\n10\t432\t2147483647\tTen\n2\t400\t409\tTwo\n2\t410\t440\tTwo anew\n";
        assert_eq!(
            rewrite("hac.tsv", text).unwrap(),
            "# Source: CMS\nhac\tfirst\tlast\ttitle\n2\t400\t401\tTwo\n2\t410\t\tTwo anew\n10\t440\t\tTen\n"
        );
    }

    #[test]
    fn dates_are_iso_and_blank_fields_are_kept() {
        let text = "code\tfirst_date\tlast_date\tflags\nA000\t20151001\t20270331\t\nA001\t20151001\t20160930\tunacceptable\n";
        assert_eq!(
            rewrite("mce_diagnosis.tsv", text).unwrap(),
            "# Source: CMS\ncode\tfirst\tlast\tflags\nA000\t2015-10-01\t\t\nA001\t2015-10-01\t2016-09-30\tunacceptable\n"
        );
    }

    #[test]
    fn a_bad_field_is_named() {
        let text = "code\tfirst_date\tlast_date\tflags\nA000\t20151301\t20270331\t\n";
        assert_eq!(
            rewrite("mce_diagnosis.tsv", text).unwrap_err().to_string(),
            "mce_diagnosis.tsv, line 2, first_date: '20151301' is no date such as 20261001"
        );
        assert_eq!(rewrite("mce_diagnosis.tsv", "code\n").unwrap_err().field, "header");
    }
}
