//! Two people side by side: for each field, how alike they are. No weights yet.

mod names;
mod numbers;
mod places;

use super::field::{Field, Level};
use super::traits::Traits;

/// One field of two people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldComparison<'a> {
    /// Which field.
    pub field: Field,
    /// How alike it is.
    pub level: Level,
    /// The two names where they agree in part or whole, in alphabetical order: how common they are matters.
    pub names: Option<(&'a str, &'a str)>,
}

/// Compares two people field by field, in the order of [`Field::ALL`]. The order of the two does not matter.
pub fn compare<'a>(left: &'a Traits, right: &'a Traits) -> Vec<FieldComparison<'a>> {
    let (surname, given) = names::compare(left, right);
    let zip = numbers::zip(left, right);
    let rows = [
        (Field::Surname, surname),
        (Field::Given, given),
        (Field::Middle, names::middle(left, right)),
        (Field::Generation, same(left.generation, right.generation)),
        (Field::BirthDate, numbers::birth_date(left, right)),
        (Field::BirthOrder, numbers::birth_order(left, right)),
        (Field::Sex, same(left.sex, right.sex)),
        (Field::Ssn, numbers::ssn(left, right)),
        (Field::Phone, numbers::phone(left, right)),
        (Field::Street, places::street(left, right)),
        (Field::HouseNumber, numbers::house_number(left, right)),
        (Field::City, implied_by(zip, places::city(left, right))),
        (Field::State, implied_by(zip, same(left.state.as_ref(), right.state.as_ref()))),
        (Field::Zip, zip),
        (Field::RecordNumber, numbers::record_number(left, right)),
    ];
    rows.map(|(field, level)| FieldComparison { field, level, names: bearing(field, level, left, right) })
        .into()
}

/// The names of both, where they agree enough that their frequency matters.
fn bearing<'a>(
    field: Field,
    level: Level,
    left: &'a Traits,
    right: &'a Traits,
) -> Option<(&'a str, &'a str)> {
    if matches!(level, Level::Swapped | Level::Initial | Level::Missing | Level::Disagree) {
        return None;
    }
    let (left, right) = match field {
        Field::Surname => (left.surname.as_ref()?.whole(), right.surname.as_ref()?.whole()),
        Field::Given => (left.given.as_ref()?.whole(), right.given.as_ref()?.whole()),
        _ => return None,
    };
    Some((left.min(right), left.max(right)))
}

/// The same or not, where both are known.
fn same<T: PartialEq>(left: Option<T>, right: Option<T>) -> Level {
    match (left, right) {
        (Some(left), Some(right)) if left == right => Level::Exact,
        (Some(_), Some(_)) => Level::Disagree,
        _ => Level::Missing,
    }
}

/// The ZIP code says where somebody lives: where it is the same, the city and state add nothing, and where they differ
/// all the same, it is the post office's other name for the place or a slip.
fn implied_by(zip: Level, level: Level) -> Level {
    if zip == Level::Exact && level.is_evidence() { Level::Implied } else { level }
}

#[cfg(test)]
mod tests;
