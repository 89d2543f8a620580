//! What truly differs between SQLite and PostgreSQL, full text aside (`search/index.rs`).

use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyPool, ConnectOptions, Executor};

use crate::{Error, Result};

/// Which database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One file, or memory, inside this process.
    Sqlite,
    /// A PostgreSQL server.
    Postgres,
}

/// Readers of an SQLite file at the same time; its one writer has a connection of its own.
const SQLITE_READERS: u32 = 6;
/// Connections to a PostgreSQL server from one process.
const POSTGRES_CONNECTIONS: u32 = 16;
/// How long to wait for a connection before saying that the database is too busy.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(30);

/// What every SQLite connection is told. WAL lets readers go on beside the writer; FULL makes a commit durable;
/// the time-out is for other processes (`chartroom backup`, `import`) that write to the same file. The log is put back
/// into the file every 32 MB, not every 4: an import writes to the same index pages again and again.
const SQLITE_SETUP: &str = "
pragma busy_timeout = 15000;
pragma journal_mode = wal;
pragma synchronous = full;
pragma wal_autocheckpoint = 8000;
pragma foreign_keys = on;
pragma temp_store = memory;
pragma cache_size = -16000;
";

/// The pools of a store.
#[derive(Debug, Clone)]
pub(crate) struct Pools {
    pub(crate) kind: Kind,
    pub(crate) readers: AnyPool,
    /// On SQLite a pool of one, so that writers queue here and not in the database; on PostgreSQL the same pool.
    pub(crate) writers: AnyPool,
}

impl Pools {
    /// Connects to the database at `url`, and makes an SQLite file that is not there.
    pub(crate) async fn open(url: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        match Kind::of(url)? {
            Kind::Postgres => {
                let pool = pool_options(POSTGRES_CONNECTIONS).connect_with(options(url)?).await?;
                Ok(Self { kind: Kind::Postgres, readers: pool.clone(), writers: pool })
            }
            Kind::Sqlite if url == "sqlite::memory:" => {
                // Each connection would have a database of its own: readers and writer share the one.
                let one = pool_options(1).idle_timeout(None).max_lifetime(None);
                let pool = sqlite(one, SQLITE_SETUP).connect_with(options(url)?).await?;
                Ok(Self { kind: Kind::Sqlite, readers: pool.clone(), writers: pool })
            }
            Kind::Sqlite => {
                let join = if url.contains('?') { '&' } else { '?' };
                let options = options(&format!("{url}{join}mode=rwc"))?;
                let writers = sqlite(pool_options(1), SQLITE_SETUP).connect_with(options.clone()).await?;
                let readers =
                    sqlite(pool_options(SQLITE_READERS), SQLITE_SETUP).connect_with(options).await?;
                Ok(Self { kind: Kind::Sqlite, readers, writers })
            }
        }
    }

    /// Connects to the SQLite file of a backup, for reading only.
    pub(crate) async fn open_backup(url: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let options = options(&format!("{url}?mode=ro"))?;
        let pool = sqlite(pool_options(SQLITE_READERS), BACKUP_SETUP).connect_with(options).await?;
        Ok(Self { kind: Kind::Sqlite, readers: pool.clone(), writers: pool })
    }
}

/// What a connection to a backup is told: nothing that would change the file.
const BACKUP_SETUP: &str = "
pragma busy_timeout = 15000;
pragma query_only = on;
";

fn pool_options(connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new().max_connections(connections).acquire_timeout(ACQUIRE_TIMEOUT)
}

fn sqlite(options: AnyPoolOptions, setup: &'static str) -> AnyPoolOptions {
    options.after_connect(move |connection, _| {
        Box::pin(async move { connection.execute(setup).await.map(|_| ()) })
    })
}

fn options(url: &str) -> Result<AnyConnectOptions> {
    let options: AnyConnectOptions = url.parse().map_err(|_| Error::Address(without_password(url)))?;
    Ok(options.disable_statement_logging())
}

/// The address as it may be shown: what stands between `://` and `@` is left out.
fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if scheme < at => format!("{}…{}", &url[..scheme + 3], &url[at..]),
        _ => url.to_owned(),
    }
}

impl Kind {
    /// Which database the address names.
    pub(crate) fn of(url: &str) -> Result<Self> {
        match url.split_once(':') {
            Some(("sqlite", _)) => Ok(Self::Sqlite),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres),
            _ => Err(Error::Address(without_password(url))),
        }
    }

    /// Begins a transaction that reads one state of the database.
    pub(crate) const fn begin_view(self) -> &'static str {
        match self {
            Self::Sqlite => "begin deferred",
            Self::Postgres => "begin isolation level repeatable read read only",
        }
    }

    /// Begins a transaction that writes. SQLite takes the write lock at once: a reader that becomes a writer
    /// later would fail instead of waiting.
    pub(crate) const fn begin_write(self) -> &'static str {
        match self {
            Self::Sqlite => "begin immediate",
            Self::Postgres => "begin",
        }
    }

    /// After a `select` of rows to be taken: leave out those that another worker is taking. SQLite has one writer.
    pub(crate) const fn skip_locked(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => "for update skip locked",
        }
    }

    /// After a `select` of a row that must stay as it is until the transaction ends. SQLite has one writer.
    pub(crate) const fn hold(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => "for no key update",
        }
    }

    /// Keeps every other process from migrating until the transaction ends; SQLite's write lock does already.
    pub(crate) const fn lock_schema(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some("select pg_advisory_xact_lock(4919211700)"),
        }
    }

    /// Names and types of a table's columns, in order. `$1` is the table.
    pub(crate) const fn columns(self) -> &'static str {
        match self {
            Self::Sqlite => "select name, lower(type) as type from pragma_table_info($1) order by cid",
            Self::Postgres => {
                "select cast(column_name as text) as name, cast(data_type as text) as type
                 from information_schema.columns
                 where table_schema = current_schema() and table_name = $1
                 order by ordinal_position"
            }
        }
    }

    /// The names of the tables that hold the record; not those of the full-text index.
    pub(crate) const fn tables(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "select name from sqlite_schema
                 where type = 'table' and name not like 'sqlite_%' and name not like 'search_index%'
                 order by name"
            }
            Self::Postgres => {
                "select cast(table_name as text) as name from information_schema.tables
                 where table_schema = current_schema() and table_name not like 'search_index%'
                 order by 1"
            }
        }
    }

    /// The text of a migration for this database: `-- only sqlite` and `-- only postgres` begin a part for one,
    /// up to the next blank line; the type words become the database's own.
    ///
    /// Text is compared byte by byte in both, so that lists have one order everywhere.
    pub(crate) fn migration(self, text: &str) -> String {
        let (own, other) = match self {
            Self::Sqlite => ("-- only sqlite", "-- only postgres"),
            Self::Postgres => ("-- only postgres", "-- only sqlite"),
        };
        let parts = text.split("\n\n").filter(|part| !part.trim_start().starts_with(other));
        parts
            .map(|part| if part.trim_start().starts_with(own) { part.to_owned() } else { self.typed(part) })
            .collect::<Vec<_>>()
            .join("\n\n")
    }

    fn typed(self, part: &str) -> String {
        let lines = part.lines().filter(|line| !line.trim_start().starts_with("--"));
        lines.map(|line| self.typed_line(line)).collect::<Vec<_>>().join("\n")
    }

    /// A column's line is `  name type …`: the second word is the type.
    fn typed_line(self, line: &str) -> String {
        let Some(column) = line.strip_prefix("  ") else { return line.to_owned() };
        let Some((name, rest)) = column.split_once(' ') else { return line.to_owned() };
        let end = rest.find([' ', ',']).unwrap_or(rest.len());
        let (word, rest) = rest.split_at(end);
        let own = match (self, word) {
            (Self::Sqlite, "bytes") => "blob",
            (Self::Sqlite, "counter") => "integer primary key",
            (Self::Postgres, "bytes") => "bytea",
            (Self::Postgres, "counter") => "bigint generated by default as identity primary key",
            (Self::Postgres, "text") => "text collate \"C\"",
            (_, other) => other,
        };
        format!("  {name} {own}{rest}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_migration_says_what_each_database_understands() {
        let text = "-- About it.\ncreate table one (\n  id text primary key,\n  packed bytes not null\n);\n\n-- only sqlite\ncreate x;\n\n-- only postgres\ncreate y;\n";
        let sqlite = Kind::Sqlite.migration(text);
        assert!(
            sqlite.contains("id text primary key") && sqlite.contains("packed blob not null"),
            "{sqlite}"
        );
        assert!(sqlite.contains("create x;") && !sqlite.contains("create y;"), "{sqlite}");
        let postgres = Kind::Postgres.migration(text);
        assert!(postgres.contains("id text collate \"C\" primary key"), "{postgres}");
        assert!(postgres.contains("packed bytea not null") && postgres.contains("create y;"), "{postgres}");
    }

    #[test]
    fn a_password_is_not_shown() {
        assert_eq!(without_password("mysql://root:secret@host/db"), "mysql://…@host/db");
        assert!(
            matches!(Kind::of("mysql://root:secret@host/db"), Err(Error::Address(text)) if !text.contains("secret"))
        );
    }
}
