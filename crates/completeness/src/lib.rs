//! What a record lacks: profiles by record type, deficiency rules, clocks.
