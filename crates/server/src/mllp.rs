//! The HL7 version 2 listener: frames in, messages kept and applied, acknowledgments out.
//!
//! A message is acknowledged only after the transaction that kept it. When the store fails nothing is acknowledged and
//! the connection is closed: the sender sends again.

use std::sync::Arc;

use exchange::hl7;
use exchange::hl7::mllp::{Frame, Frames, frame};
use store::Store;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use workflow::interface;

use crate::clock::Clock;

/// Senders at the same time; more wait for a place.
const MOST_CONNECTIONS: usize = 64;
/// Bytes read at once.
const CHUNK_BYTES: usize = 64 << 10;

/// Takes messages until `stop`; a message that is being taken is finished and acknowledged.
pub async fn listen(
    listener: TcpListener,
    store: Store,
    source: hl7::Source,
    clock: Clock,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let tracker = tokio_util::task::TaskTracker::new();
    loop {
        let place = places.clone().acquire_owned().await.map_err(std::io::Error::other)?;
        let (stream, _) = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted?,
        };
        let desk = Desk { store: store.clone(), source: source.clone(), clock };
        let stop = stop.clone();
        tracker.spawn(async move {
            if let Err(error) = desk.serve(stream, stop).await {
                tracing::warn!(%error, "an HL7 connection ended early");
            }
            drop(place);
        });
    }
    tracker.close();
    tracker.wait().await;
    Ok(())
}

/// What a connection is served with.
struct Desk {
    store: Store,
    source: hl7::Source,
    clock: Clock,
}

impl Desk {
    async fn serve(&self, mut stream: TcpStream, stop: CancellationToken) -> Result<(), Broken> {
        let mut frames = Frames::default();
        let mut chunk = vec![0; CHUNK_BYTES];
        loop {
            let read = tokio::select! {
                () = stop.cancelled() => return Ok(()),
                read = stream.read(&mut chunk) => read?,
            };
            if read == 0 {
                return Ok(());
            }
            for frame in frames.feed(&chunk[..read]) {
                self.take(frame, &mut stream).await?;
            }
        }
    }

    async fn take(&self, taken: Frame, stream: &mut TcpStream) -> Result<(), Broken> {
        let message = match taken {
            Frame::Message(message) => message,
            Frame::Garbage(bytes) => {
                tracing::warn!(bytes, "bytes outside a frame on the HL7 interface were skipped");
                return Ok(());
            }
            Frame::TooLong(bytes) => {
                tracing::warn!(bytes, "an HL7 message longer than allowed was skipped");
                return Ok(());
            }
        };
        let mut context = self.clock.system("mllp");
        let received = interface::receive(&self.store, &mut context, message, &self.source).await?;
        metrics::counter!("chartroom_messages_total", "state" => format!("{:?}", received.state))
            .increment(1);
        if let Some(acknowledgment) = received.acknowledgment {
            stream.write_all(&frame(&acknowledgment)).await?;
        }
        Ok(())
    }
}

/// Why a connection ended.
#[derive(Debug, thiserror::Error)]
enum Broken {
    /// The network.
    #[error("the connection broke: {0}")]
    Network(#[from] std::io::Error),
    /// The record: nothing is acknowledged.
    #[error("the message could not be kept: {0}")]
    Store(#[from] workflow::Error),
}
