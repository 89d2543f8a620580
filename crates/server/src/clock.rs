//! Where time and chance come in: the context of every request, message and job.

use jiff::Timestamp;
use workflow::{Context, Who};

/// The clock. A test brings its own.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    now: fn() -> Timestamp,
}

impl Clock {
    /// A clock that asks `now`.
    #[must_use]
    pub const fn new(now: fn() -> Timestamp) -> Self {
        Self { now }
    }

    /// The time of the machine.
    #[must_use]
    pub const fn of_the_machine() -> Self {
        #[expect(clippy::disallowed_methods, reason = "a server is where time comes in")]
        Self { now: Timestamp::now }
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// A context of a part of the program.
    #[must_use]
    pub fn system(&self, part: &'static str) -> Context {
        self.context(Who::System(part))
    }

    /// A context of somebody who is signed in, or of a part of the program.
    #[must_use]
    pub fn context(&self, who: Who) -> Context {
        Context::new(self.now(), who, rand::random())
    }
}
