//! The second step of signing in: codes of an authenticator (TOTP, RFC 6238).

use chart::id::UserId;
use jiff::Timestamp;
use store::Tx;
use store::access::accounts;
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

/// The time step of a code that the authenticator shows now, showed in the half minute before, or will show in the one
/// after; `None` when it shows no such code.
fn step(secret: &str, code: &str, at: Timestamp) -> Option<i64> {
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let second = u64::try_from(at.as_second()).ok()?;
    let step = totp(secret, "account").ok()?.check(&code, second)?;
    i64::try_from(step).ok()
}

/// Uses a code of the account's authenticator. Says whether it was right and had not been used: a code opens once, and
/// none before it opens any more (RFC 6238, section 5.2).
pub(crate) async fn spend(
    tx: &mut Tx,
    account: UserId,
    (secret, code): (&str, &str),
    at: Timestamp,
) -> Result<bool> {
    match step(secret, code, at) {
        Some(step) => Ok(accounts::use_step(tx, account, step).await?),
        None => Ok(false),
    }
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

/// The code that an authenticator shows at an instant.
#[cfg(test)]
pub(super) fn shown(secret: &str, at: Timestamp) -> String {
    let shown = (0..1_000_000).map(|number| format!("{number:06}"));
    let now = at.as_second() / 30;
    shown.into_iter().find(|code| step(secret, code, at) == Some(now)).expect("one is shown")
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
        assert_eq!(step(&secret, "287082", at(59)), Some(1));
        assert_eq!(step(&secret, "287 082", at(89)), Some(1), "the half minute before");
        assert_eq!(step(&secret, "287082", at(150)), None);
        assert_eq!(step(&secret, "", at(59)), None);
        assert_eq!(step("not base32!", "287082", at(59)), None);
    }

    #[test]
    fn an_authenticator_is_given_issuer_and_account() {
        let address = address(&new_secret([1; 20]), "an:n").unwrap();
        assert!(address.starts_with("otpauth://totp/Chartroom:an-n?"), "{address}");
    }
}
