//! How grave the guidelines' rules are here, and deciding that.

use chart::access::Permission;
use workflow::coding::{self as cases, RuleChange, Severity};

use super::books;
use crate::call::{Call, Reply, go_saying};
use crate::pages::coding::{Explained, RuleForm, RulesPage};
use crate::pages::parts::{Cell, Choice, Table};
use crate::problem::{Problem, sentence};

/// A severity with what it is called.
const SEVERITIES: [(Severity, &str); 4] = [
    (Severity::Error, "error: the codes cannot be closed so"),
    (Severity::Warning, "warning: somebody must look"),
    (Severity::Advice, "advice: worth a thought"),
    (Severity::Off, "off: not looked for"),
];

/// The manual of the rules, made from their own descriptions.
const MANUAL: &str = include_str!("../../../../../docs/guidelines.md");

/// What the manual says of a rule; nothing for one that it does not have.
fn explained(key: &str) -> Option<Explained> {
    let heading = format!("\n## {key}\n");
    let section = MANUAL.split_once(&heading).filter(|_| !key.is_empty())?.1;
    let section = section.split("\n## ").next().unwrap_or_default();
    let (title, parts) = section.trim().split_once("\n\n")?;
    // A part begins with its name in stars: `**Why.**`.
    let part = |text: &str| {
        let (name, words) = text.split_once(".**")?;
        Some((
            name.to_owned(),
            words.replace(['*', '`'], "").split_whitespace().collect::<Vec<_>>().join(" "),
        ))
    };
    let parts = format!("\n{parts}").split("\n**").filter_map(part).collect();
    let title = title.split(". `").next().unwrap_or(title).to_owned();
    Some(Explained { title, parts })
}

pub(crate) async fn rules(call: Call) -> Reply {
    let page = page(&call, None).await?;
    call.page(&page)
}

async fn page(call: &Call, problem: Option<String>) -> Result<RulesPage, Problem> {
    let found = cases::rules(&call.house.store, &call.context()?, books(call)?).await?;
    let chosen = if problem.is_some() { call.form.text("rule") } else { call.query.text("rule") };
    let title = |key: &str| {
        let rule = found.rules.iter().find(|(row, _)| row.rule == key);
        rule.map_or_else(|| key.to_owned(), |(row, _)| row.title.clone())
    };
    let may_change = call.may(Permission::PolicyConfigure);
    let rows = found.rules.iter().map(|(row, here)| {
        let name = Cell::new(row.title.clone()).note(row.rule.clone());
        let decided = *here != row.severity;
        vec![
            name.link(format!("/coding-rules?rule={}", row.rule)),
            Cell::new(row.severity.key()),
            Cell::new(here.key()).mark(if decided { "tag note" } else { "" }),
            Cell::new(if row.may_override { "with a reason" } else { "no" }),
            Cell::new(row.citation.clone()),
        ]
    });
    let show = call.show();
    let changes = found.history.iter().map(|one: &RuleChange| {
        vec![
            Cell::new(show.moment(one.at)),
            Cell::new(one.by.clone()),
            Cell::new(title(&one.rule)),
            Cell::new(one.severity.map_or("as shipped", Severity::key)),
            Cell::new(one.reason.clone()),
        ]
    });
    let columns = ["Rule", "As shipped", "Here", "May be set aside", "Where it is written"];
    Ok(RulesPage {
        explained: explained(chosen),
        table: Table::new("Rules", &columns, "There is no rule.").rows(rows),
        changes: Table::new(
            "Decisions",
            &["When", "Who", "Rule", "Since then", "Why"],
            "Every rule is as it was shipped.",
        )
        .rows(changes),
        form: may_change.then(|| RuleForm {
            rules: found
                .rules
                .iter()
                .map(|(row, _)| Choice::new(row.rule.clone(), row.title.clone(), chosen))
                .collect(),
            severities: std::iter::once(Choice::new("", "as shipped", "-"))
                .chain(
                    SEVERITIES
                        .iter()
                        .map(|(one, label)| Choice::new(one.key(), *label, call.form.text("severity"))),
                )
                .collect(),
            reason: call.form.text("reason").to_owned(),
        }),
        problem,
    })
}

pub(crate) async fn set_rule(call: Call) -> Reply {
    let form = &call.form;
    let severity = match form.text("severity") {
        "" => None,
        key => Some(key.parse::<Severity>().map_err(|_| Problem::Unreadable)?),
    };
    let decided = (form.text("rule"), severity);
    let store = &call.house.store;
    match cases::set_rule(store, &call.context()?, books(&call)?, decided, form.text("reason")).await {
        Ok(()) => Ok(go_saying("/coding-rules", "saved")),
        Err(workflow::Error::Refused(words)) => {
            let page = page(&call, Some(sentence(&words))).await?;
            call.again(&page)
        }
        Err(other) => Err(other.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_explains_a_rule_in_its_parts() {
        let explained = explained("code-validity").expect("a rule");
        assert_eq!(explained.title, "A diagnosis code that may not be reported");
        let names: Vec<&str> = explained.parts.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["What it checks", "Why", "Example", "Reference"]);
        assert!(explained.parts[1].1.starts_with("The code set of the day"));
        assert!(super::explained("no-such-rule").is_none() && super::explained("").is_none());
    }
}
