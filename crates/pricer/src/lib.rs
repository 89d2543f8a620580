//! A DRG, a stay, a hospital and a year's rates in; the payment out, line by line.
//!
//! Pure: no file, clock or randomness. Everything that changes by date is in the [`Year`]: [`Rates`] and
//! [`DrgWeights`]. A factor that is not at hand is named in the result, which is then partial; nothing is guessed.

mod ipps;
mod missing;
mod money;
mod payer;
mod place;
mod provider;
mod provider_record;
mod provider_toml;
mod psf;
pub mod rates;
mod return_code;
#[cfg(test)]
mod samples;
mod stay;
mod wage_index;
mod weights;
mod weights_import;
mod worksheet;
mod year;

pub use ipps::{
    Additions, Capital, DaysUsed, HospitalFactors, Information, Operating, OutlierBasis, Payment, Programs,
    ProviderError, WeightPaid, explain, price,
};
pub use missing::{Missing, MissingFactor};
pub use payer::{PayerError, PayerOutlier, PayerPayment, PayerTable, PayerTerms, Rate};
pub use provider::{Areas, CapitalMethod, Participation, PassThrough, Provider, RecordsUse, WageArea};
pub use provider_toml::{ProviderFileError, read_provider_toml};
pub use psf::{ProviderImport, export_provider_file, import_provider_file};
pub use rates::{Area, Rates};
pub use return_code::ReturnCode;
pub use stay::{Review, ReviewCode, Stay, TransferKind};
pub use wage_index::{AreaIndex, WageIndexError, WageIndexTable};
pub use weights::{DrgRow, DrgWeights};
pub use worksheet::{Kind, Line, Silent, Trace, Unit, Worksheet};
pub use year::{Year, YearError};
