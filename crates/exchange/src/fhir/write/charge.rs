//! A charge as `ChargeItem`.

use chart::entry::Charge;

use super::Refs;
use super::datatype::{concept, concepts, named, required, when};
use super::entry::About;
use crate::fhir::json::{Json, Object};

/// The charge. Its kind (charge, credit) has no element and stands as a note.
pub(super) fn charge_item(start: Object, one: &Charge, about: About, refs: &dyn Refs) -> Object {
    let performer = one.by.as_ref().map(|by| Object::new().with("actor", named(by, refs)));
    let quantity = Json::decimal(&one.quantity).map(|value| Object::new().with("value", value));
    let price = one.amount_cents.and_then(|cents| Json::decimal(&dollars(cents)));
    let price = price.map(|value| Object::new().with("value", value).with("currency", "USD"));
    start
        .with("status", about.status("ChargeItem.status", ""))
        .with("code", required(concept(&one.what)))
        .with("subject", about.patient)
        .with("context", about.encounter)
        .maybe("occurrenceDateTime", one.at.map(when))
        .list("performer", performer)
        .maybe("quantity", quantity)
        .maybe("priceOverride", price)
        .list("reason", concepts(&one.diagnoses))
        .maybe("productCodeableConcept", one.procedure.as_ref().map(concept))
        .list("note", [Object::new().with("text", &one.category)])
}

/// Cents as dollars: `-12.05`.
fn dollars(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{}.{:02}", cents / 100, cents % 100)
}

#[cfg(test)]
mod tests {
    use super::dollars;

    #[test]
    fn cents_are_dollars() {
        assert_eq!([dollars(5), dollars(-1205), dollars(100)], ["0.05", "-12.05", "1.00"]);
    }
}
