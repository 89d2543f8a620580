//! Gathering what manuals, grouper and editor say of a code.

use std::error::Error;

use codeset::manual::{Axis, Classification, DiagnosisCard, Division, Entry, Manual, ProcedureCard};
use codeset::rows::{Interval, TitleSource};
use codeset::{Code, Edition, Family, Mdc, Pack, Registry, Version};
use encoder::{Note, NoteKind, SeventhCharacter, Tabular};
use grouper::{Desk, DiagnosisEntry, EditorEntry, ProcedureEntry};
use guidelines::PoaExempt;
use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// Everything said of one code.
#[derive(Debug, Serialize)]
pub(super) struct CodeReport {
    /// The code as its manual prints it.
    pub code: String,
    pub classification: Classification,
    /// The discharge date it is looked up for.
    pub date: Date,
    /// The grouper version of that date.
    pub version: Version,
    pub is_header: bool,
    pub is_valid: bool,
    pub title: Titled,
    pub valid: Vec<Interval>,
    /// Fiscal years held, with whether the code is valid on some day of each.
    pub years: Vec<Year>,
    #[serde(flatten)]
    pub place: Place,
    pub editor: Vec<EditorEntry>,
}

/// Whether a code is valid on some day of an edition.
#[derive(Debug, Serialize)]
pub(super) struct Year {
    pub version: String,
    pub valid: bool,
}

/// What only one of the manuals says.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Place {
    Diagnosis(Box<DiagnosisPlace>),
    Procedure(Box<ProcedurePlace>),
}

#[derive(Debug, Serialize)]
pub(super) struct DiagnosisPlace {
    /// Chapter, then blocks, widest first.
    pub divisions: Vec<Named>,
    /// Category and subcategories above.
    pub above: Vec<Named>,
    /// Codes and headers directly under it.
    pub under: Vec<Named>,
    /// Notes of the tabular list that govern it, its own last.
    pub notes: Vec<NoteSaid>,
    /// The seventh characters it takes.
    pub seventh: Vec<SeventhCharacter>,
    /// Whether it is exempt from present-on-admission reporting; `None` where the list is not imported.
    pub poa_exempt: Option<bool>,
    pub grouper: Vec<DiagnosisEntry>,
    /// Title of the MDC in the version of the date.
    pub mdc_title: String,
    /// Principal diagnoses that cancel its severity.
    pub cancelled_by: Vec<Code>,
    /// Secondary diagnoses whose severity it cancels as principal diagnosis.
    pub cancels: Vec<Code>,
}

/// A note of the tabular list.
#[derive(Debug, Serialize)]
pub(super) struct NoteSaid {
    pub kind: NoteKind,
    /// The code, block or chapter that states it.
    pub stated_at: String,
    pub text: String,
}

#[derive(Debug, Serialize)]
pub(super) struct ProcedurePlace {
    pub axes: Vec<AxisSaid>,
    /// Valid codes of the same table.
    pub table_size: usize,
    pub grouper: Vec<ProcedureEntry>,
}

#[derive(Debug, Serialize)]
pub(super) struct AxisSaid {
    pub name: String,
    pub value: char,
    pub label: Option<String>,
    pub definition: Option<String>,
}

/// A code, header, block or chapter with its title.
#[derive(Debug, Serialize)]
pub(super) struct Named {
    pub name: String,
    pub title: Titled,
}

/// A title and where it was read; both `None` where no title is at hand.
#[derive(Debug, Serialize)]
pub(super) struct Titled {
    pub text: Option<String>,
    #[serde(serialize_with = "as_text")]
    pub source: Option<TitleSource>,
}

/// What is asked: the discharge date, and the grouper version that governs it.
#[derive(Debug, Clone, Copy)]
struct Asked {
    date: Date,
    version: Version,
}

/// Looks `code` up in both manuals; `None` if neither has it.
pub(super) fn look_up(
    pack: &Pack,
    desk: &Desk,
    code: Code,
    date: Date,
) -> Result<Option<CodeReport>, Box<dyn Error>> {
    let manual = Manual::new(pack);
    let exempt = PoaExempt::open(pack)?;
    let (diagnosed, performed) = (manual.diagnosis(code, date)?, manual.procedure(code, date)?);
    let asked = Asked { date, version: desk.editions().on(Family::Msdrg, date)?.version.parse()? };
    if let Some(card) = diagnosed {
        let place =
            diagnosis(desk, &card, (tabular(pack, code, date)?, exempt.map(|list| list.holds(code))), asked);
        let report = report(desk.editions(), Classification::Icd10cm, &card.entry, asked, place);
        return Ok(Some(CodeReport { editor: desk.diagnosis_marks(code), ..report }));
    }
    let Some(card) = performed else { return Ok(None) };
    let entry = card.entry.clone();
    let report = report(desk.editions(), Classification::Icd10pcs, &entry, asked, procedure(desk, card));
    Ok(Some(CodeReport { editor: desk.procedure_marks(code), ..report }))
}

fn report(registry: &Registry, of: Classification, entry: &Entry, asked: Asked, place: Place) -> CodeReport {
    let Asked { date, version } = asked;
    let editions = registry.editions().iter().filter(|edition| edition.family == of.family());
    let is_valid_in = |edition: &Edition| {
        entry.valid.iter().any(|valid| valid.first <= edition.last && edition.first <= valid.last)
    };
    CodeReport {
        code: of.print(entry.code),
        classification: of,
        date,
        version,
        is_header: entry.is_header(),
        is_valid: entry.is_valid_on(date),
        title: titled(entry, date),
        valid: entry.valid.clone(),
        years: editions.map(|e| Year { version: e.version.clone(), valid: is_valid_in(e) }).collect(),
        place,
        editor: Vec::new(),
    }
}

/// The notes that govern a code, and the seventh characters it takes.
type Governing = (Vec<NoteSaid>, Vec<SeventhCharacter>);

fn tabular(pack: &Pack, code: Code, date: Date) -> Result<Governing, Box<dyn Error>> {
    let tabular = Tabular::open(pack, date)?;
    let Some(node) = tabular.node(code)? else { return Ok((Vec::new(), Vec::new())) };
    let notes = node.inherited.iter().chain(&node.own);
    let notes = notes.filter(|note| !matches!(note.kind, NoteKind::Seventh | NoteKind::SeventhNote));
    let said = |note: &&Note| NoteSaid {
        kind: note.kind,
        stated_at: note.node.to_string(),
        text: note.text.clone(),
    };
    Ok((notes.map(said).collect(), node.seventh))
}

fn diagnosis(
    desk: &Desk,
    card: &DiagnosisCard,
    ((notes, seventh), poa_exempt): (Governing, Option<bool>),
    Asked { date, version }: Asked,
) -> Place {
    let code = card.entry.code;
    let grouper = desk.diagnosis_entries(code);
    let mdc = grouper.iter().find(|row| row.first <= version && row.last.is_none_or(|last| version <= last));
    let named = |entry: &Entry| Named { name: entry.code.dotted(), title: titled(entry, date) };
    let chapter = card.chapter.iter().map(|chapter| division(&format!("Chapter {}", chapter.name), chapter));
    let blocks = card.blocks.iter().map(|block| division(&block.name, block));
    Place::Diagnosis(Box::new(DiagnosisPlace {
        divisions: chapter.chain(blocks).collect(),
        above: card.above.iter().map(named).collect(),
        under: card.under.iter().map(named).collect(),
        notes,
        seventh,
        poa_exempt,
        mdc_title: mdc.map(|row| desk.mdc_title(Mdc(row.mdc), version).to_owned()).unwrap_or_default(),
        cancelled_by: desk.excluded_by(code, version),
        cancels: desk.excludes(code, version),
        grouper,
    }))
}

fn division(name: &str, division: &Division) -> Named {
    let title = Titled { text: Some(division.title.clone()), source: None };
    Named { name: name.to_owned(), title }
}

fn procedure(desk: &Desk, card: ProcedureCard) -> Place {
    let said = |Axis { name, value, label, definition }| AxisSaid { name, value, label, definition };
    Place::Procedure(Box::new(ProcedurePlace {
        grouper: desk.procedure_entries(card.entry.code),
        axes: card.axes.into_iter().map(said).collect(),
        table_size: card.table_size,
    }))
}

fn titled(entry: &Entry, date: Date) -> Titled {
    let title = entry.title_on(date);
    Titled { text: title.map(|title| title.text.clone()), source: title.map(|title| title.source) }
}

fn as_text<S: Serializer>(source: &Option<TitleSource>, serializer: S) -> Result<S::Ok, S::Error> {
    source.map(|source| source.to_string()).serialize(serializer)
}
