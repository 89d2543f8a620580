//! The narrative block of a section as plain text: paragraphs parted by a blank line, list items with `- `, table
//! cells with ` | `, captions and footnotes in place.

use roxmltree::Node;

use super::xml::{attribute, is};

/// The text of a narrative block.
pub(super) fn plain(text: Node<'_, '_>) -> String {
    let mut page = Page::default();
    block(text, 0, &mut page);
    page.end_block();
    page.blocks.join("\n\n")
}

/// Blocks that are done, and the line that is being written.
#[derive(Default)]
struct Page {
    blocks: Vec<String>,
    line: String,
}

impl Page {
    /// Adds inline words; blanks between them become one.
    fn write(&mut self, text: &str) {
        let begins_apart = text.starts_with(char::is_whitespace);
        for (place, word) in text.split_whitespace().enumerate() {
            if (place > 0 || begins_apart) && !self.line.is_empty() && !self.line.ends_with(['\n', ' ']) {
                self.line.push(' ');
            }
            self.line.push_str(word);
        }
        if text.ends_with(char::is_whitespace) && !self.line.is_empty() && !self.line.ends_with(['\n', ' ']) {
            self.line.push(' ');
        }
    }

    fn end_block(&mut self) {
        let done = std::mem::take(&mut self.line);
        let done = done.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        if !done.trim().is_empty() {
            self.blocks.push(done.trim_matches('\n').to_owned());
        }
    }

    fn push(&mut self, text: String) {
        self.end_block();
        if !text.trim().is_empty() {
            self.blocks.push(text);
        }
    }
}

/// Writes the children of `node`, blocks as blocks and the rest in lines.
fn block(node: Node<'_, '_>, depth: usize, page: &mut Page) {
    for child in node.children() {
        if let Some(text) = child.text().filter(|_| child.is_text()) {
            page.write(text);
            continue;
        }
        match child.tag_name().name() {
            "paragraph" | "caption" | "footnote" | "text" => {
                page.end_block();
                block(child, depth, page);
                page.end_block();
            }
            "list" => page.push(list(child, depth)),
            "table" => page.push(table(child)),
            "br" => page.line.push('\n'),
            "renderMultiMedia" => page.write(&picture(child)),
            "footnoteRef" | "" => {}
            // A deleted passage stays in the original only.
            _ if attribute(child, "revised") == Some("delete") => {}
            _ => block(child, depth, page),
        }
    }
}

/// The words of an element on one line.
fn inline(node: Node<'_, '_>) -> String {
    let mut page = Page::default();
    block(node, 0, &mut page);
    page.end_block();
    page.blocks.join("; ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn picture(node: Node<'_, '_>) -> String {
    let caption = node.children().find(|child| is(*child, "caption")).map(inline).unwrap_or_default();
    let caption = if caption.is_empty() {
        attribute(node, "referencedObject").unwrap_or("without a title").to_owned()
    } else {
        caption
    };
    format!(" [picture: {caption}] ")
}

/// List items, those of inner lists indented by two.
fn list(node: Node<'_, '_>, depth: usize) -> String {
    let caption =
        node.children().find(|child| is(*child, "caption")).map(inline).filter(|text| !text.is_empty());
    let ordered = attribute(node, "listType") == Some("ordered");
    let items = node.children().filter(|child| is(*child, "item")).enumerate();
    let mark = |place: usize| if ordered { format!("- {}. ", place + 1) } else { "- ".to_owned() };
    let lines = items.map(|(place, entry)| item(entry, &mark(place), depth)).filter(|text| !text.is_empty());
    caption.into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}

fn item(node: Node<'_, '_>, mark: &str, depth: usize) -> String {
    let mut page = Page::default();
    block(node, depth + 1, &mut page);
    page.end_block();
    let text = page.blocks.join("\n");
    if text.is_empty() {
        return text;
    }
    let indent = "  ".repeat(usize::from(depth > 0));
    let mut lines = text.lines();
    let first = format!("{indent}{mark}{}", lines.next().unwrap_or_default().trim_start());
    let rest = lines.map(|line| format!("{indent}  {}", line.strip_prefix("  ").unwrap_or(line)));
    [first].into_iter().chain(rest).collect::<Vec<_>>().join("\n")
}

/// A line for each row, the caption before them.
fn table(node: Node<'_, '_>) -> String {
    let rows = node.descendants().filter(|one| is(*one, "tr") && nearest_table(*one) == Some(node));
    let lines = rows.map(|row| {
        let cells = row.children().filter(|cell| is(*cell, "td") || is(*cell, "th")).map(inline);
        cells.collect::<Vec<_>>().join(" | ").trim_end().to_owned()
    });
    let caption = node.children().find(|child| is(*child, "caption")).map(inline);
    let said = |line: &String| line.chars().any(|one| one != '|' && one != ' ');
    caption.into_iter().chain(lines).filter(said).collect::<Vec<_>>().join("\n")
}

/// The table a row is of; a table within a cell has rows of its own, which its cell shows.
fn nearest_table<'a, 'i>(row: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    row.ancestors().find(|one| is(*one, "table"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> String {
        let document = roxmltree::Document::parse(xml).unwrap();
        plain(document.root_element())
    }

    #[test]
    fn blocks_are_written_as_a_person_reads_them() {
        let xml = "<text>Before <content styleCode='Bold'>bold</content>.<paragraph>One<br/>two <sub>3</sub></paragraph>
            <list><caption>Drugs</caption><item>Aspirin<list><item>81 mg</item><item>daily</item></list></item><item> </item></list>
            <table><caption>Labs</caption><thead><tr><th>Test</th><th>Value</th></tr></thead>
            <tbody><tr><td>K</td><td><paragraph>4.1</paragraph><paragraph>mmol/L</paragraph></td></tr></tbody></table>
            <content revised='delete'>gone</content><renderMultiMedia referencedObject='x'><caption>X-ray</caption></renderMultiMedia>
            <footnote>A note.</footnote></text>";
        let expected = "Before bold.\n\nOne\ntwo 3\n\nDrugs\n- Aspirin\n  - 81 mg\n  - daily\n\nLabs\nTest | Value\nK | 4.1; mmol/L\n\n[picture: X-ray]\n\nA note.";
        assert_eq!(read(xml), expected);
    }
}
