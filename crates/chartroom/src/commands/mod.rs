//! One module for each thing the program does.

use std::error::Error;
use std::path::Path;

use codeset::Pack;
use grouper::Desk;

pub(crate) mod case;
pub(crate) mod demo;
pub(crate) mod group;

/// What commands that work on cases need: the editions and the desk over them.
#[derive(Debug)]
pub(crate) struct Office {
    pub(crate) pack: Pack,
    pub(crate) desk: Desk,
}

impl Office {
    /// Opens the editions in `folder`, or those in the program.
    pub(crate) fn open(folder: Option<&Path>) -> Result<Self, Box<dyn Error>> {
        let pack = crate::held::open(folder)?;
        let desk = Desk::open(&pack)?;
        Ok(Self { pack, desk })
    }
}
