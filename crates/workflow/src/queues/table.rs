//! Queues as ordered saved criteria: the shipped ones, or the house's own.

use std::collections::BTreeSet;

use chart::access::{Permission, Role, permits};
use serde::{Deserialize, Serialize};
use store::department::queue::{Filter, Source};
use store::{Reader, Tx, settings};

use crate::{Context, Error, Result};

static SHIPPED: &str = include_str!("../../../../data/record/queue.tsv");
/// The setting under which a house keeps its own queues.
const SETTING: &str = "queues";

/// A queue: whose it is, and which work is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// Its key, which is its address: `overdue`.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// Keys of the roles that work it.
    pub roles: Vec<String>,
    /// Where its rows come from: the key of a [`Source`].
    pub source: String,
    /// Only these kinds; empty for all.
    pub kinds: Vec<String>,
    /// `all`, `overdue` or `unassigned`.
    pub when: String,
    /// What it is about, in a line.
    pub about: String,
}

impl Queue {
    /// The source of its rows.
    ///
    /// # Errors
    /// When the table names a source there is none of.
    pub fn source(&self) -> Result<Source> {
        Source::of_key(&self.source).ok_or_else(|| {
            Error::refused(format!("queue {}: `{}` is no source of work", self.key, self.source))
        })
    }

    /// Its criteria at the moment of the context.
    pub(super) fn filter(&self, context: &Context) -> Filter {
        Filter {
            kinds: self.kinds.clone(),
            due_before: (self.when == "overdue").then_some(context.at),
            unassigned: self.when == "unassigned",
            ..Filter::default()
        }
    }

    /// Whether the role works it: it is named, and may see what the rows lead to.
    #[must_use]
    pub fn is_for(&self, role: Role) -> bool {
        self.roles.iter().any(|one| one == role.key()) && permits(&[role], Permission::QueueWork).is_some()
    }
}

/// Reads a table of queues.
///
/// # Errors
/// The first row that cannot be understood, in words.
pub fn read(text: &str) -> Result<Vec<Queue>> {
    let mut keys = BTreeSet::new();
    let mut all = Vec::new();
    let rows = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
        .skip(1);
    for (at, line) in rows {
        let wrong = |what: &str| Error::refused(format!("line {}: {what}", at + 1));
        let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        let [key, title, roles, source, kinds, when, about] = fields[..] else {
            return Err(wrong("seven columns are needed, with a tab between them"));
        };
        let list =
            |text: &str| text.split(',').filter(|one| !matches!(*one, "" | "-")).map(str::to_owned).collect();
        let queue = Queue {
            key: key.into(),
            title: title.into(),
            roles: list(roles),
            source: source.into(),
            kinds: list(kinds),
            when: when.into(),
            about: about.into(),
        };
        if let Some(role) = queue.roles.iter().find(|role| role.parse::<Role>().is_err()) {
            return Err(wrong(&format!("`{role}` is no role")));
        }
        if Source::of_key(source).is_none() {
            return Err(wrong(&format!(
                "`{source}` is no source: deficiency, accuracy, dictation, upload, message, duplicate or coding"
            )));
        }
        if !matches!(when, "all" | "overdue" | "unassigned") {
            return Err(wrong("the sixth column is all, overdue or unassigned"));
        }
        if !keys.insert(key.to_owned()) {
            return Err(wrong(&format!("the key `{key}` stands twice")));
        }
        all.push(queue);
    }
    Ok(all)
}

/// The queues in force with the version of the house's own; 0 for the shipped ones.
///
/// # Errors
/// When the store fails.
pub(crate) async fn in_force(reader: &mut Reader) -> Result<(Vec<Queue>, i64)> {
    match settings::get::<Vec<Queue>>(reader, SETTING).await? {
        Some(own) => Ok((own.value, own.version)),
        None => Ok((read(SHIPPED)?, 0)),
    }
}

/// Stores the house's own queues.
pub(super) async fn store_own(
    tx: &mut Tx,
    queues: Vec<Queue>,
    version: i64,
    context: &Context,
) -> Result<()> {
    let setting = settings::Setting { version, value: queues };
    settings::set(tx, SETTING, &setting, context.at).await?;
    Ok(())
}

/// A table of queues as text, to be edited.
#[must_use]
pub fn text(queues: &[Queue]) -> String {
    let mut text = "key\ttitle\troles\tsource\tkinds\twhen\tabout\n".to_owned();
    for one in queues {
        let kinds = if one.kinds.is_empty() { "-".to_owned() } else { one.kinds.join(",") };
        let roles = one.roles.join(",");
        text += &[&one.key, &one.title, &roles, &one.source, &kinds, &one.when, &one.about]
            .map(String::as_str)
            .join("\t");
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_queues_are_read_and_every_hat_of_the_department_has_one() {
        let all = read(SHIPPED).unwrap();
        for role in [Role::Clerk, Role::Analyst, Role::DataIntegrity, Role::Supervisor, Role::Administrator] {
            assert!(all.iter().any(|queue| queue.is_for(role)), "{role}");
        }
        assert_eq!(read(&text(&all)).unwrap(), all);
    }

    #[test]
    fn a_wrong_row_is_refused_in_words() {
        let said = |row: &str| read(&format!("head\n{row}")).unwrap_err().to_string();
        assert_eq!(said("a\tb"), "line 2: seven columns are needed, with a tab between them");
        assert_eq!(
            said("a\tA\tclerk\tmail\t-\tall\tx"),
            "line 2: `mail` is no source: deficiency, accuracy, dictation, upload, message, duplicate or coding"
        );
        assert_eq!(said("a\tA\tcook\tupload\t-\tall\tx"), "line 2: `cook` is no role");
    }
}
