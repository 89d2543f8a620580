//! `ServiceRequest`: something asked for.

use chart::entry::Order;

use super::reading::Reading;
use crate::fhir::own;

/// What the order says.
pub(super) fn order(reading: &Reading<'_>) -> Order {
    let own = |url| reading.extensions(url).into_iter().next();
    Order {
        what: reading.coded("code"),
        category: reading.category("category"),
        status: reading.text("status"),
        priority: reading.text("priority"),
        ordered: reading.when("authoredOn"),
        due: reading.span("occurrence").0,
        by: reading.named("requester"),
        verbal_to: own(own::VERBAL_TO).and_then(|one| reading.named_of(one.value_reference.as_ref()?)),
        authenticated: own(own::AUTHENTICATED)
            .and_then(|one| reading.when_text("extension", &one.value_date_time.0)),
        reasons: reading.concepts("reasonCode"),
        identifiers: reading.identifiers(),
        note: reading.note(),
    }
}
