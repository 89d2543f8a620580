//! Where results go: any thread writes a block, one thread sends the blocks off in order.

use std::io::{self, Write};
use std::marker::PhantomData;

use grouper::Outcome;

use crate::{Column, Value};

/// A portion of an output, written by one thread.
pub trait Block: Send {
    /// A block for results with `columns` besides group and edits.
    fn new(columns: &[Column]) -> Self;

    /// Adds the result of the case called `id`.
    fn add(&mut self, id: &str, outcome: &Outcome, columns: &[Column], added: &[Value]);
}

/// An output, written in order by one thread.
pub trait Sink {
    /// A portion of the output.
    type Block: Block;

    /// Writes and empties `block`.
    fn write(&mut self, block: &mut Self::Block) -> io::Result<()>;

    /// Writes what belongs at the end.
    fn finish(&mut self) -> io::Result<()>;
}

/// A block of text: rows in a form that needs no state but their own bytes.
pub trait TextBlock: Block {
    /// What stands before all blocks.
    fn header(columns: &[Column]) -> Vec<u8>;

    /// Writes the block's rows and empties it.
    fn write_to(&mut self, out: &mut impl Write) -> io::Result<()>;
}

/// An output of text blocks.
#[derive(Debug)]
pub struct TextSink<W, B> {
    out: W,
    block: PhantomData<B>,
}

impl<W: Write, B: TextBlock> TextSink<W, B> {
    /// Writes to `out`, the header first.
    pub fn new(mut out: W, columns: &[Column]) -> io::Result<Self> {
        out.write_all(&B::header(columns))?;
        Ok(Self { out, block: PhantomData })
    }
}

impl<W: Write, B: TextBlock> Sink for TextSink<W, B> {
    type Block = B;

    fn write(&mut self, block: &mut B) -> io::Result<()> {
        block.write_to(&mut self.out)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
