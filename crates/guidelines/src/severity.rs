//! How grave a rule is: as the table has it, and as a facility has decided.

use std::collections::BTreeMap;

use codeset::rows::Interval;
use codeset::{OPEN_END, Table, TableError};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The codes cannot go out so.
    Error,
    /// A person must look, and may let the codes stand.
    Warning,
    /// Worth a thought.
    Advice,
    /// Not looked for.
    Off,
}

/// What a facility has decided differently from the table, by the key of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Severities(pub BTreeMap<String, Severity>);

/// One row of `data/guidelines/rule.tsv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleRow {
    /// The rule's key.
    pub rule: String,
    /// How grave it is unless a facility decides otherwise.
    pub severity: Severity,
    /// Whether a person may let the codes stand, with a reason.
    pub may_override: bool,
    /// Where it is written.
    pub citation: String,
    /// The days on which it holds, by date of discharge.
    pub valid: Interval,
    /// Its title.
    pub title: String,
}

/// The columns of the table.
const COLUMNS: [&str; 7] = ["rule", "severity", "override", "citation", "first", "last", "title"];

impl Severity {
    /// The severity as tables and settings write it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
            Self::Off => "off",
        }
    }
}

impl std::str::FromStr for Severity {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let all = [Self::Error, Self::Warning, Self::Advice, Self::Off];
        let found = all.into_iter().find(|severity| severity.key() == text);
        found.ok_or_else(|| format!("'{text}' is no severity; write error, warning, advice or off"))
    }
}

impl Severities {
    /// How grave a rule is here.
    pub fn of(&self, row: &RuleRow) -> Severity {
        self.0.get(&row.rule).copied().unwrap_or(row.severity)
    }
}

impl RuleRow {
    /// Whether the rule holds for a discharge on `day`.
    pub fn holds(&self, day: Date) -> bool {
        self.valid.holds(day)
    }
}

/// Reads the table of rules.
pub(crate) fn read(file: &str, text: &str) -> Result<Vec<RuleRow>, TableError> {
    let table = Table::parse(file, text)?;
    table.expect_columns(&COLUMNS)?;
    let read = |row: codeset::Row<'_>| {
        Ok(RuleRow {
            rule: row.field(0).to_owned(),
            severity: row.parse(1)?,
            may_override: yes_or_no(&row, 2)?,
            citation: row.field(3).to_owned(),
            valid: Interval { first: row.date_or(4, Date::ZERO)?, last: row.date_or(5, OPEN_END)? },
            title: row.field(6).to_owned(),
        })
    };
    table.rows().map(read).collect()
}

/// A field that says yes or no.
pub(crate) fn yes_or_no(row: &codeset::Row<'_>, column: usize) -> Result<bool, TableError> {
    match row.field(column) {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(row.error(format!("field {}: '{other}' is neither yes nor no", column + 1))),
    }
}
