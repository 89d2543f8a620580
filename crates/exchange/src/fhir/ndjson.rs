//! NDJSON, the form of bulk exports: one resource on each line, one file or several for each type.

use super::read::kinds;

/// The lines that hold something, with their numbers from 1.
pub fn lines(file: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let lines = file.split(|byte| *byte == b'\n').enumerate();
    lines.map(|(at, line)| (at + 1, line.trim_ascii())).filter(|(_, line)| !line.is_empty())
}

/// Where a file stands in the order in which a folder is to be applied, by the type its name begins with:
/// `Patient.ndjson`, `Observation.000.ndjson`. Types the chart has no place for come last.
#[must_use]
pub fn rank(file_name: &str) -> usize {
    let resource_type = file_name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    kinds().iter().position(|kind| *kind == resource_type).unwrap_or(kinds().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_and_blank_ones_left_out() {
        let file = b"{\"a\":1}\r\n\n  {\"b\":2}";
        let read: Vec<_> = lines(file).collect();
        assert_eq!(read, [(1, &b"{\"a\":1}"[..]), (3, &b"{\"b\":2}"[..])]);
    }

    #[test]
    fn what_others_refer_to_comes_first() {
        let mut files = ["Observation.001.ndjson", "Patient.ndjson", "Endpoint.ndjson", "Encounter.ndjson"];
        files.sort_by_key(|name| rank(name));
        assert_eq!(
            files,
            ["Patient.ndjson", "Encounter.ndjson", "Observation.001.ndjson", "Endpoint.ndjson"]
        );
    }
}
