//! Classification codes, DRG numbers, fiscal years and validity, and the packed *edition* that carries the
//! regulation of each date.
//!
//! Everything here is data in, data out: no file, clock or network is touched. A program reads the bytes of a
//! pack (embedded, or from a folder) and hands them to [`Pack::open`].

mod code;
pub mod diff;
mod drg;
mod edition;
mod fiscal_year;
pub mod import;
mod index;
pub mod manual;
mod pack;
pub mod rows;
mod synonyms;
mod table;

pub use code::{Code, CodeError};
pub use drg::{Drg, Mdc, Version, VersionError};
pub use edition::{Edition, EditionError, Family, NoEdition, Registry, Status};
pub use fiscal_year::FiscalYear;
pub use index::{CodeIndex, CodeNumber, CodeNumbers};
pub use pack::{Pack, PackError, PackWriter, Section};
pub use synonyms::{Synonym, SynonymError, read_synonyms};
pub use table::{OPEN_END, Row, Table, TableError, parse_date};
