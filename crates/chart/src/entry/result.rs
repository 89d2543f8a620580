//! Results and reports.

use serde::{Deserialize, Serialize};

use crate::coded::Coded;
use crate::date::When;
use crate::directory::Named;
use crate::document::Attachment;
use crate::intake::SourceKey;

/// A value measured or found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Nothing was given.
    #[default]
    None,
    /// A number with its unit. The number is text, exactly as sent.
    Quantity {
        /// `<`, `<=`, `>`, `>=`, or empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        comparator: String,
        /// The number: digits, sign and point.
        number: String,
        /// The unit, UCUM where the sender uses it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        unit: String,
    },
    /// A choice of a list.
    Coded(Coded),
    /// Words.
    Text(String),
}

impl Value {
    /// As a person reads it: `1.9 mg/dL`.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Quantity { comparator, number, unit } => {
                format!("{comparator}{number} {unit}").trim_end().to_owned()
            }
            Self::Coded(coded) => coded.text.clone(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// A measurement or finding: laboratory, vital sign, examination, social history.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Finding {
    /// What was measured.
    pub what: Coded,
    /// `laboratory`, `vital-signs`, `social-history`, `exam`, `survey`, `imaging`, or as sent.
    pub category: String,
    /// `final`, `preliminary`, `corrected`, `cancelled`.
    pub status: String,
    /// What was found.
    pub value: Value,
    /// Why there is no value, when said.
    pub absent_reason: Option<Coded>,
    /// Reference range, as sent or `low–high`.
    pub range: String,
    /// Low end of the reference range, as text of a number.
    pub low: Option<String>,
    /// High end.
    pub high: Option<String>,
    /// `H`, `L`, `HH`, `A`, `N`, as sent.
    pub flags: Vec<String>,
    /// When the specimen was taken or the finding made.
    pub at: Option<When>,
    /// When the value was made known.
    pub issued: Option<When>,
    /// Parts with values of their own: systolic and diastolic.
    pub parts: Vec<Part>,
    /// Who measured.
    pub by: Vec<Named>,
    /// Blood, urine.
    pub specimen: Option<Coded>,
    /// The panel or report it is part of.
    pub report: Option<SourceKey>,
    /// Anything more.
    pub note: String,
}

/// A part of a finding.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Part {
    /// What was measured.
    pub what: Coded,
    /// What was found.
    pub value: Value,
    /// Reference range.
    pub range: String,
    /// `H`, `L`, … as sent.
    pub flags: Vec<String>,
}

/// A report on results or images.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// What was examined.
    pub what: Coded,
    /// `laboratory`, `imaging`, `pathology`, `cardiology`, or as sent.
    pub category: String,
    /// `final`, `preliminary`, `amended`, `cancelled`.
    pub status: String,
    /// When the study was made.
    pub at: Option<When>,
    /// When the report was issued.
    pub issued: Option<When>,
    /// Its text.
    pub text: String,
    /// What it concludes.
    pub conclusion: String,
    /// The results it reports.
    pub results: Vec<SourceKey>,
    /// Files that came with it.
    pub attachments: Vec<Attachment>,
    /// Who read or measured.
    pub by: Vec<Named>,
    /// The order it answers.
    pub order: Option<SourceKey>,
}
