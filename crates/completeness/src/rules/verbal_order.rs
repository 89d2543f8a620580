//! A spoken order that nobody has authenticated.
//!
//! *What it checks*: orders taken down for somebody have the date of their authentication. *Why*: 42 CFR 482.24(c)(2);
//! there has been no federal limit in hours since 2012, so the clock is the facility's.

use crate::case::{Case, Found};
use crate::finding::{Evidence, Finding, Subject};

pub(super) fn find(case: &Case<'_>, out: &mut Vec<Finding>) {
    let Some(ground) = case.policy.rule("verbal-order") else { return };
    for (entry, order) in case.facts.orders() {
        if order.verbal_to.is_none() || order.authenticated.is_some() {
            continue;
        }
        let at = order.ordered.map(chart::date::When::sort_key);
        let when = at.map_or_else(|| "no time".into(), |at| case.local(at));
        let what = format!("Verbal order of {when} not authenticated: {}", order.what.text);
        let taken = order.verbal_to.as_ref().map_or("", |by| by.name.as_str());
        let evidence = vec![Evidence::entry(entry.id, format!("{}; {taken}", order.what.text))];
        let found = Found { at, who: order.by.clone(), evidence, ..Found::missing(ground, what) };
        out.push(case.finding(Found { subject: Subject::Entry(entry.id), ..found }));
    }
}
