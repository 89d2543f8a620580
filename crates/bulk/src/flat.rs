//! A case in columns of text, as CSV has it and Parquet may: a list is one text, its entries separated by blanks,
//! `|` or `;`, each diagnosis with its present-on-admission indicator after a colon: `E1165:Y N179:N`.

use codeset::{Code, CodeIndex};
use grouper::{Diagnosis, Poa, Procedure};

use crate::field::{self, CaseField, Scalar};
use crate::{CaseFault, Claim, FieldName, MAX_LIST_LEN};

impl CaseField {
    /// Reads `text` into this field of `claim`.
    pub(crate) fn set_text(self, claim: &mut Claim, text: &str, codes: &CodeIndex) -> Result<(), CaseFault> {
        match self {
            Self::Single(field) => return field.set(claim, Scalar::Text(text), codes),
            Self::Principal => {
                let (code, poa) = diagnosis(text.trim(), FieldName::of("pdx"))?;
                claim.case.principal = Diagnosis::new(code, poa, codes);
            }
            Self::Secondary | Self::Procedures | Self::ConditionCodes => {
                for entry in text.split([' ', '|', ';', '\t', '\n']).filter(|entry| !entry.is_empty()) {
                    self.push(claim, |place| diagnosis(entry.trim(), place), codes)?;
                }
            }
        }
        Ok(())
    }

    /// Adds what `read` finds to this list of `claim`; `read` is told the place of the entry.
    pub(crate) fn push(
        self,
        claim: &mut Claim,
        read: impl FnOnce(FieldName) -> Result<(Code, Poa), CaseFault>,
        codes: &CodeIndex,
    ) -> Result<(), CaseFault> {
        let Claim { case, billing } = claim;
        match self {
            Self::Secondary => push_to(&mut case.secondary, "sdx", read, |(code, poa)| {
                Diagnosis::new(code, poa, codes)
            }),
            Self::Procedures => push_to(&mut case.procedures, "procedures", read, |(code, _)| {
                Procedure::new(code, codes)
            }),
            Self::ConditionCodes => push_to(&mut billing.condition_codes, "condition_codes", read, |(code, _)| code),
            Self::Single(_) | Self::Principal => Ok(()),
        }
    }
}

fn push_to<T>(
    list: &mut Vec<T>,
    name: &'static str,
    read: impl FnOnce(FieldName) -> Result<(Code, Poa), CaseFault>,
    entry: impl FnOnce((Code, Poa)) -> T,
) -> Result<(), CaseFault> {
    let name = FieldName::of(name);
    if list.len() == MAX_LIST_LEN {
        return Err(CaseFault::ListTooLong(name));
    }
    list.push(entry(read(name.entry(list.len()))?));
    Ok(())
}

/// A diagnosis such as `N179:N`, or a code alone.
pub(crate) fn diagnosis(text: &str, place: FieldName) -> Result<(Code, Poa), CaseFault> {
    let (code, poa) = text.split_once(':').unwrap_or((text, ""));
    let code = field::code(Scalar::Text(code), place.part("code"))?;
    Ok((code, Poa::from_text(poa)))
}
