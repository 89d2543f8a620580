//! The tables this reader goes by, opened from `data/exchange/hl7/`.

use std::sync::LazyLock;

use chart::encounter::{Movement, Setting};

/// What a trigger event asks to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// A visit moved or is told again.
    Visit(Movement),
    /// Only the person is told.
    Person,
    /// Only what the message says of the person's health: allergies, problems, charges, results.
    Content,
    /// Two patients are one.
    MergePatients,
    /// Two accounts are one.
    MergeAccounts,
    /// Two visits are one.
    MergeVisits,
    /// An account belongs to another patient.
    MoveAccount,
    /// A visit belongs to another patient.
    MoveVisit,
    /// A patient has another number.
    RenamePatient,
    /// An account has another number.
    RenameAccount,
    /// A visit has another number.
    RenameVisit,
    /// The visit was entered in error.
    WithdrawVisit,
    /// The person was entered in error.
    WithdrawPerson,
    /// A document, or the news of one.
    Document(DocumentEvent),
    /// Kept as it came.
    Keep,
}

/// What a document message does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DocumentEvent {
    Original,
    Addendum,
    Edit,
    Replacement,
    Cancel,
}

/// A row of the trigger table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trigger {
    pub(super) action: Action,
    /// What the event is, or why it is only kept.
    pub(super) words: &'static str,
}

/// Rows of a table: no comment lines, cells parted by tabs.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .skip(1)
        .map(|line| line.split('\t').collect())
}

static TRIGGERS: LazyLock<Vec<Vec<&str>>> =
    LazyLock::new(|| rows(include_str!("../../../../data/exchange/hl7/trigger.tsv")).collect());
static CLASSES: LazyLock<Vec<Vec<&str>>> =
    LazyLock::new(|| rows(include_str!("../../../../data/exchange/hl7/patient-class.tsv")).collect());
static SYSTEMS: LazyLock<Vec<Vec<&str>>> =
    LazyLock::new(|| rows(include_str!("../../../../data/exchange/hl7/coding-system.tsv")).collect());
static WORDS: LazyLock<Vec<Vec<&str>>> =
    LazyLock::new(|| rows(include_str!("../../../../data/exchange/hl7/words.tsv")).collect());
static DOCUMENTS: LazyLock<Vec<Vec<&str>>> =
    LazyLock::new(|| rows(include_str!("../../../../data/exchange/hl7/document-type.tsv")).collect());

/// What message `code` with event `event` asks for, if the table knows it; `*` stands for any event.
pub(super) fn trigger(code: &str, event: &str) -> Option<Trigger> {
    let row = TRIGGERS.iter().find(|row| row[0] == code && (row[1] == event || row[1] == "*"))?;
    Some(Trigger { action: action(row[2])?, words: row.get(3).copied().unwrap_or("") })
}

fn action(key: &str) -> Option<Action> {
    let action = match key {
        "preadmit" => Action::Visit(Movement::Preadmit),
        "register" => Action::Visit(Movement::Register),
        "admit" => Action::Visit(Movement::Admit),
        "make-outpatient" => Action::Visit(Movement::MakeOutpatient),
        "transfer" => Action::Visit(Movement::Transfer),
        "discharge" => Action::Visit(Movement::Discharge),
        "cancel-admit" => Action::Visit(Movement::CancelAdmit),
        "cancel-transfer" => Action::Visit(Movement::CancelTransfer),
        "cancel-discharge" => Action::Visit(Movement::CancelDischarge),
        "update" => Action::Visit(Movement::Update),
        "person" => Action::Person,
        "content" => Action::Content,
        "merge-patients" => Action::MergePatients,
        "merge-accounts" => Action::MergeAccounts,
        "merge-visits" => Action::MergeVisits,
        "move-account" => Action::MoveAccount,
        "move-visit" => Action::MoveVisit,
        "rename-patient" => Action::RenamePatient,
        "rename-account" => Action::RenameAccount,
        "rename-visit" => Action::RenameVisit,
        "withdraw-visit" => Action::WithdrawVisit,
        "withdraw-person" => Action::WithdrawPerson,
        "document" => Action::Document(DocumentEvent::Original),
        "document-addendum" => Action::Document(DocumentEvent::Addendum),
        "document-edit" => Action::Document(DocumentEvent::Edit),
        "document-replacement" => Action::Document(DocumentEvent::Replacement),
        "document-cancel" => Action::Document(DocumentEvent::Cancel),
        "keep" => Action::Keep,
        _ => return None,
    };
    Some(action)
}

/// The setting that `value` of `field` gives, where `so_far` is what the patient class gave (None while reading it).
pub(super) fn setting(field: &str, value: &str, so_far: Option<Setting>) -> Option<Setting> {
    let fits = |of: &str| of.is_empty() || so_far.is_some_and(|setting| setting.key() == of);
    let row =
        CLASSES.iter().find(|row| row[0] == field && row[1].eq_ignore_ascii_case(value) && fits(row[2]))?;
    Setting::ALL.into_iter().find(|setting| setting.key() == row[3])
}

/// The URI of a coding system named as in table 0396; the name itself where the table does not know it.
pub(super) fn system_uri(name: &str) -> String {
    let known = SYSTEMS.iter().find(|row| row[0].eq_ignore_ascii_case(name)).map(|row| row[1].to_owned());
    known.or_else(|| table_uri(name)).unwrap_or_else(|| name.to_owned())
}

/// `HL70005` and `HL7005` are table 0005.
fn table_uri(name: &str) -> Option<String> {
    let digits = name.to_ascii_uppercase().strip_prefix("HL7")?.to_owned();
    let number: u16 = digits.parse().ok().filter(|number| *number > 0 && digits.len() <= 5)?;
    Some(format!("{}{number:04}", chart::coded::system::HL7_TABLE))
}

/// Words for `code` of HL7 table `table`, where ours has them.
pub(super) fn words(table: &str, code: &str) -> Option<&'static str> {
    WORDS.iter().find(|row| row[0] == table && row[1].eq_ignore_ascii_case(code)).map(|row| row[2])
}

/// The LOINC code and words of a document type of table 0270.
pub(super) fn document_type(code: &str) -> Option<(&'static str, &'static str)> {
    DOCUMENTS.iter().find(|row| row[0].eq_ignore_ascii_case(code)).map(|row| (row[1], row[2]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_can_be_used() {
        for row in TRIGGERS.iter() {
            assert!(action(row[2]).is_some(), "{row:?}");
        }
        for row in CLASSES.iter() {
            assert!(Setting::ALL.iter().any(|setting| setting.key() == row[3]), "{row:?}");
        }
        assert!(SYSTEMS.iter().chain(WORDS.iter()).chain(DOCUMENTS.iter()).all(|row| row.len() >= 2));
        assert_eq!(system_uri("HL7005"), "http://terminology.hl7.org/CodeSystem/v2-0005");
        assert_eq!(system_uri("LN"), "http://loinc.org");
    }
}
