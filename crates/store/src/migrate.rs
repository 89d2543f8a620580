//! Numbered migrations, carried in the program, each applied once and never altered afterwards.

use sqlx::{AssertSqlSafe, Executor};

use crate::{Error, Reader, Result, Tx, row};

macro_rules! migrations {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../migrations/", $name, ".sql")))),*]
    };
}

/// In order; the position is the version, from 1.
const MIGRATIONS: &[(&str, &str)] = migrations![
    "0001_record",
    "0002_work",
    "0003_access",
    "0004_audit",
    "0005_search",
    "0006_kept",
    "0007_key_order",
    "0008_people",
    "0009_signing",
    "0010_deficiencies",
    "0011_department",
    "0012_job_once",
    "0013_coding",
    "0014_queries",
    "0015_suggestion",
    "0016_billing",
    "0017_review",
];

/// A migration that a database has had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Its number, from 1.
    pub version: i64,
    /// Its name: `0001_record`.
    pub name: String,
    /// BLAKE3 of its text, in hex.
    pub digest: String,
}

/// What a migration run did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrated {
    /// The schema's version afterwards.
    pub version: i64,
    /// The migrations applied in this run, by name.
    pub applied: Vec<String>,
}

const CREATE: &str = "
create table if not exists schema_migration (
  version bigint primary key,
  name text not null,
  digest text not null
);
";

const APPLIED: &str = "
select version, name, digest
from schema_migration
order by version
";

const RECORD: &str = "
insert into schema_migration (version, name, digest)
values ($1, $2, $3)
";

/// The migrations that the database has had; none, when it is new.
pub(crate) async fn applied(reader: &mut Reader) -> Result<Vec<Applied>> {
    let tables = sqlx::query(reader.kind().tables()).fetch_all(reader.sql()).await?;
    if !row::all(&tables, |row| row::text(row, "name"))?.iter().any(|name| name == "schema_migration") {
        return Ok(Vec::new());
    }
    let rows = sqlx::query(APPLIED).fetch_all(reader.sql()).await?;
    row::all(&rows, |row| {
        Ok(Applied {
            version: row::int(row, "version")?,
            name: row::text(row, "name")?,
            digest: row::text(row, "digest")?,
        })
    })
}

/// Applies what the database has not had, after checking that what it has had is what this program carries.
pub(crate) async fn run(tx: &mut Tx) -> Result<Migrated> {
    if let Some(lock) = tx.kind().lock_schema() {
        tx.sql().execute(lock).await?;
    }
    let create = tx.kind().migration(CREATE);
    tx.sql().execute(sqlx::raw_sql(AssertSqlSafe(create))).await?;
    let had = applied(tx).await?;
    check(&had)?;
    let mut names = Vec::new();
    for (version, (name, text)) in (1..).zip(MIGRATIONS).skip(had.len()) {
        apply(tx, version, name, text).await?;
        names.push((*name).to_owned());
    }
    Ok(Migrated { version: i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX), applied: names })
}

async fn apply(tx: &mut Tx, version: i64, name: &str, text: &str) -> Result<()> {
    let own = tx.kind().migration(text);
    let failed =
        |error: sqlx::Error| schema(version, name, format!("it failed and nothing of it remains: {error}"));
    tx.sql().execute(sqlx::raw_sql(AssertSqlSafe(own))).await.map_err(failed)?;
    sqlx::query(RECORD).bind(version).bind(name).bind(digest(text)).execute(tx.sql()).await?;
    Ok(())
}

fn check(had: &[Applied]) -> Result<()> {
    for (at, applied) in had.iter().enumerate() {
        let Applied { version, name, digest: stored } = applied;
        let Some((known, text)) = MIGRATIONS.get(at) else {
            return Err(schema(
                *version,
                name,
                "the database is newer than this program: use the newer program".into(),
            ));
        };
        if *known != name.as_str() || digest(text) != *stored {
            return Err(schema(
                *version,
                name,
                format!(
                    "the database had another text of it than this program's {known}: one of the two was altered; restore the right program or the backup"
                ),
            ));
        }
    }
    Ok(())
}

fn schema(version: i64, name: &str, what: String) -> Error {
    Error::Schema { version, name: name.to_owned(), what }
}

fn digest(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_altered_or_unknown_migration_is_refused() {
        let one = |name: &str, digest: String| Applied { version: 1, name: name.into(), digest };
        assert!(check(&[one(MIGRATIONS[0].0, digest(MIGRATIONS[0].1))]).is_ok());
        let altered = check(&[one(MIGRATIONS[0].0, digest("create table other"))]).unwrap_err();
        assert!(altered.to_string().contains("altered"), "{altered}");
        let had: Vec<Applied> = MIGRATIONS
            .iter()
            .chain([&("0099_future", "")])
            .map(|(name, text)| one(name, digest(text)))
            .collect();
        assert!(check(&had).unwrap_err().to_string().contains("newer than this program"));
    }
}
