//! The cookies: the session's, what was just done, and what is kept on the way to another system's sign-in.

use axum::http::{HeaderMap, HeaderValue, header};
use workflow::access::Token;

use crate::config::Config;
use crate::pages::frame::Flash;

/// The session cookie's name. With the prefix a browser takes it only over TLS, for this host and for all paths.
const fn session_name(https: bool) -> &'static str {
    if https { "__Host-chartroom" } else { "chartroom" }
}

const SAID: &str = "chartroom-said";

/// The session's secret, if the request brings one.
pub(crate) fn session(headers: &HeaderMap, config: &Config) -> Option<Token> {
    value(headers, session_name(config.is_https())).and_then(Token::sent)
}

/// A header that gives the browser the session's secret, or with `None` takes it away.
pub(crate) fn set_session(token: Option<&Token>, config: &Config) -> HeaderValue {
    let https = config.is_https();
    let secure = if https { "; Secure" } else { "" };
    let (text, age) = token.map_or(("", "; Max-Age=0"), |token| (token.text(), ""));
    made(format!("{}={text}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", session_name(https)))
}

const OUTSIDE: &str = "chartroom-outside";

/// What was kept on the way to another system's sign-in.
pub(crate) fn outside(headers: &HeaderMap) -> Option<&str> {
    value(headers, OUTSIDE)
}

/// Seconds that somebody may take to sign in at another system.
const OUTSIDE_SECONDS: u32 = 600;

/// A header that has the browser keep something on the way to another system's sign-in, or forget it.
pub(crate) fn set_outside(kept: Option<&str>, config: &Config) -> HeaderValue {
    let secure = if config.is_https() { "; Secure" } else { "" };
    let (text, age) = kept.map_or(("", 0), |kept| (kept, OUTSIDE_SECONDS));
    made(format!("{OUTSIDE}={text}; Path=/oidc; HttpOnly; SameSite=Lax; Max-Age={age}{secure}"))
}

/// Things that are said once, on the page after.
const SAYINGS: [(&str, Flash); 40] = [
    ("kept", done("Kept.")),
    ("corrected", done("Corrected. What it was before is kept below.")),
    ("registered", done("Registered. This is the new chart.")),
    ("restricted", done("The restriction of this chart was changed.")),
    ("glass", care("The chart is open to you for a few hours. The privacy officer sees your reason.")),
    ("uploaded", done("Uploaded. It waits under Papers to file.")),
    ("filed", done("Filed in this chart.")),
    ("moved", done("The encounter was moved to this chart.")),
    ("merged", done("Merged. It can be undone below.")),
    ("unmerged", done("Undone: both records are as they were before the merge.")),
    ("decided", done("Your decision is kept.")),
    ("replayed", done("Played again. See what became of it below.")),
    ("dropped", done("Dropped. It stays in the list.")),
    ("written", done("Kept. Read it once more, then sign it.")),
    ("signed", done("Signed. The text is locked.")),
    ("asked", done("Asked. It stands in their inbox once you have signed.")),
    ("amended", done("Signed and added. The original stays as it is.")),
    ("request", done("Kept. The clock runs below.")),
    ("dictated", done("Sent to transcription.")),
    ("dictation", done("Kept.")),
    ("work", done("Given.")),
    ("saved", done("Saved.")),
    ("drafted", done("Drafted. Read the letters before they go out.")),
    ("issued", done("Issued.")),
    ("closed", done("Closed. The codes are locked and can be billed.")),
    ("reopened", done("Opened again. Your reason is kept with it.")),
    (
        "claim",
        done("Written. Take its file below; the encounter waits for its bill no more, unless it is a trial."),
    ),
    ("second-review", care("Not closed yet: it waits for a second review by another person.")),
    ("reviewed", done("Reviewed. The codes can be closed.")),
    ("audit-drawn", done("Drawn. The same seed draws it again.")),
    ("audit-said", done("Kept. It goes on to whose turn it is.")),
    ("audit-settled", done("Settled.")),
    ("query-drafted", done("Drafted. Read it, then send it.")),
    ("query-sent", done("Sent. It stands in the practitioner's inbox.")),
    ("answered", done("Answered and signed.")),
    ("dismissed", done("Dismissed. Your reason is kept, and it is not raised again.")),
    ("password", done("Your password was changed.")),
    ("second-step", done("Saved.")),
    ("account", done("Saved.")),
    ("chain", done("The chain is whole: no line was changed, removed or moved.")),
];

const fn done(text: &'static str) -> Flash {
    Flash { kind: "done", text }
}

const fn care(text: &'static str) -> Flash {
    Flash { kind: "care", text }
}

/// What was just done, if the request brings it.
pub(crate) fn said(headers: &HeaderMap) -> Option<Flash> {
    let key = value(headers, SAID)?;
    SAYINGS.iter().find(|(one, _)| *one == key).map(|(_, flash)| *flash)
}

/// A header that has the next page say what was done; with `None` it is said no more.
pub(crate) fn set_said(key: Option<&'static str>) -> HeaderValue {
    let (text, age) = key.map_or(("", 0), |key| (key, 30));
    made(format!("{SAID}={text}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}"))
}

fn made(text: String) -> HeaderValue {
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(one, _)| *one == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(url: &str) -> Config {
        Config { public_url: url.into(), ..Config::new(([127, 0, 0, 1], 0).into(), "x") }
    }

    #[test]
    fn over_tls_the_cookie_is_bound_to_the_host() {
        let token = Token::new([1; 32]);
        let set = set_session(Some(&token), &config("https://a.example"));
        let set = set.to_str().unwrap();
        assert!(set.starts_with("__Host-chartroom=0101"), "{set}");
        for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(set.contains(part), "{part} in {set}");
        }
        assert!(!set.contains("Domain"));
        assert!(set_session(None, &config("http://a")).to_str().unwrap().contains("Max-Age=0"));
    }

    #[test]
    fn cookies_are_found_among_others() {
        let mut headers = HeaderMap::new();
        let line = format!("a=b; chartroom={}; {SAID}=merged", Token::new([2; 32]).text());
        headers.insert(header::COOKIE, HeaderValue::from_str(&line).unwrap());
        assert_eq!(session(&headers, &config("http://a")), Some(Token::new([2; 32])));
        assert_eq!(session(&headers, &config("https://a")), None);
        assert!(said(&headers).is_some_and(|flash| flash.text.starts_with("Merged")));
    }
}
