//! How grave the guidelines' rules are here: as the program ships them, or as the facility has decided.

use chart::access::Permission;
use guidelines::{RuleRow, Severities, Severity};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::settings::{self, Setting};
use store::{Reader, Store};

use super::Books;
use crate::signing::me;
use crate::{Context, Error, Result};

/// The name of the setting.
const SETTING: &str = "coding-rules";

/// What the facility decided differently from what ships, with every decision.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Own {
    severities: Severities,
    history: Vec<RuleChange>,
}

/// A decision on a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleChange {
    /// The rule's key.
    pub rule: String,
    /// How grave it is since; nothing where it is again as shipped.
    pub severity: Option<Severity>,
    /// Who decided, by name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// The rules as they are in force here.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Every rule in the order of the table, with how grave it is here.
    pub rules: Vec<(RuleRow, Severity)>,
    /// What was decided, the latest first.
    pub history: Vec<RuleChange>,
}

async fn own(reader: &mut Reader) -> Result<Setting<Own>> {
    Ok(settings::kept(reader, SETTING).await?)
}

/// What the facility has decided differently.
pub(crate) async fn in_force(reader: &mut Reader) -> Result<Severities> {
    Ok(own(reader).await?.value.severities)
}

/// Reads how grave each rule is here.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn rules(store: &Store, context: &Context, books: &Books) -> Result<Rules> {
    context.must(Permission::CodingRead)?;
    let mut view = store.view().await?;
    let Own { severities, mut history } = own(&mut view).await?.value;
    history.reverse();
    view.finish(context.event("coding-rules-read")).await?;
    let rules = latest(books).map(|row| (row.clone(), severities.of(row))).collect();
    Ok(Rules { rules, history })
}

/// The last row of each rule: a rule whose text changed has one for each time.
fn latest(books: &Books) -> impl Iterator<Item = &RuleRow> {
    let rows = books.guidelines.rules();
    let is_last = |at: usize| rows[at + 1..].iter().all(|later| later.rule != rows[at].rule);
    rows.iter().enumerate().filter(move |(at, _)| is_last(*at)).map(|(_, row)| row)
}

/// Decides how grave a rule is from now on; nothing makes it what it is as shipped.
///
/// # Errors
/// [`Error::Refused`] without a reason, for a rule that is none, or where nothing would change.
pub async fn set_rule(
    store: &Store,
    context: &Context,
    books: &Books,
    (rule, severity): (&str, Option<Severity>),
    reason: &str,
) -> Result<()> {
    context.must(Permission::PolicyConfigure)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::refused("say why it changes, or who decided it: it is kept with the change"));
    }
    let row = latest(books).find(|row| row.rule == rule);
    let row = row.ok_or_else(|| Error::refused("choose one of the rules"))?;
    let mut tx = store.begin().await?;
    let by = me(&mut tx, context).await?.stamp(context).by.name;
    let mut kept = own(&mut tx).await?;
    let severity = severity.filter(|severity| *severity != row.severity);
    let before = match severity {
        Some(severity) => kept.value.severities.0.insert(rule.to_owned(), severity),
        None => kept.value.severities.0.remove(rule),
    };
    if before == severity {
        return Err(Error::refused("the rule is so already"));
    }
    let change =
        RuleChange { rule: rule.to_owned(), severity, by, at: context.at, reason: reason.to_owned() };
    kept.value.history.push(change);
    settings::set(&mut tx, SETTING, &kept, context.at).await?;
    let event = context.event("coding-rule").object("rule", rule).reason(reason);
    tx.commit(event.detail(json!({ "severity": severity.unwrap_or(row.severity) }))).await?;
    Ok(())
}
