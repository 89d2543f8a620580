//! After an upgrade the program's own rules may say something else: everybody is evaluated again, once.

use serde_json::json;
use store::Store;
use store::settings::{self, Setting};

use super::evaluate::{Extent, ask_all};
use crate::{Context, Result};

/// The setting that says by which release's rules the records were last evaluated.
const SETTING: &str = "rules-of-release";
/// This release.
const RELEASE: &str = env!("CARGO_PKG_VERSION");

/// Asks for everybody to be evaluated where another release did it last; says whether it asked. To be called when the
/// program starts: the jobs that follow do the work while it serves.
///
/// # Errors
/// When the store fails, or two programs start on one database at the same moment.
pub async fn catch_up(store: &Store, context: &mut Context) -> Result<bool> {
    let mut tx = store.begin().await?;
    let kept = settings::get::<String>(&mut tx, SETTING).await?;
    if kept.as_ref().is_some_and(|kept| kept.value == RELEASE) {
        return Ok(false);
    }
    let has_patients = !store::patients::all(&mut tx, None, 1).await?.is_empty();
    if has_patients {
        ask_all(&mut tx, context, Extent::Everything).await?;
    }
    let version = kept.map_or(0, |kept| kept.version);
    settings::set(&mut tx, SETTING, &Setting { version, value: RELEASE }, context.at).await?;
    let event = context.event("rules-upgrade");
    tx.commit(event.detail(json!({ "release": RELEASE, "evaluates": has_patients }))).await?;
    Ok(has_patients)
}
