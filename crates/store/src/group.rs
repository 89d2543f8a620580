//! Reads of many people, written to the audit trail together.
//!
//! A commit waits for the disk. One task takes every read that waits, writes them in one transaction and then tells
//! each reader; the reads that come meanwhile are the next batch.

use tokio::sync::{mpsc, oneshot};

use crate::audit::{Event, Events, Receipt};
use crate::dialect::Pools;
use crate::{Error, Result, Tx};

/// Reads that may wait before the next has to wait to wait.
const QUEUE: usize = 1024;
/// Reads in one transaction.
const BATCH: usize = 256;

struct Waiting {
    event: Event,
    done: oneshot::Sender<std::result::Result<Receipt, String>>,
}

/// Where reads are handed in.
#[derive(Debug, Clone)]
pub(crate) struct ReadAudit(mpsc::Sender<Waiting>);

impl ReadAudit {
    /// Starts the task. It ends when the last store of this database is dropped.
    pub(crate) fn start(pools: Pools) -> Self {
        let (sender, receiver) = mpsc::channel(QUEUE);
        tokio::spawn(write_batches(pools, receiver));
        Self(sender)
    }

    /// Waits until the event is in the trail for good.
    pub(crate) async fn write(&self, event: Event) -> Result<Receipt> {
        let (done, receipt) = oneshot::channel();
        self.0.send(Waiting { event, done }).await.map_err(|_| Error::AuditStopped)?;
        receipt.await.map_err(|_| Error::AuditStopped)?.map_err(Error::ReadNotAudited)
    }
}

async fn write_batches(pools: Pools, mut receiver: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::with_capacity(BATCH);
    while receiver.recv_many(&mut batch, BATCH).await > 0 {
        let (events, readers): (Vec<Event>, Vec<_>) =
            batch.drain(..).map(|one| (one.event, one.done)).unzip();
        let written = write(&pools, events).await.map_err(|error| error.to_string());
        for (place, reader) in readers.into_iter().enumerate() {
            // A reader who has gone away is audited all the same.
            let _ = reader.send(written.clone().map(|receipt| receipt.only(place)));
        }
    }
}

async fn write(pools: &Pools, events: Vec<Event>) -> Result<Receipt> {
    let events = Events::try_from(events)?;
    Tx::begin(pools).await?.commit_all(events).await
}
