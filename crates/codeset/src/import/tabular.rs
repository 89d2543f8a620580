//! The tabular list of ICD-10-CM as CDC publishes it in XML: chapters, blocks, every header and code with its title,
//! and the seventh characters.

use roxmltree::{Document, Node, ParsingOptions};

use super::{ImportError, Place};
use crate::Code;
use crate::rows::head;

/// What is read from a tabular list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tabular {
    /// The fiscal year it is published for.
    pub fiscal_year: i16,
    /// The chapters in order.
    pub chapters: Vec<Range>,
    /// The blocks in order of first category, narrow before wide; some lie in others.
    pub blocks: Vec<Range>,
    /// Headers and codes that are written out.
    pub titles: Vec<TabularTitle>,
    /// Codes that come of a seventh character; not all of them are valid, as notes make exceptions.
    pub seventh: Vec<SeventhCharacter>,
}

/// A chapter or block.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Range {
    /// First category.
    pub first: Code,
    /// Last category.
    pub last: Code,
    /// The chapter's number.
    pub chapter: String,
    /// Its title, the range of categories left out.
    pub title: String,
}

/// A header or code with its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TabularTitle {
    /// The header or code.
    pub code: Code,
    /// Its title.
    pub title: String,
}

/// A code that comes of a seventh character, with the title put together from its two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeventhCharacter {
    /// The written-out code it belongs to.
    pub stem: Code,
    /// The code with placeholders and seventh character.
    pub code: Code,
    /// The stem's title and what the character says.
    pub title: String,
}

/// Seventh characters with what they say.
type Characters = Vec<(String, String)>;

/// A code's stem has at most six characters; shorter ones are filled up with this placeholder.
const PLACEHOLDER: &str = "XXX";
const STEM_LEN: usize = 6;

/// Reads a tabular list.
pub fn parse_tabular(file: &str, text: &str) -> Result<Tabular, ImportError> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        let line = error.pos().row as usize;
        Place { file, line }.error("XML", error.to_string())
    })?;
    let line_starts = text.match_indices('\n').map(|(at, _)| at + 1).collect();
    Reader { file, document: &document, line_starts }.tabular()
}

/// A document with its file's name, for errors.
struct Reader<'d> {
    file: &'d str,
    document: &'d Document<'d>,
    /// Where each line after the first begins, in bytes: the document would count lines anew for every element.
    line_starts: Vec<usize>,
}

impl<'d> Reader<'d> {
    fn tabular(&self) -> Result<Tabular, ImportError> {
        let root = self.document.root_element();
        if root.tag_name().name() != "ICD10CM.tabular" {
            return Err(self.place(root).error("ICD10CM.tabular", "this is no ICD-10-CM tabular list"));
        }
        let version = self.child_text(root, "version")?;
        let fiscal_year = version
            .parse()
            .map_err(|_| self.place(root).error("version", format!("'{version}' is no year")))?;
        let (chapters, blocks) = (Vec::new(), Vec::new());
        let mut tabular = Tabular { fiscal_year, chapters, blocks, titles: Vec::new(), seventh: Vec::new() };
        for chapter in children(root, "chapter") {
            self.chapter(chapter, &mut tabular)?;
        }
        tabular.blocks.sort();
        if tabular.titles.is_empty() {
            return Err(self.place(root).error("diag", "the list holds no code"));
        }
        Ok(tabular)
    }

    fn chapter(&self, chapter: Node<'d, 'd>, tabular: &mut Tabular) -> Result<(), ImportError> {
        let number = self.child_text(chapter, "name")?;
        let range = self.range(chapter, &number)?;
        tabular.chapters.push(range);
        for section in children(chapter, "section") {
            tabular.blocks.push(self.range(section, &number)?);
            for diag in children(section, "diag") {
                self.diag(diag, &Characters::new(), tabular)?;
            }
        }
        Ok(())
    }

    /// A chapter or block: its title ends in the categories it holds, as in `Neoplasms (C00-D49)`.
    fn range(&self, node: Node<'d, 'd>, chapter: &str) -> Result<Range, ImportError> {
        let place = self.place(node);
        let text = self.child_text(node, "desc")?;
        let parts = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
        let (title, range) =
            parts.ok_or_else(|| place.error("desc", format!("'{text}' names no categories")))?;
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        Ok(Range {
            first: place.code(first)?,
            last: place.code(last)?,
            chapter: chapter.to_owned(),
            title: title.to_owned(),
        })
    }

    /// A header or code and all under it; `inherited` are the seventh characters given above.
    fn diag(
        &self,
        diag: Node<'d, 'd>,
        inherited: &Characters,
        tabular: &mut Tabular,
    ) -> Result<(), ImportError> {
        let place = self.place(diag);
        let code = place.code(&self.child_text(diag, "name")?)?;
        let title = place.title("desc", &self.child_text(diag, "desc")?)?;
        let own = children(diag, "sevenChrDef").next().map(seventh_characters);
        let characters = own.as_ref().unwrap_or(inherited);
        let mut is_leaf = true;
        tabular.titles.push(TabularTitle { code, title: title.clone() });
        for child in children(diag, "diag") {
            is_leaf = false;
            self.diag(child, characters, tabular)?;
        }
        if is_leaf && code.to_string().len() <= STEM_LEN {
            for (character, meaning) in characters {
                let filled = format!("{code}{PLACEHOLDER}");
                let code_text = format!("{}{character}", filled.get(..STEM_LEN).unwrap_or(&filled));
                let title = format!("{title}, {meaning}");
                tabular.seventh.push(SeventhCharacter { stem: code, code: place.code(&code_text)?, title });
            }
        }
        Ok(())
    }

    fn child_text(&self, node: Node<'d, 'd>, name: &'static str) -> Result<String, ImportError> {
        let child = children(node, name).next();
        let text = child.map(text_of).unwrap_or_default();
        if text.is_empty() {
            Err(self.place(node).error(name, "the element is missing or blank"))
        } else {
            Ok(text)
        }
    }

    fn place(&self, node: Node<'d, 'd>) -> Place<'d> {
        let start = node.range().start;
        Place { file: self.file, line: self.line_starts.partition_point(|&at| at <= start) + 1 }
    }
}

fn seventh_characters(definition: Node<'_, '_>) -> Characters {
    let extension = |node: Node<'_, '_>| Some((node.attribute("char")?.to_owned(), text_of(node)));
    children(definition, "extension").filter_map(extension).collect()
}

fn children<'d>(node: Node<'d, 'd>, name: &'static str) -> impl Iterator<Item = Node<'d, 'd>> {
    node.children().filter(move |child| child.has_tag_name(name))
}

fn text_of(node: Node<'_, '_>) -> String {
    super::even(
        &node
            .descendants()
            .filter_map(|node| if node.is_text() { node.text() } else { None })
            .collect::<String>(),
    )
}

/// The text of `chapters.tsv`; `comments` go above the header.
pub fn print_chapters(comments: &[&str], chapters: &[Range]) -> String {
    let mut out = head(comments, &["chapter", "first_category", "last_category", "title"]);
    for Range { first, last, chapter, title } in chapters {
        out.push_str(&format!("{chapter}\t{first}\t{last}\t{title}\n"));
    }
    out
}

/// The text of `blocks.tsv`; `comments` go above the header.
pub fn print_blocks(comments: &[&str], blocks: &[Range]) -> String {
    let mut out = head(comments, &["first_category", "last_category", "chapter", "title"]);
    for Range { first, last, chapter, title } in blocks {
        out.push_str(&format!("{first}\t{last}\t{chapter}\t{title}\n"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular>
  <version>2026</version>
  <chapter>
    <name>19</name>
    <desc>Injury &amp; poisoning (S00-T88)</desc>
    <section id="S00-S09">
      <desc>Injuries to the head (S00-S09)</desc>
      <diag>
        <name>S00</name>
        <desc>Superficial injury of
          head</desc>
        <sevenChrDef><extension char="A">initial encounter</extension><extension char="S">sequela</extension></sevenChrDef>
        <diag><name>S00.0</name><desc>Of scalp</desc></diag>
      </diag>
    </section>
    <section id="T07"><desc>Multiple (T07)</desc></section>
  </chapter>
</ICD10CM.tabular>"#;

    #[test]
    fn chapters_blocks_titles_and_seventh_characters_are_read() {
        let tabular = parse_tabular("tabular.xml", SAMPLE).unwrap();
        assert_eq!(tabular.fiscal_year, 2026);
        assert_eq!(
            print_chapters(&["Source: CDC"], &tabular.chapters),
            "# Source: CDC\nchapter\tfirst_category\tlast_category\ttitle\n19\tS00\tT88\tInjury & poisoning\n"
        );
        assert_eq!(
            print_blocks(&["Source: CDC"], &tabular.blocks).lines().last(),
            Some("T07\tT07\t19\tMultiple")
        );
        assert_eq!(tabular.titles[0].title, "Superficial injury of head");
        let seventh: Vec<_> =
            tabular.seventh.iter().map(|s| (s.code.to_string(), s.title.as_str())).collect();
        assert_eq!(
            seventh,
            [
                ("S000XXA".to_owned(), "Of scalp, initial encounter"),
                ("S000XXS".to_owned(), "Of scalp, sequela")
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let check = |text: String, error: &str| {
            assert_eq!(parse_tabular("tabular.xml", &text).unwrap_err().to_string(), error);
        };
        check(
            SAMPLE.replace("<name>S00.0</name>", ""),
            "tabular.xml, line 14, name: the element is missing or blank",
        );
        check(
            SAMPLE.replace("(S00-T88)", ""),
            "tabular.xml, line 4, desc: 'Injury & poisoning' names no categories",
        );
        check("<html/>".into(), "tabular.xml, line 1, ICD10CM.tabular: this is no ICD-10-CM tabular list");
        assert_eq!(parse_tabular("tabular.xml", "<a>").unwrap_err().field, "XML");
    }
}
