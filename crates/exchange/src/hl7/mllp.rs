//! The minimal lower layer protocol: messages framed by 0x0B before and 0x1C 0x0D after, on a stream of bytes.
//!
//! No input or output here: [`Frames`] is fed what the connection brought and hands out what has become whole.

/// Begins a frame.
const START: u8 = 0x0b;
/// Ends a frame, with a carriage return after it.
const END: u8 = 0x1c;
/// The second byte of the end.
const RETURN: u8 = 0x0d;

/// The largest message that is taken by default: 64 MiB, room for an embedded document.
pub const MAX_MESSAGE_BYTES: usize = 64 << 20;

/// What came out of the stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// A whole message, without its frame.
    Message(Vec<u8>),
    /// Bytes between frames that are not blank: how many.
    Garbage(usize),
    /// A message longer than allowed was skipped: how many bytes were dropped.
    TooLong(usize),
}

/// Takes a stream of bytes apart.
#[derive(Debug)]
pub struct Frames {
    held: Vec<u8>,
    dropped: usize,
    state: State,
    limit: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Between,
    Inside,
    /// The first byte of an end has come.
    Ending,
}

impl Default for Frames {
    fn default() -> Self {
        Self::new(MAX_MESSAGE_BYTES)
    }
}

impl Frames {
    /// Takes messages of up to `limit` bytes.
    #[must_use]
    pub const fn new(limit: usize) -> Self {
        Self { held: Vec::new(), dropped: 0, state: State::Between, limit }
    }

    /// Takes in `bytes` and gives what has become whole, in order. However a stream is cut, the result is the same.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Frame> {
        bytes.iter().filter_map(|&byte| self.take(byte)).collect()
    }

    /// At the end of the stream: the bytes of a message cut short, or garbage after the last one.
    #[must_use]
    pub fn finish(mut self) -> Option<Frame> {
        match self.state {
            State::Between => self.garbage(),
            State::Inside | State::Ending => Some(Frame::Garbage(self.held.len() + self.dropped)),
        }
    }

    fn take(&mut self, byte: u8) -> Option<Frame> {
        match (self.state, byte) {
            (State::Between, START) => {
                self.state = State::Inside;
                self.garbage()
            }
            (State::Between, _) => {
                self.dropped += usize::from(!byte.is_ascii_whitespace() && byte != END);
                None
            }
            (State::Inside, END) => {
                self.state = State::Ending;
                None
            }
            (State::Inside, _) => {
                self.hold(byte);
                None
            }
            // Some senders leave the return out and begin the next frame at once.
            (State::Ending, RETURN | START) => {
                self.state = if byte == START { State::Inside } else { State::Between };
                Some(self.message())
            }
            (State::Ending, _) => {
                self.hold(END);
                self.state = if byte == END { State::Ending } else { State::Inside };
                if byte != END {
                    self.hold(byte);
                }
                None
            }
        }
    }

    fn hold(&mut self, byte: u8) {
        if self.dropped == 0 && self.held.len() < self.limit {
            self.held.push(byte);
        } else {
            self.dropped += self.held.len() + 1;
            self.held = Vec::new();
        }
    }

    fn message(&mut self) -> Frame {
        match std::mem::take(&mut self.dropped) {
            0 => Frame::Message(std::mem::take(&mut self.held)),
            bytes => Frame::TooLong(bytes),
        }
    }

    fn garbage(&mut self) -> Option<Frame> {
        Some(std::mem::take(&mut self.dropped)).filter(|bytes| *bytes > 0).map(Frame::Garbage)
    }
}

/// Puts a frame around `message`.
#[must_use]
pub fn frame(message: &[u8]) -> Vec<u8> {
    [&[START], message, &[END, RETURN]].concat()
}
