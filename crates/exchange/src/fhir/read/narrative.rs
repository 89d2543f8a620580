//! Narrative (xhtml) and text files as the plain text of a section: paragraphs parted by a blank line, list items
//! beginning with `- `, table cells parted by ` | `.

use chart::document::Attachment;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::datatype::FhirAttachment;
use super::reading::Reading;

/// The file of an attachment and, where it is text, what it says.
pub(super) fn file(
    reading: &Reading<'_>,
    place: &str,
    sent: &FhirAttachment,
) -> Option<(Attachment, Option<String>)> {
    let own = sent.data.is_none();
    if own {
        return reading.attachment(place, sent).map(|file| (file, None));
    }
    let (file, bytes) = reading.file(place, sent)?;
    let media_type = file.media_type.split(';').next().unwrap_or_default().trim();
    let text = match media_type {
        "text/plain" => Some(String::from_utf8_lossy(&bytes).trim().to_owned()),
        "text/html" | "application/xhtml+xml" => Some(plain(&String::from_utf8_lossy(&bytes))),
        _ => None,
    };
    Some((file, text))
}

/// The plain text of xhtml. What is not well-formed is read as far as it makes sense.
pub(in crate::fhir) fn plain(xhtml: &str) -> String {
    let mut reader = Reader::from_str(xhtml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut page = Page { keeps_lines: !has_blocks(xhtml), ..Page::default() };
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => page.open(tag.local_name().as_ref()),
            Ok(Event::Empty(tag)) => {
                page.open(tag.local_name().as_ref());
                page.close(tag.local_name().as_ref());
            }
            Ok(Event::End(tag)) => page.close(tag.local_name().as_ref()),
            Ok(Event::Text(text)) => page.write(&text),
            Ok(Event::CData(text)) => page.write(&text),
            Ok(Event::GeneralRef(name)) => page.write(&character(&name)),
            Ok(Event::Eof) | Err(_) => return page.text(),
            Ok(_) => {}
        }
    }
}

/// Whether the text is laid out by elements. Where it is not, its own line ends are the only layout there is, and are
/// kept, though xhtml would run the lines together.
fn has_blocks(xhtml: &str) -> bool {
    ["<p", "<br", "<li", "<t", "<h"].iter().any(|tag| xhtml.contains(tag))
}

/// The character an entity stands for; an unknown one as it was written.
fn character(name: &str) -> String {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
        return code.and_then(char::from_u32).map(String::from).unwrap_or_default();
    }
    let known = [
        ("amp", "&"),
        ("lt", "<"),
        ("gt", ">"),
        ("quot", "\""),
        ("apos", "'"),
        ("nbsp", " "),
        ("deg", "°"),
        ("micro", "µ"),
        ("plusmn", "±"),
        ("le", "≤"),
        ("ge", "≥"),
        ("ndash", "–"),
        ("mdash", "—"),
        ("middot", "·"),
        ("bull", "•"),
        ("rsquo", "’"),
        ("lsquo", "‘"),
        ("rdquo", "”"),
        ("ldquo", "“"),
        ("frac12", "½"),
    ];
    let found = known.iter().find(|(entity, _)| *entity == name);
    found.map_or_else(|| format!("&{name};"), |(_, text)| (*text).to_owned())
}

/// The text so far.
#[derive(Default)]
struct Page {
    done: String,
    line: String,
    /// How many line ends are due before the next line.
    due: usize,
    keeps_lines: bool,
    /// Inside `script` or `style`, which say nothing.
    silent: usize,
    /// Cells of the row so far, and whether we are in one.
    cells: Option<Vec<String>>,
    preformatted: usize,
}

impl Page {
    fn open(&mut self, tag: &str) {
        match tag {
            "br" => self.end_line(1),
            "li" => {
                self.end_line(1);
                self.line.push_str("- ");
            }
            "tr" => {
                self.end_line(1);
                self.cells = Some(Vec::new());
            }
            "pre" => {
                self.end_line(2);
                self.preformatted += 1;
            }
            "script" | "style" | "head" => self.silent += 1,
            _ if is_block(tag) => self.end_line(2),
            _ => {}
        }
    }

    fn close(&mut self, tag: &str) {
        match tag {
            "li" => self.end_line(1),
            "td" | "th" => self.end_cell(),
            "tr" => self.end_row(),
            "pre" => {
                self.preformatted = self.preformatted.saturating_sub(1);
                self.end_line(2);
            }
            "script" | "style" | "head" => self.silent = self.silent.saturating_sub(1),
            _ if is_block(tag) => self.end_line(2),
            _ => {}
        }
    }

    fn write(&mut self, text: &str) {
        if self.silent > 0 {
            return;
        }
        if !self.keeps_lines && self.preformatted == 0 {
            return self.line.push_str(&text.replace(['\n', '\r', '\t'], " "));
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                let blank = self.line.trim().is_empty();
                self.end_line(if blank { 2 } else { 1 });
            }
            self.line.push_str(line);
        }
    }

    /// Ends the line; `ends` is 1 for a new line and 2 for a new paragraph. In a table cell it is only a space.
    fn end_line(&mut self, ends: usize) {
        if self.cells.is_some() {
            return self.line.push(' ');
        }
        let line = squeezed(&std::mem::take(&mut self.line));
        match line.as_str() {
            "" => self.due = self.due.max(ends),
            // The mark of a list item waits for its words.
            "-" => self.line.push_str("- "),
            line => {
                self.put(line);
                self.due = ends;
            }
        }
    }

    fn put(&mut self, line: &str) {
        if !self.done.is_empty() {
            self.done.extend(std::iter::repeat_n('\n', self.due));
        }
        self.done.push_str(line);
        self.due = 0;
    }

    fn end_cell(&mut self) {
        let cell = squeezed(&std::mem::take(&mut self.line));
        if let Some(cells) = &mut self.cells {
            cells.push(cell);
        }
    }

    fn end_row(&mut self) {
        let stray = squeezed(&std::mem::take(&mut self.line));
        let mut cells = self.cells.take().unwrap_or_default();
        cells.extend((!stray.is_empty()).then_some(stray));
        if cells.iter().any(|cell| !cell.is_empty()) {
            let row = cells.join(" | ");
            self.put(row.trim());
            self.due = 1;
        }
    }

    fn text(mut self) -> String {
        if self.cells.is_some() {
            self.end_row();
        }
        self.end_line(0);
        self.done
    }
}

/// Elements that stand on lines of their own.
fn is_block(tag: &str) -> bool {
    const BLOCKS: [&str; 20] = [
        "p",
        "div",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "caption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "hr",
    ];
    BLOCKS.contains(&tag)
}

/// One space for several, none at the ends.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
