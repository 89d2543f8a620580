//! A question to a provider that has no answer.

use crate::case::{Case, Found};
use crate::finding::{Evidence, Finding, Subject};

pub(super) fn find(case: &Case<'_>, out: &mut Vec<Finding>) {
    let Some(ground) = case.policy.rule("query") else { return };
    for query in case.own.queries.iter().filter(|one| one.encounter == case.encounter.id) {
        let what = format!("Question to {} unanswered: {}", query.to.name, query.about);
        let evidence = vec![Evidence::fact(format!("Asked {}", case.local(query.asked)))];
        let subject = Subject::Missing { what: "query".into(), of: query.key.clone() };
        let found = Found { subject, evidence, who: Some(query.to.clone()), ..Found::missing(ground, what) };
        out.push(case.finding(Found { at: Some(query.asked), ..found }));
    }
}
