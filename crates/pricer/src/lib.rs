//! A DRG, a stay, a hospital and a year's rates in; the payment out, line by line.
//!
//! Pure: no file, clock or randomness. Everything that changes by date is in the [`Year`]: [`Rates`] and
//! [`DrgWeights`]. A factor that is not at hand is named in the result, which is then partial; nothing is guessed.

mod ipps;
mod missing;
mod money;
mod provider;
pub mod rates;
mod return_code;
mod stay;
mod weights;
mod worksheet;

pub use ipps::{
    Additions, Capital, DaysUsed, HospitalFactors, Information, Operating, OutlierBasis, Payment, Programs,
    ProviderError, WeightPaid, Year, explain, price,
};
pub use missing::{Missing, MissingFactor};
pub use provider::{Areas, CapitalMethod, Participation, PassThrough, Provider, RecordsUse, WageArea};
pub use rates::{Area, Rates};
pub use return_code::ReturnCode;
pub use stay::{Review, ReviewCode, Stay, TransferKind};
pub use weights::{DrgRow, DrgWeights};
pub use worksheet::{Kind, Line, Silent, Trace, Unit, Worksheet};
