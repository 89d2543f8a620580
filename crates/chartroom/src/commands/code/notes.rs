//! The notes that govern a code, for people.

use std::fmt::{Formatter, Result};

use encoder::NoteKind;

use super::report::DiagnosisPlace;

/// Prints the notes by kind, each with the node that states it, and the seventh characters.
pub(super) fn print(f: &mut Formatter<'_>, place: &DiagnosisPlace) -> Result {
    for kind in NoteKind::ALL {
        let mut notes = place.notes.iter().filter(|note| note.kind == kind).peekable();
        if notes.peek().is_some() {
            writeln!(f, "\n{}", kind.heading())?;
        }
        for note in notes {
            writeln!(f, "  {:<12} {}", note.stated_at, note.text)?;
        }
    }
    if !place.seventh.is_empty() {
        writeln!(f, "\n{}", NoteKind::Seventh.heading())?;
    }
    for seventh in &place.seventh {
        writeln!(f, "  {}  {:<10} {}", seventh.character, seventh.code.dotted(), seventh.meaning)?;
    }
    Ok(())
}
