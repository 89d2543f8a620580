//! Passwords: what is asked of one, and argon2id over it.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::sync::{Semaphore, oneshot};

use crate::{Error, Result};

/// Said beside every field for a new password.
pub const RULE: &str = "At least 12 characters; a few words in a row are easy to keep and hard to guess.";
/// NIST SP 800-63B-4 asks for 15 without and 8 with a second factor; 12 with growing pauses lies between.
const SHORTEST: usize = 12;
/// Longer ones would only cost time to hash.
const LONGEST: usize = 256;
/// A password of fewer different characters is guessed at once: `aaaaaaaaaaaa`.
const FEWEST_DIFFERENT: usize = 5;
/// A shorter user name stands in many words by chance.
const SHORTEST_TELLING: usize = 4;
/// Hashed when nobody has the name, so that this takes as long as for somebody: any well-formed hash will do.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$Y2hhcnRyb29tLW5vYm9keQ$8nVfcJ1sJm1xT0p4yQmZk5m3l0bq0cGmQ2nYp3hT9pE";

/// The hash to store for a new password of the account `login`. `salt` is 16 random bytes.
///
/// # Errors
/// [`Error::Refused`] when the password is not good enough; the words say why.
pub async fn hash(login: &str, password: String, salt: [u8; 16]) -> Result<String> {
    good_enough(login, &password)?;
    on_another_thread(move || {
        let hash: argon2::password_hash::Result<PasswordHash> =
            Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
        hash.map(|hash| hash.to_string())
            .map_err(|error| Error::refused(format!("the password cannot be hashed: {error}")))
    })
    .await?
}

/// Whether the password is the one that was hashed. Takes as long where there is no hash, and is then false.
pub(crate) async fn is_right(password: String, stored: Option<String>) -> Result<bool> {
    on_another_thread(move || {
        let known = stored.is_some();
        let parsed = PasswordHash::new(stored.as_deref().unwrap_or(NOBODY));
        let right =
            parsed.is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        right && known
    })
    .await
}

/// Passwords hashed at the same moment. Each takes 19 MiB while it lasts: when a whole shift signs in at once, the
/// others wait their turn.
static PLACES: Semaphore = Semaphore::const_new(4);

/// Hashing takes tens of milliseconds by design; the threads that serve requests must not wait for it.
///
/// The thread ends with the work: each of a pool's many threads would keep the memory of its last hash for good.
async fn on_another_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _place = PLACES.acquire().await.map_err(again)?;
    let (done, answer) = oneshot::channel();
    let thread = std::thread::Builder::new().name("password".into());
    // Who no longer waits for the answer has gone away.
    thread.spawn(move || drop(done.send(work()))).map_err(again)?;
    answer.await.map_err(again)
}

fn again(_: impl std::error::Error) -> Error {
    Error::refused("the password could not be checked: try again")
}

/// What is asked of a password.
fn good_enough(login: &str, password: &str) -> Result<()> {
    let letters: Vec<char> = password.chars().collect();
    let mut different = letters.clone();
    different.sort_unstable();
    different.dedup();
    let lower = password.to_lowercase();
    let problem = if letters.len() < SHORTEST {
        "the password is too short: 12 characters or more"
    } else if letters.len() > LONGEST {
        "the password is too long: 256 characters at most"
    } else if different.len() < FEWEST_DIFFERENT {
        "the password repeats too few characters: use a few words"
    } else if login.len() >= SHORTEST_TELLING && lower.contains(&login.to_lowercase()) {
        "the password holds the user name: leave it out"
    } else {
        return Ok(());
    };
    Err(Error::refused(problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_right_only_for_its_own_hash() {
        let good = "four small grey herons";
        let stored = hash("ann", good.into(), [7; 16]).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(is_right(good.into(), Some(stored.clone())).await.unwrap());
        assert!(!is_right("four small grey heron".into(), Some(stored)).await.unwrap());
        assert!(!is_right(good.into(), None).await.unwrap());
    }

    #[test]
    fn the_stand_in_for_nobody_costs_as_much_as_a_real_hash() {
        let hash = PasswordHash::new(NOBODY).unwrap();
        let params = argon2::Params::try_from(&hash).unwrap();
        let usual = argon2::Params::default();
        let cost = |params: &argon2::Params| (params.m_cost(), params.t_cost(), params.p_cost());
        assert_eq!(cost(&params), cost(&usual));
    }

    #[test]
    fn weak_passwords_are_refused_with_the_reason() {
        let cases =
            [("short", "too short"), ("aaaabbbbccccdddd", "too few"), ("anna likes herons", "user name")];
        for (password, reason) in cases {
            let error = good_enough("Anna", password).unwrap_err().to_string();
            assert!(error.contains(reason), "{password}: {error}");
        }
        assert!(good_enough("ann", "four small grey herons").is_ok());
    }
}
