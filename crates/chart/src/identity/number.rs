//! Numbers that people carry: Social Security, telephone. And how two numbers differ when a finger slips.

use super::text::digits;
use super::vocabulary::Vocabulary;

/// How two texts of digits are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// The same.
    Same,
    /// Two neighbours changed places.
    Transposed,
    /// One digit is another, or left out.
    OneOff,
    /// More than a slip.
    Apart,
}

/// Compares two texts of ASCII digits.
pub(super) fn likeness(left: &[u8], right: &[u8]) -> Likeness {
    if left == right {
        return Likeness::Same;
    }
    let start = left.iter().zip(right).take_while(|(l, r)| l == r).count();
    let (left, right) = (&left[start..], &right[start..]);
    let end = left.iter().rev().zip(right.iter().rev()).take_while(|(l, r)| l == r).count();
    match (&left[..left.len() - end], &right[..right.len() - end]) {
        ([a, b], [c, d]) if a == d && b == c => Likeness::Transposed,
        ([_], [_]) | ([_], []) | ([], [_]) => Likeness::OneOff,
        _ => Likeness::Apart,
    }
}

/// A Social Security number that could have been issued: nine digits, or the last four of them.
///
/// Never issued, and so unknown here: areas 000, 666 and 900 to 999, group 00, serial 0000 (20 CFR 422.103); one digit
/// nine times; and the numbers listed as placeholders.
pub(super) fn social_security(text: &str, vocabulary: &Vocabulary) -> Option<String> {
    let number = digits(text);
    if vocabulary.is_placeholder("ssn", &number) || is_one_digit(&number) {
        return None;
    }
    let (area, group, serial) = match number.len() {
        9 => (&number[..3], &number[3..5], &number[5..]),
        4 => ("", "", &number[..]),
        _ => return None,
    };
    let issued =
        !matches!(area, "000" | "666") && !area.starts_with('9') && group != "00" && serial != "0000";
    issued.then_some(number)
}

/// A telephone number: ten digits, seven where the area code is missing, more where it is of another country.
///
/// Unknown here: fewer digits, one digit throughout, an area code or exchange that starts with 0 or 1 (North American
/// numbering plan), and the numbers listed as placeholders.
pub(super) fn telephone(text: &str, vocabulary: &Vocabulary) -> Option<String> {
    let before_extension = text.split(['x', 'X', '#', ';']).next().unwrap_or(text);
    let all = digits(before_extension);
    let number = if all.len() == 11 { all.strip_prefix('1').unwrap_or(&all) } else { &all };
    let local = number.get(number.len().checked_sub(7)?..)?;
    let is_listed = vocabulary.is_placeholder("phone", number) || vocabulary.is_placeholder("phone", local);
    let in_plan = match number.len() {
        7 | 10 => !number.starts_with(['0', '1']) && !local.starts_with(['0', '1']),
        length => (11..=15).contains(&length),
    };
    (in_plan && !is_listed && !is_one_digit(local)).then(|| number.to_owned())
}

fn is_one_digit(number: &str) -> bool {
    let first = number.chars().next();
    number.chars().all(|digit| Some(digit) == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_a_finger() {
        use Likeness::{Apart, OneOff, Same, Transposed};
        for (left, right, expected) in [
            ("1234", "1234", Same),
            ("1234", "1324", Transposed),
            ("1234", "1254", OneOff),
            ("1234", "124", OneOff),
            ("11", "1", OneOff),
            ("1234", "1432", Apart),
            ("1234", "5678", Apart),
            ("12", "1234", Apart),
        ] {
            assert_eq!(likeness(left.as_bytes(), right.as_bytes()), expected, "{left} {right}");
            assert_eq!(likeness(right.as_bytes(), left.as_bytes()), expected, "{right} {left}");
        }
    }

    #[test]
    fn numbers_nobody_has_are_unknown() {
        let ssn = |text: &str| social_security(text, Vocabulary::shipped());
        assert_eq!(ssn("536-21-9874").as_deref(), Some("536219874"));
        assert_eq!(ssn("9874").as_deref(), Some("9874"));
        for placeholder in [
            "999-99-9999",
            "000-00-0000",
            "123-45-6789",
            "666-12-3456",
            "536-00-9874",
            "536-21-0000",
            "12345",
            "",
        ] {
            assert_eq!(ssn(placeholder), None, "{placeholder}");
        }
        let phone = |text: &str| telephone(text, Vocabulary::shipped());
        for written in ["(206) 342-8631", "+1 206 342 8631", "206.342.8631 x12"] {
            assert_eq!(phone(written).as_deref(), Some("2063428631"), "{written}");
        }
        assert_eq!(phone("342-8631").as_deref(), Some("3428631"));
        assert_eq!(phone("+44 20 7946 0958").as_deref(), Some("442079460958"));
        for placeholder in ["555-555-5555", "000-0000", "999-9999", "(206) 000-0000", "911", ""] {
            assert_eq!(phone(placeholder), None, "{placeholder}");
        }
    }
}
