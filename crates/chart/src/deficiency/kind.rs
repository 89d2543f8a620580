//! The types of deficiency, as in `data/record/deficiency-type.tsv`.

use std::sync::LazyLock;

use crate::keyed::keyed;
use crate::table::{TableError, lines};

static TYPES: &str = include_str!("../../../../data/record/deficiency-type.tsv");

keyed! {
    /// What kind of thing is lacking. The keys are fixed; titles and words stand in the table.
    DeficiencyKind, "type of deficiency":
    /// A document that should be there is not.
    MissingDocument = "missing-document",
    /// A document lacks something it must say.
    MissingElement = "missing-element",
    /// A page does not say, or not clearly, whose it is.
    PatientUnidentified = "patient-unidentified",
    /// A page of another patient or encounter.
    Misfiled = "misfiled",
    /// Nobody signed.
    Unsigned = "unsigned",
    /// No date or no time.
    Undated = "undated",
    /// A second signature is wanted.
    Cosignature = "cosignature",
    /// A spoken order was not authenticated.
    VerbalOrder = "verbal-order",
    /// Not dictated.
    Dictation = "dictation",
    /// Dictated, not typed.
    Transcription = "transcription",
    /// The typist could not hear something.
    Blank = "blank",
    /// A result was outstanding when the patient left.
    ResultPending = "result-pending",
    /// A consent is missing or lacks something.
    Consent = "consent",
    /// Cannot be read.
    Illegible = "illegible",
    /// Two statements exclude each other.
    Conflicting = "conflicting",
    /// An abbreviation that is not to be used.
    Abbreviation = "abbreviation",
    /// Scanned, and not said what it is.
    NotIndexed = "not-indexed",
    /// Text that may be copied from an earlier day.
    CopiedForward = "copied-forward",
    /// A question to a practitioner has no answer.
    Query = "query",
}

/// A row of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeficiencyType {
    /// Which.
    pub kind: DeficiencyKind,
    /// What it is called.
    pub title: String,
    /// What clears it.
    pub clears: String,
    /// Who normally owes it.
    pub owes: String,
}

/// The catalogue: one row for each [`DeficiencyKind`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeficiencyTypes {
    rows: Vec<DeficiencyType>,
}

/// The catalogue that ships with the product.
pub fn deficiency_types() -> &'static DeficiencyTypes {
    static SHIPPED: LazyLock<DeficiencyTypes> =
        LazyLock::new(|| DeficiencyTypes::read(TYPES).expect("the shipped table is read by a test"));
    &SHIPPED
}

impl DeficiencyTypes {
    /// Reads a catalogue; a facility may put its own words into it.
    ///
    /// # Errors
    /// The first line that cannot be understood, or the type that has no line or more than one.
    pub fn read(text: &str) -> Result<Self, TableError> {
        let mut rows: Vec<DeficiencyType> = Vec::new();
        for line in lines::<4>(text) {
            let line = line?;
            let kind = line.read(0)?;
            if rows.iter().any(|row| row.kind == kind) {
                return Err(line.wrong(&format!("`{kind}` has a line already")));
            }
            let [_, title, clears, owes] = line.cells.map(str::to_owned);
            rows.push(DeficiencyType { kind, title, clears, owes });
        }
        rows.sort_by_key(|row| row.kind);
        match DeficiencyKind::ALL.iter().find(|kind| !rows.iter().any(|row| row.kind == **kind)) {
            Some(kind) => Err(TableError { line: 0, what: format!("there is no line for `{kind}`") }),
            None => Ok(Self { rows }),
        }
    }

    /// Every type, in the order of the keys.
    #[must_use]
    pub fn all(&self) -> &[DeficiencyType] {
        &self.rows
    }

    /// The row of a type.
    #[must_use]
    pub fn of(&self, kind: DeficiencyKind) -> &DeficiencyType {
        // Read only with every type in it, once, sorted in the order of the keys.
        &self.rows[kind as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_its_row() {
        for kind in DeficiencyKind::ALL {
            assert_eq!(deficiency_types().of(*kind).kind, *kind);
        }
    }

    #[test]
    fn a_wrong_table_is_refused_in_words() {
        let said = |text: &str| DeficiencyTypes::read(text).unwrap_err().to_string();
        let head = "# Source: x\nkey\ttitle\tclears\towes\n";
        assert_eq!(said(&format!("{head}unsignd\ta\tb\tc\n")), "line 3: `unsignd` is no type of deficiency");
        assert_eq!(
            said(&format!("{head}blank\ta\n")),
            "line 3: 4 columns are expected, with tabs between them"
        );
        let twice = format!("{head}blank\ta\tb\tc\nblank\ta\tb\tc\n");
        assert_eq!(said(&twice), "line 4: `blank` has a line already");
        assert_eq!(said(head), "line 0: there is no line for `missing-document`");
    }
}
