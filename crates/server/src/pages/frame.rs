//! What stands around every page: who is here, the desks they may go to, the way to the page.

use chart::access::{Permission, Role, permits};
use serde::Serialize;

/// Around a page.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Frame {
    pub(crate) title: String,
    pub(crate) facility: String,
    pub(crate) version: &'static str,
    pub(crate) demo: bool,
    pub(crate) person: Option<Person>,
    pub(crate) rail: Vec<Desk>,
    pub(crate) crumbs: Vec<Crumb>,
    pub(crate) flash: Option<Flash>,
    /// What a form has to send back to prove that it comes from one of our pages.
    pub(crate) csrf: String,
}

/// Who is signed in.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) role: &'static str,
    pub(crate) hats: Vec<Hat>,
}

/// A role that somebody may wear.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Hat {
    pub(crate) key: &'static str,
    pub(crate) title: &'static str,
    pub(crate) worn: bool,
}

/// A place on the rail.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Desk {
    pub(crate) href: &'static str,
    pub(crate) label: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) here: bool,
    /// How many things wait there; 0 is not shown.
    pub(crate) count: u64,
}

/// A step on the way to a page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Crumb {
    pub(crate) label: String,
    pub(crate) href: Option<String>,
}

impl Crumb {
    /// A step that can be gone back to.
    pub(crate) fn to(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: Some(href.into()) }
    }

    /// The page itself.
    pub(crate) fn here(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None }
    }
}

/// What is said once, after something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Flash {
    /// `done`, `care` or `problem`: how it looks.
    pub(crate) kind: &'static str,
    pub(crate) text: &'static str,
}

/// The rail: where it leads, its name, its picture, and what it takes to go there.
const DESKS: [(&str, &str, &str, Option<Permission>); 36] = [
    ("/", "My desk", "home", None),
    ("/inbox", "Inbox", "sign", Some(Permission::DocumentSign)),
    ("/my-day", "My day", "text", Some(Permission::QueueWork)),
    ("/queues", "Queues", "tray", Some(Permission::QueueWork)),
    ("/board", "Board", "eye", Some(Permission::BoardRead)),
    ("/delinquency", "Letters", "message", Some(Permission::LetterIssue)),
    ("/hand-over", "Hand-over", "person", Some(Permission::QueueWork)),
    ("/patients", "Patients", "folder", Some(Permission::PatientSearch)),
    ("/find", "Search charts", "search", Some(Permission::ChartSearch)),
    ("/upload", "Upload", "scan", Some(Permission::DocumentUpload)),
    ("/unfiled", "Papers to file", "tray", Some(Permission::DocumentIndex)),
    ("/dictations", "Transcription", "voice", Some(Permission::DictationType)),
    ("/requests", "Requests to amend", "pen", Some(Permission::AmendmentRequest)),
    ("/analysis", "To analyse", "folder", Some(Permission::DeficiencyRead)),
    ("/deficiencies", "Deficiencies", "text", Some(Permission::DeficiencyRead)),
    ("/queries", "Queries", "message", Some(Permission::QueryRead)),
    ("/alerts", "Alerts", "eye", Some(Permission::QueryRead)),
    ("/codes", "Manuals", "book", Some(Permission::CodingRead)),
    ("/unbilled", "Unbilled", "folder", Some(Permission::CodingRead)),
    ("/remittances", "Remittances", "tray", Some(Permission::ClaimRead)),
    ("/denials", "Denials", "message", Some(Permission::ClaimRead)),
    ("/billing", "Who bills", "book", Some(Permission::BillingConfigure)),
    ("/coding-rules", "Coding rules", "book", Some(Permission::CodingRead)),
    ("/second-reviews", "Second reviews", "eye", Some(Permission::CodingReview)),
    ("/coding-audits", "Coding audits", "eye", Some(Permission::CodingAuditRead)),
    ("/coding-audits/mine", "My audited codes", "text", Some(Permission::CodingWork)),
    ("/autonomous", "Program alone", "text", Some(Permission::CodingShadow)),
    ("/codes/suggestions", "Suggested codes", "text", Some(Permission::CodingLearn)),
    ("/policy", "Policy", "book", Some(Permission::DeficiencyRead)),
    ("/duplicates", "Duplicates", "pair", Some(Permission::PatientMerge)),
    ("/messages", "Messages", "message", Some(Permission::InterfaceRead)),
    ("/audit", "Who saw what", "eye", Some(Permission::AuditRead)),
    ("/users", "Accounts", "key", Some(Permission::UserManage)),
    ("/directory", "Directory", "book", Some(Permission::DirectoryRead)),
    ("/about", "About", "text", Some(Permission::MetricsRead)),
    ("/tour", "Tour", "book", None),
];

/// The desks that the role worn may go to; the one whose address `path` begins with is marked.
pub(crate) fn rail(worn: Role, path: &str) -> Vec<Desk> {
    let open = DESKS.iter().filter(|(.., needs)| needs.is_none_or(|needs| permits(&[worn], needs).is_some()));
    let open: Vec<_> = open.collect();
    // Of two desks of which one lies under the other, the nearer is here.
    let here =
        open.iter().map(|(href, ..)| *href).filter(|href| is_under(path, href)).max_by_key(|href| href.len());
    let desk =
        |&&(href, label, icon, _): &&(&'static str, &'static str, &'static str, Option<Permission>)| Desk {
            href,
            label,
            icon,
            here: here == Some(href),
            count: 0,
        };
    open.iter().map(desk).collect()
}

fn is_under(path: &str, desk: &str) -> bool {
    match path.strip_prefix(desk) {
        Some(rest) if desk != "/" => rest.is_empty() || rest.starts_with('/'),
        Some(rest) => rest.is_empty(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rail_shows_what_the_role_may_open() {
        let labels = |role| rail(role, "/").into_iter().map(|desk| desk.label).collect::<Vec<_>>();
        assert_eq!(labels(Role::ItAdministrator), ["My desk", "Accounts", "Directory", "About", "Tour"]);
        assert_eq!(
            labels(Role::PrivacyOfficer),
            ["My desk", "Patients", "Requests to amend", "Who saw what", "Directory", "Tour"]
        );
        assert_eq!(labels(Role::ResearchAnalyst), ["My desk", "Directory", "Tour"]);
    }

    #[test]
    fn one_desk_is_here() {
        let here = |path| rail(Role::Administrator, path).into_iter().filter(|desk| desk.here).count();
        assert_eq!([here("/"), here("/patients/01/results"), here("/patientsx")], [1, 1, 0]);
        assert_eq!([here("/coding-audits/mine"), here("/coding-audits/01")], [1, 1]);
    }
}
