//! Lists of codes that guidelines speak of, dated rows of `data/guidelines/list.tsv`.

use codeset::{Code, Table, TableError};

use crate::days::Days;
use crate::severity::yes_or_no;
use crate::span::Span;

/// The lists, each with its name in the table.
macro_rules! lists {
    ($($(#[doc = $doc:literal])* $list:ident = $name:literal,)*) => {
        /// A list of codes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum List {
            $($(#[doc = $doc])* $list,)*
        }

        impl List {
            const NAMES: &[(&'static str, Self)] = &[$(($name, Self::$list)),*];
        }
    };
}

lists! {
    /// Injuries, poisonings and the like, whose seventh character tells the episode of care.
    Injury = "injury",
    /// Conditions left by an earlier illness.
    Sequela = "sequela",
    /// Aftercare.
    Aftercare = "aftercare",
    /// Drugs, by the code that says how they acted.
    Drug = "drug",
    /// Severe sepsis.
    SevereSepsis = "severe-sepsis",
    /// Systemic inflammatory response without infection.
    Sirs = "sirs",
    /// Infection of the whole body.
    SystemicInfection = "systemic-infection",
    /// Infection of one place.
    LocalizedInfection = "localized-infection",
    /// Failure of an organ, acute.
    OrganDysfunction = "organ-dysfunction",
    /// Pregnancy, childbirth and the puerperium.
    Obstetric = "obstetric",
    /// Pregnancies of which the weeks are told.
    NeedsWeeks = "needs-weeks",
    /// Weeks of gestation.
    Weeks = "weeks",
    /// A delivery, by diagnosis.
    Delivery = "delivery",
    /// A delivery, by procedure.
    DeliveryProcedure = "delivery-procedure",
    /// Outcome of delivery.
    Outcome = "outcome",
    /// Outcome of delivery: one living child.
    SingleLiveborn = "single-liveborn",
    /// Normal delivery.
    NormalDelivery = "normal-delivery",
    /// Birth of the patient.
    Birth = "birth",
    /// Conditions originating in the perinatal period.
    Perinatal = "perinatal",
    /// Encounter for treatment of a neoplasm.
    Antineoplastic = "antineoplastic",
    /// Malignant neoplasms, all.
    Malignant = "malignant",
    /// Malignant neoplasms where they began.
    PrimaryNeoplasm = "primary-neoplasm",
    /// Malignant neoplasms that came from elsewhere.
    SecondaryNeoplasm = "secondary-neoplasm",
    /// Malignant neoplasm that was once.
    NeoplasmHistory = "neoplasm-history",
    /// Malignant neoplasm of a place that is not known.
    UnknownPrimary = "unknown-primary",
    /// External causes of morbidity.
    ExternalCause = "external-cause",
    /// Place of occurrence.
    PlaceOfOccurrence = "place-of-occurrence",
    /// Activity.
    Activity = "activity",
    /// External cause status.
    CauseStatus = "cause-status",
    /// Only as principal or first-listed diagnosis.
    FirstListedOnly = "first-listed-only",
    /// Never as principal or first-listed diagnosis.
    NeverFirst = "never-first",
    /// Body mass index.
    BodyMassIndex = "body-mass-index",
    /// Body mass index of a child.
    BodyMassIndexChild = "body-mass-index-child",
    /// Diagnoses that a body mass index goes with.
    WeightDiagnosis = "weight-diagnosis",
    /// Diabetes whose treatment is told by a further code.
    DiabetesByDrug = "diabetes-by-drug",
    /// Long-term use of a drug for diabetes.
    DiabetesDrug = "diabetes-drug",
    /// Type 1 diabetes.
    DiabetesType1 = "diabetes-type-1",
    /// Long-term use of insulin.
    Insulin = "insulin",
    /// Diseases whose codes ask for the use of tobacco.
    TobaccoRelated = "tobacco-related",
    /// Use of tobacco, present or past, or exposure to smoke.
    Tobacco = "tobacco",
    /// Coded only when confirmed, in every setting.
    ConfirmedOnly = "confirmed-only",
    /// May rest on the documentation of clinicians other than the provider.
    OtherClinician = "other-clinician",
    /// Disease by the human immunodeficiency virus.
    HivDisease = "hiv-disease",
    /// Infection by the virus without disease, or an unclear test.
    HivStatus = "hiv-status",
    /// Chronic conditions, which are present before any admission.
    Chronic = "chronic",
    /// Principal diagnoses that may begin after admission.
    PrincipalAfterAdmission = "principal-after-admission",
    /// Myocardial infarction.
    Infarction = "infarction",
    /// Myocardial infarction within four weeks of another.
    SubsequentInfarction = "subsequent-infarction",
    /// Score of a stroke scale.
    StrokeScale = "stroke-scale",
    /// Cerebral infarction.
    Stroke = "stroke",
    /// Of women only.
    Female = "female",
    /// Of men only.
    Male = "male",
}

/// All lists.
#[derive(Debug)]
pub(crate) struct Lists(Vec<Vec<ListRow>>);

/// A part of the classification that is on a list, or is not although what it lies in is.
#[derive(Debug, Clone, Copy)]
struct ListRow {
    span: Span,
    holds: bool,
    days: Days,
}

/// The columns of the table.
const COLUMNS: [&str; 6] = ["list", "codes", "holds", "first", "last", "because"];

impl Lists {
    /// Reads the table; a list without a row, or a row of an unknown list, is an error.
    pub(crate) fn read(file: &str, text: &str) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        table.expect_columns(&COLUMNS)?;
        let mut lists = vec![Vec::new(); List::NAMES.len()];
        for row in table.rows() {
            let name = row.field(0);
            let list = List::NAMES.iter().find(|(known, _)| *known == name);
            let (_, list) = list.ok_or_else(|| row.error(format!("'{name}' is no list of the checks")))?;
            for span in spans(&row, 1)? {
                let (holds, days) = (yes_or_no(&row, 2)?, Days::of_row(&row, 3)?);
                lists[*list as usize].push(ListRow { span, holds, days });
            }
        }
        let empty = List::NAMES.iter().find(|(_, list)| lists[*list as usize].is_empty());
        match empty {
            Some((name, _)) => Err(TableError {
                file: file.to_owned(),
                line: 1,
                what: format!("the list '{name}' has no row"),
            }),
            None => Ok(Self(lists)),
        }
    }

    /// Whether `code` is on `list` on `day`: the last row that speaks of it decides.
    #[inline]
    pub(crate) fn holds(&self, list: List, code: Code, day: u32) -> bool {
        let rows = &self.0[list as usize];
        let last = rows.iter().rev().find(|row| row.span.holds(code) && row.days.hold(day));
        last.is_some_and(|row| row.holds)
    }
}

/// A field of parts of the classification, separated by commas: `I11-I13, I50.2`.
pub(crate) fn spans(row: &codeset::Row<'_>, column: usize) -> Result<Vec<Span>, TableError> {
    let parts = row.field(column).split(',').map(str::trim).filter(|part| !part.is_empty());
    let span =
        |part: &str| Span::parse(part).ok_or_else(|| row.error(format!("'{part}' is no code or range")));
    parts.map(span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_list_and_an_empty_one_are_refused() {
        let head = "# Source: us\nlist\tcodes\tholds\tfirst\tlast\tbecause\n";
        let unknown = Lists::read("list.tsv", &format!("{head}nobodys\tA00\tyes\t\t\t\n")).unwrap_err();
        assert_eq!(unknown.to_string(), "list.tsv, line 3: 'nobodys' is no list of the checks");
        let empty = Lists::read("list.tsv", &format!("{head}injury\tS00-T88\tyes\t\t\t\n")).unwrap_err();
        assert_eq!(empty.to_string(), "list.tsv, line 1: the list 'sequela' has no row");
    }
}
