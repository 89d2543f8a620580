//! How the demo hospital names its own things, and its clock.

use chart::intake::{KeyKind, SourceKey};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// The assigning authority of every number of the hospital.
pub const SYSTEM: &str = "harbor-bend";

/// A key of the hospital's own.
pub(super) fn key(kind: KeyKind, key: impl Into<String>) -> SourceKey {
    SourceKey::new(SYSTEM, kind, key)
}

/// The hospital's time zone: US Eastern by its rule, so that no time zone database is needed.
#[must_use]
pub fn zone() -> TimeZone {
    TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").expect("a POSIX time zone")
}

/// The instant of a local time.
pub(super) fn instant(local: DateTime) -> Timestamp {
    zone().to_ambiguous_timestamp(local).compatible().expect("a time of our calendar")
}
