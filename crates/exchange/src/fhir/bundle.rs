//! Bundles: each entry an arrival of its own, in an order in which they can be applied.

use chart::intake::{Arrival, Change, Channel, Original, Refusal};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::read::{self, Known, kinds, read_resource_knowing};
use super::{MEDIA_TYPE, Source};

/// An entry that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{refusal}")]
pub struct Refused {
    /// Its bytes, to be kept all the same.
    pub original: Original,
    /// Why, with the place in the bundle.
    pub refusal: Refusal,
}

/// An entry of a bundle, read or refused.
pub type Entry = Result<Arrival, Refused>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bundle<'a> {
    #[serde(default)]
    resource_type: String,
    #[serde(borrow, default)]
    entry: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BundleEntry<'a> {
    full_url: Option<String>,
    #[serde(borrow)]
    resource: Option<&'a RawValue>,
    request: Option<Request>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Request {
    method: String,
    url: String,
}

/// An entry with its place and its bytes.
struct Placed<'a> {
    place: String,
    bytes: &'a [u8],
    entry: BundleEntry<'a>,
}

/// Reads a bundle of any type: transaction, batch, collection, search set, document or message.
///
/// References to other entries are resolved by their addresses (`fullUrl`), and what an entry only points to is named
/// as the bundle names it. Entries come in the order of [`kinds`]; a bad one is refused and the rest goes on.
///
/// # Errors
/// When the bytes are no bundle.
pub fn read_bundle(bytes: &[u8], source: &Source) -> Result<Vec<Entry>, Refusal> {
    let bundle: Bundle<'_> = serde_json::from_slice(bytes).map_err(|error| read::not_json(&error))?;
    if bundle.resource_type != "Bundle" {
        let what = "not a bundle; send a resource with `resourceType` Bundle".to_owned();
        return Err(Refusal { place: "/resourceType".into(), what });
    }
    let (mut refused, mut placed) = (Vec::new(), Vec::new());
    for (at, raw) in bundle.entry.iter().enumerate() {
        match place_entry(at, raw) {
            Ok(one) => placed.push(one),
            Err(error) => refused.push(Err(error)),
        }
    }
    let known = learn(&placed, source);
    placed.sort_by_key(|one| rank(one));
    let read = placed.iter().map(|one| read_entry(one, source, &known));
    Ok(read.chain(refused).collect())
}

/// Reads what a file holds: a bundle, or one resource.
///
/// # Errors
/// When it is neither.
pub fn read_file(bytes: &[u8], source: &Source) -> Result<Vec<Entry>, Refusal> {
    let arrival = super::read_resource(bytes, source)?;
    if arrival.kind == "Bundle" { read_bundle(bytes, source) } else { Ok(vec![Ok(arrival)]) }
}

fn place_entry<'a>(at: usize, raw: &'a RawValue) -> Result<Placed<'a>, Refused> {
    let place = format!("/entry/{at}");
    let entry: BundleEntry<'a> = serde_json::from_str(raw.get()).map_err(|_| {
        let what = "not an entry of a bundle: an object with `resource` or `request` was expected";
        refused(raw.get().as_bytes(), &place, what)
    })?;
    let bytes = entry.resource.map_or(raw.get(), RawValue::get).as_bytes();
    Ok(Placed { place, bytes, entry })
}

fn refused(bytes: &[u8], place: &str, what: &str) -> Refused {
    let original = Original { media_type: MEDIA_TYPE.into(), bytes: bytes.to_vec() };
    Refused { original, refusal: Refusal { place: place.to_owned(), what: what.to_owned() } }
}

/// The addresses of all entries first, then what they say for one another.
fn learn(placed: &[Placed<'_>], source: &Source) -> Known {
    let mut known = Known::default();
    let keys: Vec<_> = placed.iter().map(|one| read::key_of(one.bytes, source).ok()).collect();
    for (one, key) in placed.iter().zip(&keys) {
        if let (Some(url), Some(key)) = (&one.entry.full_url, key) {
            known.learn_address(url.clone(), key.clone());
        }
    }
    for (one, key) in placed.iter().zip(&keys) {
        if let Some(key) = key {
            known.learn_entry(key, one.bytes);
        }
    }
    known
}

/// Where an entry stands in the order of application. A patient who names another record comes after the patients.
fn rank(one: &Placed<'_>) -> (usize, bool) {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Head {
        resource_type: String,
        link: Option<serde::de::IgnoredAny>,
    }
    let head: Option<Head> = serde_json::from_slice(one.bytes).ok();
    let of_type = |head: &Head| kinds().iter().position(|kind| *kind == head.resource_type);
    let at = head.as_ref().and_then(of_type).unwrap_or(kinds().len());
    (at, head.is_some_and(|head| head.link.is_some()))
}

fn read_entry(one: &Placed<'_>, source: &Source, known: &Known) -> Entry {
    let request = one.entry.request.as_ref();
    if let Some(deleted) = request.filter(|request| request.method == "DELETE") {
        return Ok(withdrawal(one.bytes, &deleted.url, source));
    }
    if one.entry.resource.is_none() {
        return Err(refused(one.bytes, &one.place, "the entry has no resource: nothing to file"));
    }
    read_resource_knowing(one.bytes, source, known).map_err(|refusal| {
        let place = format!("{}/resource{}", one.place, pointer(&refusal.place));
        refused(one.bytes, &place, &refusal.what)
    })
}

/// A JSON pointer as it is; other places are left out, since lines count within the entry.
fn pointer(place: &str) -> &str {
    if place.starts_with('/') { place } else { "" }
}

/// `DELETE Type/id`: the resource is taken back.
fn withdrawal(bytes: &[u8], url: &str, source: &Source) -> Arrival {
    let key = read::own_key(url.trim_start_matches('/'), source);
    Arrival {
        channel: Channel::Fhir,
        kind: "DELETE".into(),
        original: Original { media_type: MEDIA_TYPE.into(), bytes: bytes.to_vec() },
        changes: vec![Change::Withdraw { key }],
        attachments: Vec::new(),
        remarks: Vec::new(),
    }
}
