//! Writes pages as PDF: PDF/A-2a (ISO 19005-2), so that a print can be kept for as long as the record, with its
//! structure for those who hear it read.

use jiff::tz::TimeZone;
use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Archival, ConfigurationBuilder, ValidationError};
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};

use crate::error::PaperError;
use crate::frame::Frame;
use crate::galley::{Anchor, Mark, text_marks};
use crate::lines::one_line;
use crate::outline::{Places, outline, running};
use crate::pages::Page;
use crate::picture::image;
use crate::set::HAIRLINE;
use crate::shape::Shaper;
use crate::sheet::{Points, Sheet};
use crate::structure::{PartId, Structure};
use crate::words::Style;

/// The grey of what is repeated for orientation; dark enough to be read (7 : 1 against white).
const FAINT: u8 = 0x55;
/// How thick the line through withdrawn text is, and how high it lies, as shares of the size.
const STRIKE_THICKNESS: f32 = 0.06;
const STRIKE_HEIGHT: f32 = 0.27;

/// A print cut into pages, ready to be written.
pub(crate) struct Print<'a> {
    pub(crate) sheet: &'a Sheet,
    pub(crate) frame: Frame,
    pub(crate) pages: Vec<Page>,
    pub(crate) anchors: Vec<Anchor>,
    pub(crate) structure: Structure,
}

impl Print<'_> {
    /// The bytes of the PDF.
    pub(crate) fn write(&self, shaper: &mut Shaper) -> Result<Vec<u8>, PaperError> {
        let configuration = ConfigurationBuilder::new().with_archival_validator(Archival::A2_A).finish();
        let configuration = configuration.map_err(|fault| PaperError::Write { why: format!("{fault:?}") })?;
        let settings = SerializeSettings { configuration, ..SerializeSettings::default() };
        let mut document = Document::new_with(settings);
        let places = Places::of(&self.pages, self.frame.body_top);
        let running = running(&self.pages, &self.anchors);
        let mut drawn = Vec::new();
        for (at, page) in self.pages.iter().enumerate() {
            let mut sheet = document.start_page_with(self.page_settings()?);
            let mut pen = Pen { surface: sheet.surface(), shaper, places: &places, drawn: &mut drawn };
            pen.surface.push_transform(&Transform::from_translate(self.sheet.paper.side_margin, 0.0));
            self.draw(&mut pen, at, page, &running[at])?;
            pen.surface.pop();
        }
        document.set_outline(outline(&places, &self.anchors, self.sheet.paper.side_margin));
        document.set_tag_tree(self.structure.tree(drawn));
        document.set_metadata(self.metadata());
        document.finish().map_err(said_plainly)
    }

    fn page_settings(&self) -> Result<PageSettings, PaperError> {
        let paper = &self.sheet.paper;
        PageSettings::from_wh(paper.width, paper.height)
            .ok_or(PaperError::NoRoom { what: "size of the paper", paper: paper.name })
    }

    fn draw(&self, pen: &mut Pen, at: usize, page: &Page, chapter: &str) -> Result<(), PaperError> {
        let running = self.frame.running(pen.shaper, &self.sheet.title, chapter);
        let number = self.frame.number(pen.shaper, at + 1, self.pages.len());
        pen.artifact(ArtifactType::Header, 0.0, self.frame.header.iter().chain(&running));
        for (top, mark) in &page.marks {
            pen.mark(self.frame.body_top + top, mark)?;
        }
        pen.artifact(ArtifactType::Footer, 0.0, self.frame.footer.iter().chain(&number));
        Ok(())
    }

    fn metadata(&self) -> Metadata {
        let printed = TimeZone::UTC.to_datetime(self.sheet.footer.printed_at);
        let part = |number: i8| number.unsigned_abs();
        let date = DateTime::new(printed.year().unsigned_abs())
            .month(part(printed.month()))
            .day(part(printed.day()))
            .hour(part(printed.hour()))
            .minute(part(printed.minute()))
            .second(part(printed.second()))
            .utc_offset_hour(0);
        Metadata::new()
            .title(self.sheet.title.clone())
            .language("en-US".to_owned())
            .creator("Chartroom".to_owned())
            .creation_date(date)
    }
}

/// Draws on a page.
struct Pen<'a, 's, 'f> {
    surface: Surface<'a>,
    shaper: &'s mut Shaper<'f>,
    places: &'s Places,
    drawn: &'s mut Vec<(PartId, Identifier)>,
}

impl Pen<'_, '_, '_> {
    /// Draws what belongs to the page and not to the text.
    fn artifact<'m>(&mut self, kind: ArtifactType, top: Points, marks: impl Iterator<Item = &'m Mark>) {
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        marks.for_each(|mark| self.ink(top, mark));
        self.surface.end_tagged();
    }

    /// Draws a mark as a part of the text, `top` below the upper edge.
    fn mark(&mut self, top: Points, mark: &Mark) -> Result<(), PaperError> {
        match mark {
            Mark::Text { part: Some(part), .. } => {
                self.tagged(*part, ContentTag::Span(SpanTag::empty()), |pen| pen.ink(top, mark));
            }
            Mark::Text { part: None, .. } => {
                self.artifact(ArtifactType::PaginationOther, top, std::iter::once(mark));
            }
            Mark::Rule { .. } => self.artifact(ArtifactType::Layout, top, std::iter::once(mark)),
            Mark::PageOf { heading, right, y, size, part } => {
                let number = self.places.page_number(*heading);
                let line = one_line(self.shaper, Style::Regular, &number, *size, Points::INFINITY);
                let marks = text_marks(line.clone(), right - line.width, *y, *size, Some(*part), false);
                for mark in &marks {
                    self.mark(top, mark)?;
                }
            }
            Mark::Picture { x, width, height, picture, part } => {
                let image = image(picture)?;
                let size = Size::from_wh(*width, *height);
                self.tagged(*part, ContentTag::Other, |pen| {
                    pen.surface.push_transform(&Transform::from_translate(*x, top));
                    if let Some(size) = size {
                        pen.surface.draw_image(image, size);
                    }
                    pen.surface.pop();
                });
            }
        }
        Ok(())
    }

    fn tagged(&mut self, part: PartId, tag: ContentTag, draw: impl FnOnce(&mut Self)) {
        let identifier = self.surface.start_tagged(tag);
        draw(self);
        self.surface.end_tagged();
        self.drawn.push((part, identifier));
    }

    /// Text and lines.
    fn ink(&mut self, top: Points, mark: &Mark) {
        match mark {
            Mark::Text { x, y, size, stretch, faint, .. } => {
                self.colour(*faint);
                let font = self.shaper.fonts.face(stretch.face).printed.clone();
                let start = Point::from_xy(*x, top + y);
                self.surface.draw_glyphs(start, &stretch.glyphs, font, &stretch.text, *size, false);
                if stretch.style == Style::Struck {
                    let y = top + y - size * STRIKE_HEIGHT;
                    self.bar(*x, x + stretch.ems * size, y, size * STRIKE_THICKNESS);
                }
            }
            Mark::Rule { from, to, y, thickness } => {
                self.colour(*thickness <= HAIRLINE);
                self.bar(*from, *to, top + y, *thickness);
            }
            Mark::Picture { .. } | Mark::PageOf { .. } => {}
        }
    }

    fn colour(&mut self, faint: bool) {
        let grey = if faint { FAINT } else { 0 };
        let paint = rgb::Color::new(grey, grey, grey).into();
        let fill = Fill { paint, opacity: NormalizedF32::ONE, rule: FillRule::NonZero };
        self.surface.set_fill(Some(fill));
    }

    /// A line across, as a filled rectangle.
    fn bar(&mut self, from: Points, to: Points, y: Points, thickness: Points) {
        let Some(rectangle) = Rect::from_ltrb(from, y - thickness / 2.0, to, y + thickness / 2.0) else {
            return;
        };
        let mut path = PathBuilder::new();
        path.push_rect(rectangle);
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
    }
}

/// What the writer says when it has read a picture and cannot write it; it does not say which of them it was.
fn said_plainly(fault: KrillaError) -> PaperError {
    let picture = |why: &str| PaperError::Picture { caption: "one of this print".into(), why: why.into() };
    match fault {
        KrillaError::Image(_, _, why) => picture(&why),
        KrillaError::SixteenBitImage(..) => picture("it has 16 bits for each color: save it with 8"),
        KrillaError::Validation(found)
            if found.iter().any(|(one, _)| *one == ValidationError::MissingCMYKProfile) =>
        {
            picture("its colors are those of a printing press (CMYK): save it with RGB colors")
        }
        other => PaperError::Write { why: kind_only(&format!("{other:?}")) },
    }
}

/// The names at the beginning of a fault, up to the first thing that could be text of the record.
fn kind_only(fault: &str) -> String {
    fault.chars().take_while(|one| one.is_ascii_alphanumeric() || "([".contains(*one)).collect()
}
