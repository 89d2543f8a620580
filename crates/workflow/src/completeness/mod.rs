//! What records lack: the rules applied to what is stored, the desk's verbs, the facility's policy.
//!
//! A change to a chart puts down a job in its own transaction (`ask`); the job reads the patient's record and the
//! deficiencies kept for it, and raises, opens, clears or withdraws what the rules say now. Nothing that a person has
//! decided (waived, verified) is undone by a rule.

mod apply;
mod desk;
mod dial;
mod evaluate;
mod policy;
mod queue;
mod raise;
mod upgrade;
mod verbs;

pub use desk::{Desk, desk};
pub(crate) use evaluate::{EVALUATE, EVALUATE_ALL, ask, from_job};
pub use evaluate::{Extent, evaluate_all, evaluate_patient};
pub use policy::{Change, Kept, Policies, change, facility, policies};
pub use queue::{Board, InChart, Queue, in_chart, queue, waiting};
pub use upgrade::catch_up;
pub use verbs::{Verb, act, analysed};
