//! Search: what can be asked of each resource, and a query string read into what is asked.
//!
//! Finding the answer is the server's and the store's; this says what is meant, or what is wrong with the question.

mod parameter;
mod query;
mod value;

pub use parameter::{Parameter, ParameterKind, parameter, parameters, searchable};
pub use query::{Criterion, PAGE_DEFAULT, PAGE_LIMIT, Search, SearchError, Sort, parse};
pub use value::{DatePrefix, Test, TextMatch};
