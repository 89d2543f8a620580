//! Numbers of the DRG classification: diagnosis-related group, major diagnostic category, grouper version.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A diagnosis-related group, 1 to 999; 998 and 999 hold cases that cannot be grouped. Printed as three digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Drg(pub u16);

impl Drg {
    /// Ungroupable, or refused with a return code that says why.
    pub const UNGROUPABLE: Self = Self(999);
}

impl fmt::Display for Drg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}", self.0)
    }
}

/// A major diagnostic category, 1 to 25; 0 is Pre-MDC or none, 29 the bit under which the unrelated-procedure
/// formulas are evaluated. Printed as two digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Mdc(pub u8);

impl fmt::Display for Mdc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0)
    }
}

/// A grouper version in tenths: 431 is MS-DRG v43.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Version(pub u16);

/// A text that is no grouper version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no grouper version; write 431, 43.1 or v43.1")]
pub struct VersionError(String);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

impl FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let bare = text.trim().trim_start_matches(['v', 'V']);
        let (whole, tenths) = match bare.split_once('.') {
            Some((whole, tenths)) if tenths.len() == 1 => (whole, tenths),
            None if bare.len() == 3 => bare.split_at(2),
            _ => return Err(VersionError(text.to_owned())),
        };
        match (whole.parse::<u16>(), tenths.parse::<u16>()) {
            (Ok(whole), Ok(tenths)) if (1..=999).contains(&whole) => Ok(Self(whole * 10 + tenths)),
            _ => Err(VersionError(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_three_ways() {
        for text in ["431", "43.1", "v43.1"] {
            assert_eq!(text.parse(), Ok(Version(431)), "{text}");
        }
        for text in ["", "4", "43", "43.12", "4310", "v", "x.y", "+1.2.3"] {
            assert!(text.parse::<Version>().is_err(), "{text}");
        }
        assert_eq!(Version(431).to_string(), "43.1");
    }

    #[test]
    fn groups_are_printed_with_leading_zeros() {
        assert_eq!((Drg(1).to_string(), Mdc(5).to_string()), ("001".into(), "05".into()));
    }
}
