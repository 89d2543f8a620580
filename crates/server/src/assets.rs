//! Style sheet, fonts and scripts, embedded, each under an address that holds the digest of all of them.

use std::sync::LazyLock;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chart::id::Digest;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "assets"]
struct Files;

/// Letters of the digest in an address.
const DIGEST_LETTERS: usize = 16;

/// A year: the address changes when the content does.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";

static EDITION: LazyLock<String> = LazyLock::new(edition);

/// The digest of all assets together, so that a style sheet may name its fonts by relative addresses.
fn edition() -> String {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    let digests = names.iter().filter_map(|name| Some(Files::get(name)?.metadata.sha256_hash()));
    let all: Vec<u8> = digests.flatten().collect();
    Digest::of(&all).to_string()[..DIGEST_LETTERS].to_owned()
}

/// Where the asset is served: `/assets/0123456789abcdef/house.css`.
pub(crate) fn address(name: &str) -> String {
    format!("/assets/{}/{name}", *EDITION)
}

/// The asset's response; a later edition's address is answered, and not kept by the browser.
pub(crate) fn serve(edition: &str, name: &str, known: Option<&HeaderValue>) -> Response {
    let (Some(file), Some(media_type)) = (Files::get(name), media_type(name)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = format!("\"{}\"", &Digest::of(&file.data).to_string()[..DIGEST_LETTERS]);
    let cache = if edition == *EDITION { FOR_GOOD } else { "no-cache" };
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::ETAG, tag.clone()),
    ];
    if known.is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, Body::from(file.data.into_owned())).into_response()
}

/// The kinds of file that pages ask for; notes and licences in the same folder are not served.
fn media_type(name: &str) -> Option<&'static str> {
    match name.rsplit('.').next()? {
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "woff2" => Some("font/woff2"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_kept_for_good_under_its_digest_only() {
        let address = address("house.css");
        let edition = address.split('/').nth(2).unwrap();
        let fresh = serve(edition, "house.css", None);
        assert_eq!(fresh.headers()[header::CACHE_CONTROL], FOR_GOOD);
        let tag = fresh.headers()[header::ETAG].clone();
        assert_eq!(serve(edition, "house.css", Some(&tag)).status(), StatusCode::NOT_MODIFIED);
        assert_eq!(serve("old", "house.css", None).headers()[header::CACHE_CONTROL], "no-cache");
        for other in ["../Cargo.toml", "README.md"] {
            assert_eq!(serve(edition, other, None).status(), StatusCode::NOT_FOUND);
        }
    }

    #[test]
    fn the_style_sheet_names_only_assets_that_are_there() {
        let sheet = Files::get("house.css").unwrap();
        let text = String::from_utf8(sheet.data.into_owned()).unwrap();
        let named: Vec<&str> =
            text.split("url(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(!named.is_empty());
        for name in named {
            assert!(Files::get(name).is_some(), "{name} is not embedded");
        }
    }
}
