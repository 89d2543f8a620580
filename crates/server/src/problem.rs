//! What can be wrong with a request, and the page that says so.

use axum::http::StatusCode;
use chart::access::{Grants, Permission, Role};
use chart::id::PatientId;

use crate::pages::problem::ProblemPage;
use crate::templates::TemplateError;

/// Why a request was not served as asked.
#[derive(Debug)]
pub(crate) enum Problem {
    /// There is no such page or thing.
    Missing,
    /// The role worn lacks the permission.
    Forbidden(Permission),
    /// The chart opens only with a reason.
    Closed { patient: PatientId, why: &'static str },
    /// The input is wrong, or a rule of the record forbids it.
    Refused(String),
    /// Somebody else changed it first.
    Conflict,
    /// The form does not come from one of our pages, or is too old.
    Stale,
    /// More was sent than is taken.
    TooLarge,
    /// The request cannot be read.
    Unreadable,
    /// It is ours to put right.
    Ours(Box<dyn std::error::Error + Send + Sync>),
}

impl From<workflow::Error> for Problem {
    fn from(error: workflow::Error) -> Self {
        match error {
            workflow::Error::Forbidden { permission } => Self::Forbidden(permission),
            workflow::Error::Closed { patient, why } => Self::Closed { patient, why },
            workflow::Error::Missing { .. } => Self::Missing,
            workflow::Error::Refused(words) => Self::Refused(words),
            workflow::Error::Store(error) => error.into(),
        }
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Conflict { .. } => Self::Conflict,
            store::Error::Missing { .. } => Self::Missing,
            store::Error::Refused(words) => Self::Refused(words),
            other => Self::Ours(Box::new(other)),
        }
    }
}

impl From<TemplateError> for Problem {
    fn from(error: TemplateError) -> Self {
        Self::Ours(Box::new(error))
    }
}

impl Problem {
    /// The status of the response.
    pub(crate) const fn status(&self) -> StatusCode {
        match self {
            Self::Missing => StatusCode::NOT_FOUND,
            Self::Forbidden(_) | Self::Closed { .. } | Self::Stale => StatusCode::FORBIDDEN,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::Ours(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The page that says it. `reference` is the number under which the log has it; `may` what the reader could do
    /// about a closed chart: open it in an emergency, or change its restriction.
    pub(crate) fn page(&self, reference: &str, may: impl Fn(Permission) -> bool) -> ProblemPage {
        let (heading, what, help) = self.words();
        let way = |permission: Permission, page: &str| match self {
            Self::Closed { patient, .. } if may(permission) => Some(format!("/patients/{patient}/{page}")),
            _ => None,
        };
        ProblemPage {
            heading,
            what,
            help,
            reference: matches!(self, Self::Ours(_)).then(|| reference.to_owned()),
            glass: way(Permission::ChartBreakGlass, "glass"),
            lift: way(Permission::ChartRestrict, "restriction"),
            back: "/".into(),
            back_label: "To my desk",
        }
    }

    fn words(&self) -> (&'static str, String, String) {
        match self {
            Self::Missing => (
                "Not here",
                "There is no page or record at this address.".into(),
                "It may have been moved or merged. Search for the patient again.".into(),
            ),
            Self::Forbidden(permission) => forbidden(*permission),
            Self::Closed { why, .. } => (
                "This chart is closed to you",
                format!("You cannot open it: {why}."),
                "If you need it now for a patient's care, open it in an emergency and say why.".into(),
            ),
            Self::Refused(words) => ("That was not done", sentence(words), "Go back, change it and send it again.".into()),
            Self::Conflict => (
                "Somebody was faster",
                "What you changed has been changed by somebody else in the meantime. Nothing of yours was saved.".into(),
                "Open it again, look at what is there now, and repeat your change if it is still needed.".into(),
            ),
            Self::Stale => (
                "This form cannot be sent any more",
                "It was open too long, or it does not come from a page of this system.".into(),
                "Open the page again and fill it in once more.".into(),
            ),
            Self::TooLarge => (
                "Too large",
                "More was sent than this page takes.".into(),
                "Scan at a lower resolution, or split the file.".into(),
            ),
            Self::Unreadable => ("Not understood", "The request cannot be read.".into(), "Open the page again.".into()),
            Self::Ours(_) => (
                "Something broke here",
                "It is not your fault, and nothing was changed.".into(),
                "Try again. If it happens again, tell whoever runs this system the number below.".into(),
            ),
        }
    }
}

fn forbidden(permission: Permission) -> (&'static str, String, String) {
    let holders: Vec<&str> = Grants::shipped().holders(permission).into_iter().map(Role::title).collect();
    (
        "Not with this role",
        format!("The role you wear does not let you {} ({permission}).", permission.says()),
        format!(
            "These roles can: {}. If you hold one, wear it; otherwise ask whoever manages accounts to give it to you.",
            holders.join(", ")
        ),
    )
}

/// The words as a sentence: a capital first, a full stop last.
pub(crate) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map_or_else(String::new, |first| first.to_uppercase().collect());
    let end = if words.ends_with('.') { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forbidden_page_names_the_permission_and_who_can_give_it() {
        let page = Problem::Forbidden(Permission::AuditRead).page("r", |_| false);
        assert_eq!(page.what, "The role you wear does not let you read the audit log (audit.read).");
        assert!(page.help.contains("Privacy officer"), "{}", page.help);
        assert_eq!(page.reference, None);
    }

    #[test]
    fn only_our_own_faults_have_a_reference() {
        let ours = Problem::Ours("boom".into());
        assert_eq!(ours.page("01J", |_| false).reference.as_deref(), Some("01J"));
        assert_eq!(ours.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }

    #[test]
    fn a_closed_chart_has_a_way_in_for_those_who_may() {
        let closed = Problem::Closed { patient: PatientId::from_bits(1), why: "x" };
        let page = closed.page("r", |may| may == Permission::ChartBreakGlass);
        assert!(page.glass.is_some_and(|glass| glass.ends_with("/glass")));
        assert_eq!(page.lift, None);
        let page = closed.page("r", |may| may == Permission::ChartRestrict);
        assert!(page.lift.is_some_and(|lift| lift.ends_with("/restriction")));
        assert_eq!(page.glass, None);
    }
}
