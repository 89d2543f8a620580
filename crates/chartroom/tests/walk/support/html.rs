//! The little that a walker has to read of a page's HTML: links, fields, whether something is said.

/// The addresses of all links, in order.
pub(crate) fn links(html: &str) -> Vec<String> {
    tags(html, "a").filter_map(|tag| attribute(tag, "href")).collect()
}

/// The addresses of links below `folder`, such as `/patients/`, without what follows a `?` or `#`; each once.
pub(crate) fn links_below(html: &str, folder: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for link in links(html) {
        let bare = link.split(['?', '#']).next().unwrap_or_default();
        if bare.len() > folder.len() && bare.starts_with(folder) && !found.iter().any(|one| one == bare) {
            found.push(bare.to_owned());
        }
    }
    found
}

/// The value of the first field called `name`.
pub(crate) fn field(html: &str, name: &str) -> Option<String> {
    fields(html, name).into_iter().next()
}

/// The values of all fields called `name`.
pub(crate) fn fields(html: &str, name: &str) -> Vec<String> {
    let called = tags(html, "input").filter(|tag| attribute(tag, "name").as_deref() == Some(name));
    called.filter_map(|tag| attribute(tag, "value")).collect()
}

/// The values of the first list to choose from that is called `name`.
pub(crate) fn options(html: &str, name: &str) -> Vec<String> {
    let opening = format!("<select name=\"{name}\"");
    let Some(from) = html.find(&opening) else { return Vec::new() };
    let list = &html[from..];
    let list = &list[..list.find("</select>").unwrap_or(list.len())];
    tags(list, "option").filter_map(|tag| attribute(tag, "value")).collect()
}

/// The opening tags of elements called `name`.
fn tags<'h>(html: &'h str, name: &str) -> impl Iterator<Item = &'h str> {
    let opening = format!("<{name} ");
    let length = opening.len();
    html.match_indices(&opening).map(|(at, _)| at + length).collect::<Vec<_>>().into_iter().filter_map(
        move |from| {
            let rest = &html[from..];
            rest.find('>').map(|end| &rest[..end])
        },
    )
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let opening = format!("{name}=\"");
    let from =
        tag.match_indices(&opening).map(|(at, _)| at).find(|at| *at == 0 || tag[..*at].ends_with(' '))?;
    let value = &tag[from + opening.len()..];
    let value = &value[..value.find('"')?];
    Some(value.replace("&#x2f;", "/").replace("&#x27;", "'").replace("&quot;", "\"").replace("&amp;", "&"))
}

#[test]
fn links_and_fields_are_read() {
    let html = r##"<a class="x" href="/patients/1?a=1&amp;b=2">A</a> <a href="/patients/1#s">again</a>
        <input type="hidden" name="csrf" value="t&#x2f;k"><input name="number" data-value="no" value="7">
        <select name="item"><option value="a">A</option><option value="b" selected>B</option></select>"##;
    assert_eq!(links(html), ["/patients/1?a=1&b=2", "/patients/1#s"]);
    assert_eq!(links_below(html, "/patients/"), ["/patients/1"]);
    assert_eq!(field(html, "csrf").as_deref(), Some("t/k"));
    assert_eq!(field(html, "number").as_deref(), Some("7"));
    assert_eq!(field(html, "other"), None);
    assert_eq!(options(html, "item"), ["a", "b"]);
}
