//! Signing in, the first account, passwords and the second step.

use serde::Serialize;

use super::Page;
use super::frame::Crumb;

/// The form for name and password.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct SignInPage {
    pub(crate) name: String,
    /// Where to go afterwards: a path of ours.
    pub(crate) next: String,
    pub(crate) problem: Option<String>,
    /// The name of the outside sign-in, when one is configured.
    pub(crate) outside: Option<String>,
    pub(crate) demo: Option<DemoSignIns>,
}

/// The ready sign-ins of the demo.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DemoSignIns {
    pub(crate) password: String,
    pub(crate) people: Vec<DemoPerson>,
}

/// One of them.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DemoPerson {
    pub(crate) name: String,
    pub(crate) role: &'static str,
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "account/sign_in.html";
    fn title(&self) -> String {
        "Sign in".into()
    }
}

/// The form for the authenticator's code.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct CodePage {
    pub(crate) next: String,
    pub(crate) problem: Option<String>,
}

impl Page for CodePage {
    const TEMPLATE: &'static str = "account/code.html";
    fn title(&self) -> String {
        "Second step".into()
    }
}

/// The form behind a one-time link: the first account, or the first password of an account.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct StartPage {
    pub(crate) action: String,
    pub(crate) name: String,
    pub(crate) shown: String,
    /// What a password must be.
    pub(crate) rule: &'static str,
    pub(crate) problem: Option<String>,
    /// An account is there already: only its password is asked.
    pub(crate) known: bool,
}

impl Page for StartPage {
    const TEMPLATE: &'static str = "account/start.html";
    fn title(&self) -> String {
        if self.known { "Choose a password".into() } else { "First start".into() }
    }
}

/// The form for another password.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct PasswordPage {
    pub(crate) rule: &'static str,
    pub(crate) problem: Option<String>,
    /// Whether somebody else gave the present one.
    pub(crate) forced: bool,
}

impl Page for PasswordPage {
    const TEMPLATE: &'static str = "account/password.html";
    fn title(&self) -> String {
        "Change password".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Change password")]
    }
}

/// Turning the second step on or off.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct SecondStepPage {
    pub(crate) enrolled: bool,
    /// The new secret, base32; in groups of four for typing.
    pub(crate) secret: String,
    pub(crate) secret_groups: String,
    /// The `otpauth:` address.
    pub(crate) link: String,
    pub(crate) problem: Option<String>,
}

impl Page for SecondStepPage {
    const TEMPLATE: &'static str = "account/second_step.html";
    fn title(&self) -> String {
        "Second sign-in step".into()
    }
    fn crumbs(&self) -> Vec<Crumb> {
        vec![Crumb::to("My desk", "/"), Crumb::here("Second sign-in step")]
    }
}

#[cfg(test)]
mod samples {
    use super::super::Samples;
    use super::*;

    impl Samples for SignInPage {
        fn samples() -> Vec<Self> {
            let people = vec![DemoPerson { name: "coder".into(), role: "Coder" }];
            let full = Self {
                name: "amehta".into(),
                next: "/patients".into(),
                problem: Some("The name or the password is not right.".into()),
                outside: Some("Prairie Health".into()),
                demo: Some(DemoSignIns { password: "chartroom-demo".into(), people }),
            };
            vec![Self::default(), full]
        }
    }
    impl Samples for CodePage {
        fn samples() -> Vec<Self> {
            vec![Self::default(), Self { next: "/".into(), problem: Some("Not right.".into()) }]
        }
    }
    impl Samples for StartPage {
        fn samples() -> Vec<Self> {
            let known = Self {
                known: true,
                problem: Some("Too short.".into()),
                name: "ann".into(),
                ..Self::default()
            };
            vec![Self { action: "/start/x".into(), rule: "12 or more", ..Self::default() }, known]
        }
    }
    impl Samples for PasswordPage {
        fn samples() -> Vec<Self> {
            vec![
                Self::default(),
                Self { forced: true, problem: Some("Not right.".into()), rule: "12 or more" },
            ]
        }
    }
    impl Samples for SecondStepPage {
        fn samples() -> Vec<Self> {
            let off = Self {
                secret_groups: "ABCD EFGH".into(),
                link: "otpauth://totp/x".into(),
                ..Self::default()
            };
            vec![off, Self { enrolled: true, problem: Some("Not right.".into()), ..Self::default() }]
        }
    }
}
