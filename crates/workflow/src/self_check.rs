//! Two duties that should not be one person's: in a small house they are, and the person looks at their own work again
//! after a time. What is to be looked at, and until when, is read from the audit trail.

use chart::access::{Permission, Role};
use chart::id::{PatientId, UserId};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::audit::{self, Filter};
use store::{Page, Reader, Store};

use crate::{Context, Error, Result};

/// Work listed for one duty; the latest first.
const LISTED: Page = Page::first(200);

/// Two duties that are kept apart where there are two people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SelfCheck {
    /// The key under which looking again is written down.
    pub key: &'static str,
    /// Who does.
    pub does: Role,
    /// Who looks after it.
    pub checks: Role,
    /// After how many days the person looks at their own work again.
    pub after_days: u16,
    /// What is looked at.
    pub what: &'static str,
    /// The actions of the audit trail that are this work.
    actions: &'static [&'static str],
}

/// Our own list: separation of duties is an auditor's rule of thumb and in no regulation of the record.
const APART: [SelfCheck; 3] = [
    SelfCheck {
        key: "self-check-analysis",
        does: Role::Analyst,
        checks: Role::Supervisor,
        after_days: 7,
        what: "findings you decided yourself, and deficiencies you waived",
        actions: &["finding-decide", "deficiency-waive"],
    },
    SelfCheck {
        key: "self-check-coding",
        does: Role::Coder,
        checks: Role::Auditor,
        after_days: 14,
        what: "cases you closed yourself",
        actions: &["coding-finalize"],
    },
    SelfCheck {
        key: "self-check-identity",
        does: Role::DataIntegrity,
        checks: Role::PrivacyOfficer,
        after_days: 7,
        what: "merges you made yourself",
        actions: &["patient-merge"],
    },
];

/// After which time somebody who is alone looks at finished codes of their own before the bill: our own rule, shorter than
/// the check of what is billed, because a bill waits for it.
pub(crate) const SECOND_LOOK: SignedDuration = SignedDuration::from_hours(24);

/// A piece of one's own work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// What was done: the key of the audit trail.
    pub action: String,
    /// When.
    pub at: Timestamp,
    /// In whose chart.
    pub patient: Option<PatientId>,
}

/// One's own work of a duty that nobody else looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recheck {
    /// The duty.
    pub check: SelfCheck,
    /// What was done since one last looked, the oldest first.
    pub done: Vec<Done>,
    /// Until when it is to be looked at again; `None` while there is nothing.
    pub due: Option<Timestamp>,
}

/// What somebody with these hats looks at again.
pub(crate) async fn of(reader: &mut Reader, user: UserId, hats: &[Role]) -> Result<Vec<Recheck>> {
    let mut all = Vec::new();
    for check in APART.into_iter().filter(|one| hats.contains(&one.does) && hats.contains(&one.checks)) {
        let since = acts(reader, user, check.key, None).await?.first().map(|one| one.at);
        let mut done = Vec::new();
        for action in check.actions {
            done.extend(acts(reader, user, action, since).await?);
        }
        done.sort_by_key(|one| one.at);
        let after = SignedDuration::from_hours(24 * i64::from(check.after_days));
        let due = done.first().map(|one| one.at + after);
        all.push(Recheck { check, done, due });
    }
    Ok(all)
}

/// What a person did of one kind after an instant, the latest first.
async fn acts(
    reader: &mut Reader,
    user: UserId,
    action: &str,
    since: Option<Timestamp>,
) -> Result<Vec<Done>> {
    let filter = Filter { user: Some(user), action: Some(action.into()), from: since, ..Filter::default() };
    let lines = audit::lines(reader, &filter, LISTED).await?;
    let done = lines.into_iter().map(|line| Done {
        action: line.event.action.to_string(),
        at: line.event.at,
        patient: line.event.patient,
    });
    Ok(done.collect())
}

/// The person has looked at their own work of a duty again, and says what came of it.
///
/// # Errors
/// Without words, for a duty that is another person's, or when there is nothing to look at.
pub async fn looked_again(store: &Store, context: &Context, key: &str, words: &str) -> Result<()> {
    context.must(Permission::QueueWork)?;
    let Some(user) = context.user() else { return Err(Error::refused("only a person looks again")) };
    let words = words.trim();
    if words.is_empty() {
        return Err(Error::refused("say what came of it: it is kept in the audit trail"));
    }
    let mut tx = store.begin().await?;
    let hats = crate::my_day::hats(&mut tx, user).await?;
    let found = of(&mut tx, user, &hats).await?.into_iter().find(|one| one.check.key == key);
    let found = found.filter(|one| !one.done.is_empty());
    let found = found.ok_or_else(|| Error::refused("there is nothing of yours to look at again here"))?;
    let event = context.event(found.check.key).reason(words);
    tx.commit(event.detail(json!({ "looked_at": found.done.len() }))).await?;
    Ok(())
}
