//! The desk at full speed: one thread reads, as many as asked for work, one writes; input order is kept and memory
//! bounded, because a fixed number of packets goes round.
//!
//! ```text
//!        ┌──────────────── empty packets ────────────────┐
//!        ▼                                               │
//!     reader ── filled ──▶ workers ── done ──▶ writer (puts them in order)
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::{Batch, Block, CaseFault, CaseWork, Claim, Place, Sink, Source, SourceError, Value};

/// One case that was not processed.
#[derive(Debug, Clone)]
pub struct Rejection {
    /// Where it stands in the input.
    pub place: Place,
    /// Its name, if that much could be read.
    pub id: String,
    /// What is wrong with it.
    pub fault: CaseFault,
}

/// What came of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Cases processed.
    pub processed: u64,
    /// Cases rejected.
    pub rejected: u64,
}

/// Why a run stopped before the end of its input.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The input failed; the cases before that place are in the output.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The output failed.
    #[error("the output cannot be written: {0}")]
    Output(io::Error),
    /// The rejects or the progress failed to be reported.
    #[error("the rejects cannot be written: {0}")]
    Report(io::Error),
}

/// Who is told how the run goes, on the calling thread and in input order.
pub trait Observer {
    /// A case was rejected.
    fn rejected(&mut self, rejection: &Rejection) -> io::Result<()>;

    /// So much has been done.
    fn progressed(&mut self, _tally: Tally) {}
}

/// What goes round: a portion of the input, and what became of it.
struct Packet<B, K> {
    number: u64,
    batch: B,
    block: K,
    rejections: Vec<Rejection>,
    processed: u64,
}

/// Packets per worker: one in work, one waiting, and one so that an early finisher need not wait for the others.
const PACKETS_PER_WORKER: usize = 3;

/// Runs all cases of `source` through `work` into `sink`, on `threads` worker threads.
pub fn run<S: Source, K: Sink, W: CaseWork>(
    mut source: S,
    sink: &mut K,
    work: &W,
    threads: usize,
    observer: &mut impl Observer,
) -> Result<Tally, RunError> {
    let threads = threads.max(1);
    let packets = threads * PACKETS_PER_WORKER;
    let (empty_in, empty_out) = bounded(packets);
    let (filled_in, filled_out) = bounded(packets);
    let (done_in, done_out) = bounded(packets);
    for _ in 0..packets {
        let packet = Packet {
            number: 0,
            batch: S::Batch::default(),
            block: K::Block::new(work.columns()),
            rejections: Vec::new(),
            processed: 0,
        };
        // The channel holds all packets, so this never waits; it fails only if nobody listened.
        drop(empty_in.send(packet));
    }
    thread::scope(|scope| {
        let reader = scope.spawn(move || read(&mut source, &empty_out, &filled_in));
        for _ in 0..threads {
            let (filled, done) = (filled_out.clone(), done_in.clone());
            scope.spawn(move || work_off(work, &filled, &done));
        }
        drop((filled_out, done_in));
        let tally = write_in_order(done_out, empty_in, sink, observer)?;
        match reader.join() {
            Ok(read) => read?,
            Err(panic) => std::panic::resume_unwind(panic),
        }
        sink.finish().map_err(RunError::Output)?;
        Ok(tally)
    })
}

/// Fills packets in order until the input ends or nobody wants them any more.
fn read<S: Source, K>(
    source: &mut S,
    empty: &Receiver<Packet<S::Batch, K>>,
    filled: &Sender<Packet<S::Batch, K>>,
) -> Result<(), SourceError> {
    for (number, mut packet) in (0..).zip(empty) {
        packet.number = number;
        let fill = source.fill(&mut packet.batch);
        if matches!(fill, Ok(false)) || filled.send(packet).is_err() {
            break;
        }
        fill?;
    }
    Ok(())
}

/// Processes packets as they come.
fn work_off<B: Batch, K: Block, W: CaseWork>(
    work: &W,
    filled: &Receiver<Packet<B, K>>,
    done: &Sender<Packet<B, K>>,
) {
    let mut claim = Claim::default();
    let mut scratch = W::Scratch::default();
    let mut added = Vec::new();
    for mut packet in filled {
        process(work, &mut packet, &mut claim, &mut scratch, &mut added);
        if done.send(packet).is_err() {
            break;
        }
    }
}

fn process<B: Batch, K: Block, W: CaseWork>(
    work: &W,
    packet: &mut Packet<B, K>,
    claim: &mut Claim,
    scratch: &mut W::Scratch,
    added: &mut Vec<Value>,
) {
    let Packet {
        batch,
        block,
        rejections,
        processed,
        ..
    } = packet;
    batch.for_each(work.codes(), claim, |place, claim, read| {
        added.clear();
        let worked = read.and_then(|()| Ok(work.process(claim, scratch, added)?));
        match worked {
            Ok(outcome) => {
                block.add(&name_of(claim, place), &outcome, work.columns(), added);
                *processed += 1;
            }
            Err(fault) => rejections.push(Rejection {
                place,
                id: claim.case.id.clone(),
                fault,
            }),
        }
    });
}

/// The case's own name, or its number in the input if it has none.
fn name_of(claim: &Claim, place: Place) -> Cow<'_, str> {
    match claim.case.id.as_str() {
        "" => place.number().to_string().into(),
        id => id.into(),
    }
}

/// Writes packets in the order in which they were read and sends them round again.
fn write_in_order<B, K: Sink>(
    done: Receiver<Packet<B, K::Block>>,
    empty: Sender<Packet<B, K::Block>>,
    sink: &mut K,
    observer: &mut impl Observer,
) -> Result<Tally, RunError> {
    let mut tally = Tally::default();
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for packet in done {
        waiting.insert(packet.number, packet);
        while let Some(mut packet) = waiting.remove(&next) {
            next += 1;
            sink.write(&mut packet.block).map_err(RunError::Output)?;
            tally.processed += std::mem::take(&mut packet.processed);
            for rejection in packet.rejections.drain(..) {
                tally.rejected += 1;
                observer.rejected(&rejection).map_err(RunError::Report)?;
            }
            observer.progressed(tally);
            // At the end of the input the reader is gone; then the packet is simply dropped.
            drop(empty.send(packet));
        }
    }
    Ok(tally)
}
