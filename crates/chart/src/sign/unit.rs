//! Units of measurement made equal: `data/signs/unit.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::table::lines;

static UNITS: &str = include_str!("../../../../data/signs/unit.tsv");

/// By unit as sent and unit wanted: factor, then offset.
type Conversions = HashMap<(&'static str, &'static str), (f64, f64)>;

static CONVERSIONS: LazyLock<Conversions> = LazyLock::new(|| {
    let rows = lines::<4>(UNITS).map(|line| {
        let line = line.expect("the shipped table is read by a test");
        let number = |at| line.read::<f64>(at).expect("the shipped table is read by a test");
        ((line.cells[0], line.cells[1]), (number(2), number(3)))
    });
    rows.collect()
});

/// A number in `unit`, when it is known how to convert it from the unit `sent`. A number without a unit is never
/// guessed at.
#[must_use]
pub fn convert(number: f64, sent: &str, unit: &str) -> Option<f64> {
    if sent == unit {
        return Some(number);
    }
    CONVERSIONS.get(&(sent, unit)).map(|(factor, offset)| number * factor + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_converted_and_never_guessed() {
        let fever = convert(101.3, "[degF]", "Cel").unwrap();
        assert!((fever - 38.5).abs() < 0.01, "{fever}");
        assert_eq!(convert(96.0, "K/uL", "10*3/uL"), Some(96.0));
        assert_eq!(convert(5.0, "mmol/L", "mg/dL"), None);
        assert_eq!(convert(5.0, "", "mg/dL"), None);
    }
}
