//! A packed edition set: named sections, each compressed and with its own digest, so that opening one section
//! costs nothing of the others.
//!
//! Layout: `CHARTPK1`, length of the index (u32, little endian), digest of the index, the index, the sections.

use std::borrow::Cow;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

const MAGIC: &[u8; 8] = b"CHARTPK1";
const HEADER_LEN: usize = MAGIC.len() + 4 + DIGEST_LEN;
const DIGEST_LEN: usize = blake3::OUT_LEN;
/// A section larger than this when unpacked is refused: no table comes near it, and a broken pack must not take
/// the memory of the machine.
const MAX_SECTION_LEN: usize = 256 << 20;

/// An opened pack: the index is checked, sections are unpacked and checked when asked for.
#[derive(Debug, Clone)]
pub struct Pack {
    bytes: Cow<'static, [u8]>,
    sections: Vec<Section>,
    digest: blake3::Hash,
}

/// One section as the index lists it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Section {
    /// The section's name: the text file it was built from, or a compiled table such as `msdrg.bin`.
    pub name: String,
    offset: usize,
    packed_len: usize,
    /// Bytes when unpacked.
    pub unpacked_len: usize,
    digest: [u8; DIGEST_LEN],
}

/// Why a pack cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Not a pack, or cut short.
    #[error("the edition pack is damaged or no pack at all: {0}")]
    Damaged(&'static str),
    /// The bytes are not those that were packed.
    #[error("section '{0}' of the edition pack does not match its digest; get the pack anew")]
    Digest(String),
    /// The pack has no such section.
    #[error("the edition pack has no section '{0}'")]
    Missing(String),
    /// The section was written by another version of the program.
    #[error("section '{0}' of the edition pack is of another format; build the pack with this version")]
    Format(String),
}

impl Pack {
    /// Opens `bytes`, checking the index against its digest.
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, PackError> {
        let bytes = bytes.into();
        let header = bytes.get(..HEADER_LEN).ok_or(PackError::Damaged("shorter than its header"))?;
        let (magic, rest) = header.split_at(MAGIC.len());
        if magic != MAGIC {
            return Err(PackError::Damaged("it does not begin with CHARTPK1"));
        }
        let (len, digest) = rest.split_at(4);
        let len = u32::from_le_bytes(len.try_into().unwrap_or_default()) as usize;
        let index =
            bytes.get(HEADER_LEN..HEADER_LEN + len).ok_or(PackError::Damaged("its index is cut short"))?;
        let found = blake3::hash(index);
        if found.as_bytes() != digest {
            return Err(PackError::Digest("index".to_owned()));
        }
        let sections = postcard::from_bytes(index).map_err(|_| PackError::Format("index".to_owned()))?;
        Ok(Self { bytes, sections, digest: found })
    }

    /// The digest of the whole pack, in hexadecimal: it covers the digests of all sections.
    pub fn digest(&self) -> String {
        self.digest.to_hex().to_string()
    }

    /// Bytes of the packed form.
    pub fn packed_len(&self) -> usize {
        self.bytes.len()
    }

    /// The sections in order of name.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// Unpacks and checks one section.
    pub fn section(&self, name: &str) -> Result<Vec<u8>, PackError> {
        let at = self.sections.binary_search_by(|s| s.name.as_str().cmp(name));
        let section = &self.sections[at.map_err(|_| PackError::Missing(name.to_owned()))?];
        let end = section.offset.saturating_add(section.packed_len);
        let packed =
            self.bytes.get(section.offset..end).ok_or(PackError::Damaged("a section is cut short"))?;
        if *blake3::hash(packed).as_bytes() != section.digest || section.unpacked_len > MAX_SECTION_LEN {
            return Err(PackError::Digest(name.to_owned()));
        }
        zstd::bulk::decompress(packed, section.unpacked_len).map_err(|_| PackError::Format(name.to_owned()))
    }

    /// A section that holds text.
    pub fn text(&self, name: &str) -> Result<String, PackError> {
        String::from_utf8(self.section(name)?).map_err(|_| PackError::Format(name.to_owned()))
    }

    /// A section that holds a compiled table.
    pub fn decode<T: DeserializeOwned>(&self, name: &str) -> Result<T, PackError> {
        postcard::from_bytes(&self.section(name)?).map_err(|_| PackError::Format(name.to_owned()))
    }
}

/// Collects sections and writes the pack.
#[derive(Debug, Default)]
pub struct PackWriter {
    sections: Vec<(String, Vec<u8>)>,
}

impl PackWriter {
    /// Adds a section as it is.
    pub fn add(&mut self, name: impl Into<String>, content: Vec<u8>) {
        self.sections.push((name.into(), content));
    }

    /// Adds a compiled table.
    pub fn encode<T: Serialize>(&mut self, name: &str, table: &T) -> Result<(), PackError> {
        self.add(name, encode(name, table)?);
        Ok(())
    }

    /// Packs everything at zstd `level` (19 for a release, 3 in a hurry).
    pub fn finish(mut self, level: i32) -> Result<Vec<u8>, PackError> {
        self.sections.sort();
        let mut sections = Vec::new();
        let mut packed_sections = Vec::new();
        for (name, content) in self.sections {
            let packed = zstd::bulk::compress(&content, level)
                .map_err(|_| PackError::Damaged("compression failed"))?;
            sections.push(Section {
                name,
                offset: 0,
                packed_len: packed.len(),
                unpacked_len: content.len(),
                digest: *blake3::hash(&packed).as_bytes(),
            });
            packed_sections.push(packed);
        }
        let index = place(&mut sections)?;
        let mut bytes = MAGIC.to_vec();
        let index_len =
            u32::try_from(index.len()).map_err(|_| PackError::Damaged("the index is too large"))?;
        bytes.extend(index_len.to_le_bytes());
        bytes.extend(blake3::hash(&index).as_bytes());
        bytes.extend(index);
        bytes.extend(packed_sections.concat());
        Ok(bytes)
    }
}

/// Gives every section its offset and returns the encoded index. Offsets are written with a variable number of
/// bytes, so they are placed again until the index keeps its length.
fn place(sections: &mut [Section]) -> Result<Vec<u8>, PackError> {
    let mut index = encode("index", &sections)?;
    loop {
        let mut offset = HEADER_LEN + index.len();
        for section in sections.iter_mut() {
            section.offset = offset;
            offset += section.packed_len;
        }
        let again = encode("index", &sections)?;
        if again.len() == index.len() {
            return Ok(again);
        }
        index = again;
    }
}

pub(crate) fn encode<T: Serialize>(name: &str, table: &T) -> Result<Vec<u8>, PackError> {
    postcard::to_stdvec(table).map_err(|_| PackError::Format(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let mut writer = PackWriter::default();
        writer.add("b.txt", "second".repeat(100).into_bytes());
        writer.add("a.txt", b"first".to_vec());
        writer.finish(3).unwrap()
    }

    #[test]
    fn sections_come_back_as_they_went_in() {
        let pack = Pack::open(sample()).unwrap();
        assert_eq!(pack.text("a.txt").unwrap(), "first");
        assert_eq!(pack.text("b.txt").unwrap().len(), 600);
        assert!(matches!(pack.section("c.txt"), Err(PackError::Missing(_))));
        assert_eq!(pack.digest(), Pack::open(sample()).unwrap().digest());
    }

    #[test]
    fn any_changed_byte_is_noticed() {
        let bytes = sample();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            let read = Pack::open(changed).and_then(|p| Ok((p.section("a.txt")?, p.section("b.txt")?)));
            assert!(read.is_err(), "byte {at}");
        }
        for len in 0..bytes.len() {
            let read = Pack::open(bytes[..len].to_vec()).and_then(|p| p.section("b.txt"));
            assert!(read.is_err(), "cut at {len}");
        }
    }
}
