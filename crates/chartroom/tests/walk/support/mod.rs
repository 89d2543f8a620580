//! What every walk needs: the program on a database of its own, and people and machines that talk to it.

pub(crate) mod database;
pub(crate) mod html;
pub(crate) mod paper;
pub(crate) mod person;
pub(crate) mod sender;
pub(crate) mod server;

/// The password of everybody in the demo hospital.
pub(crate) const PASSWORD: &str = "harbor-bend-demo";

/// A setting of a walk that `cargo xtask` gives by the environment.
pub(crate) fn setting<T: std::str::FromStr>(name: &str, otherwise: T) -> T {
    let Ok(text) = std::env::var(name) else { return otherwise };
    text.parse().unwrap_or_else(|_| panic!("{name}={text} is no value for this setting"))
}
