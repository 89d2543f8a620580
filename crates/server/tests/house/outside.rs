//! Signing in with accounts of another system, against a tiny issuer of our own.

use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use chart::access::Role;
use openidconnect::core::{
    CoreEdDsaPrivateSigningKey, CoreIdToken, CoreIdTokenClaims, CoreJwsSigningAlgorithm,
};
use openidconnect::{
    Audience, EmptyAdditionalClaims, EndUserEmail, IssuerUrl, JsonWebKeyId, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, PrivateSigningKey, StandardClaims, SubjectIdentifier,
};
use serde_json::{Value, json};
use server::{Clock, Oidc};
use workflow::access::{NewAccount, Token, create};

use crate::browser::{Browser, House};

/// A key for these tests only.
const KEY: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIIkeUa1uha+iDQPaLLAt38MfyO+y5a6WGy0QkHVMw5d2
-----END PRIVATE KEY-----";
const CLIENT: &str = "chartroom";

/// What the issuer was asked for, and whom it will vouch for.
#[derive(Clone, Default)]
struct Asked {
    nonce: String,
    challenge: String,
    verified: bool,
}

#[derive(Clone)]
struct Issuer {
    url: String,
    asked: Arc<Mutex<Asked>>,
}

fn key() -> CoreEdDsaPrivateSigningKey {
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(KEY, Some(JsonWebKeyId::new("k1".into()))).expect("a key")
}

impl Issuer {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let issuer = Self { url, asked: Arc::default() };
        let app = Router::new()
            .route("/.well-known/openid-configuration", get(Self::configuration))
            .route("/keys", get(async || Json(json!({ "keys": [key().as_verification_key()] }))))
            .route("/token", post(Self::token))
            .with_state(issuer.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        issuer
    }

    async fn configuration(State(issuer): State<Self>) -> Json<Value> {
        let at = |path: &str| format!("{}{path}", issuer.url);
        Json(json!({
            "issuer": issuer.url,
            "authorization_endpoint": at("/authorize"),
            "token_endpoint": at("/token"),
            "jwks_uri": at("/keys"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["EdDSA"],
        }))
    }

    async fn token(State(issuer): State<Self>, Form(form): Form<Vec<(String, String)>>) -> Json<Value> {
        let sent = |name: &str| form.iter().find(|(one, _)| one == name).map(|(_, value)| value.clone());
        let asked = issuer.asked.lock().expect("a lock").clone();
        let verifier = PkceCodeVerifier::new(sent("code_verifier").expect("a verifier"));
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
        if challenge.as_str() != asked.challenge || sent("code").as_deref() != Some("the-code") {
            return Json(json!({ "error": "invalid_grant" }));
        }
        let token = issuer.identity(&asked);
        Json(json!({ "access_token": "a", "token_type": "bearer", "id_token": token }))
    }

    fn identity(&self, asked: &Asked) -> String {
        let email = EndUserEmail::new("bo@example.org".into());
        let person = StandardClaims::new(SubjectIdentifier::new("s-17".into()))
            .set_email(Some(email))
            .set_email_verified(Some(asked.verified));
        let now = Clock::of_the_machine().now();
        let at = |seconds| {
            let time = std::time::UNIX_EPOCH
                + std::time::Duration::from_secs(now.as_second().unsigned_abs() + seconds);
            time.into()
        };
        let claims = CoreIdTokenClaims::new(
            IssuerUrl::new(self.url.clone()).expect("an address"),
            vec![Audience::new(CLIENT.into())],
            at(300),
            at(0),
            person,
            EmptyAdditionalClaims {},
        )
        .set_nonce(Some(Nonce::new(asked.nonce.clone())));
        let token = CoreIdToken::new(claims, &key(), CoreJwsSigningAlgorithm::EdDsa, None, None);
        token.expect("a token").to_string()
    }

    /// Goes to the issuer and comes back with a code, as a browser would after signing in there.
    async fn vouch(
        &self,
        browser: &mut Browser,
        verified: bool,
        change: impl FnOnce(&mut Asked),
    ) -> (u16, String) {
        let begun = browser.get("/oidc/begin").await;
        let address = begun.header("location").to_owned();
        assert!(address.starts_with(&self.url), "{} {}", begun.status, begun.body);
        let part = |name: &str| {
            let value = address.split(['?', '&']).find_map(|pair| pair.strip_prefix(&format!("{name}=")));
            value.expect("a parameter").to_owned()
        };
        let mut asked = Asked { nonce: part("nonce"), challenge: part("code_challenge"), verified };
        change(&mut asked);
        *self.asked.lock().expect("a lock") = asked;
        let back = browser.get(&format!("/oidc/return?code=the-code&state={}", part("state"))).await;
        (back.status, back.header("location").to_owned())
    }
}

async fn house(issuer: &Issuer) -> House {
    let url = issuer.url.clone();
    let house = House::empty(|config| {
        let name = "Prairie Health".to_owned();
        config.oidc = Some(Oidc { name, issuer: url, client_id: CLIENT.into(), client_secret: None });
    })
    .await;
    let new = NewAccount {
        login: "bo".into(),
        name: "Bo Ferrous".into(),
        email: Some("bo@example.org".into()),
        roles: vec![Role::Coder],
        party: None,
    };
    let mut context = Clock::of_the_machine().system("test");
    create(&house.store, &mut context, new, &Token::new([3; 32])).await.expect("an account");
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_with_a_verified_address_comes_in() {
    let issuer = Issuer::start().await;
    let house = house(&issuer).await;
    let mut browser = house.browser();
    browser.get("/sign-in").await.says("Sign in with Prairie Health");
    let (unverified, _) = issuer.vouch(&mut browser, false, |_| {}).await;
    assert_eq!(unverified, 422, "an address that nobody verified is no proof");
    assert_eq!(issuer.vouch(&mut browser, true, |_| {}).await, (303, "/".to_owned()));
    browser.get("/").await.says("Bo Ferrous");
    // From now on the issuer's own key of the person is enough.
    let mut again = house.browser();
    assert_eq!(issuer.vouch(&mut again, false, |_| {}).await, (303, "/".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_another_question_is_turned_away() {
    let issuer = Issuer::start().await;
    let house = house(&issuer).await;
    let wrong_nonce = issuer.vouch(&mut house.browser(), true, |asked| asked.nonce = "other".into()).await;
    assert_eq!(wrong_nonce.0, 403);
    let wrong_verifier =
        issuer.vouch(&mut house.browser(), true, |asked| asked.challenge = "other".into()).await;
    assert_eq!(wrong_verifier.0, 500, "the issuer refuses, and the person is told that it failed");
    let mut browser = house.browser();
    browser.get("/oidc/begin").await;
    assert_eq!(browser.get("/oidc/return?code=the-code&state=other").await.status, 403);
    assert_eq!(house.browser().get("/oidc/return?code=the-code&state=x").await.status, 403);
}
