//! Where a record contradicts itself or the facts, with both passages.
