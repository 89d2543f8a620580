//! Signing in with accounts of another system: OpenID Connect, authorization code with PKCE.
//!
//! Nothing is kept between the way out and the way back but a cookie with three secrets of the browser's own; the
//! issuer is asked for its addresses and keys each time, so that it may change them.

use std::time::Duration;

use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata};
use openidconnect::{
    AsyncHttpClient, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse,
    IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse,
};

use crate::config::Oidc;

/// The issuer must answer within this time.
const PATIENCE: Duration = Duration::from_secs(10);
/// The largest answer of an issuer that is read, in bytes.
const LONGEST_ANSWER: u64 = 1_000_000;

/// An issuer that vouches for people.
pub(crate) struct Outside {
    oidc: Oidc,
    /// Where the issuer sends people back to.
    back: String,
}

/// Why somebody could not be vouched for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OutsideError {
    /// The configuration is wrong.
    #[error("the outside sign-in is not set up rightly: {0}")]
    Setup(String),
    /// The issuer did not answer, or not as it should.
    #[error("the issuer did not answer as it should: {0}")]
    Issuer(String),
    /// The answer is not to what was asked, or is not the issuer's.
    #[error("the issuer's answer cannot be trusted: {0}")]
    Untrusted(String),
}

/// The way to the issuer, and what has to be remembered on the way.
pub(crate) struct WayOut {
    /// Where the browser goes.
    pub(crate) address: String,
    /// What the browser keeps for the way back.
    pub(crate) kept: Kept,
}

/// What the browser keeps for the way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    state: String,
    nonce: String,
    verifier: String,
}

impl Kept {
    /// As a cookie's value: none of the three holds a point.
    pub(crate) fn text(&self) -> String {
        format!("{}.{}.{}", self.state, self.nonce, self.verifier)
    }

    /// As it came back.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.').map(str::to_owned);
        let kept = Self { state: parts.next()?, nonce: parts.next()?, verifier: parts.next()? };
        parts.next().is_none().then_some(kept)
    }
}

impl Outside {
    /// The issuer, for a house whose people come to `public_url`.
    pub(crate) fn new(oidc: Oidc, public_url: &str) -> Self {
        Self { oidc, back: format!("{public_url}/oidc/return") }
    }

    async fn metadata(&self) -> Result<CoreProviderMetadata, OutsideError> {
        let issuer = IssuerUrl::new(self.oidc.issuer.clone())
            .map_err(|error| OutsideError::Setup(error.to_string()))?;
        let found = CoreProviderMetadata::discover_async(issuer, &Http).await;
        found.map_err(|error| OutsideError::Issuer(words(&error)))
    }

    fn back(&self) -> Result<RedirectUrl, OutsideError> {
        RedirectUrl::new(self.back.clone()).map_err(|error| OutsideError::Setup(error.to_string()))
    }

    fn secret(&self) -> Option<ClientSecret> {
        self.oidc.client_secret.clone().map(ClientSecret::new)
    }

    /// The way to the issuer.
    pub(crate) async fn begin(&self) -> Result<WayOut, OutsideError> {
        let id = ClientId::new(self.oidc.client_id.clone());
        let client = CoreClient::from_provider_metadata(self.metadata().await?, id, self.secret())
            .set_redirect_uri(self.back()?);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (address, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".into()))
            .set_pkce_challenge(challenge)
            .url();
        let kept = Kept {
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
        };
        Ok(WayOut { address: address.to_string(), kept })
    }

    /// Whom the issuer vouches for, by what it sent back.
    pub(crate) async fn come_back(
        &self,
        kept: Kept,
        (state, code): (&str, &str),
    ) -> Result<workflow::access::Outside, OutsideError> {
        if kept.state != state || code.is_empty() {
            return Err(OutsideError::Untrusted("it answers another question".into()));
        }
        let id = ClientId::new(self.oidc.client_id.clone());
        let client = CoreClient::from_provider_metadata(self.metadata().await?, id, self.secret())
            .set_redirect_uri(self.back()?);
        let asked = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| OutsideError::Issuer(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(kept.verifier));
        let tokens = asked.request_async(&Http).await.map_err(|error| OutsideError::Issuer(words(&error)))?;
        let token = tokens.id_token().ok_or_else(|| OutsideError::Issuer("it sent no identity".into()))?;
        let claims = token
            .claims(&client.id_token_verifier(), &Nonce::new(kept.nonce))
            .map_err(|error| OutsideError::Untrusted(error.to_string()))?;
        let verified = claims.email_verified() == Some(true);
        Ok(workflow::access::Outside {
            issuer: self.oidc.issuer.clone(),
            subject: claims.subject().to_string(),
            verified_email: claims.email().filter(|_| verified).map(|email| email.to_string()),
        })
    }
}

/// An error with its causes: the outer words alone say only that something failed.
fn words(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}

/// Asks the issuer over HTTP. Redirections are not followed: an issuer could send us anywhere inside our network.
struct Http;

/// The issuer could not be asked.
#[derive(Debug, thiserror::Error)]
enum HttpError {
    #[error(transparent)]
    Http(#[from] ureq::Error),
    #[error("the request was given up")]
    GivenUp(#[from] tokio::task::JoinError),
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async { tokio::task::spawn_blocking(|| ask(request)).await? })
    }
}

fn ask(request: HttpRequest) -> Result<HttpResponse, HttpError> {
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .http_status_as_error(false)
        .build();
    let (parts, mut body) = ureq::Agent::from(config).run(request)?.into_parts();
    let bytes = body.with_config().limit(LONGEST_ANSWER).read_to_vec()?;
    Ok(HttpResponse::from_parts(parts, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_browser_keeps_comes_back_whole_or_not_at_all() {
        let kept = Kept { state: "a".into(), nonce: "b".into(), verifier: "c".into() };
        assert_eq!(Kept::read(&kept.text()), Some(kept));
        assert_eq!(Kept::read("a.b"), None);
        assert_eq!(Kept::read("a.b.c.d"), None);
    }
}
