//! What a rule has found.

use chart::id::EncounterId;
use chart::query::{Group, Indicator};
use serde::{Deserialize, Serialize};

use crate::rule::Rule;

/// What kind of gap in the documentation it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertKind {
    /// Findings or treatment that no documented diagnosis explains.
    Undocumented,
    /// A diagnosis without the type, acuity, stage or cause that the record would support.
    Specificity,
    /// A diagnosis without findings that support it.
    Unsupported,
    /// Statements that exclude each other.
    Conflicting,
}

impl AlertKind {
    /// The kind that a table names.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "undocumented" => Self::Undocumented,
            "specificity" => Self::Specificity,
            "unsupported" => Self::Unsupported,
            "conflicting" => Self::Conflicting,
            _ => return None,
        })
    }

    /// What it is called.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Undocumented => "Findings without a diagnosis",
            Self::Specificity => "Diagnosis without its detail",
            Self::Unsupported => "Diagnosis without support",
            Self::Conflicting => "Conflicting documentation",
        }
    }
}

/// One gap in the documentation, with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// The key of the rule: `acute-kidney-injury`.
    pub rule: String,
    /// What kind of gap it is.
    pub kind: AlertKind,
    /// Its title.
    pub title: String,
    /// What was found, in a sentence.
    pub message: String,
    /// What shows it, in the order of the groups.
    pub evidence: Vec<Indicator>,
    /// The template of the query that would ask about it.
    pub template: String,
    /// The published definition the rule rests on.
    pub definition: String,
    /// The same for the same gap whenever the encounter is read: rule and encounter.
    pub identity: String,
}

impl Alert {
    pub(crate) fn new(rule: &Rule, encounter: EncounterId, mut evidence: Vec<Indicator>) -> Self {
        evidence.sort_by_key(|one| one.group);
        Self {
            rule: rule.key.clone(),
            kind: rule.kind,
            title: rule.title.clone(),
            message: rule.message.clone(),
            evidence,
            template: rule.template.clone(),
            definition: rule.definition.clone(),
            identity: format!("{}/{encounter}", rule.key),
        }
    }

    /// The evidence under one heading.
    pub fn of_group(&self, group: Group) -> impl Iterator<Item = &Indicator> {
        self.evidence.iter().filter(move |one| one.group == group)
    }
}
