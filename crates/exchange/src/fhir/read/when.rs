//! Dates and times as FHIR writes them.

use chart::date::{PartialDate, When};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// A `date`, `dateTime` or `instant`. A time without a zone, which R4 forbids and senders send, is of `zone`.
pub(in crate::fhir) fn when(text: &str, zone: &TimeZone) -> Option<When> {
    if text.len() <= 10 {
        return text.parse::<PartialDate>().ok().map(When::Date);
    }
    let instant = text.parse::<Timestamp>().ok();
    instant.or_else(|| civil(text, zone)).map(When::Instant)
}

/// A time without a zone.
fn civil(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let time: DateTime = text.parse().ok()?;
    zone.to_zoned(time).ok().map(|zoned| zoned.timestamp())
}

/// The instant something is: a date's own first moment in `zone` when no time was said.
pub(in crate::fhir) fn instant(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    match when(text, zone)? {
        When::Instant(at) => Some(at),
        When::Date(date) => date.earliest().to_zoned(zone.clone()).ok().map(|midnight| midnight.timestamp()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_precision_and_any_zone_is_read() {
        let utc = TimeZone::UTC;
        assert_eq!(when("1957-03", &utc), Some(When::Date(PartialDate::Month(1957, 3))));
        let with_zone = when("2026-01-21T09:51:00-05:00", &utc);
        assert_eq!(with_zone, Some(When::Instant("2026-01-21T14:51:00Z".parse().unwrap())));
        let five_west = TimeZone::fixed(jiff::tz::offset(-5));
        assert_eq!(when("2026-01-21T09:51:00", &five_west), with_zone);
        assert_eq!(instant("2026-01-21", &five_west), Some("2026-01-21T05:00:00Z".parse().unwrap()));
        assert_eq!(when("21.01.2026", &utc), None);
        assert_eq!(when("2026-01-21 at noon", &utc), None);
    }
}
