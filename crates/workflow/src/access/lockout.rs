//! How long an account rests after wrong passwords: each pause is twice the one before.

use jiff::SignedDuration;

/// Wrong passwords that cost nothing: people mistype.
const FREE: u32 = 4;
/// The pause after the first one that does.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(30);
/// No pause is longer: a lock for good would let anybody lock anybody out.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(1);

/// How long nobody can sign in to the account after this many wrong passwords in a row.
pub(crate) fn pause(failures: u32) -> Option<SignedDuration> {
    let over = failures.checked_sub(FREE + 1)?;
    let pause = 2_i32.checked_pow(over).and_then(|times| FIRST_PAUSE.checked_mul(times));
    Some(pause.unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_an_hour() {
        let seconds = |failures| pause(failures).map(|pause| pause.as_secs());
        assert_eq!([seconds(0), seconds(4)], [None, None]);
        assert_eq!([5, 6, 7, 11, 12, 400].map(seconds), [30, 60, 120, 1_920, 3_600, 3_600].map(Some));
    }
}
