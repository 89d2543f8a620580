//! Synonym packs that the facility opened beside the manual: kept in the record as they came, and taken into the books
//! that are open. Another program over the same record takes them in when it next looks.

use chart::access::Permission;
use chart::id::Digest;
use chart::intake::Original;
use codeset::{Synonym, read_synonyms};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::settings::{self, Setting};
use store::{Reader, Store};

use super::Books;
use crate::signing::me;
use crate::{Context, Error, Result};

/// The name of the setting.
const SETTING: &str = "synonym-packs";
/// The longest name that is kept, in characters.
const LONGEST_NAME: usize = 120;

/// The packs, with every change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Own {
    packs: Vec<KeptPack>,
    history: Vec<PackChange>,
}

/// A pack that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPack {
    /// The file's name.
    pub file: String,
    /// BLAKE3 of the file as it came.
    pub digest: Digest,
    /// Phrases with a code of ICD-10-CM.
    pub phrases: usize,
    /// Where it comes from and under what licence, in the words of who opened it.
    pub source: String,
    /// Who opened it, by name.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A pack was opened or put away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackChange {
    /// The file's name.
    pub file: String,
    /// Whether it was opened; else it was put away.
    pub opened: bool,
    /// Who, by name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Its source, or why it was put away.
    pub reason: String,
}

/// The packs that are open.
#[derive(Debug, Clone)]
pub struct Synonyms {
    /// In the order they were opened.
    pub packs: Vec<KeptPack>,
    /// What was opened and put away, the latest first.
    pub history: Vec<PackChange>,
}

async fn own(reader: &mut Reader) -> Result<Setting<Own>> {
    Ok(settings::kept(reader, SETTING).await?)
}

/// Reads which packs are open.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn synonyms(store: &Store, context: &Context) -> Result<Synonyms> {
    context.must(Permission::CodingRead)?;
    let mut view = store.view().await?;
    let Own { packs, mut history } = own(&mut view).await?.value;
    history.reverse();
    view.finish(context.event("synonym-packs-read")).await?;
    Ok(Synonyms { packs, history })
}

/// Opens a pack, or the new file of a pack that is open under the same name. Gives how many phrases it has.
///
/// # Errors
/// [`Error::Refused`] when it cannot be read, with the line; when it is open already, or nobody says where it is from.
pub async fn add_pack(
    store: &Store,
    context: &Context,
    books: &Books,
    (file, bytes): (&str, Vec<u8>),
    source: &str,
) -> Result<usize> {
    context.must(Permission::CodingLearn)?;
    let (file, source) = (file.trim(), source.trim());
    if file.is_empty() || file.chars().count() > LONGEST_NAME {
        return Err(Error::refused("the file needs a name of at most 120 characters"));
    }
    if source.is_empty() {
        return Err(Error::refused(
            "say where it comes from and under what licence: it is kept with the pack",
        ));
    }
    let phrases = read(file, &bytes)?.len();
    let mut tx = store.begin().await?;
    let by = me(&mut tx, context).await?.stamp(context).by.name;
    let mut kept = own(&mut tx).await?;
    let digest = Digest::of(&bytes);
    if kept.value.packs.iter().any(|pack| pack.digest == digest) {
        return Err(Error::refused("this file is open already"));
    }
    let original = Original { media_type: "text/plain; charset=utf-8".into(), bytes };
    store::originals::put(&mut tx, &[&original]).await?;
    let pack = KeptPack {
        file: file.to_owned(),
        digest,
        phrases,
        source: source.to_owned(),
        by: by.clone(),
        at: context.at,
    };
    kept.value.packs.retain(|one| one.file != file);
    kept.value.packs.push(pack);
    let change =
        PackChange { file: file.to_owned(), opened: true, by, at: context.at, reason: source.to_owned() };
    kept.value.history.push(change);
    settings::set(&mut tx, SETTING, &kept, context.at).await?;
    let event = context.event("synonym-pack-open").object("file", digest).reason(source);
    tx.commit(event.detail(json!({ "phrases": phrases }))).await?;
    read_anew(store, books).await?;
    Ok(phrases)
}

/// Puts a pack away.
///
/// # Errors
/// [`Error::Refused`] without a reason, or when it is not open.
pub async fn remove_pack(
    store: &Store,
    context: &Context,
    books: &Books,
    digest: Digest,
    reason: &str,
) -> Result<()> {
    context.must(Permission::CodingLearn)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::refused("say why it is put away: it is kept with the change"));
    }
    let mut tx = store.begin().await?;
    let by = me(&mut tx, context).await?.stamp(context).by.name;
    let mut kept = own(&mut tx).await?;
    let at = kept.value.packs.iter().position(|pack| pack.digest == digest);
    let pack = kept.value.packs.remove(at.ok_or_else(|| Error::refused("this pack is not open"))?);
    let change = PackChange { file: pack.file, opened: false, by, at: context.at, reason: reason.to_owned() };
    kept.value.history.push(change);
    settings::set(&mut tx, SETTING, &kept, context.at).await?;
    tx.commit(context.event("synonym-pack-close").object("file", digest).reason(reason)).await?;
    read_anew(store, books).await
}

fn read(file: &str, bytes: &[u8]) -> Result<Vec<Synonym>> {
    let text = std::str::from_utf8(bytes).map_err(|_| Error::refused(format!("{file}: is no UTF-8 text")))?;
    read_synonyms(file, text).map_err(|error| Error::refused(error.to_string()))
}

/// Takes the packs into the books if they are others than those the books were given last.
///
/// # Errors
/// When the record cannot be read, or a pack in it is damaged.
pub async fn read_anew(store: &Store, books: &Books) -> Result<()> {
    let mut view = store.view().await?;
    let kept = own(&mut view).await?;
    if books.packs_version() != kept.version {
        let mut synonyms = Vec::new();
        for pack in &kept.value.packs {
            let original = store::originals::get(&mut view, pack.digest).await?;
            let original = original.ok_or_else(|| Error::refused(format!("{}: is not kept", pack.file)))?;
            synonyms.extend(read(&pack.file, &original.bytes)?);
        }
        books.take_in(kept.version, synonyms).map_err(|error| Error::refused(error.to_string()))?;
    }
    Ok(view.close().await?)
}
