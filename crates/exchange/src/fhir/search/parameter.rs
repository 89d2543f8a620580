//! The parameters of `data/exchange/fhir/search-parameter.tsv`.

use std::sync::LazyLock;

use crate::fhir::table::rows;

static TABLE: &str = include_str!("../../../../../data/exchange/fhir/search-parameter.tsv");

/// How the value of a parameter is written and compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParameterKind {
    /// A code or identifier, with or without its system.
    Token,
    /// Another resource.
    Reference,
    /// Text, from its beginning, without regard to case and accents.
    Text,
    /// A date or time, of any precision.
    Date,
}

impl ParameterKind {
    /// The word R4 has for it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Reference => "reference",
            Self::Text => "string",
            Self::Date => "date",
        }
    }
}

/// A parameter by which one resource type can be searched.
#[derive(Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The resource type, `*` for all.
    pub resource: &'static str,
    /// Its name in a query.
    pub name: &'static str,
    /// How its value is written.
    pub kind: ParameterKind,
    /// Whether results can be sorted by it.
    pub sorts: bool,
    /// What it means here.
    pub means: &'static str,
}

static PARAMETERS: LazyLock<Vec<Parameter>> =
    LazyLock::new(|| rows(TABLE).filter_map(|row| one(&row)).collect());

fn one(row: &[&'static str]) -> Option<Parameter> {
    let [resource, name, kind, sorts, means] = *row else { return None };
    let kinds = [ParameterKind::Token, ParameterKind::Reference, ParameterKind::Text, ParameterKind::Date];
    let kind = kinds.into_iter().find(|one| one.key() == kind)?;
    Some(Parameter { resource, name, kind, sorts: sorts == "yes", means })
}

/// The parameters of a resource type, those of all types included.
pub fn parameters(resource: &str) -> impl Iterator<Item = &'static Parameter> {
    PARAMETERS.iter().filter(move |one| one.resource == "*" || one.resource == resource)
}

/// The parameter of a resource type with this name.
#[must_use]
pub fn parameter(resource: &str, name: &str) -> Option<&'static Parameter> {
    parameters(resource).find(|one| one.name == name)
}

/// The resource types that can be read and searched.
#[must_use]
pub fn searchable() -> Vec<&'static str> {
    let mut types: Vec<&'static str> = PARAMETERS.iter().map(|one| one.resource).collect();
    types.retain(|one| *one != "*");
    types.dedup();
    types
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        assert_eq!(PARAMETERS.len(), rows(TABLE).count());
        let types = searchable();
        assert_eq!(types.len(), 16);
        for one in types {
            let names: Vec<_> = parameters(one).map(|parameter| parameter.name).collect();
            assert!(
                names.iter().all(|name| names.iter().filter(|other| *other == name).count() == 1),
                "{one}"
            );
        }
    }
}
