//! The store and its two kinds of transaction.

use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, Transaction};

use crate::audit::{Event, Events, Receipt, append};
use crate::dialect::{Kind, Pools};
use crate::group::ReadAudit;
use crate::migrate::{self, Migrated};
use crate::{Error, Result};

/// A database of the record. Cheap to clone; every clone is the same store.
#[derive(Debug, Clone)]
pub struct Store {
    pools: Pools,
    reads: ReadAudit,
}

impl Store {
    /// Opens the database at `url`: `sqlite:PATH`, `sqlite::memory:` or `postgres://…`. It does not migrate.
    ///
    /// A store in memory has one connection: a view or transaction waits until the one before it has ended.
    pub async fn open(url: &str) -> Result<Self> {
        let pools = Pools::open(url).await?;
        let reads = ReadAudit::start(pools.clone());
        Ok(Self { pools, reads })
    }

    /// Opens a backup, which is not to be changed.
    pub(crate) async fn open_backup(url: &str) -> Result<Self> {
        let pools = Pools::open_backup(url).await?;
        let reads = ReadAudit::start(pools.clone());
        Ok(Self { pools, reads })
    }

    /// Which database it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.pools.kind
    }

    /// Brings the schema up to what this program needs. Only one process does so at a time.
    pub async fn migrate(&self) -> Result<Migrated> {
        let mut tx = self.write().await?;
        let migrated = migrate::run(&mut tx).await?;
        tx.reader.transaction.commit().await?;
        Ok(migrated)
    }

    /// The migrations that the database has had.
    pub async fn schema(&self) -> Result<Vec<migrate::Applied>> {
        let mut view = self.view().await?;
        let applied = migrate::applied(&mut view).await?;
        view.close().await?;
        Ok(applied)
    }

    /// A view of one state of the record, for reading.
    pub async fn view(&self) -> Result<View> {
        let transaction = self.pools.readers.begin_with(self.pools.kind.begin_view()).await?;
        let reader = Reader { transaction, kind: self.pools.kind };
        Ok(View { reader, reads: self.reads.clone() })
    }

    /// A transaction, for writing. Nothing it did remains unless it is committed.
    pub async fn begin(&self) -> Result<Tx> {
        self.write().await
    }

    /// Closes every connection; waits for those in use.
    pub async fn close(&self) {
        self.pools.readers.close().await;
        self.pools.writers.close().await;
    }

    /// A connection outside any transaction.
    pub(crate) async fn reader_connection(&self) -> Result<PoolConnection<Any>> {
        Ok(self.pools.readers.acquire().await?)
    }

    async fn write(&self) -> Result<Tx> {
        Tx::begin(&self.pools).await
    }
}

/// What views and transactions have in common: they read.
#[derive(Debug)]
pub struct Reader {
    transaction: Transaction<'static, Any>,
    kind: Kind,
}

impl Reader {
    /// The connection to run a statement on.
    pub(crate) fn sql(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }

    /// Which database it is.
    pub(crate) const fn kind(&self) -> Kind {
        self.kind
    }
}

/// One state of the record, unchanged by whoever writes meanwhile.
#[derive(Debug)]
pub struct View {
    reader: Reader,
    reads: ReadAudit,
}

impl View {
    /// Ends the view and writes down who read what. Only after this may it be shown.
    ///
    /// Reads of many people at the same moment are written in one transaction.
    pub async fn finish(self, event: Event) -> Result<Receipt> {
        self.reader.transaction.rollback().await?;
        self.reads.write(event).await
    }

    /// Ends a view that showed nothing of any patient.
    pub async fn close(self) -> Result<()> {
        self.reader.transaction.rollback().await.map_err(Error::from)
    }
}

impl Deref for View {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl DerefMut for View {
    fn deref_mut(&mut self) -> &mut Reader {
        &mut self.reader
    }
}

/// A transaction that writes. Dropped without a commit, it has done nothing.
#[derive(Debug)]
pub struct Tx {
    reader: Reader,
}

impl Tx {
    pub(crate) async fn begin(pools: &Pools) -> Result<Self> {
        let transaction = pools.writers.begin_with(pools.kind.begin_write()).await?;
        Ok(Self { reader: Reader { transaction, kind: pools.kind } })
    }

    /// Makes everything that was done permanent, together with the event that says who did it.
    pub async fn commit(self, event: Event) -> Result<Receipt> {
        self.commit_all(Events::from(event)).await
    }

    /// Makes everything permanent, with several events.
    pub async fn commit_all(mut self, events: Events) -> Result<Receipt> {
        let receipt = append(&mut self, &events).await?;
        self.reader.transaction.commit().await?;
        Ok(receipt)
    }

    /// Undoes everything.
    pub async fn roll_back(self) -> Result<()> {
        self.reader.transaction.rollback().await.map_err(Error::from)
    }

    /// Makes permanent what changes nothing of the record: copies into an empty store, leases of jobs.
    pub(crate) async fn commit_unaudited(self) -> Result<()> {
        self.reader.transaction.commit().await.map_err(Error::from)
    }
}

impl Deref for Tx {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Reader {
        &mut self.reader
    }
}
