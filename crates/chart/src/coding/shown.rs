//! Codes in words, to show what a change was.

use jiff::civil::Date;

use super::Codes;
use crate::directory::Named;

impl Codes {
    /// Every line in words, in order.
    fn lines(&self) -> Vec<String> {
        let done = |day: Option<Date>, by: Option<&Named>| {
            let day = day.map(|day| format!(" {day}")).unwrap_or_default();
            by.map_or_else(|| day.clone(), |by| format!("{day} {}", by.name))
        };
        let diagnoses = self.diagnoses.iter().map(|one| format!("{} {}", one.code.dotted(), one.present));
        let procedures = self
            .procedures
            .iter()
            .map(|one| format!("{}{}", one.code, done(one.day, one.performer.as_ref())));
        let services = self
            .services
            .iter()
            .map(|one| format!("{}{}", one.shown(), done(one.day, one.performer.as_ref())));
        let admitting = self.admitting.map(|code| format!("admitting diagnosis {}", code.dotted()));
        let status = Some(&self.discharge_status).filter(|status| !status.is_empty());
        let status = status.map(|status| format!("discharge status {status}"));
        diagnoses.chain(procedures).chain(services).chain(admitting).chain(status).collect()
    }

    /// The codes alone, in order.
    fn in_order(&self) -> String {
        let diagnoses = self.diagnoses.iter().map(|one| one.code.dotted());
        let procedures = self.procedures.iter().map(|one| one.code.to_string());
        let services = self.services.iter().map(|one| one.code.to_string());
        diagnoses.chain(procedures).chain(services).collect::<Vec<_>>().join(", ")
    }
}

/// What stood before a change and no longer does, and what stands since; where only the order is another, the codes in
/// both orders.
#[must_use]
pub fn before_and_after(before: &Codes, after: &Codes) -> (Vec<String>, Vec<String>) {
    let (was, is) = (before.lines(), after.lines());
    let beyond = |one: &[String], other: &[String]| {
        let mut left = other.to_vec();
        let is_more = |line: &&String| match left.iter().position(|same| same == *line) {
            Some(at) => {
                left.swap_remove(at);
                false
            }
            None => true,
        };
        one.iter().filter(is_more).cloned().collect::<Vec<String>>()
    };
    let (gone, come) = (beyond(&was, &is), beyond(&is, &was));
    if gone.is_empty() && come.is_empty() && was != is {
        return (vec![before.in_order()], vec![after.in_order()]);
    }
    (gone, come)
}
