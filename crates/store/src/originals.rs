//! Bytes as they came, kept for good: stored by their digest, once, packed, never changed.

use chart::id::Digest;
use chart::intake::Original;

use crate::write::{Insert, Values};
use crate::{Error, Reader, Result, Tx, row};

/// zstd's level: 3 is its own default, fast and near the best for short messages.
const LEVEL: i32 = 3;

const INSERT: Insert<'_> = Insert {
    head: "
insert into original (digest, media_type, size_bytes, packed)
values",
    width: 4,
    tail: "on conflict (digest) do nothing",
};

/// Keeps the originals; those that are there already stay as they are. Gives the digest of each, in order.
pub async fn put(tx: &mut Tx, originals: &[&Original]) -> Result<Vec<Digest>> {
    let digests: Vec<Digest> = originals.iter().map(|one| Digest::of(&one.bytes)).collect();
    let rows = pack(&digests, originals)?;
    INSERT.run(tx, &rows, bind).await?;
    Ok(digests)
}

type Row<'a> = (Digest, &'a Original, Vec<u8>);

/// One packer for all: making one costs more than packing a message with it.
fn pack<'a>(digests: &[Digest], originals: &[&'a Original]) -> Result<Vec<Row<'a>>> {
    let mut packer = zstd::bulk::Compressor::new(LEVEL).map_err(Error::Packer)?;
    let mut pack = |(digest, original): (&Digest, &&'a Original)| {
        let packed = packer.compress(&original.bytes).map_err(|error| packing(*digest, error))?;
        Ok((*digest, *original, packed))
    };
    digests.iter().zip(originals).map(&mut pack).collect()
}

fn bind((digest, original, packed): &Row<'_>, values: &mut Values) -> Result<()> {
    values.add(digest.to_string())?;
    values.add(original.media_type.as_str())?;
    values.add(i64::try_from(original.bytes.len()).unwrap_or(i64::MAX))?;
    values.add(packed.as_slice())
}

const BY_DIGEST: &str = "
select media_type, size_bytes, packed
from original
where digest = $1
";

/// The original with this digest.
pub async fn get(reader: &mut Reader, digest: Digest) -> Result<Option<Original>> {
    let row = sqlx::query(BY_DIGEST).bind(digest.to_string()).fetch_optional(reader.sql()).await?;
    let Some(row) = row else { return Ok(None) };
    let size = usize::try_from(row::int(&row, "size_bytes")?).unwrap_or_default();
    let packed = row::bytes(&row, "packed")?;
    let bytes = zstd::bulk::decompress(&packed, size).map_err(|error| packing(digest, error))?;
    if Digest::of(&bytes) != digest {
        let source = std::io::Error::other("the stored bytes are not those that were kept");
        return Err(packing(digest, source));
    }
    Ok(Some(Original { media_type: row::text(&row, "media_type")?, bytes }))
}

const EXISTS: &str = "
select 1 as one
from original
where digest = $1
";

/// Whether it is kept.
pub async fn has(reader: &mut Reader, digest: Digest) -> Result<bool> {
    Ok(sqlx::query(EXISTS).bind(digest.to_string()).fetch_optional(reader.sql()).await?.is_some())
}

fn packing(digest: Digest, source: std::io::Error) -> Error {
    Error::Packing { digest: digest.to_string(), source }
}
