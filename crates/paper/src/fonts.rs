//! The fonts of the program, embedded: no print depends on what a machine has installed.

use krilla::text::Font;
use rustybuzz::{Direction, ShapePlan, script};

use crate::error::PaperError;
use crate::words::Style;

/// The font files, the three styles of text first, then those that lend them signs.
const FILES: [(&str, &[u8]); 6] = [
    ("NotoSans-Regular.ttf", include_bytes!("../fonts/NotoSans-Regular.ttf")),
    ("NotoSans-Bold.ttf", include_bytes!("../fonts/NotoSans-Bold.ttf")),
    ("NotoSans-Italic.ttf", include_bytes!("../fonts/NotoSans-Italic.ttf")),
    ("NotoSansMath-Regular.ttf", include_bytes!("../fonts/NotoSansMath-Regular.ttf")),
    ("NotoSansSymbols-Regular.ttf", include_bytes!("../fonts/NotoSansSymbols-Regular.ttf")),
    ("NotoSansSymbols2-Regular.ttf", include_bytes!("../fonts/NotoSansSymbols2-Regular.ttf")),
];
/// The first of the files that lend signs to every style.
const FIRST_OF_SIGNS: usize = 3;
/// Characters the fonts have, but as nothing visible: a soft hyphen and a joiner of accents.
const INVISIBLE: [char; 2] = ['\u{AD}', '\u{34F}'];

/// Stands for a character that no font has. Not an empty square, which a reader could take for a box left unticked.
pub(crate) const UNKNOWN: char = '▨';

/// A font by its place among [`Fonts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct FaceId(usize);

/// A font, ready to measure and to print with.
pub(crate) struct Face {
    pub(crate) shapes: rustybuzz::Face<'static>,
    pub(crate) plan: ShapePlan,
    pub(crate) printed: Font,
}

impl Face {
    fn open(file: &'static str, bytes: &'static [u8]) -> Result<Self, PaperError> {
        let unreadable = PaperError::Font { font: file };
        let shapes = rustybuzz::Face::from_slice(bytes, 0).ok_or(unreadable.clone())?;
        let plan = ShapePlan::new(&shapes, Direction::LeftToRight, Some(script::LATIN), None, &[]);
        let printed = Font::new(bytes.into(), 0).ok_or(unreadable)?;
        Ok(Self { shapes, plan, printed })
    }

    fn has(&self, character: char) -> bool {
        self.shapes.glyph_index(character).is_some_and(|glyph| glyph.0 != 0)
    }
}

/// Every font.
pub(crate) struct Fonts(Vec<Face>);

impl Fonts {
    /// Reads the embedded files.
    pub(crate) fn open() -> Result<Self, PaperError> {
        FILES.iter().map(|(file, bytes)| Face::open(file, bytes)).collect::<Result<_, _>>().map(Self)
    }

    pub(crate) fn face(&self, id: FaceId) -> &Face {
        &self.0[id.0]
    }

    /// The font of a style.
    pub(crate) const fn of_style(style: Style) -> FaceId {
        match style {
            Style::Regular | Style::Struck => FaceId(0),
            Style::Bold => FaceId(1),
            Style::Italic => FaceId(2),
        }
    }

    /// The first font that has all of `text`, asking the style's own first.
    pub(crate) fn that_has(&self, style: Style, text: &str) -> Option<FaceId> {
        if text.contains(INVISIBLE) || text.contains(char::is_control) {
            return None;
        }
        let signs = (FIRST_OF_SIGNS..self.0.len()).map(FaceId);
        let mut asked = std::iter::once(Self::of_style(style)).chain(signs);
        asked.find(|id| text.chars().all(|character| self.face(*id).has(character)))
    }
}
