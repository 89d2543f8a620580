//! Backups: one SQLite file with everything, from either database, while it is in use; and back into an empty store.

use std::path::Path;

use crate::audit::{self, Verdict};
use crate::copy::{Copied, copy};
use crate::dialect::Kind;
use crate::{Error, Result, Store};

const VACUUM_INTO: &str = "
vacuum into $1
";

/// Writes a backup to `path`, where nothing may be. The store may be in use; the backup is one state of it.
///
/// The file appears under its name only when it is complete, on the disk, and its audit trail verified.
pub async fn backup(store: &Store, path: &Path) -> Result<Verdict> {
    if path.exists() {
        return Err(Error::Refused(format!("{} is there already: name a new file", path.display())));
    }
    let partial = path.with_added_extension("partial");
    let written = write(store, &partial).await;
    if written.is_err() {
        // What is left of a backup that failed is of no use; the error says why it failed.
        let _ = tokio::fs::remove_file(&partial).await;
    }
    let verdict = written?;
    tokio::fs::rename(&partial, path).await.map_err(|error| file(path, &error))?;
    Ok(verdict)
}

async fn write(store: &Store, path: &Path) -> Result<Verdict> {
    match store.kind() {
        Kind::Sqlite => {
            let mut connection = store.reader_connection().await?;
            sqlx::query(VACUUM_INTO).bind(text(path)?).execute(&mut *connection).await?;
        }
        Kind::Postgres => {
            let target = Store::open(&address(path)?).await?;
            copy(store, &target).await?;
            target.close().await;
        }
    }
    let written = tokio::fs::File::open(path).await.map_err(|error| file(path, &error))?;
    written.sync_all().await.map_err(|error| file(path, &error))?;
    verify(path).await
}

/// The audit trail of a backup.
pub async fn verify(path: &Path) -> Result<Verdict> {
    let backup = Store::open_backup(&address(path)?).await?;
    let mut view = backup.view().await?;
    let verdict = audit::verify(&mut view, None).await?;
    view.close().await?;
    backup.close().await;
    Ok(verdict)
}

/// Puts a backup into a store that is empty, of either kind; every row is compared.
pub async fn restore(path: &Path, store: &Store) -> Result<Copied> {
    let backup = Store::open_backup(&address(path)?).await?;
    let copied = copy(&backup, store).await;
    backup.close().await;
    copied
}

fn address(path: &Path) -> Result<String> {
    Ok(format!("sqlite:{}", text(path)?))
}

fn text(path: &Path) -> Result<&str> {
    path.to_str().ok_or_else(|| Error::Refused(format!("{} is not a name in UTF-8", path.display())))
}

fn file(path: &Path, error: &std::io::Error) -> Error {
    Error::Refused(format!("{}: {error}", path.display()))
}
