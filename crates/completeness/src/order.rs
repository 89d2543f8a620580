//! The order in which a chart of a record type is assembled, with what its profile asks for.

use chart::document_type::{DocumentType, document_types};
use chart::encounter::Setting;

use crate::policy::Policy;

/// A place in the assembled chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// The document type that stands here.
    pub kind: DocumentType,
    /// The profile rows that ask for it in this setting: their keys and what they are called.
    pub asked_by: Vec<(String, String)>,
}

/// The chart order of a setting: every document type in order, those that the profile asks for with the rows.
#[must_use]
pub fn chart_order(policy: &Policy, setting: Setting) -> Vec<Stand> {
    let asked = |kind: &str| {
        let rows = policy
            .rows
            .iter()
            .filter(|row| row.settings.contains(&setting) && row.filled_by.document_kind() == Some(kind));
        rows.map(|row| (row.ground.key.clone(), row.title.clone())).collect()
    };
    let legal = document_types().all().iter().filter(|kind| kind.legal_health_record);
    legal.map(|kind| Stand { kind: *kind, asked_by: asked(kind.key) }).collect()
}
