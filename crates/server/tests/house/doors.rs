//! Coming in and what guards the doors: cookies, form tokens, foreign pages, pauses, headers.

use chart::access::Role;
use workflow::access::{Token, first_link};

use crate::browser::House;
use crate::seed::{self, PASSWORD};

#[tokio::test(flavor = "multi_thread")]
async fn the_first_start_makes_an_administrator_by_a_link_that_works_once() {
    let house = House::empty(|_| {}).await;
    let token = Token::new([7; 32]);
    let now = server::Clock::of_the_machine().system("test");
    first_link(&house.store, &now, &token).await.unwrap();
    let (mut browser, path) = (house.browser(), format!("/start/{}", token.text()));
    browser.get(&path).await.says("First start");
    let typed =
        |password, again| [("name", "ann"), ("shown", "Ann Quill"), ("password", password), ("again", again)];
    let short = browser.post(&path, &typed("short", "short")).await;
    assert_eq!(short.status, 422);
    short.says("too short");
    browser.post(&path, &typed(PASSWORD, "other")).await.says("differ");
    assert_eq!(browser.post(&path, &typed(PASSWORD, PASSWORD)).await.header("location"), "/sign-in");
    assert_eq!(browser.get(&path).await.status, 422);
    let came = browser.post("/sign-in", &[("name", "Ann"), ("password", PASSWORD)]).await;
    assert_eq!((came.status, came.header("location")), (303, "/"));
    browser.get("/").await.says("Ann Quill");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_unknown_name_read_alike() {
    let house = House::empty(|_| {}).await;
    seed::person(&house.store, "ann", &[Role::Clerk]).await;
    let mut browser = house.browser();
    let words = |body: &str| body.split("id=\"problem\">").nth(1).map(|rest| rest[..40].to_owned());
    let wrong = browser.post("/sign-in", &[("name", "ann"), ("password", "wrong wrong wrong")]).await;
    let unknown = browser.post("/sign-in", &[("name", "bob"), ("password", "wrong wrong wrong")]).await;
    assert_eq!((wrong.status, unknown.status), (422, 422));
    assert_eq!(words(&wrong.body), words(&unknown.body));
    assert!(words(&wrong.body).is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_without_the_token_or_from_elsewhere_change_nothing() {
    let house = House::empty(|_| {}).await;
    seed::person(&house.store, "ann", &[Role::Clerk]).await;
    let mut browser = house.signed_in("ann", "clerk").await;
    let form = ("content-type", "application/x-www-form-urlencoded");
    let bare = browser.ask("POST", "/patients", &[form], "query=quill".into()).await;
    assert_eq!(bare.status, 403);
    bare.says("cannot be sent any more");
    let good = format!("query=quill&csrf={}", browser.token);
    for elsewhere in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
        assert_eq!(browser.ask("POST", "/patients", &[form, elsewhere], good.clone()).await.status, 403);
    }
    assert_eq!(browser.ask("POST", "/patients", &[form], good).await.status, 200);
    let token = browser.token.clone();
    let by_script = [form, ("x-csrf-token", token.as_str())];
    assert_eq!(browser.ask("POST", "/patients", &by_script, "query=quill".into()).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_and_a_stolen_cookie_with_it() {
    let house = House::empty(|_| {}).await;
    seed::person(&house.store, "ann", &[Role::Clerk]).await;
    let mut browser = house.signed_in("ann", "clerk").await;
    let mut thief = browser.clone();
    assert_eq!(thief.get("/").await.status, 200);
    assert_eq!(browser.post("/sign-out", &[]).await.header("location"), "/sign-in");
    assert_eq!(thief.get("/").await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_response_carries_the_guards() {
    let house = House::empty(|config| config.public_url = "https://charts.example".into()).await;
    seed::person(&house.store, "ann", &[Role::Clerk]).await;
    let mut browser = house.browser();
    for path in ["/sign-in", "/nowhere", "/health/live"] {
        let answer = browser.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.header("strict-transport-security").starts_with("max-age="));
    }
    let came = browser.post("/sign-in", &[("name", "ann"), ("password", PASSWORD)]).await;
    assert!(came.header("set-cookie").starts_with("__Host-chartroom="), "{}", came.header("set-cookie"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_made_here_is_opened_by_its_person() {
    let house = House::empty(|_| {}).await;
    seed::person(&house.store, "ann", &[Role::ItAdministrator]).await;
    let mut browser = house.signed_in("ann", "it-administrator").await;
    let none = browser.post("/users", &[("name", "bo"), ("shown", "Bo")]).await;
    assert_eq!(none.status, 422);
    none.says("at least one role");
    let made = browser.post("/users", &[("name", "bo"), ("shown", "Bo"), ("role", "coder")]).await;
    let path = made.body.split("/start/").nth(1).and_then(|rest| rest.get(..64)).expect("a link").to_owned();
    let mut other = house.browser();
    let path = format!("/start/{path}");
    other.get(&path).await.says("Choose a password");
    assert_eq!(other.post(&path, &[("password", PASSWORD), ("again", PASSWORD)]).await.status, 303);
    assert_eq!(
        other.post("/sign-in", &[("name", "bo"), ("password", PASSWORD)]).await.header("location"),
        "/"
    );
    other.get("/").await.says("assigns codes");
}
