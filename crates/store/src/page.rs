//! Pages of lists.

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// How many rows to leave out at the beginning.
    pub skip: u32,
    /// How many rows to give at most.
    pub take: u32,
}

impl Page {
    /// The first `take` rows.
    #[must_use]
    pub const fn first(take: u32) -> Self {
        Self { skip: 0, take }
    }

    pub(crate) const fn limit(self) -> i64 {
        self.take as i64
    }

    pub(crate) const fn offset(self) -> i64 {
        self.skip as i64
    }
}
