//! The MS-DRG grouper: the rules of the CMS Definitions Manual, over the tables of one version.
//!
//! | step | file |
//! |---|---|
//! | A. procedures and clusters | `clusters.rs` |
//! | B. atoms of the claim | `atoms.rs`, `facts.rs`, `claim.rs` |
//! | C–D. early exits, sex | `claim.rs` |
//! | E. computed atoms | `counters.rs`, `claim.rs` |
//! | F. severity | `severity.rs` |
//! | G. **the DRG is decided** | `assign.rs` |
//! | H. hospital-acquired conditions, final DRG | `hac.rs` |

mod assign;
mod atoms;
pub(crate) mod claim;
pub(crate) mod clusters;
mod counters;
pub(crate) mod exclusions;
mod facts;
mod grouper;
pub(crate) mod hac;
pub(crate) mod logic;
pub(crate) mod severity;
pub(crate) mod tables;

pub use assign::{Assignment, FormulaRef};
pub(crate) use atoms::{Atom, AtomSet};
pub use claim::Scratch;
pub use grouper::{Grouper, Grouping, ReturnCode};
pub use tables::{DrgType, Severity};
