//! Which documents and which statements a code may rest on: `data/suggest/document_policy.tsv` and `status.tsv`.

use std::collections::BTreeMap;

use codeset::{Code, Row, Table, TableError};

use crate::suggestion::{Standing, Status};

/// What a document may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// A provider's own diagnostic statement.
    Codable,
    /// Evidence that may found a query.
    Caution,
    /// Not read for codes.
    Ignored,
}

/// What one type of document may be used for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentPolicy {
    /// Its use.
    pub usage: Use,
    /// If not empty, only codes that begin so.
    pub only: Vec<Code>,
    /// No codes that begin so.
    pub never: Vec<Code>,
}

/// Both tables.
#[derive(Debug, Clone, Default)]
pub(crate) struct Policy {
    documents: BTreeMap<String, DocumentPolicy>,
    statuses: BTreeMap<Status, (Standing, String)>,
}

impl DocumentPolicy {
    /// The policy of a document whose type nobody named: read as a provider's statement.
    pub const UNNAMED: Self = Self { usage: Use::Codable, only: Vec::new(), never: Vec::new() };

    /// Whether the document may speak for `code`.
    pub fn admits(&self, code: Code) -> bool {
        let begins = |prefix: &Code| code.starts_with(*prefix);
        (self.only.is_empty() || self.only.iter().any(begins)) && !self.never.iter().any(begins)
    }
}

impl Policy {
    /// Reads both tables.
    pub(crate) fn parse(documents: (&str, &str), statuses: (&str, &str)) -> Result<Self, TableError> {
        let mut policy = Self::default();
        let table = Table::parse(documents.0, documents.1)?;
        table.expect_columns(&["type", "use", "only", "never"])?;
        for row in table.rows() {
            policy.documents.insert(row.field(0).to_owned(), document(&row)?);
        }
        let table = Table::parse(statuses.0, statuses.1)?;
        table.expect_columns(&["status", "standing", "reason"])?;
        for row in table.rows() {
            let (status, standing) = status(&row)?;
            policy.statuses.insert(status, (standing, row.field(2).to_owned()));
        }
        Ok(policy)
    }

    /// The policy of a type of document; a type that the table lacks may only found a query.
    pub(crate) fn document(&self, kind: Option<&str>) -> DocumentPolicy {
        let unknown = DocumentPolicy { usage: Use::Caution, ..DocumentPolicy::UNNAMED };
        kind.map_or(DocumentPolicy::UNNAMED, |kind| self.documents.get(kind).cloned().unwrap_or(unknown))
    }

    /// How far a statement of `status` carries, and why.
    pub(crate) fn status(&self, status: Status) -> (Standing, &str) {
        let row = self.statuses.get(&status);
        row.map_or((Standing::Withheld, "the table of statuses does not name it"), |(s, why)| (*s, why))
    }
}

fn document(row: &Row<'_>) -> Result<DocumentPolicy, TableError> {
    let usage = match row.field(1) {
        "codable" => Use::Codable,
        "caution" => Use::Caution,
        "ignored" => Use::Ignored,
        other => return Err(row.error(format!("use is codable, caution or ignored, not '{other}'"))),
    };
    Ok(DocumentPolicy { usage, only: prefixes(row, 2)?, never: prefixes(row, 3)? })
}

pub(crate) fn prefixes(row: &Row<'_>, column: usize) -> Result<Vec<Code>, TableError> {
    let named = row.field(column).split('|').filter(|prefix| !prefix.is_empty());
    named.map(|prefix| Code::parse(prefix).map_err(|error| row.error(error.to_string()))).collect()
}

fn status(row: &Row<'_>) -> Result<(Status, Standing), TableError> {
    let status = Status::parse(row.field(0))
        .ok_or_else(|| row.error(format!("'{}' is no status of a mention", row.field(0))))?;
    let standing = match row.field(1) {
        "proposed" => Standing::Proposed,
        "query" => Standing::Query,
        "withheld" => Standing::Withheld,
        other => return Err(row.error(format!("standing is proposed, query or withheld, not '{other}'"))),
    };
    Ok((status, standing))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENTS: &str = "# Source: test\ntype\tuse\tonly\tnever\nnewborn-examination\tcodable\t\tO\n\
        laboratory-report\tcaution\t\t\n";
    const STATUSES: &str =
        "# Source: test\nstatus\tstanding\treason\nasserted\tproposed\tthe record says so\n";

    fn policy() -> Policy {
        Policy::parse(("d", DOCUMENTS), ("s", STATUSES)).unwrap()
    }

    #[test]
    fn a_type_of_document_may_exclude_codes() {
        let newborn = policy().document(Some("newborn-examination"));
        assert!(!newborn.admits(Code::parse("O80").unwrap()));
        assert!(newborn.admits(Code::parse("P59.9").unwrap()));
    }

    #[test]
    fn an_unknown_type_founds_only_a_query() {
        assert_eq!(policy().document(Some("fax")).usage, Use::Caution);
        assert_eq!(policy().document(None).usage, Use::Codable);
        assert_eq!(policy().document(Some("laboratory-report")).usage, Use::Caution);
    }

    #[test]
    fn a_status_without_a_row_is_withheld() {
        assert_eq!(policy().status(Status::Asserted).0, Standing::Proposed);
        assert_eq!(policy().status(Status::Negated).0, Standing::Withheld);
    }
}
