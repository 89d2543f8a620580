//! The service itself: health, figures, assets, problems in plain words, limits.

use chart::access::Role;

use crate::browser::House;
use crate::seed;

#[tokio::test(flavor = "multi_thread")]
async fn health_and_figures_answer_and_name_no_patient() {
    let (house, seed) = House::furnished().await;
    let mut browser = house.signed_in("all", "coder").await;
    browser.get(&format!("/patients/{}", seed.patient)).await.says("Quill");
    assert_eq!(browser.get("/health/live").await.body, "live\n");
    assert_eq!(browser.get("/health/ready").await.body, "ready\n");
    let mut runner = house.signed_in("all", "it-administrator").await;
    let figures = runner.get("/metrics").await;
    figures.says("chartroom_requests_total");
    figures.says("route=\"/patients/{patient}\"");
    assert!(!figures.body.contains(&seed.patient.to_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn assets_are_kept_by_browsers_and_compressed() {
    let house = House::empty(|_| {}).await;
    let mut browser = house.browser();
    let page = browser.get("/sign-in").await;
    let sheet =
        page.body.split("href=\"").find_map(|rest| rest.split('"').next().filter(|at| at.ends_with(".css")));
    let sheet = sheet.expect("a style sheet").to_owned();
    let first = browser.get(&sheet).await;
    assert!(first.header("cache-control").contains("immutable"));
    let again = browser.ask("GET", &sheet, &[("if-none-match", first.header("etag"))], String::new()).await;
    assert_eq!(again.status, 304);
    let packed = browser.ask("GET", &sheet, &[("accept-encoding", "gzip")], String::new()).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_said_in_plain_words() {
    let house = House::empty(|_| {}).await;
    seed::person(&house.store, "ann", &[Role::Coder]).await;
    let mut browser = house.signed_in("ann", "coder").await;
    for path in ["/nowhere", "/patients/not-an-id", "/patients/01JD0000000000000000000000"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        answer.says("Not here");
    }
    assert_eq!(browser.ask("DELETE", "/patients", &[], String::new()).await.status, 405);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_too_large_is_refused_in_plain_words() {
    let house = House::empty(|_| {}).await;
    seed::person(&house.store, "ann", &[Role::Clerk]).await;
    let mut browser = house.signed_in("ann", "clerk").await;
    let long = "x".repeat(3_000_000);
    let answer = browser.post("/patients", &[("query", &long)]).await;
    assert_eq!(answer.status, 413);
    answer.says("Too large");
}
