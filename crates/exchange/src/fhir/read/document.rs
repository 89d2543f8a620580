//! What `Composition` and `DocumentReference` have in common: the type of a document and its relation to others.

use chart::coded::{Coded, Coding, system};
use chart::document::{Relation, RelationKind};
use chart::document_type::document_types;
use chart::intake::SourceKey;

use super::datatype::Extension;
use super::reading::Reading;
use crate::fhir::own;

/// The type of the document: our own key first where its LOINC code or its category's has one.
pub(super) fn kind(reading: &Reading<'_>) -> Coded {
    let sent = reading.coded("type");
    if sent.code(system::DOCUMENT_TYPE).is_some() {
        return sent;
    }
    let loinc = |coded: &Coded| coded.code(system::LOINC).and_then(|code| document_types().of_loinc(code));
    let known = loinc(&sent).or_else(|| reading.concepts("category").iter().find_map(loinc));
    match known {
        Some(known) => with_key(sent, known.key, known.title),
        None => sent,
    }
}

fn with_key(mut sent: Coded, key: &str, title: &str) -> Coded {
    if sent.text.is_empty() {
        title.clone_into(&mut sent.text);
    }
    let own = Coding { system: system::DOCUMENT_TYPE.into(), code: key.into(), display: title.into() };
    sent.codings.insert(0, own);
    sent
}

/// What a document does to an earlier one, by the code of R4.
pub(super) fn relation(
    reading: &Reading<'_>,
    code: &str,
    extensions: &[Extension],
    target: SourceKey,
) -> Option<Relation> {
    let amends = extensions.iter().any(|one| one.url.0 == own::AMENDS);
    let kind = match code {
        _ if amends => RelationKind::Amends,
        "replaces" => RelationKind::Replaces,
        "appends" => RelationKind::Appends,
        _ => {
            reading.remark("/relatesTo", "left out: only `replaces` and `appends` have a place in the chart");
            return None;
        }
    };
    Some(Relation { kind, target })
}
