//! Streets and cities, by spelling.

use super::names::spelling;
use crate::identity::field::Level;
use crate::identity::traits::Traits;

/// The level of the street name. `OAK ST` and `OAK AVE` are almost alike, `MAIN ST` and `OAK ST` are not.
pub(super) fn street(left: &Traits, right: &Traits) -> Level {
    let (Some(left), Some(right)) = (&left.street, &right.street) else {
        return Level::Missing;
    };
    if left == right {
        return Level::Exact;
    }
    if without_type(left) == without_type(right) { Level::Close } else { spelling(left, right) }
}

/// The level of the city.
pub(super) fn city(left: &Traits, right: &Traits) -> Level {
    let (Some(left), Some(right)) = (&left.city, &right.city) else {
        return Level::Missing;
    };
    if left == right {
        return Level::Exact;
    }
    spelling(left, right)
}

/// The street's name without the last word, its type.
fn without_type(street: &str) -> &str {
    street.rsplit_once(' ').map_or(street, |(name, _)| name)
}
