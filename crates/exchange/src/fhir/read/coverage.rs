//! `Coverage`: who pays, under which policy.

use chart::directory::Named;
use chart::entry::Coverage;
use serde::Deserialize;

use super::datatype::{Concept, Period, Reference, Text};
use super::reading::Reading;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Class {
    #[serde(rename = "type")]
    kind: Concept,
    value: Text,
    name: Text,
}

/// What the policy says.
pub(super) fn coverage(reading: &Reading<'_>) -> Coverage {
    let period: Period = reading.one("period").unwrap_or_default();
    let classes: Vec<Class> = reading.many("class");
    let plan = reading.concept("type").or_else(|| {
        let named = classes.iter().find(|class| !class.name.0.is_empty())?;
        Some(chart::coded::Coded::text(named.name.0.clone()))
    });
    Coverage {
        plan: plan.unwrap_or_default(),
        payer: payer(reading),
        rank: reading.one::<u32>("order"),
        status: reading.text("status"),
        member: member(reading),
        group: group(classes),
        relationship: reading.concept("relationship"),
        start: reading.when_text("period", &period.start.0),
        end: reading.when_text("period", &period.end.0),
    }
}

fn payer(reading: &Reading<'_>) -> Named {
    let all: Vec<Reference> = reading.many("payor");
    all.iter().find_map(|one| reading.named_of(one)).unwrap_or_default()
}

/// The subscriber's number, else the first identifier.
fn member(reading: &Reading<'_>) -> String {
    let subscriber = reading.text("subscriberId");
    if !subscriber.is_empty() {
        return subscriber;
    }
    reading.identifiers().into_iter().next().map(|one| one.value).unwrap_or_default()
}

fn group(classes: Vec<Class>) -> String {
    let group = classes.into_iter().find(|class| class.kind.coding.0.iter().any(|one| one.code.0 == "group"));
    group.map(|class| class.value.0).unwrap_or_default()
}
