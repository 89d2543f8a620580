//! What a facility decides about its house.

use std::net::SocketAddr;

use chart::access::Role;
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use workflow::access::Policy;

/// How the house is served.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where pages and interfaces listen.
    pub listen: SocketAddr,
    /// Where the program's figures can be read without signing in; `None`: only as a page, by permission.
    pub metrics: Option<SocketAddr>,
    /// The address people type, without a slash at the end: `https://charts.example.org`. When it is `https`, cookies
    /// are sent over TLS only and browsers are told to stay with TLS.
    pub public_url: String,
    /// The facility's name, on every page.
    pub facility: String,
    /// The facility's time zone.
    pub zone: TimeZone,
    /// How long sessions last.
    pub sessions: Policy,
    /// The largest file that can be uploaded, in bytes.
    pub upload_limit_bytes: usize,
    /// Signing in with accounts of another system.
    pub oidc: Option<Oidc>,
    /// Ready sign-ins that the sign-in page shows; only of the demo.
    pub demo: Option<Demo>,
}

/// An OpenID Connect issuer. People it vouches for must have an account here.
#[derive(Debug, Clone)]
pub struct Oidc {
    /// What the sign-in page calls it.
    pub name: String,
    /// The issuer's address, as it writes it itself.
    pub issuer: String,
    /// Our name at the issuer.
    pub client_id: String,
    /// Our secret at the issuer, if it gave one.
    pub client_secret: Option<String>,
}

/// The demo's sign-ins.
#[derive(Debug, Clone)]
pub struct Demo {
    /// The password of all of them.
    pub password: String,
    /// User name and role.
    pub people: Vec<(String, Role)>,
}

/// A quarter of an hour idle, a long shift in all (NIST SP 800-63B-4, assurance level 2, allows 1 and 24 hours).
const SESSIONS: Policy =
    Policy { idle: SignedDuration::from_mins(15), absolute: SignedDuration::from_hours(12) };
/// Largest upload, unless the facility says otherwise: a scanned chart of some hundred pages.
const UPLOAD_LIMIT_BYTES: usize = 50_000_000;

impl Config {
    /// A house at `listen`, in coordinated universal time, with the usual limits.
    #[must_use]
    pub fn new(listen: SocketAddr, facility: impl Into<String>) -> Self {
        Self {
            listen,
            metrics: None,
            public_url: format!("http://{listen}"),
            facility: facility.into(),
            zone: TimeZone::UTC,
            sessions: SESSIONS,
            upload_limit_bytes: UPLOAD_LIMIT_BYTES,
            oidc: None,
            demo: None,
        }
    }

    /// Whether people come over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
