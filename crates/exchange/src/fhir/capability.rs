//! `CapabilityStatement`: what the API can do.

use chart::date::PartialDate;

use super::json::{Json, Object};
use super::search::{Parameter, parameters, searchable};

/// What the statement says of the server.
#[derive(Debug, Clone)]
pub struct Context<'c> {
    /// The address of the API.
    pub base: &'c str,
    /// The version of the program.
    pub version: &'c str,
    /// When the statement last changed: the day the program was released.
    pub date: PartialDate,
}

/// The statement: every searchable type can be read and searched, nothing can be written.
#[must_use]
pub fn capability_statement(context: &Context<'_>) -> Json {
    let software = Object::new().with("name", "Chartroom").with("version", context.version);
    let implementation =
        Object::new().with("description", "Chartroom, FHIR R4 read and search").with("url", context.base);
    Object::resource("CapabilityStatement")
        .with("status", "active")
        .with("date", context.date.to_string())
        .with("kind", "instance")
        .with("software", software)
        .with("implementation", implementation)
        .with("fhirVersion", "4.0.1")
        .list("format", ["application/fhir+json", "json"])
        .list("rest", [rest()])
        .into()
}

fn rest() -> Object {
    let security = "Each role may read the resource types that its permissions allow; what a role may not read is \
                    answered with 403.";
    Object::new()
        .with("mode", "server")
        .with("security", Object::new().with("description", security))
        .list("resource", searchable().into_iter().map(resource))
}

fn resource(resource_type: &'static str) -> Object {
    let interactions = ["read", "search-type"].map(|code| Object::new().with("code", code));
    Object::new()
        .with("type", resource_type)
        .list("interaction", interactions)
        .with("versioning", "versioned")
        .with("readHistory", false)
        .list("searchParam", parameters(resource_type).map(search_parameter))
}

fn search_parameter(one: &Parameter) -> Object {
    Object::new().with("name", one.name).with("type", one.kind.key()).with("documentation", one.means)
}
