//! Names of people: spelling, familiar forms, former surnames, given name and surname in each other's place.

use strsim::{jaro_winkler, osa_distance};

use crate::identity::field::Level;
use crate::identity::name::Name;
use crate::identity::traits::Traits;

/// Similarity from which two spellings are almost alike, and somewhat alike. The levels are defined by these numbers;
/// what they are worth is data.
const CLOSE: f64 = 0.92;
const SIMILAR: f64 = 0.88;
/// Names of fewer letters are one letter off by chance too often.
const SHORTEST_WITH_SLIP: usize = 3;

/// The levels of surname and given name.
pub(super) fn compare(left: &Traits, right: &Traits) -> (Level, Level) {
    let surname = surname(left, right);
    let given = given(left, right);
    let doubtful = surname == Level::Disagree || given == Level::Disagree;
    if doubtful && surname != Level::Exact && given != Level::Exact && is_swapped(left, right) {
        return (Level::Swapped, Level::Swapped);
    }
    (surname, given)
}

/// The level of the middle name.
pub(super) fn middle(left: &Traits, right: &Traits) -> Level {
    let (Some(left), Some(right)) = (&left.middle, &right.middle) else {
        return Level::Missing;
    };
    if left == right {
        Level::Exact
    } else if is_initial_of(left, right) || is_initial_of(right, left) {
        Level::Initial
    } else if jaro_winkler(left, right) >= CLOSE {
        Level::Close
    } else {
        Level::Disagree
    }
}

fn surname(left: &Traits, right: &Traits) -> Level {
    let (Some(l), Some(r)) = (&left.surname, &right.surname) else {
        return Level::Missing;
    };
    if l.whole() == r.whole() {
        return Level::Exact;
    }
    let was = |person: &Traits, name: &Name| person.former_surnames.iter().any(|f| f.whole() == name.whole());
    if was(left, r) || was(right, l) {
        return Level::Former;
    }
    if l.shares_part(r) { Level::Part } else { spelling_of_names(l.whole(), r.whole()) }
}

fn given(left: &Traits, right: &Traits) -> Level {
    let (Some(l), Some(r)) = (&left.given, &right.given) else {
        return Level::Missing;
    };
    if l.whole() == r.whole() {
        return Level::Exact;
    }
    if l.is_initial() || r.is_initial() {
        let fits = is_initial_of(l.whole(), r.whole()) || is_initial_of(r.whole(), l.whole());
        return if fits { Level::Initial } else { Level::Disagree };
    }
    if l.shares_part(r) {
        return Level::Part;
    }
    if left.formal_given.iter().any(|name| right.formal_given.contains(name)) {
        return Level::Nickname;
    }
    spelling_of_names(l.whole(), r.whole())
}

/// How alike two names are written. Jaro-Winkler is blind to a slip in a short name (`AMY`, `ANY`), so that one letter
/// off, or two neighbours changed, is somewhat alike too.
fn spelling_of_names(left: &str, right: &str) -> Level {
    let is_long_enough = left.len().min(right.len()) >= SHORTEST_WITH_SLIP;
    match spelling(left, right) {
        Level::Disagree if is_long_enough && osa_distance(left, right) == 1 => Level::Similar,
        level => level,
    }
}

/// How alike two texts are written.
pub(super) fn spelling(left: &str, right: &str) -> Level {
    match jaro_winkler(left, right) {
        similarity if similarity >= CLOSE => Level::Close,
        similarity if similarity >= SIMILAR => Level::Similar,
        _ => Level::Disagree,
    }
}

/// Whether the given name of each is, but for a slip, the surname of the other. That both fit is so rare among
/// strangers that less likeness is asked for than of one name.
fn is_swapped(left: &Traits, right: &Traits) -> bool {
    let alike = |given: &Option<Name>, surname: &Option<Name>| match (given, surname) {
        (Some(given), Some(surname)) => is_alike(given.whole(), surname.whole()),
        _ => false,
    };
    alike(&left.given, &right.surname) && alike(&right.given, &left.surname)
}

fn is_alike(left: &str, right: &str) -> bool {
    left == right || spelling_of_names(left, right) != Level::Disagree
}

fn is_initial_of(initial: &str, name: &str) -> bool {
    initial.chars().nth(1).is_none() && initial.chars().next() == name.chars().next()
}
