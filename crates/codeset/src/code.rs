//! One code as it stands on a claim: ICD-10-CM, ICD-10-PCS, or a grouper cluster pseudo-code such as `Z@0217`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A code without its decimal point, in capitals, at most eight characters; it says nothing of validity.
///
/// Eight bytes, so comparing and hashing are one machine word each, and the order is that of the text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Code(u64);

/// Why a text cannot be a code of any classification.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Longer than any code: ICD-10-CM and ICD-10-PCS have at most seven characters.
    #[error("code '{0}' has more than {max} characters", max = Code::MAX_LEN)]
    TooLong(String),
    /// Holds a character no classification uses.
    #[error("code '{0}' holds a character that is neither letter, digit nor '@'")]
    BadCharacter(String),
}

impl Code {
    /// No code at all: a blank field.
    pub const BLANK: Self = Self(0);
    /// The most characters a code may have.
    pub const MAX_LEN: usize = 8;

    /// Reads a code as people and claims write it: `I50.21`, `i5021`, ` I5021 `. A blank text is [`Code::BLANK`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let mut bytes = [0u8; Self::MAX_LEN];
        let mut len = 0;
        for byte in text.trim().bytes() {
            match byte {
                b'.' => continue,
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'@' => {}
                _ => return Err(CodeError::BadCharacter(text.to_owned())),
            }
            let Some(slot) = bytes.get_mut(len) else {
                return Err(CodeError::TooLong(text.to_owned()));
            };
            *slot = byte.to_ascii_uppercase();
            len += 1;
        }
        Ok(Self(u64::from_be_bytes(bytes)))
    }

    /// How many values [`Code::category_number`] can take.
    pub(crate) const CATEGORIES: usize = 64 * 64 * 64;

    /// A number for the first three characters, growing with the text.
    #[inline]
    pub(crate) fn category_number(self) -> usize {
        let place = |byte: u8| match byte {
            b'0'..=b'9' => usize::from(byte - b'0') + 1,
            b'@'..=b'Z' => usize::from(byte - b'@') + 11,
            _ => 0,
        };
        let [first, second, third, ..] = self.0.to_be_bytes();
        (place(first) * 64 + place(second)) * 64 + place(third)
    }

    /// The code of eight characters filled up with zero bytes; `None` if a character is none of a code's.
    pub(crate) fn from_bytes(bytes: [u8; Self::MAX_LEN]) -> Option<Self> {
        let len = bytes.iter().position(|&b| b == 0).unwrap_or(Self::MAX_LEN);
        let (text, filling) = bytes.split_at(len);
        let is_code = |b: &u8| matches!(b, b'0'..=b'9' | b'@'..=b'Z');
        (text.iter().all(is_code) && filling.iter().all(|&b| b == 0)).then(|| Self(u64::from_be_bytes(bytes)))
    }

    /// Whether the field was blank.
    pub const fn is_blank(self) -> bool {
        self.0 == 0
    }

    /// Whether the field says "no code": blank, or nothing but zeros as some claims fill empty fields.
    pub fn is_absent(self) -> bool {
        self.0.to_be_bytes().iter().all(|b| matches!(b, 0 | b'0'))
    }

    /// The code's characters without a decimal point, written into `buffer`.
    pub fn write_to(self, buffer: &mut [u8; Self::MAX_LEN]) -> &str {
        *buffer = self.0.to_be_bytes();
        let len = buffer.iter().position(|&b| b == 0).unwrap_or(Self::MAX_LEN);
        std::str::from_utf8(&buffer[..len]).unwrap_or_default()
    }

    /// The code as printed in the ICD-10-CM manual, with a decimal point after the third character.
    pub fn dotted(self) -> String {
        let mut text = self.to_string();
        if text.len() > 3 {
            text.insert(3, '.');
        }
        text
    }

    /// Whether this code begins with all characters of `prefix`, as a code lies under its category.
    pub fn starts_with(self, prefix: Self) -> bool {
        self.to_string().starts_with(&prefix.to_string())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.write_to(&mut [0; Self::MAX_LEN]))
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({self})")
    }
}

/// Text where people read it (JSON, TOML), one number in a pack.
impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_u64(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            return Self::parse(&text).map_err(serde::de::Error::custom);
        }
        let code = u64::deserialize(deserializer).map(u64::to_be_bytes)?;
        Self::from_bytes(code).ok_or_else(|| serde::de::Error::custom("no code has these characters"))
    }
}

impl std::str::FromStr for Code {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        let code = Code::parse(" i50.21 ").unwrap();
        assert_eq!((code.to_string(), code.dotted()), ("I5021".to_owned(), "I50.21".to_owned()));
        assert!(code.starts_with(Code::parse("I50").unwrap()));
        assert!(!code.starts_with(Code::parse("I51").unwrap()));
        assert_eq!(Code::parse("Z@0217").unwrap().to_string(), "Z@0217");
        assert!(Code::parse("  ").unwrap().is_blank());
        assert!(Code::parse("0000").unwrap().is_absent() && !Code::parse("00X0").unwrap().is_absent());
    }

    #[test]
    fn order_is_that_of_the_text() {
        let codes = ["A00", "A000", "A001", "B20", "Z@0217"].map(|c| Code::parse(c).unwrap());
        assert!(codes.is_sorted());
    }

    #[test]
    fn is_text_for_people_and_one_number_in_a_pack() {
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        struct Line {
            code: Code,
        }
        let line = Line { code: Code::parse("I5021").unwrap() };
        assert_eq!(toml::to_string(&line).unwrap(), "code = \"I5021\"\n");
        assert_eq!(toml::from_str::<Line>("code = \"I50.21\"").unwrap(), line);
        let packed = postcard::to_stdvec(&line).unwrap();
        assert_eq!(postcard::from_bytes::<Line>(&packed).unwrap(), line);
        assert!(postcard::from_bytes::<Line>(&[1]).is_err(), "no code has these characters");
    }

    #[test]
    fn refuses_what_no_classification_has() {
        assert_eq!(Code::parse("I50212345"), Err(CodeError::TooLong("I50212345".into())));
        assert_eq!(Code::parse("I50-1"), Err(CodeError::BadCharacter("I50-1".into())));
        assert_eq!(Code::parse("É50"), Err(CodeError::BadCharacter("É50".into())));
    }
}
