//! A patient whom nobody can tell from another by the record.
//!
//! *Why*: every page of a record carries two identifiers of one person (Joint Commission, NPSG.01.01.01). Where the
//! person is registered under a stand-in, no page can. *Example*: `Doe, John`, brought in unconscious, without a date of
//! birth. What is registered later clears it; pages that have no chart yet wait in the queue of papers.

use chart::identity::{Field, Raw, Traits, Vocabulary};

use crate::case::{Case, Found};
use crate::finding::{Evidence, Finding};

/// What must be known, and how it is said to be lacking.
const IDENTIFIERS: [(Field, &str); 2] =
    [(Field::Surname, "no name of their own"), (Field::BirthDate, "no date of birth")];

pub(super) fn find(case: &Case<'_>, out: &mut Vec<Finding>) {
    let Some(ground) = case.policy.rule("patient-unidentified") else { return };
    let person = &case.record.patient.demographics;
    let traits = Traits::normalise(&Raw::from(person), Vocabulary::shipped());
    let lacking = IDENTIFIERS.iter().filter(|(field, _)| traits.shown(*field).is_none());
    let lacking: Vec<&str> = lacking.map(|(_, words)| *words).collect();
    if lacking.is_empty() {
        return;
    }
    let what = format!("Patient not identified: {}", lacking.join(", "));
    let registered = format!("Registered as {}", person.filed_name());
    let evidence = vec![Evidence::fact(registered)];
    out.push(case.finding(Found { evidence, ..Found::missing(ground, what) }));
}
