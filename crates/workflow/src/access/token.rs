//! Secrets given to browsers: what is stored is only their digest.

use std::fmt;

use chart::id::Digest;

/// A secret of 256 random bits, as 64 hexadecimal letters. Its `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The token with these bits, which must come from the system's source of randomness.
    #[must_use]
    pub fn new(chance: [u8; 32]) -> Self {
        use fmt::Write as _;
        let mut text = String::with_capacity(64);
        for byte in chance {
            // Writing to a text cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }

    /// What a browser sent, if it has the form of a token.
    #[must_use]
    pub fn sent(text: &str) -> Option<Self> {
        let good = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        good.then(|| Self(text.to_owned()))
    }

    /// The text that the browser is given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// What is stored.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(self.0.as_bytes())
    }

    /// The secret that forms of this session carry: derived, so that it need not be stored, and useless as a cookie.
    #[must_use]
    pub fn for_forms(&self) -> String {
        Digest::of(format!("form token of session {}", self.0).as_bytes()).to_string()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_back_as_it_was_given_and_never_shows_itself() {
        let token = Token::new([0xab; 32]);
        assert_eq!(Token::sent(token.text()).as_ref(), Some(&token));
        assert_eq!(format!("{token:?}"), "Token(…)");
        assert!(Token::sent("short").is_none() && Token::sent(&"G".repeat(64)).is_none());
        assert_ne!(token.for_forms(), token.text());
        assert_ne!(token.for_forms(), token.digest().to_string());
    }
}
