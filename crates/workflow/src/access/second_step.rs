//! The second step of signing in: codes of an authenticator (TOTP, RFC 6238).

use jiff::Timestamp;
use totp_rs::{Builder, Secret, Totp};

use crate::{Error, Result};

/// The name under which an authenticator lists the code.
const ISSUER: &str = "Chartroom";

/// A new secret, as text to store and to type: base32 of 20 random bytes.
#[must_use]
pub fn new_secret(chance: [u8; 20]) -> String {
    Secret::from(chance).to_base32()
}

/// The `otpauth:` address that an authenticator opens.
///
/// # Errors
/// [`Error::Refused`] when the secret is none of ours.
pub fn address(secret: &str, login: &str) -> Result<String> {
    totp(secret, login)?
        .to_url()
        .map_err(|error| Error::refused(format!("the second step cannot be set up: {error}")))
}

/// Whether the authenticator shows this code now, or showed it in the half minute before, or will in the one after.
pub(crate) fn is_right(secret: &str, code: &str, at: Timestamp) -> bool {
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let Ok(second) = u64::try_from(at.as_second()) else { return false };
    totp(secret, "account").is_ok_and(|totp| totp.check(&code, second).is_some())
}

fn totp(secret: &str, login: &str) -> Result<Totp> {
    let refused =
        |error: &dyn std::fmt::Display| Error::refused(format!("the secret of the second step: {error}"));
    let secret = Secret::try_from_base32(secret).map_err(|error| refused(&error))?;
    Builder::new()
        .with_secret(secret)
        .with_issuer(Some(ISSUER))
        .with_account_name(login.replace(':', "-"))
        .build()
        .map_err(|error| refused(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_vector_of_the_standard_is_met() {
        // RFC 6238, appendix B: secret `12345678901234567890`, 59 s → 94287082, of which six digits are asked.
        let secret = new_secret(*b"12345678901234567890");
        assert!(is_right(&secret, "287082", at(59)));
        assert!(is_right(&secret, "287 082", at(89)), "the half minute before");
        assert!(!is_right(&secret, "287082", at(150)));
        assert!(!is_right(&secret, "", at(59)));
        assert!(!is_right("not base32!", "287082", at(59)));
    }

    #[test]
    fn an_authenticator_is_given_issuer_and_account() {
        let address = address(&new_secret([1; 20]), "an:n").unwrap();
        assert!(address.starts_with("otpauth://totp/Chartroom:an-n?"), "{address}");
    }
}
