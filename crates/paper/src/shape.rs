//! From characters to glyphs with their widths, and which characters could not be had.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use krilla::text::{GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer, script, shape_with_plan};
use unicode_segmentation::UnicodeSegmentation;

use crate::fonts::{FaceId, Fonts, UNKNOWN};
use crate::sheet::Points;
use crate::words::Style;

/// Text of one font and style, as glyphs.
#[derive(Debug, Clone)]
pub(crate) struct Stretch {
    pub(crate) face: FaceId,
    pub(crate) style: Style,
    /// The characters, as they are to be found and copied in the PDF.
    pub(crate) text: String,
    pub(crate) glyphs: Vec<KrillaGlyph>,
    /// Its width at a size of one point.
    pub(crate) ems: f32,
}

impl Stretch {
    /// Appends `other`, which continues it in the same font and style.
    pub(crate) fn append(&mut self, other: &Self) {
        let shift = self.text.len();
        self.glyphs.extend(other.glyphs.iter().cloned().map(|mut glyph| {
            glyph.text_range = glyph.text_range.start + shift..glyph.text_range.end + shift;
            glyph
        }));
        self.text.push_str(&other.text);
        self.ems += other.ems;
    }

    pub(crate) fn continues(&self, other: &Self) -> bool {
        self.face == other.face && self.style == other.style
    }
}

/// Turns words into glyphs and remembers them: most words of a record are many times in it.
pub(crate) struct Shaper<'a> {
    pub(crate) fonts: &'a Fonts,
    seen: HashMap<(Style, String), Rc<[Stretch]>>,
    /// Characters that no font has.
    pub(crate) missing: BTreeSet<char>,
}

impl<'a> Shaper<'a> {
    pub(crate) fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, seen: HashMap::new(), missing: BTreeSet::new() }
    }

    /// The glyphs of `text`, in as many stretches as it needs fonts.
    pub(crate) fn shape(&mut self, style: Style, text: &str) -> Rc<[Stretch]> {
        let key = (style, text.to_owned());
        if let Some(known) = self.seen.get(&key) {
            return Rc::clone(known);
        }
        let shaped: Rc<[Stretch]> = self.by_font(style, text).into();
        self.seen.insert(key, Rc::clone(&shaped));
        shaped
    }

    /// The width of `text` at a size.
    pub(crate) fn width(&mut self, style: Style, text: &str, size: Points) -> Points {
        self.shape(style, text).iter().map(|stretch| stretch.ems * size).sum()
    }

    fn by_font(&mut self, style: Style, text: &str) -> Vec<Stretch> {
        let mut stretches = Vec::new();
        let mut open: Option<(FaceId, String)> = None;
        for cluster in text.graphemes(true) {
            let face = self.fonts.that_has(style, cluster);
            if let (Some(face), Some((of, collected))) = (face, &mut open)
                && face == *of
            {
                collected.push_str(cluster);
                continue;
            }
            stretches.extend(open.take().map(|(face, text)| self.of_face(face, style, text)));
            match face {
                Some(face) => open = Some((face, cluster.to_owned())),
                None => stretches.extend(cluster.chars().map(|one| self.single(style, one))),
            }
        }
        stretches.extend(open.map(|(face, text)| self.of_face(face, style, text)));
        stretches
    }

    /// One character of a cluster that no font has whole: itself if a font has it, the sign for unknown otherwise.
    fn single(&mut self, style: Style, character: char) -> Stretch {
        let text = character.to_string();
        if let Some(face) = self.fonts.that_has(style, &text) {
            return self.of_face(face, style, text);
        }
        self.missing.insert(character);
        let sign = UNKNOWN.to_string();
        let face = self.fonts.that_has(style, &sign).unwrap_or(Fonts::of_style(style));
        let mut stretch = self.of_face(face, style, sign);
        // What is copied out of the PDF is the character itself, where PDF/A allows it there.
        let copied = if may_be_copied(character) { character } else { char::REPLACEMENT_CHARACTER };
        stretch.text = copied.to_string();
        for glyph in &mut stretch.glyphs {
            glyph.text_range = 0..stretch.text.len();
        }
        stretch
    }

    fn of_face(&self, id: FaceId, style: Style, text: String) -> Stretch {
        let face = self.fonts.face(id);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        let shaped = shape_with_plan(&face.shapes, &face.plan, buffer);
        let em = face.printed.units_per_em();
        let (infos, positions) = (shaped.glyph_infos(), shaped.glyph_positions());
        let end_of = |at: usize| {
            let later = infos[at..].iter().find(|info| info.cluster != infos[at].cluster);
            later.map_or(text.len(), |info| info.cluster as usize)
        };
        let glyphs: Vec<KrillaGlyph> = infos
            .iter()
            .zip(positions)
            .enumerate()
            .map(|(at, (info, position))| {
                let [advance, x, y] =
                    [position.x_advance, position.x_offset, position.y_offset].map(|units| units as f32 / em);
                let cluster = info.cluster as usize..end_of(at);
                KrillaGlyph::new(GlyphId::new(info.glyph_id), advance, x, y, 0.0, cluster, None)
            })
            .collect();
        let ems = glyphs.iter().map(|glyph| glyph.x_advance).sum();
        Stretch { face: id, style, text, glyphs, ems }
    }
}

/// Whether PDF/A-2 lets a glyph stand for the character: no control characters, private use or non-characters.
fn may_be_copied(character: char) -> bool {
    let code = u32::from(character);
    let private = matches!(code, 0xE000..=0xF8FF | 0xF_0000..);
    let none = code & 0xFFFE == 0xFFFE || matches!(code, 0xFDD0..=0xFDEF | 0xFEFF);
    !(character.is_control() || private || none)
}
