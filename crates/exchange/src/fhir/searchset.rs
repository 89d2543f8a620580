//! The bundle that answers a search.

use super::json::{Json, Object};
use super::search::Search;

/// A page of results.
#[derive(Debug)]
pub struct Page<'p> {
    /// The address of the API, without a slash at its end.
    pub base: &'p str,
    /// The query as it was sent, still encoded, without `_offset`.
    pub query: &'p str,
    /// What was asked.
    pub search: &'p Search,
    /// How many results there are in all, when known.
    pub total: Option<u32>,
    /// Whether results come after this page.
    pub more: bool,
    /// The results: type, id and resource of each.
    pub results: Vec<(&'static str, String, Json)>,
}

/// The bundle of a page, with links to itself, the page before and the page after.
#[must_use]
pub fn searchset(page: Page<'_>) -> Json {
    let base = page.base;
    let entries = page.results.into_iter().map(|(resource_type, id, resource)| {
        Object::new()
            .with("fullUrl", format!("{base}/{resource_type}/{id}"))
            .with("resource", resource)
            .with("search", Object::new().with("mode", "match"))
    });
    let entries: Vec<Object> = entries.collect();
    let search = page.search;
    let before = (search.offset > 0).then(|| search.offset.saturating_sub(search.count));
    let after = page.more.then(|| search.offset.saturating_add(search.count));
    let links = [("self", Some(search.offset)), ("previous", before), ("next", after)];
    let links = links.into_iter().filter_map(|(relation, offset)| {
        let url = link(base, search.resource, page.query, offset?);
        Some(Object::new().with("relation", relation).with("url", url))
    });
    Object::resource("Bundle")
        .with("type", "searchset")
        .maybe("total", page.total)
        .list("link", links)
        .list("entry", entries)
        .into()
}

fn link(base: &str, resource: &str, query: &str, offset: u32) -> String {
    let offset = (offset > 0).then(|| format!("_offset={offset}"));
    let parts: Vec<&str> =
        [Some(query), offset.as_deref()].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    match parts.join("&") {
        query if query.is_empty() => format!("{base}/{resource}"),
        query => format!("{base}/{resource}?{query}"),
    }
}
