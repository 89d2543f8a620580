//! Whether an arrival can be applied whole, before anything of it is.

use std::collections::HashSet;

use chart::intake::{Change, KeyKind, SourceKey};

use super::plan::Plan;

/// Why the changes cannot be applied; `None` when they can.
pub(super) fn refusal(plan: &Plan<'_>, changes: &[Change]) -> Option<String> {
    let mut made: HashSet<&SourceKey> = HashSet::new();
    for change in changes {
        for needed in needs(change) {
            if plan.target(needed).is_none() && !made.contains(needed) {
                return Some(unknown(needed));
            }
        }
        made.extend(makes(change));
    }
    None
}

/// What must be known for the change to be applied.
fn needs(change: &Change) -> Vec<&SourceKey> {
    match change {
        Change::Encounter { patient, .. }
        | Change::Entry { patient, .. }
        | Change::Document { patient, .. } => {
            vec![patient]
        }
        Change::Merge { survivor, .. } => vec![survivor],
        Change::MoveEncounter { encounter, to } => vec![encounter, to],
        Change::Rename { old, .. } => vec![old],
        Change::Patient { .. }
        | Change::Party { .. }
        | Change::MergeEncounters { .. }
        | Change::Keep { .. }
        | Change::Withdraw { .. } => Vec::new(),
    }
}

/// What is known once the change is applied.
fn makes(change: &Change) -> Option<&SourceKey> {
    match change {
        Change::Patient { key, .. } | Change::Encounter { key, .. } => Some(key),
        Change::Rename { new, .. } => Some(new),
        _ => None,
    }
}

fn unknown(key: &SourceKey) -> String {
    let what = match key.kind {
        KeyKind::Patient => "patient",
        KeyKind::Encounter => "encounter",
        KeyKind::Document => "document",
        KeyKind::Entry => "entry",
        KeyKind::Party => "directory entry",
    };
    // The number itself is in the message; here it would only spread.
    format!(
        "the {what} it names is not known here (numbers of {}): send the registration first, then replay this",
        key.system
    )
}
