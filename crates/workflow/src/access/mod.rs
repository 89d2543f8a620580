//! Coming in: accounts and their roles, passwords, the second step, sessions, one-time links, outside sign-in.

mod accounts;
mod lockout;
mod own;
pub mod password;
mod prove;
pub mod second_step;
mod session;
mod sign_in;
mod start;
#[cfg(test)]
mod tests;
mod token;

pub use accounts::{
    AccountRead, NewAccount, account, accounts, create, link, new_link, set_active, set_roles,
};
pub use own::{change_password, second_step_off, second_step_on, wear};
pub use prove::Credential;
pub(crate) use prove::{Proof, prove};
pub use session::{Policy, Session, session, sign_out};
pub use sign_in::{Outside, SignedIn, sign_in, sign_in_outside, take_second_step};
pub use start::{First, Opened, first_link, open_link, use_first_link, use_password_link};
pub use token::Token;

use chart::access::Role;
use store::access::accounts::Account;

use crate::{Context, Error, Result};

/// The roles of an account that this program knows, in the order of the table.
#[must_use]
pub fn roles(account: &Account) -> Vec<Role> {
    let mut roles: Vec<Role> = account.roles.iter().filter_map(|key| key.parse().ok()).collect();
    roles.sort_unstable();
    roles
}

/// The user who acts; what is done here is done by people for themselves.
fn oneself(context: &Context) -> Result<chart::id::UserId> {
    context.user().ok_or_else(|| Error::refused("only somebody who is signed in can do this"))
}

/// The keys of roles, sorted, as they are stored.
fn keys(roles: &[Role]) -> Vec<String> {
    let mut keys: Vec<String> = roles.iter().map(|role| role.key().to_owned()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
