//! The file as it grows: segments of values that were checked.

use jiff::civil::{Date, Time};
use rust_decimal::Decimal;

use super::super::Period;
use super::error::WriteFault;

/// Ends an element, a component, a segment; and parts repetitions (ISA11), which claims do not use.
pub(super) const ELEMENT: char = '*';
pub(super) const COMPONENT: char = ':';
pub(super) const SEGMENT: char = '~';
pub(super) const REPETITION: char = '^';

/// The most digits of an amount with its point (data type R with 18 positions).
const MAX_AMOUNT: usize = 18;
/// The most decimal places of an amount in dollars, and of a count.
const CENTS: u32 = 2;
const COUNT_PLACES: u32 = 3;

/// A value that may stand in a file.
pub(super) type Checked = Result<String, WriteFault>;

/// The segments written so far.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) text: String,
    /// Segments since the transaction set began.
    pub(super) segments: usize,
}

impl Draft {
    /// Adds a segment; blank elements at its end are left out.
    pub(super) fn put<T: AsRef<str>>(&mut self, name: &str, elements: &[T]) {
        let filled = elements.iter().rposition(|element| !element.as_ref().is_empty());
        self.text.push_str(name);
        for element in &elements[..filled.map_or(0, |last| last + 1)] {
            self.text.push(ELEMENT);
            self.text.push_str(element.as_ref());
        }
        self.text.push(SEGMENT);
        self.text.push('\n');
        self.segments += 1;
    }
}

/// A composite of checked components; blank ones at its end are left out.
pub(super) fn composite<T: AsRef<str>>(components: &[T]) -> String {
    let joined = components.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(":");
    joined.trim_end_matches(COMPONENT).to_owned()
}

/// A text that may be blank. Blanks around it are not written.
pub(super) fn text(what: &'static str, given: &str, max: usize) -> Checked {
    let given = given.trim();
    if let Some(character) = given.chars().find(|one| !may_stand(*one)) {
        return Err(WriteFault::Character { what, character });
    }
    match given.len() {
        length if length > max => Err(WriteFault::TooLong { what, length, max }),
        _ => Ok(given.to_owned()),
    }
}

/// A text that must not be blank.
pub(super) fn required(what: &'static str, given: &str, max: usize) -> Checked {
    let text = text(what, given, max)?;
    if text.is_empty() { Err(WriteFault::Missing(what)) } else { Ok(text) }
}

/// A code: letters and digits, `min` to `max` of them.
pub(super) fn code(what: &'static str, given: &str, lengths: std::ops::RangeInclusive<usize>) -> Checked {
    let code = required(what, given, 40)?;
    if lengths.contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(code);
    }
    Err(form(what, given, "letters and digits only, without points, and no more or less than the code has"))
}

/// A code that may be blank.
pub(super) fn optional_code(
    what: &'static str,
    given: &str,
    lengths: std::ops::RangeInclusive<usize>,
) -> Checked {
    if given.trim().is_empty() { Ok(String::new()) } else { code(what, given, lengths) }
}

/// An amount in dollars, in whole cents.
pub(super) fn dollars(what: &'static str, amount: Decimal) -> Checked {
    number(what, amount, CENTS, "dollars in whole cents, not negative")
}

/// A count.
pub(super) fn count(what: &'static str, amount: Decimal) -> Checked {
    number(what, amount, COUNT_PLACES, "a number of at most three decimal places, not negative")
}

fn number(what: &'static str, amount: Decimal, places: u32, expected: &'static str) -> Checked {
    let amount = amount.normalize();
    let text = amount.to_string();
    if amount.is_sign_negative() && !amount.is_zero() || amount.scale() > places || text.len() > MAX_AMOUNT {
        return Err(form(what, &text, expected));
    }
    Ok(text.trim_start_matches('-').to_owned())
}

/// CCYYMMDD.
pub(super) fn day(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

/// HHMM.
pub(super) fn hour(time: Time) -> String {
    time.strftime("%H%M").to_string()
}

/// CCYYMMDD-CCYYMMDD.
pub(super) fn days(period: Period) -> String {
    format!("{}-{}", day(period.first), day(period.last))
}

/// A fault of form.
pub(super) fn form(what: &'static str, given: &str, expected: &'static str) -> WriteFault {
    WriteFault::Form { what, given: given.chars().take(40).collect(), expected }
}

/// Whether a character may stand in a value: the extended character set of X12, without our delimiters.
fn may_stand(character: char) -> bool {
    matches!(character, ' '..='~') && ![ELEMENT, COMPONENT, SEGMENT, REPETITION, '`'].contains(&character)
}
