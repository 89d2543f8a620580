//! What the running program refuses: by address, without a session, with another role, with a forged form.
//!
//! The whole table of routes and roles is walked in the server's own tests; this asks the real binary.

use crate::support::database::{Database, Kind};
use crate::support::html;
use crate::support::person::Person;
use crate::support::server::Server;
use crate::support::turn;

/// A role and an address that is not for it.
const REFUSED: [(&str, &str); 8] = [
    ("clerk", "/audit"),
    ("clerk", "/users"),
    ("coder", "/messages"),
    ("coder", "/duplicates"),
    ("it", "/patients"),
    ("it", "/audit"),
    ("research", "/patients"),
    ("privacy", "/messages"),
];

#[test]
fn doors_are_closed_to_those_they_are_not_for() {
    let _turn = turn();
    let hospital = Database::hospital(Kind::Sqlite, "walk_doors").unwrap();
    let server = Server::serve(&hospital);
    for (name, path) in REFUSED {
        let answer = Person::sign_in(&server.base, name).get(path).unwrap();
        assert_eq!(answer.status, 403, "{name} at {path}: {}", answer.html);
    }
    let mut stranger = Person::stranger(&server.base);
    for path in ["/", "/patients", "/audit", "/messages", "/users"] {
        let answer = stranger.get(path).unwrap();
        assert!(answer.place.starts_with("/sign-in"), "a stranger at {path} is at {}", answer.place);
    }
    let fhir = stranger.get("/fhir/Patient").unwrap();
    assert_eq!(fhir.status, 401, "a stranger reads FHIR: {}", fhir.html);

    let mut it = Person::sign_in(&server.base, "it");
    let mut director = Person::sign_in(&server.base, "director");
    let found = director.post("/patients", &[("query", "Abbott")]).unwrap();
    let chart = html::links_below(&found.html, "/patients/").into_iter().find(|path| path != "/patients/new");
    let chart = chart.expect("the demo hospital has an Abbott");
    assert_eq!(director.get(&chart).unwrap().status, 200);
    assert_eq!(it.get(&chart).unwrap().status, 403, "no sight of charts for who runs the system");
}

#[test]
fn a_form_from_elsewhere_changes_nothing() {
    let _turn = turn();
    let hospital = Database::hospital(Kind::Sqlite, "walk_forged").unwrap();
    let server = Server::serve(&hospital);
    let mut director = Person::sign_in(&server.base, "director");
    director.get("/patients/new").unwrap();
    director.forget_form_token();
    let form = [("family", "Forged"), ("given", "Ann"), ("sex", "female"), ("confirm", "new")];
    let answer = director.post("/patients/new", &form).unwrap();
    assert_eq!(answer.status, 403, "{}", answer.html);
    director.get("/patients").unwrap();
    let found = director.post("/patients", &[("query", "Forged")]).unwrap();
    assert!(!found.html.contains("Forged, Ann"), "nobody was registered");
}
