//! Every address with every role, held against the table of permissions.

use chart::access::{Role, permits};
use server::routes::{Method, Needs, ROUTES, Route};

use crate::browser::{Answer, Browser, House};
use crate::seed::Seed;

async fn open(browser: &mut Browser, route: &Route, seed: &Seed) -> Answer {
    let path = seed.path(route.path);
    match route.method {
        Method::Get => browser.get(&path).await,
        Method::Post => browser.post(&path, &[]).await,
    }
}

/// Addresses that end the session or change the role by which the walk goes on.
fn ends_the_walk(route: &Route) -> bool {
    matches!(route.path, "/sign-out" | "/hat" | "/sign-in" | "/sign-in/code") && route.method == Method::Post
}

#[tokio::test(flavor = "multi_thread")]
async fn every_address_opens_to_the_roles_of_the_table_and_to_no_other() {
    let (house, seed) = House::furnished().await;
    let mut browser = house.signed_in("all", Role::Clerk.key()).await;
    let mut checked = 0;
    for role in Role::ALL {
        let worn = browser.post("/hat", &[("role", role.key())]).await;
        assert_eq!(worn.status, 303, "{role}");
        for route in ROUTES.iter().filter(|route| !ends_the_walk(route)) {
            let answer = open(&mut browser, route, &seed).await;
            let barred = answer.status == 403 && answer.body.contains("Not with this role");
            let allowed = match route.needs {
                Needs::May(permission) => permits(&[*role], permission).is_some(),
                Needs::Nothing | Needs::HalfSignedIn | Needs::SignedIn => true,
            };
            assert_eq!(!barred, allowed, "{role} at {}: {} {}", route.path, answer.status, answer.body);
            assert!(answer.status < 500, "{role} at {}: {}", route.path, answer.body);
            if let (true, Needs::May(permission)) = (barred, route.needs) {
                answer.says(permission.key());
            }
            checked += 1;
        }
    }
    println!("{checked} addresses × roles walked");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_in_without_signing_in() {
    let (house, seed) = House::furnished().await;
    for route in ROUTES.iter().filter(|route| route.needs != Needs::Nothing) {
        let answer = open(&mut house.browser(), route, &seed).await;
        assert_eq!(answer.status, 303, "{}: {}", route.path, answer.body);
        assert!(answer.header("location").starts_with("/sign-in"), "{}", route.path);
    }
}
