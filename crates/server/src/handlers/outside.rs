//! Signing in with an account of another system.

use axum::http::header;
use workflow::access::{self, Token};

use super::account::with_session;
use crate::call::{Call, Reply, go};
use crate::cookies;
use crate::oidc::{Kept, OutsideError};
use crate::problem::Problem;

impl From<OutsideError> for Problem {
    fn from(error: OutsideError) -> Self {
        match error {
            OutsideError::Setup(_) | OutsideError::Issuer(_) => Self::Ours(Box::new(error)),
            OutsideError::Untrusted(_) => {
                tracing::warn!(%error, "an outside sign-in was turned away");
                Self::Stale
            }
        }
    }
}

/// To the issuer.
pub(crate) async fn begin(call: Call) -> Reply {
    let outside = call.house.outside.as_ref().ok_or(Problem::Missing)?;
    let way = outside.begin().await?;
    let mut response = go(&way.address);
    let kept = cookies::set_outside(Some(&way.kept.text()), &call.house.config);
    response.headers_mut().append(header::SET_COOKIE, kept);
    Ok(response)
}

/// Back from the issuer.
pub(crate) async fn come_back(call: Call) -> Reply {
    let outside = call.house.outside.as_ref().ok_or(Problem::Missing)?;
    let kept = cookies::outside(&call.headers).and_then(Kept::read).ok_or(Problem::Stale)?;
    let person = outside.come_back(kept, (call.query.text("state"), call.query.text("code"))).await?;
    let token = Token::new(rand::random());
    let (store, policy) = (&call.house.store, call.house.config.sessions);
    access::sign_in_outside(store, &mut call.door(), &person, &token, policy).await?;
    let mut response = with_session(&call, go("/"), Some(&token));
    response.headers_mut().append(header::SET_COOKIE, cookies::set_outside(None, &call.house.config));
    Ok(response)
}
