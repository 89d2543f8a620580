//! Factors that a payment needed and did not have. A missing factor is named; it is never guessed.

/// One factor that was not at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingFactor {
    /// The hospital's wage index.
    WageIndex,
    /// The operating standardized amount for the hospital's class.
    StandardizedAmount,
    /// The capital federal rate.
    CapitalRate,
    /// The fixed-loss threshold for cost outliers.
    FixedLoss,
    /// The updates of the hospital-specific rate.
    HospitalSpecificUpdates,
    /// The year's list of new technologies.
    NewTechnologies,
    /// The factor for a product given free of charge.
    DonatedProduct,
    /// The hospital's operating cost-to-charge ratio.
    OperatingCostRatio,
    /// The hospital's capital cost-to-charge ratio.
    CapitalCostRatio,
}

/// A set of [`MissingFactor`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Missing(u16);

impl MissingFactor {
    /// All of them, in the order in which they are named.
    pub const ALL: [Self; 9] = [
        Self::WageIndex,
        Self::StandardizedAmount,
        Self::CapitalRate,
        Self::FixedLoss,
        Self::HospitalSpecificUpdates,
        Self::NewTechnologies,
        Self::DonatedProduct,
        Self::OperatingCostRatio,
        Self::CapitalCostRatio,
    ];

    /// What is missing.
    pub fn name(self) -> &'static str {
        let message = self.message();
        message.split_once(':').map_or(message, |(name, _)| name)
    }

    /// What is missing, what it means for the payment, and where to get it.
    pub const fn message(self) -> &'static str {
        match self {
            Self::WageIndex => {
                "wage index of the hospital: nothing is priced; import the year's wage-index table (CMS Table 3)"
            }
            Self::StandardizedAmount => {
                "operating standardized amount for the hospital's class (quality data, electronic records): nothing \
                 is priced; add it to the year's rates from CMS Tables 1A to 1C"
            }
            Self::CapitalRate => {
                "capital federal rate: nothing is priced; add it to the year's rates from CMS Table 1D"
            }
            Self::FixedLoss => {
                "fixed-loss cost threshold: no outlier is computed; add it to the year's rates from the final rule"
            }
            Self::HospitalSpecificUpdates => {
                "updates of the hospital-specific rate: the hospital's own rate is not compared with the federal \
                 one; add them to the year's rates from the final rules"
            }
            Self::NewTechnologies => {
                "the year's list of new technologies: the claim has procedures and no add-on for one, or for islet \
                 cells, was looked for; add the list to the year's rates from the final rule"
            }
            Self::DonatedProduct => {
                "factor for a product given free of charge: the case is paid as if it was bought; add the factor \
                 to the year's rates from the final rule"
            }
            Self::OperatingCostRatio => {
                "operating cost-to-charge ratio of the hospital: its costs count as zero, so no outlier or \
                 technology add-on arises; take it from the provider specific file"
            }
            Self::CapitalCostRatio => {
                "capital cost-to-charge ratio of the hospital: its capital costs count as zero; take it from the \
                 provider specific file"
            }
        }
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

impl Missing {
    /// Adds `factor`.
    pub fn insert(&mut self, factor: MissingFactor) {
        self.0 |= factor.bit();
    }

    /// Whether `factor` is missing.
    pub fn contains(self, factor: MissingFactor) -> bool {
        self.0 & factor.bit() != 0
    }

    /// Whether nothing is missing.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Both sets together.
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The missing factors.
    pub fn iter(self) -> impl Iterator<Item = MissingFactor> {
        MissingFactor::ALL.into_iter().filter(move |factor| self.contains(*factor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in() {
        let mut missing = Missing::default();
        missing.insert(MissingFactor::FixedLoss);
        missing.insert(MissingFactor::FixedLoss);
        assert_eq!(missing.iter().collect::<Vec<_>>(), [MissingFactor::FixedLoss]);
        assert!(!missing.contains(MissingFactor::WageIndex) && !missing.is_empty());
    }
}
