//! The regulation of this release, packed into the program, and the compiler that packs it.
//!
//! `data/` holds dated, sorted text that a person can read and compare. [`compile`] turns that text into the bytes
//! of a pack; the build does so once for [`EMBEDDED`], and a hospital that imports a newer publication does so for
//! a data folder of its own. Nothing here touches a file at run time.

mod check;
mod compile;
mod import;

pub use check::{Difference, Holding, Report, check};
pub use compile::{CompileError, Files, RELEASE_LEVEL, compile};
pub use import::{Changes, EntryError, Kind, Publication, import};

/// The pack built from `data/` when this program was built.
pub static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/editions.pack"));
