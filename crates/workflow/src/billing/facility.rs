//! Who bills: the institution's numbers and address, its payers, its revenue codes. Kept in the house's settings, and
//! edited in the browser. Nothing of it is shipped, because nothing of it is anybody else's.

use chart::access::Permission;
use chart::encounter::Setting;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use store::{Reader, Store, settings};

use super::{cents, tables};
use crate::{Context, Error, Result};

/// The setting's name.
const NAME: &str = "billing.institution";

/// Who bills. Texts are blank until somebody has entered them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Biller {
    /// The institution's name.
    pub name: String,
    /// National provider identifier.
    pub npi: String,
    /// Federal tax number, nine digits.
    pub tax_number: String,
    /// Provider taxonomy code.
    pub taxonomy: String,
    /// Street, not a post office box.
    pub street: String,
    /// City.
    pub city: String,
    /// State, two letters.
    pub state: String,
    /// Postal code, nine digits.
    pub postal_code: String,
    /// Whom to ask about a claim.
    pub contact: String,
    /// The contact's telephone, ten digits.
    pub telephone: String,
    /// The submitter's identifier with the receiver; in the envelope too.
    pub submitter: String,
    /// The receiver's name.
    pub receiver_name: String,
    /// The receiver's identifier; in the envelope too.
    pub receiver: String,
    /// Whether claims are to be paid; until then they are trials.
    pub is_production: bool,
    /// Payers by the name that registration gives them.
    pub payers: Vec<PayerLine>,
    /// Under which revenue code a charge is billed.
    pub revenue_codes: Vec<RevenueLine>,
    /// Lines for stays that no charges were sent for.
    pub plain_charges: Vec<PlainCharge>,
    /// Types of bill that are not those of the shipped table.
    pub bill_types: Vec<BillType>,
}

/// A payer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayerLine {
    /// As registration writes it.
    pub name: String,
    /// Its identifier on claims.
    pub id: String,
    /// Claim filing indicator: `MA` is Medicare Part A, `CI` a commercial insurer.
    pub filing: String,
}

/// A charge code with its revenue code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevenueLine {
    /// The charge code as it is sent.
    pub charge: String,
    /// The revenue code, four digits.
    pub revenue_code: String,
}

/// A line that is billed where no charges were sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainCharge {
    /// In which setting.
    pub setting: Setting,
    /// The revenue code, four digits.
    pub revenue_code: String,
    /// Whether it is charged for each day, and not once.
    pub is_daily: bool,
    /// How much, in cents.
    pub cents: i64,
}

/// A type of bill of this facility.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillType {
    /// In which setting.
    pub setting: Setting,
    /// The two digits before the frequency.
    pub digits: String,
}

/// The lists as a person writes them: a line each, cells parted by `|`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// Name, identifier, claim filing indicator.
    pub payers: String,
    /// Charge code, revenue code.
    pub revenue_codes: String,
    /// Setting, revenue code, `day` or `stay`, dollars.
    pub plain_charges: String,
    /// Setting, two digits.
    pub bill_types: String,
}

impl Biller {
    /// The same with the lists as they were typed.
    ///
    /// # Errors
    /// The first line that cannot be understood, in words.
    pub fn with(mut self, typed: &Typed) -> Result<Self> {
        let payers = tables::typed(&typed.payers, "payers", "name, identifier and claim filing indicator")?;
        self.payers = payers.into_iter().map(|[name, id, filing]| PayerLine { name, id, filing }).collect();
        let revenue = tables::typed(&typed.revenue_codes, "revenue codes", "charge code and revenue code")?;
        let line = |[charge, revenue_code]: [String; 2]| RevenueLine { charge, revenue_code };
        self.revenue_codes = revenue.into_iter().map(line).collect();
        let cells = "setting, revenue code, day or stay, and dollars";
        let plain = tables::typed(&typed.plain_charges, "charges where none are sent", cells)?;
        self.plain_charges = plain.into_iter().map(plain_charge).collect::<Result<_>>()?;
        let kinds = tables::typed(&typed.bill_types, "types of bill", "setting and two digits")?;
        let kind = |[key, digits]: [String; 2]| Ok(BillType { setting: setting(&key)?, digits });
        self.bill_types = kinds.into_iter().map(kind).collect::<Result<_>>()?;
        Ok(self)
    }

    /// The lists as a person writes them.
    #[must_use]
    pub fn typed(&self) -> Typed {
        let payers = self.payers.iter().map(|one| [&*one.name, &one.id, &one.filing].join(" | "));
        let revenue = self.revenue_codes.iter().map(|one| [&*one.charge, &one.revenue_code].join(" | "));
        let plain = self.plain_charges.iter().map(|one| {
            let per = if one.is_daily { "day" } else { "stay" };
            let dollars = Decimal::new(one.cents, 2).to_string();
            [one.setting.key(), &one.revenue_code, per, &dollars].join(" | ")
        });
        let kinds = self.bill_types.iter().map(|one| [one.setting.key(), &one.digits].join(" | "));
        let lines = |all: &mut dyn Iterator<Item = String>| all.collect::<Vec<_>>().join("\n");
        Typed {
            payers: lines(&mut { payers }),
            revenue_codes: lines(&mut { revenue }),
            plain_charges: lines(&mut { plain }),
            bill_types: lines(&mut { kinds }),
        }
    }

    /// The payer as registration writes it.
    pub(super) fn payer(&self, name: &str) -> Option<&PayerLine> {
        self.payers.iter().find(|one| one.name.eq_ignore_ascii_case(name.trim()))
    }

    /// The two digits of the type of bill of a setting.
    pub(super) fn bill_type(&self, setting: Setting) -> &str {
        let own = self.bill_types.iter().find(|one| one.setting == setting);
        own.map_or_else(|| tables::bill_type(setting), |one| one.digits.as_str())
    }
}

fn plain_charge([key, revenue_code, per, dollars]: [String; 4]) -> Result<PlainCharge> {
    let is_daily = match per.as_str() {
        "day" => true,
        "stay" => false,
        _ => return Err(Error::refused(format!("a charge is per day or per stay, not per '{per}'"))),
    };
    let amount: Option<Decimal> = dollars.parse().ok();
    let amount = amount.filter(|amount| amount.is_sign_positive() && amount.scale() <= 2);
    let amount = amount.ok_or_else(|| Error::refused(format!("'{dollars}' is no amount such as 1250.00")))?;
    Ok(PlainCharge { setting: setting(&key)?, revenue_code, is_daily, cents: cents(amount) })
}

fn setting(key: &str) -> Result<Setting> {
    let found = Setting::ALL.into_iter().find(|one| one.key() == key);
    found.ok_or_else(|| {
        let all: Vec<&str> = Setting::ALL.iter().map(|one| one.key()).collect();
        Error::refused(format!("'{key}' is no setting; they are {}", all.join(", ")))
    })
}

/// Who bills, with the version it was read in; blank with version 0 where nobody has entered it.
pub(super) async fn kept(reader: &mut Reader) -> Result<settings::Setting<Biller>> {
    Ok(settings::kept(reader, NAME).await?)
}

/// Reads who bills, and in which version.
///
/// # Errors
/// [`Error::Forbidden`] without the permission.
pub async fn read(store: &Store, context: &Context) -> Result<(Biller, i64)> {
    context.must(Permission::BillingConfigure)?;
    let mut view = store.view().await?;
    let kept = kept(&mut view).await?;
    view.finish(context.event("biller-read")).await?;
    Ok((kept.value, kept.version))
}

/// Changes who bills; `version` is the one that the person saw.
///
/// # Errors
/// [`Error::Forbidden`] without the permission, [`Error::Refused`] for a number that cannot be right, and a conflict when
/// somebody was faster.
pub async fn change(store: &Store, context: &Context, biller: Biller, version: i64) -> Result<()> {
    context.must(Permission::BillingConfigure)?;
    if !biller.npi.is_empty() && !is_npi(&biller.npi) {
        return Err(Error::refused(
            "this is no national provider identifier: ten digits, of which the last checks the others",
        ));
    }
    let mut tx = store.begin().await?;
    let setting = settings::Setting { version, value: biller };
    settings::set(&mut tx, NAME, &setting, context.at).await?;
    tx.commit(context.event("biller-change")).await?;
    Ok(())
}

/// Whether the last digit checks the others: the Luhn formula over them with 80840 before (45 CFR 162.406(a)).
fn is_npi(text: &str) -> bool {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(10)).collect();
    let Some(digits) = digits.filter(|digits| digits.len() == 10) else { return false };
    let doubled = |(place, digit): (usize, &u32)| match place % 2 {
        1 => digit * 2 / 10 + digit * 2 % 10,
        _ => *digit,
    };
    // The five digits before add 24.
    (24 + digits.iter().rev().enumerate().map(doubled).sum::<u32>()).is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_digit_of_the_identifier_is_seen() {
        assert!(is_npi("1234567893"));
        assert!(!is_npi("1234567894") && !is_npi("123456789") && !is_npi("12345678x3"));
    }

    #[test]
    fn lists_are_written_as_they_are_read() {
        let typed = Typed {
            payers: "Medicare | EXMED | MA".into(),
            revenue_codes: "ROOM | 0120".into(),
            plain_charges: "inpatient | 0120 | day | 1250.00".into(),
            bill_types: "clinic | 85".into(),
        };
        let biller = Biller::default().with(&typed).unwrap();
        assert_eq!(biller.typed(), typed);
        assert_eq!((biller.bill_type(Setting::Clinic), biller.bill_type(Setting::Inpatient)), ("85", "11"));
        assert!(biller.payer("MEDICARE").is_some());
        let wrong = Typed { plain_charges: "moon | 0120 | day | 1".into(), ..Typed::default() };
        assert!(Biller::default().with(&wrong).unwrap_err().to_string().contains("no setting"));
    }
}
