//! Prices for cases: the hospitals, payers and years at hand, and a desk that prices what it groups.

mod book;
mod desk;
mod hospitals;

pub(crate) use book::{PriceArgs, PriceBook, PriceProblem, Priced, Sheet};
pub(crate) use desk::PricedDesk;
