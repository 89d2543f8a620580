//! Everything the rules look up, opened from a pack.

mod notes;
mod poa_exempt;

use codeset::{EditionError, Family, NoEdition, Pack, PackError, Registry, TableError};

use crate::case::{Case, Found};
use crate::coding::Coding;
use crate::compile::{FACTS_SECTION, NOTES_SECTION};
use crate::days;
use crate::facts::Facts;
use crate::finding::Review;
use crate::limit::{self, Limit};
use crate::list::Lists;
use crate::pair::{self, Pair};
use crate::rules::RULES;
use crate::safety::{self, SafetyFlag, SafetyRow};
use crate::severity::{self, RuleRow, Severities, Severity};
use crate::word::Words;

pub(crate) use notes::Notes;
pub use poa_exempt::PoaExempt;

/// The coding guidelines as checks, for all dates of a pack.
#[derive(Debug)]
pub struct Guidelines {
    book: Book,
    rows: Vec<RuleRow>,
    /// By rule: the places of its rows.
    rows_of: Vec<Vec<usize>>,
    safety: Vec<SafetyRow>,
    registry: Registry,
}

/// The tables the rules look up.
#[derive(Debug)]
pub(crate) struct Book {
    pub(crate) facts: Facts,
    pub(crate) notes: Notes,
    pub(crate) lists: Lists,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) limits: Vec<Limit>,
    /// Codes exempt from present-on-admission reporting; `None` where the list is not at hand.
    pub(crate) poa_exempt: Option<PoaExempt>,
}

/// Why the checks cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The pack is damaged, or was built without the checks.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The register of editions is not readable.
    #[error(transparent)]
    Register(#[from] EditionError),
    /// A table is not readable.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A rule has no row, or a row no rule.
    #[error("data/guidelines/rule.tsv: {0}")]
    Rule(String),
}

impl Guidelines {
    /// Opens the checks of `pack`.
    pub fn open(pack: &Pack) -> Result<Self, OpenError> {
        let [rules, lists, pairs, limits, words, safety] =
            ["rule", "list", "pair", "limit", "word", "safety"].map(|name| format!("guidelines/{name}.tsv"));
        let rows = severity::read(&rules, &pack.text(&rules)?)?;
        must_match(&rows)?;
        Ok(Self {
            book: Book {
                facts: pack.decode(FACTS_SECTION)?,
                notes: Notes::new(pack.decode(NOTES_SECTION)?, &Words::read(&words, &pack.text(&words)?)?),
                lists: Lists::read(&lists, &pack.text(&lists)?)?,
                pairs: pair::read(&pairs, &pack.text(&pairs)?)?,
                limits: limit::read(&limits, &pack.text(&limits)?)?,
                poa_exempt: PoaExempt::open(pack)?,
            },
            rows_of: RULES.iter().map(|rule| rows_of(&rows, rule.key)).collect(),
            rows,
            safety: safety::read(&safety, &pack.text(&safety)?)?,
            registry: Registry::open(pack)?,
        })
    }

    /// The same checks with a list of codes exempt from present-on-admission reporting.
    #[must_use]
    pub fn with_poa_exempt(mut self, list: PoaExempt) -> Self {
        self.book.poa_exempt = Some(list);
        self
    }

    /// The table of rules, as shipped.
    pub fn rules(&self) -> &[RuleRow] {
        &self.rows
    }

    /// Holds the codes of one encounter against every rule that is in force on its day of discharge and that the
    /// facility has not switched off. An oddity in the codes is a finding; a day that no edition of the
    /// classifications governs is an error.
    pub fn review(&self, coding: &Coding, severities: &Severities) -> Result<Review, NoEdition> {
        let mut editions = vec![self.registry.on(Family::Icd10cm, coding.discharged)?.id()];
        if !coding.procedures.is_empty() {
            editions.push(self.registry.on(Family::Icd10pcs, coding.discharged)?.id());
        }
        let case = Case::new(coding, &self.book, days::number(coding.discharged));
        let mut findings = Vec::new();
        for (rule, rows) in RULES.iter().zip(&self.rows_of) {
            let in_force = rows.iter().map(|&at| &self.rows[at]).find(|row| row.holds(coding.discharged));
            let Some(row) = in_force else { continue };
            let severity = severities.of(row);
            if severity != Severity::Off {
                (rule.check)(&case, &mut Found { row, severity, findings: &mut findings, key: rule.key });
            }
        }
        findings.sort_by(|a, b| (a.severity, &a.codes).cmp(&(b.severity, &b.codes)));
        Ok(Review { editions, findings, not_at_hand: self.not_at_hand(coding, case.day) })
    }

    /// The diagnoses that a Patient Safety Indicator may count.
    pub fn safety(&self, coding: &Coding) -> Vec<SafetyFlag> {
        safety::flags(&self.safety, coding)
    }

    /// What cannot be checked for want of a list.
    fn not_at_hand(&self, coding: &Coding, day: u32) -> Vec<&'static str> {
        let mut missing = Vec::new();
        if self.book.poa_exempt.is_none() && coding.setting.reports_poa() {
            missing.push(
                "the list of codes exempt from present-on-admission reporting: whether an indicator is missing \
                 or should not be there is not checked; import the list that CMS publishes for the fiscal year",
            );
        }
        if !self.book.notes.any_on(day) {
            missing.push("the notes of the tabular list for this date: Excludes1, code first, use additional and code also are not checked");
        }
        missing
    }
}

fn rows_of(rows: &[RuleRow], key: &str) -> Vec<usize> {
    rows.iter().enumerate().filter(|(_, row)| row.rule == key).map(|(at, _)| at).collect()
}

/// Every rule has a row, and every row a rule.
fn must_match(rows: &[RuleRow]) -> Result<(), OpenError> {
    if let Some(rule) = RULES.iter().find(|rule| rows.iter().all(|row| row.rule != rule.key)) {
        return Err(OpenError::Rule(format!("the rule '{}' has no row", rule.key)));
    }
    match rows.iter().find(|row| RULES.iter().all(|rule| rule.key != row.rule)) {
        Some(row) => Err(OpenError::Rule(format!("'{}' is no rule of this program", row.rule))),
        None => Ok(()),
    }
}
