//! A query read into what is asked.

use jiff::tz::TimeZone;

use super::parameter::{Parameter, ParameterKind, parameter, parameters, searchable};
use super::value::{Test, TextMatch, split, test};

/// How many results a page has when the query does not say.
pub const PAGE_DEFAULT: u32 = 50;
/// How many results a page has at most.
pub const PAGE_LIMIT: u32 = 500;

/// What is asked: results for which every criterion holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// The resource type.
    pub resource: &'static str,
    /// All of them must hold.
    pub criteria: Vec<Criterion>,
    /// In which order, the first counts most; empty for the store's own order.
    pub sort: Vec<Sort>,
    /// How many results a page has.
    pub count: u32,
    /// How many results come before this page (`_offset`, our own: links to further pages carry it).
    pub offset: u32,
}

/// One thing that must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Which parameter.
    pub parameter: &'static Parameter,
    /// It holds when any of these does.
    pub any_of: Vec<Test>,
}

/// One key of the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// By which parameter.
    pub parameter: &'static Parameter,
    /// Whether the greatest comes first.
    pub descending: bool,
}

/// A query that cannot be answered, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SearchError {
    /// The type is not searched here.
    #[error("{resource} cannot be searched here; these can: {}", searchable().join(", "))]
    Resource {
        /// The type asked for.
        resource: String,
    },
    /// The parameter is not known for this type.
    #[error("`{name}` is no search parameter of {resource} here; these are: {known}")]
    Unknown {
        /// The type asked for.
        resource: &'static str,
        /// The parameter.
        name: String,
        /// Those there are.
        known: String,
    },
    /// The parameter is known, its modifier is not.
    #[error("`{name}:{modifier}` is not supported; leave `:{modifier}` out")]
    Modifier {
        /// The parameter.
        name: String,
        /// What stands after the colon.
        modifier: String,
    },
    /// The value cannot be read.
    #[error("`{name}`: {what}")]
    Value {
        /// The parameter.
        name: String,
        /// What is wrong and how to write it.
        what: String,
    },
}

impl SearchError {
    /// The code of R4's issue-type for it.
    #[must_use]
    pub const fn issue(&self) -> &'static str {
        match self {
            Self::Resource { .. } | Self::Unknown { .. } | Self::Modifier { .. } => "not-supported",
            Self::Value { .. } => "value",
        }
    }
}

/// Reads the pairs of a query (decoded, in their order) on a resource type. Dates without a zone are of `zone`.
///
/// # Errors
/// At the first parameter that is unknown or malformed: an answer to less than was asked could mislead.
pub fn parse<'q>(
    resource: &str,
    pairs: impl IntoIterator<Item = (&'q str, &'q str)>,
    zone: &TimeZone,
) -> Result<Search, SearchError> {
    let known = searchable().into_iter().find(|one| *one == resource);
    let resource = known.ok_or_else(|| SearchError::Resource { resource: shortened(resource) })?;
    let mut search =
        Search { resource, criteria: Vec::new(), sort: Vec::new(), count: PAGE_DEFAULT, offset: 0 };
    for (name, value) in pairs {
        match name {
            // How the answer is written is settled by the server; there is only JSON.
            "_format" | "_pretty" => {}
            "_count" => search.count = number(name, value)?.min(PAGE_LIMIT),
            "_offset" => search.offset = number(name, value)?,
            "_sort" => search.sort = sort(resource, value)?,
            _ => search.criteria.extend(criterion(resource, name, value, zone)?),
        }
    }
    Ok(search)
}

fn number(name: &str, value: &str) -> Result<u32, SearchError> {
    value.parse().map_err(|_| SearchError::Value {
        name: name.to_owned(),
        what: format!("`{}` is no whole number", shortened(value)),
    })
}

fn sort(resource: &'static str, value: &str) -> Result<Vec<Sort>, SearchError> {
    let one = |key: &str| {
        let name = key.trim_start_matches('-');
        let parameter = parameters(resource).find(|one| one.name == name && one.sorts).ok_or_else(|| {
            let known: Vec<_> = parameters(resource).filter(|one| one.sorts).map(|one| one.name).collect();
            let what = format!("cannot sort by `{}`; write one of {}", shortened(name), known.join(", "));
            SearchError::Value { name: "_sort".into(), what }
        })?;
        Ok(Sort { parameter, descending: key.starts_with('-') })
    };
    value.split(',').map(one).collect()
}

/// A criterion; `None` for an empty value, which R4 says to pass over.
fn criterion(
    resource: &'static str,
    name: &str,
    value: &str,
    zone: &TimeZone,
) -> Result<Option<Criterion>, SearchError> {
    let (bare, modifier) = name.split_once(':').unwrap_or((name, ""));
    let parameter = parameter(resource, bare).ok_or_else(|| unknown(resource, bare))?;
    let how = modified(parameter, modifier)?;
    if value.is_empty() {
        return Ok(None);
    }
    let tests = split(value, ',').into_iter().map(|one| test(parameter.kind, how, one, zone));
    let any_of = tests
        .collect::<Result<Vec<Test>, String>>()
        .map_err(|what| SearchError::Value { name: bare.to_owned(), what })?;
    Ok(Some(Criterion { parameter, any_of: typed(any_of, modifier) }))
}

/// How texts are compared under this modifier; a reference may name its type there.
fn modified(parameter: &Parameter, modifier: &str) -> Result<TextMatch, SearchError> {
    let is_type = modifier.starts_with(|c: char| c.is_ascii_uppercase());
    match (parameter.kind, modifier) {
        (_, "") => Ok(TextMatch::Begins),
        (ParameterKind::Text, "exact") => Ok(TextMatch::Exact),
        (ParameterKind::Text, "contains") => Ok(TextMatch::Contains),
        (ParameterKind::Reference, _) if is_type => Ok(TextMatch::Begins),
        _ => Err(SearchError::Modifier { name: parameter.name.into(), modifier: shortened(modifier) }),
    }
}

/// Gives references the type of the modifier: `subject:Patient=1`.
fn typed(mut tests: Vec<Test>, modifier: &str) -> Vec<Test> {
    for test in &mut tests {
        if let Test::Reference { resource_type: said @ None, .. } = test {
            *said = (!modifier.is_empty()).then(|| modifier.to_owned());
        }
    }
    tests
}

fn unknown(resource: &'static str, name: &str) -> SearchError {
    let mut known: Vec<&str> = parameters(resource).map(|one| one.name).collect();
    known.extend(["_count", "_sort"]);
    SearchError::Unknown { resource, name: shortened(name), known: known.join(", ") }
}

/// What a sender wrote, cut short: it is said back in an error.
fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}
