//! Accounts and the roles they may wear.

use chart::access::Role;
use serde::Serialize;

use super::Page;
use super::frame::Crumb;
use super::parts::{Choice, Fact, Table, Tag};

/// All accounts, and the form for a new one.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct UsersPage {
    pub(crate) table: Table,
    pub(crate) form: UserForm,
    pub(crate) roles: Vec<Choice>,
    pub(crate) problem: Option<String>,
}

/// A new account, as typed.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct UserForm {
    pub(crate) name: String,
    pub(crate) shown: String,
    pub(crate) email: String,
}

/// All roles with what they do; those in `held` are ticked.
pub(crate) fn role_choices(held: &[Role]) -> Vec<Choice> {
    let choice = |role: &Role| Choice {
        key: role.key().into(),
        label: role.title().into(),
        note: role.work().into(),
        chosen: held.contains(role),
    };
    Role::ALL.iter().map(choice).collect()
}

impl Page for UsersPage {
    const TEMPLATE: &'static str = "users.html";
    fn title(&self) -> String {
        "Accounts".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Accounts")]
    }
}

/// One account.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct UserPage {
    pub(crate) action: String,
    pub(crate) shown: String,
    pub(crate) tags: Vec<Tag>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) roles: Vec<Choice>,
    pub(crate) active: bool,
    /// Who it is in the directory: name and NPI.
    pub(crate) practitioner: Option<String>,
    /// The name that was looked up in the directory.
    pub(crate) named: String,
    /// The practitioners of that name; `None` before one is looked up.
    pub(crate) found: Option<Vec<Choice>>,
    /// The one-time link, right after it was made.
    pub(crate) link: Option<String>,
    pub(crate) problem: Option<String>,
}

impl Page for UserPage {
    const TEMPLATE: &'static str = "user.html";
    fn title(&self) -> String {
        "Account".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        let here = Crumb::here(self.shown.clone());
        vec![Crumb::to("My desk", "/"), Crumb::to("Accounts", "/users"), here]
    }
}

#[cfg(test)]
mod samples {
    use super::super::Samples;
    use super::super::parts::Cell;
    use super::*;

    impl Samples for UsersPage {
        fn samples() -> Vec<Self> {
            let table = Table::new("Accounts", &["Name", "Roles"], "Nobody yet.");
            let full = Self {
                table: table.clone().rows([vec![Cell::new("ann").link("/users/1"), Cell::new("Coder")]]),
                roles: role_choices(&[Role::Coder]),
                problem: Some("The name is taken.".into()),
                ..Self::default()
            };
            vec![Self { table, ..Self::default() }, full]
        }
    }
    impl Samples for UserPage {
        fn samples() -> Vec<Self> {
            let tags = vec![Tag { tone: "stop", text: "closed".into() }];
            let facts = vec![Fact { label: "User name", value: "ann".into() }];
            let full = Self {
                tags,
                facts,
                roles: role_choices(&[]),
                active: true,
                practitioner: Some("Mehta, Anjali (NPI 9990000003)".into()),
                named: "Meh".into(),
                found: Some(vec![Choice::new("1", "Mehta, Anjali", "")]),
                link: Some("https://x/start/y".into()),
                problem: Some("x".into()),
                ..Self::default()
            };
            let nobody = Self { found: Some(Vec::new()), ..Self::default() };
            vec![Self::default(), nobody, full]
        }
    }
}
