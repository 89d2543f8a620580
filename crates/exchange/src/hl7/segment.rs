//! Segments, fields, repetitions, components: the texts between the delimiters a message sets itself.
//!
//! Crate `hl7-parser` was looked at. It wants exactly four encoding characters, ends a message at the first line that
//! is no segment and silently leaves the rest, and reads UTF-8 only. Messages as they come have a fifth character
//! (version 2.7), blank lines, lone segment names and other charsets, so the few lines of splitting are ours.

use std::fmt;

use super::escape::unescape;

/// The most segments of one message; the largest real ones have a few thousand.
const MAX_SEGMENTS: usize = 50_000;

/// The most repetitions of a field; a real one has a handful. Lines of a text are not limited.
const MAX_REPETITIONS: usize = 1_000;

/// The characters that part a message, as MSH-1 and MSH-2 give them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimiters {
    /// Between fields: `|`.
    pub field: char,
    /// Between components: `^`.
    pub component: char,
    /// Between repetitions: `~`.
    pub repetition: char,
    /// Around escape sequences: `\`. None when the sender has no escapes.
    pub escape: Option<char>,
    /// Between subcomponents: `&`.
    pub subcomponent: char,
}

impl Default for Delimiters {
    fn default() -> Self {
        Self { field: '|', component: '^', repetition: '~', escape: Some('\\'), subcomponent: '&' }
    }
}

impl Delimiters {
    /// Those of a header segment (MSH, FHS or BHS): its fourth character parts fields, the next ones the rest.
    /// Characters left out are the usual ones.
    #[must_use]
    pub fn of_header(header: &str) -> Option<Self> {
        let mut rest = header.chars().skip(3);
        let field = rest.next().filter(|one| !one.is_alphanumeric() && !one.is_whitespace())?;
        let encoding: Vec<char> = rest.take_while(|one| *one != field && !one.is_whitespace()).collect();
        let usual = Self::default();
        let at = |place: usize| encoding.get(place).copied();
        let read = Self {
            field,
            component: at(0).unwrap_or(usual.component),
            repetition: at(1).unwrap_or(usual.repetition),
            escape: if encoding.len() > 1 { at(2) } else { usual.escape },
            subcomponent: at(3).unwrap_or(usual.subcomponent),
        };
        (!encoding.iter().any(|one| one.is_alphanumeric())).then_some(read)
    }
}

/// A segment of a message.
#[derive(Debug, Clone, Copy)]
pub struct Segment<'m> {
    /// Its three letters.
    pub name: &'m str,
    /// Which one of that name it is in the message, from 1.
    pub number: usize,
    text: &'m str,
    delimiters: Delimiters,
}

/// A field, repetition, component or subcomponent, with where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Field<'m> {
    raw: &'m str,
    /// The segment it stands in.
    segment: &'m str,
    number: usize,
    position: usize,
    delimiters: Delimiters,
}

/// A place in a message: `PID-3`, or `OBX[2]-5` in the second segment of the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The segment's name.
    pub segment: String,
    /// Which one of that name, from 1.
    pub number: usize,
    /// The field, from 1; 0 for the segment as a whole.
    pub field: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.segment)?;
        if self.number > 1 {
            write!(f, "[{}]", self.number)?;
        }
        if self.field > 0 {
            write!(f, "-{}", self.field)?;
        }
        Ok(())
    }
}

impl Place {
    /// Reads what `Display` wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (head, field) = text.split_once('-').unwrap_or((text, "0"));
        let (segment, number) =
            head.split_once('[').map_or((head, "1"), |(name, rest)| (name, rest.trim_end_matches(']')));
        let known = segment.len() == 3 && segment.bytes().all(|one| one.is_ascii_alphanumeric());
        Some(Self { segment: segment.into(), number: number.parse().ok()?, field: field.parse().ok()? })
            .filter(|_| known)
    }
}

impl<'m> Segment<'m> {
    /// Field `position`, from 1, as the standard counts: MSH-1 is the delimiter itself. Blank if not sent.
    #[must_use]
    pub fn field(&self, position: usize) -> Field<'m> {
        let header = matches!(self.name, "MSH" | "BHS" | "FHS");
        let index = if header { position.saturating_sub(1) } else { position };
        let raw =
            if index == 0 { "" } else { self.text.split(self.delimiters.field).nth(index).unwrap_or("") };
        Field { raw, segment: self.name, number: self.number, position, delimiters: self.delimiters }
    }

    /// How many fields it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.split(self.delimiters.field).count() - 1
    }

    /// Whether it has a name only.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        (1..=self.len()).all(|position| self.field(position).is_empty())
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { segment: self.name.into(), number: self.number, field: 0 }
    }
}

impl<'m> Field<'m> {
    /// As sent, delimiters and escapes included.
    #[must_use]
    pub const fn raw(&self) -> &'m str {
        self.raw
    }

    /// Whether nothing is said: blank, or the two quotes that ask for deletion.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let bare = [self.delimiters.component, self.delimiters.subcomponent, self.delimiters.repetition];
        let said = self.raw.trim_matches(|one: char| one.is_whitespace() || bare.contains(&one));
        said.is_empty() || said == "\"\""
    }

    /// Whether the sender asks that what was known be deleted.
    #[must_use]
    pub fn asks_deletion(&self) -> bool {
        self.raw.trim() == "\"\""
    }

    /// Its repetitions that say something, the first thousand of them.
    pub fn repetitions(self) -> impl Iterator<Item = Self> {
        self.raw_repetitions().filter(|one| !one.is_empty()).take(MAX_REPETITIONS)
    }

    /// All its repetitions, blank ones too: lines of a text.
    pub fn raw_repetitions(self) -> impl Iterator<Item = Self> {
        self.raw.split(self.delimiters.repetition).map(move |raw| Self { raw, ..self })
    }

    /// The components of its first repetition.
    pub fn components(self) -> impl Iterator<Item = Self> {
        let first = self.first();
        first.raw.split(self.delimiters.component).map(move |raw| Self { raw, ..first })
    }

    /// Its first repetition.
    #[must_use]
    pub fn first(self) -> Self {
        self.nth(self.delimiters.repetition, 1)
    }

    /// Component `position`, from 1, of its first repetition; blank if it is not sent.
    #[must_use]
    pub fn component(self, position: usize) -> Self {
        self.first().nth(self.delimiters.component, position)
    }

    /// Subcomponent `position`, from 1; blank if it is not sent.
    #[must_use]
    pub fn part(self, position: usize) -> Self {
        self.nth(self.delimiters.subcomponent, position)
    }

    /// Its subcomponents.
    pub fn parts(self) -> impl Iterator<Item = Self> {
        self.raw.split(self.delimiters.subcomponent).map(move |raw| Self { raw, ..self })
    }

    /// A subcomponent read as a field of its own: names inside NDL have one level less.
    #[must_use]
    pub fn one_level_down(self) -> Self {
        let delimiters = Delimiters { component: self.delimiters.subcomponent, ..self.delimiters };
        Self { delimiters, ..self }
    }

    /// Its words: escapes resolved, blanks trimmed; empty for a deletion.
    #[must_use]
    pub fn text(&self) -> String {
        match self.raw.trim() {
            "\"\"" => String::new(),
            raw => unescape(raw, &self.delimiters).trim().to_owned(),
        }
    }

    /// Its words, if it has any.
    #[must_use]
    pub fn said(&self) -> Option<String> {
        Some(self.text()).filter(|text| !text.is_empty())
    }

    /// Words with their line breaks and inner blanks kept, for notes and reports.
    #[must_use]
    pub fn long_text(&self) -> String {
        if self.is_empty() {
            String::new()
        } else {
            unescape(self.raw, &self.delimiters).trim_end().to_owned()
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { segment: self.segment.into(), number: self.number, field: self.position }
    }

    fn nth(self, separator: char, position: usize) -> Self {
        Self { raw: self.raw.split(separator).nth(position - 1).unwrap_or(""), ..self }
    }
}

/// The segments of a message, and the lines that are none (with their number, from 1).
pub(super) fn split(text: &str, delimiters: Delimiters) -> (Vec<Segment<'_>>, Vec<usize>) {
    let (mut segments, mut odd): (Vec<Segment<'_>>, _) = (Vec::new(), Vec::new());
    let mut counts = std::collections::HashMap::new();
    let lines = text.split(['\r', '\n']).map(|line| line.trim_matches(['\u{b}', '\u{1c}', '\0', '\u{feff}']));
    for (line, raw) in lines.filter(|line| !line.trim().is_empty()).enumerate() {
        let raw = raw.trim_start();
        if segments.len() >= MAX_SEGMENTS {
            odd.push(line + 1);
            break;
        }
        let name = raw.split(delimiters.field).next().unwrap_or("").trim();
        if name.len() != 3 || !name.bytes().all(|one| one.is_ascii_uppercase() || one.is_ascii_digit()) {
            odd.push(line + 1);
            continue;
        }
        let number = counts.entry(name).and_modify(|count| *count += 1).or_insert(1);
        segments.push(Segment { name, number: *number, text: raw, delimiters });
    }
    (segments, odd)
}
