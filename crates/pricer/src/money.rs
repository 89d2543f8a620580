//! Exact decimals as the payment rules use them: rounding half away from zero, fields of fixed width, powers.
//!
//! Every expression is evaluated in a decimal of 28 significant digits and rounded once, when it is stored in a
//! [`Field`]. The longest products of the rules have at most 28 decimals for a hospital without a location
//! adjustment, so nothing is rounded twice; with one, the 29th digit could matter only to a value within 1e-22 of
//! a tie.

use rust_decimal::{Decimal, MathematicalOps, RoundingStrategy};

/// A field of a payment record: how many digits stand before and after the point, and whether it has a sign.
///
/// The calculator of the regulator keeps its amounts in such fields, so their width is part of the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Field {
    whole_digits: u32,
    places: u32,
    signed: bool,
}

/// A value as a [`Field`] keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stored {
    /// What the field holds afterwards.
    pub(crate) value: Decimal,
    /// Whether the field was too narrow, so that digits on the left were lost.
    pub(crate) digits_lost: bool,
}

impl Field {
    /// A field without a sign: it keeps the absolute value.
    pub(crate) const fn unsigned(whole_digits: u32, places: u32) -> Self {
        Self { whole_digits, places, signed: false }
    }

    /// A field with a sign.
    pub(crate) const fn signed(whole_digits: u32, places: u32) -> Self {
        Self { whole_digits, places, signed: true }
    }

    /// Rounds `value` to the field's places, half away from zero, and keeps what fits.
    pub(crate) fn store(self, value: Decimal) -> Stored {
        let rounded = round(value, self.places);
        let value = if self.signed { rounded } else { rounded.abs() };
        let limit = Decimal::from(10u64.pow(self.whole_digits));
        if value.abs() < limit {
            return Stored { value, digits_lost: false };
        }
        Stored { value: value % limit, digits_lost: true }
    }
}

/// `value` to `places` decimals, half away from zero: `ROUNDED` in the calculator's language.
pub(crate) fn round(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// `value` to `places` decimals, the rest cut off.
pub(crate) fn truncate(value: Decimal, places: u32) -> Decimal {
    value.trunc_with_scale(places)
}

/// `base` to the power `exponent`, correct to at least 20 significant digits; `None` for a base of zero or less
/// and where the result does not fit.
pub(crate) fn power(base: Decimal, exponent: Decimal) -> Option<Decimal> {
    if base <= Decimal::ZERO {
        return None;
    }
    base.checked_powd(exponent)
}

/// `numerator / denominator`, zero where the denominator is zero: a ratio of nothing is no ratio.
pub(crate) fn ratio(numerator: Decimal, denominator: Decimal) -> Decimal {
    numerator.checked_div(denominator).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn halves_go_away_from_zero() {
        for (value, places, rounded) in [
            ("2.345", 2, "2.35"),
            ("-2.345", 2, "-2.35"),
            ("2.3449999999", 2, "2.34"),
            ("0.00005", 4, "0.0001"),
        ] {
            assert_eq!(round(dec(value), places), dec(rounded), "{value}");
        }
        assert_eq!(truncate(dec("-2.349"), 2), dec("-2.34"));
    }

    #[test]
    fn fields_drop_the_sign_and_lose_digits_as_they_are_declared() {
        let field = Field::unsigned(3, 2);
        assert_eq!(field.store(dec("-12.345")).value, dec("12.35"));
        let lost = field.store(dec("1234.56"));
        assert_eq!((lost.value, lost.digits_lost), (dec("234.56"), true));
        assert!(!field.store(dec("999.99")).digits_lost);
        assert!(field.store(dec("999.995")).digits_lost);
        assert_eq!(Field::signed(3, 2).store(dec("-12.345")).value, dec("-12.35"));
    }

    /// Reference values from a 60-digit evaluation of exp(exponent * ln(base)).
    #[test]
    fn powers_are_correct_to_twenty_digits() {
        for (base, exponent, exact) in [
            ("1.4802", "0.6848", "1.308083326128823701426591655"),
            ("0.6671", "0.6848", "0.757889614969395012117762920"),
            ("1.2466", "0.405", "1.093375868824686151975773084"),
            ("1.0197", "0.405", "1.007932223590578614912859916"),
            ("2.7183", "0.16182", "1.175649877287191822371170593"),
            ("2.7183", "0.4233", "1.526996645929242048236562112"),
            ("2.7183", "0.0000202", "1.000020200339059364039600029"),
            ("1.8273", "0.405", "1.276535776519566715581753932"),
            ("0.3", "0.6848", "0.438462681189658207875827524"),
        ] {
            let found = power(dec(base), dec(exponent)).unwrap();
            let error = (found - dec(exact)).abs() / dec(exact);
            assert!(error < dec("0.00000000000000000001"), "{base}^{exponent}: {found}, {exact}");
        }
        assert_eq!(power(dec("0"), dec("0.5")), None);
        assert_eq!(power(dec("1"), dec("0.6848")), Some(dec("1")));
    }

    proptest! {
        #[test]
        fn rounding_never_moves_a_value_by_more_than_half_a_place(cents in -10_000_000_000i64..10_000_000_000, scale in 0u32..9) {
            let value = Decimal::new(cents, scale);
            prop_assert!((round(value, 2) - value).abs() <= dec("0.005"));
            prop_assert_eq!(round(-value, 2), -round(value, 2));
        }
    }
}
