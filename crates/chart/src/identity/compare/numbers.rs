//! Dates and numbers: the same, a slip of a finger, or two different ones.

use crate::identity::birth::BirthDate;
use crate::identity::field::Level;
use crate::identity::number::{Likeness, likeness};
use crate::identity::traits::Traits;

/// Digits of a telephone number without its area code; of a Social Security number as shown on many papers.
const LOCAL_DIGITS: usize = 7;
const LAST_FOUR: usize = 4;

/// The level of the birth date.
pub(super) fn birth_date(left: &Traits, right: &Traits) -> Level {
    let (Some(left), Some(right)) = (left.birth_date, right.birth_date) else {
        return Level::Missing;
    };
    let (Some(left_digits), Some(right_digits)) = (left.digits(), right.digits()) else {
        return partial_date(left, right);
    };
    if left == right {
        return Level::Exact;
    }
    if is_day_month_swapped(left, right) {
        return Level::Swapped;
    }
    match likeness(&left_digits, &right_digits) {
        Likeness::Transposed => Level::Transposed,
        Likeness::OneOff => Level::OneDigitOff,
        _ if equal_parts(left, right) == 2 => Level::Similar,
        _ => Level::Disagree,
    }
}

/// The level of the place in a multiple birth. Known of one only, it still says that a twin exists.
pub(super) fn birth_order(left: &Traits, right: &Traits) -> Level {
    match (left.birth_order, right.birth_order) {
        (None, None) => Level::Missing,
        (Some(left), Some(right)) if left == right => Level::Exact,
        (Some(_), Some(_)) => Level::Disagree,
        _ => Level::Part,
    }
}

/// The level of the Social Security number. Those of twins often follow each other, so that another last digit is not
/// taken for a slip.
pub(super) fn ssn(left: &Traits, right: &Traits) -> Level {
    let (Some(left), Some(right)) = (&left.ssn, &right.ssn) else {
        return Level::Missing;
    };
    if left.len() != right.len() || left.len() == LAST_FOUR {
        return if last(left, LAST_FOUR) == last(right, LAST_FOUR) { Level::Part } else { Level::Disagree };
    }
    match slip(left, right) {
        Level::OneDigitOff if left[..left.len() - 1] == right[..right.len() - 1] => Level::Similar,
        Level::Disagree if last(left, LAST_FOUR) == last(right, LAST_FOUR) => Level::Part,
        level => level,
    }
}

/// The level of the telephone numbers: the best that any two of them reach.
pub(super) fn phone(left: &Traits, right: &Traits) -> Level {
    let pairs = left.phones.iter().flat_map(|l| right.phones.iter().map(move |r| (l, r)));
    pairs.map(|(l, r)| one_phone(l, r)).min().unwrap_or(Level::Missing)
}

/// The level of the house number.
pub(super) fn house_number(left: &Traits, right: &Traits) -> Level {
    both(left.house_number.as_deref(), right.house_number.as_deref(), slip)
}

/// The level of the ZIP code. The first three digits are those of one mail centre.
pub(super) fn zip(left: &Traits, right: &Traits) -> Level {
    both(left.zip.as_deref(), right.zip.as_deref(), |left, right| match slip(left, right) {
        Level::Disagree if left.get(..3) == right.get(..3) => Level::Similar,
        level => level,
    })
}

/// The level of the record numbers. Only numbers of one issuer can disagree.
pub(super) fn record_number(left: &Traits, right: &Traits) -> Level {
    let pairs = left.record_numbers.iter().flat_map(|l| right.record_numbers.iter().map(move |r| (l, r)));
    let comparable = pairs.filter(|(l, r)| l.issuer == r.issuer);
    let levels = comparable.map(|(l, r)| if l.value == r.value { Level::Exact } else { Level::Disagree });
    levels.min().unwrap_or(Level::Missing)
}

fn both(left: Option<&str>, right: Option<&str>, level: impl Fn(&str, &str) -> Level) -> Level {
    match (left, right) {
        (Some(left), Some(right)) => level(left, right),
        _ => Level::Missing,
    }
}

fn slip(left: &str, right: &str) -> Level {
    match likeness(left.as_bytes(), right.as_bytes()) {
        Likeness::Same => Level::Exact,
        Likeness::Transposed => Level::Transposed,
        Likeness::OneOff => Level::OneDigitOff,
        Likeness::Apart => Level::Disagree,
    }
}

fn one_phone(left: &str, right: &str) -> Level {
    if left.len() != right.len() && last(left, LOCAL_DIGITS) == last(right, LOCAL_DIGITS) {
        return Level::Part;
    }
    if left.len() == right.len() { slip(left, right) } else { Level::Disagree }
}

fn last(text: &str, count: usize) -> &str {
    text.get(text.len().saturating_sub(count)..).unwrap_or(text)
}

/// Dates of which one lacks its day or month: all that both know must agree.
fn partial_date(left: BirthDate, right: BirthDate) -> Level {
    let agrees = |left: Option<u8>, right: Option<u8>| match (left, right) {
        (Some(left), Some(right)) => left == right,
        _ => true,
    };
    if left.year() == right.year() && agrees(left.month(), right.month()) {
        Level::Part
    } else {
        Level::Disagree
    }
}

fn is_day_month_swapped(left: BirthDate, right: BirthDate) -> bool {
    let turned = right.month_day().map(|(month, day)| (day, month));
    left.year() == right.year() && left.month_day() == turned
}

/// How many of year, month and day are the same.
fn equal_parts(left: BirthDate, right: BirthDate) -> usize {
    let [left_parts, right_parts] = [left, right].map(|date| date.month_day().unwrap_or_default());
    let same = [left.year() == right.year(), left_parts.0 == right_parts.0, left_parts.1 == right_parts.1];
    same.into_iter().filter(|same| *same).count()
}
