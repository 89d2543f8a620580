//! The digest that a signature covers.

use std::fmt::Write;

use serde_json::Value;

use crate::document::DocumentContent;
use crate::id::Digest;

/// The digest of everything a version of a document says: BLAKE3 of its JSON, with the keys of each object in order and
/// without spaces, so that the same content always has the same bytes.
#[must_use]
pub fn content_digest(content: &DocumentContent) -> Digest {
    let value = serde_json::to_value(content).expect("a document's content has text keys only");
    let mut text = String::new();
    write(&value, &mut text);
    Digest::of(text.as_bytes())
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(key, _)| *key);
            between('{', '}', text, members, |(key, value), text| {
                write(&Value::from(key.as_str()), text);
                text.push(':');
                write(value, text);
            });
        }
        Value::Array(items) => between('[', ']', text, items, write),
        plain => write!(text, "{plain}").expect("a String takes all"),
    }
}

fn between<T>(
    open: char,
    close: char,
    text: &mut String,
    items: impl IntoIterator<Item = T>,
    mut one: impl FnMut(T, &mut String),
) {
    text.push(open);
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        one(item, text);
    }
    text.push(close);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(json: &str) -> String {
        let mut text = String::new();
        write(&serde_json::from_str(json).unwrap(), &mut text);
        text
    }

    #[test]
    fn keys_are_in_order_and_nothing_else_changes() {
        assert_eq!(
            written(r#"{"b": [1, {"d":null,"c":"é\n"}], "a": true}"#),
            r#"{"a":true,"b":[1,{"c":"é\n","d":null}]}"#
        );
        assert_eq!(written("{}"), "{}");
    }
}
