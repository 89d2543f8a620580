//! The segments of a remittance.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::segment::Segment;
use super::super::value::{parsed_day, shortened};
use super::{
    Adjustment, ClaimStatus, ProviderAdjustment, Remittance, RemittanceFault, RemittedClaim, RemittedLine,
};

/// Adjustments to a CAS segment, and to a PLB segment.
const CAS_PLACES: usize = 6;
const PLB_PLACES: usize = 6;
/// The last modifier's component in SVC01.
const LAST_MODIFIER: usize = 6;
/// Elements of MIA and MOA that hold remark codes.
const MIA_REMARKS: [usize; 5] = [5, 20, 21, 22, 23];
const MOA_REMARKS: [usize; 5] = [3, 4, 5, 6, 7];

/// A remittance while it is read.
#[derive(Debug)]
pub(super) struct Open {
    remittance: Remittance,
    within: Within,
}

/// What the segments that come belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Header,
    Payer,
    Payee,
    Claim,
    Line,
    /// A line that could not be read: what follows is not of the line before.
    FaultyLine,
    /// No claim, or one that could not be read: what follows is not of the claim before.
    Nothing,
}

type Taken = Result<(), RemittanceFault>;

impl Open {
    pub(super) fn new(segment: u64, control_number: &str) -> Self {
        let control_number = control_number.to_owned();
        Self {
            remittance: Remittance { segment, control_number, ..Remittance::default() },
            within: Within::Header,
        }
    }

    pub(super) fn close(self) -> Remittance {
        self.remittance
    }

    /// Understands `segment`, or writes down why not.
    pub(super) fn take(&mut self, segment: Segment<'_>) {
        let taken = match segment.name() {
            "CLP" => self.claim(segment),
            "SVC" => self.line(segment),
            "PLB" => self.provider_adjustments(segment),
            "LX" => {
                self.within = Within::Nothing;
                Ok(())
            }
            _ => self.content(segment),
        };
        self.remittance.faults.extend(taken.err());
    }

    fn content(&mut self, segment: Segment<'_>) -> Taken {
        match self.within {
            Within::Header | Within::Payer | Within::Payee => self.header(segment),
            Within::Claim => match self.remittance.claims.last_mut() {
                Some(claim) => claim_content(claim, segment),
                None => Ok(()),
            },
            Within::Line => {
                match self.remittance.claims.last_mut().and_then(|claim| claim.lines.last_mut()) {
                    Some(line) => line_content(line, segment),
                    None => Ok(()),
                }
            }
            Within::FaultyLine | Within::Nothing => Ok(()),
        }
    }

    fn header(&mut self, segment: Segment<'_>) -> Taken {
        let Remittance { payment, payer, payee, .. } = &mut self.remittance;
        match (segment.name(), segment.element(1), self.within) {
            ("BPR", _, _) => {
                payment.amount = amount(segment, "BPR02", 2)?;
                payment.is_debit = segment.element(3) == "D";
                segment.element(4).clone_into(&mut payment.method);
                payment.on = optional_day(segment, "BPR16", 16)?;
            }
            ("TRN", _, _) => {
                segment.element(2).clone_into(&mut payment.trace);
                segment.element(3).clone_into(&mut payment.trace_payer);
            }
            ("DTM", "405", _) => self.remittance.produced = optional_day(segment, "DTM02", 2)?,
            ("N1", "PR", _) => {
                segment.element(2).clone_into(&mut payer.name);
                segment.element(4).clone_into(&mut payer.id);
                self.within = Within::Payer;
            }
            ("REF", "2U", Within::Payer) if payer.id.is_empty() => {
                segment.element(2).clone_into(&mut payer.id);
            }
            ("N1", "PE", _) => {
                segment.element(2).clone_into(&mut payee.name);
                segment.element(4).clone_into(&mut payee.id);
                self.within = Within::Payee;
            }
            _ => {}
        }
        Ok(())
    }

    fn claim(&mut self, segment: Segment<'_>) -> Taken {
        // Until it is read, so that nothing of it goes to the claim before.
        self.within = Within::Nothing;
        let claim = RemittedClaim {
            segment: segment.number,
            patient_control_number: segment.element(1).to_owned(),
            status: ClaimStatus::of_code(segment.element(2)),
            charged: amount(segment, "CLP03", 3)?,
            paid: amount(segment, "CLP04", 4)?,
            patient_share: optional_amount(segment, "CLP05", 5)?.unwrap_or_default(),
            filing: segment.element(6).to_owned(),
            payer_control_number: segment.element(7).to_owned(),
            type_of_bill: format!("{}{}", segment.element(8), segment.element(9)),
            drg: segment.element(11).to_owned(),
            drg_weight: optional_amount(segment, "CLP12", 12)?,
            ..RemittedClaim::default()
        };
        self.remittance.claims.push(claim);
        self.within = Within::Claim;
        Ok(())
    }

    fn line(&mut self, segment: Segment<'_>) -> Taken {
        let belongs = matches!(self.within, Within::Claim | Within::Line | Within::FaultyLine);
        let Some(claim) = self.remittance.claims.last_mut().filter(|_| belongs) else { return Ok(()) };
        self.within = Within::FaultyLine;
        claim.lines.push(line(segment)?);
        self.within = Within::Line;
        Ok(())
    }

    fn provider_adjustments(&mut self, segment: Segment<'_>) -> Taken {
        self.within = Within::Nothing;
        let fiscal_year_end = optional_day(segment, "PLB02", 2)?;
        for at in (0..PLB_PLACES).map(|place| 3 + 2 * place) {
            let coded = segment.element(at);
            if coded.is_empty() {
                continue;
            }
            self.remittance.provider_adjustments.push(ProviderAdjustment {
                provider: segment.element(1).to_owned(),
                fiscal_year_end,
                reason: segment.component(coded, 1).to_owned(),
                reference: segment.component(coded, 2).to_owned(),
                amount: amount(segment, "PLB (amount)", at + 1)?,
            });
        }
        Ok(())
    }
}

/// Reads SVC.
fn line(segment: Segment<'_>) -> Result<RemittedLine, RemittanceFault> {
    let coded = segment.element(1);
    let code = segment.component(coded, 2).to_owned();
    let modifiers = (3..=LAST_MODIFIER).map(|at| segment.component(coded, at).to_owned());
    let other = segment.element(4).to_owned();
    let is_revenue_code = segment.component(coded, 1) == "NU";
    let (procedure, revenue_code) = if is_revenue_code { (String::new(), code) } else { (code, other) };
    Ok(RemittedLine {
        procedure,
        modifiers: modifiers.filter(|modifier| !modifier.is_empty()).collect(),
        revenue_code,
        charged: amount(segment, "SVC02", 2)?,
        paid: amount(segment, "SVC03", 3)?,
        units: optional_amount(segment, "SVC05", 5)?.unwrap_or(Decimal::ONE),
        ..RemittedLine::default()
    })
}

fn claim_content(claim: &mut RemittedClaim, segment: Segment<'_>) -> Taken {
    let remarks = |places: [usize; 5]| {
        places.map(|at| segment.element(at).to_owned()).into_iter().filter(|code| !code.is_empty())
    };
    match (segment.name(), segment.element(1)) {
        ("CAS", _) => claim.adjustments.extend(adjustments(segment)?),
        ("NM1", "QC") => {
            let given = [4, 5].map(|at| segment.element(at)).join(" ");
            claim.patient = [segment.element(3), given.trim()].join(", ").trim_end_matches(", ").to_owned();
            segment.element(9).clone_into(&mut claim.member_id);
        }
        ("MIA", _) => claim.remarks.extend(remarks(MIA_REMARKS)),
        ("MOA", _) => claim.remarks.extend(remarks(MOA_REMARKS)),
        ("REF", "EA") => segment.element(2).clone_into(&mut claim.medical_record_number),
        ("DTM", "232") => claim.from = optional_day(segment, "DTM02", 2)?,
        ("DTM", "233") => claim.to = optional_day(segment, "DTM02", 2)?,
        ("DTM", "050") => claim.received = optional_day(segment, "DTM02", 2)?,
        _ => {}
    }
    Ok(())
}

fn line_content(line: &mut RemittedLine, segment: Segment<'_>) -> Taken {
    match (segment.name(), segment.element(1)) {
        ("CAS", _) => line.adjustments.extend(adjustments(segment)?),
        ("DTM", "472") => {
            line.from = optional_day(segment, "DTM02", 2)?;
            line.to = line.from;
        }
        ("DTM", "150") => line.from = optional_day(segment, "DTM02", 2)?,
        ("DTM", "151") => line.to = optional_day(segment, "DTM02", 2)?,
        ("REF", "6R") => segment.element(2).clone_into(&mut line.control_number),
        ("LQ", "HE") => line.remarks.push(segment.element(2).to_owned()),
        _ => {}
    }
    Ok(())
}

/// The adjustments of a CAS segment: reason, amount, quantity, again and again.
fn adjustments(segment: Segment<'_>) -> Result<Vec<Adjustment>, RemittanceFault> {
    let places = (0..CAS_PLACES).map(|place| 2 + 3 * place);
    let filled = places.filter(|at| !segment.element(*at).is_empty());
    filled
        .map(|at| {
            Ok(Adjustment {
                group: segment.element(1).to_owned(),
                reason: segment.element(at).to_owned(),
                amount: amount(segment, "CAS (amount)", at + 1)?,
                quantity: optional_amount(segment, "CAS (quantity)", at + 2)?,
            })
        })
        .collect()
}

fn amount(segment: Segment<'_>, element: &'static str, at: usize) -> Result<Decimal, RemittanceFault> {
    let given = segment.element(at);
    let is_number = given.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+'));
    let amount = given.parse().ok().filter(|_| is_number);
    amount.ok_or_else(|| fault(segment, element, given, "a number"))
}

fn optional_amount(
    segment: Segment<'_>,
    element: &'static str,
    at: usize,
) -> Result<Option<Decimal>, RemittanceFault> {
    if segment.element(at).is_empty() { Ok(None) } else { amount(segment, element, at).map(Some) }
}

fn optional_day(
    segment: Segment<'_>,
    element: &'static str,
    at: usize,
) -> Result<Option<Date>, RemittanceFault> {
    match segment.element(at) {
        "" => Ok(None),
        text => parsed_day(text).map(Some).ok_or_else(|| fault(segment, element, text, "a day as CCYYMMDD")),
    }
}

fn fault(
    segment: Segment<'_>,
    element: &'static str,
    given: &str,
    expected: &'static str,
) -> RemittanceFault {
    let given = shortened(given);
    RemittanceFault { segment: segment.number, element: element.into(), given, expected: expected.into() }
}
