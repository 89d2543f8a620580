//! What every walk needs: the program on a database of its own, and people and machines that talk to it.

pub(crate) mod coder;
pub(crate) mod database;
pub(crate) mod html;
pub(crate) mod paper;
pub(crate) mod person;
pub(crate) mod sender;
pub(crate) mod server;
pub(crate) mod stay;

/// The password of everybody in the demo hospital.
pub(crate) const PASSWORD: &str = "harbor-bend-demo";

/// The machine to oneself: browsers, loads and kills measure time, and would be in each other's way.
#[derive(Debug)]
pub(crate) struct Turn {
    _held: std::sync::MutexGuard<'static, ()>,
}

/// Waits until no other walk of this program runs.
pub(crate) fn turn() -> Turn {
    static ONE: std::sync::Mutex<()> = std::sync::Mutex::new(());
    // A walk that failed has given its turn back all the same.
    Turn { _held: ONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner) }
}

/// A setting of a walk that `cargo xtask` gives by the environment.
pub(crate) fn setting<T: std::str::FromStr>(name: &str, otherwise: T) -> T {
    let Ok(text) = std::env::var(name) else { return otherwise };
    text.parse().unwrap_or_else(|_| panic!("{name}={text} is no value for this setting"))
}
