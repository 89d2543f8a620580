//! The audit trail: appended with every change and every read of a patient, chained, and verified.

mod append;
mod chain;
mod event;
mod read;
mod verify;

pub use append::Receipt;
pub(crate) use append::append;
pub use event::{Action, Actor, Event, Events, Object, Outcome};
pub use read::{Filter, Head, Line, count, head, lines};
pub use verify::{Anchor, Fault, Verdict, verify};
