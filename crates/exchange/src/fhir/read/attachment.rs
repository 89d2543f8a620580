//! Files that come inside a resource.

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use chart::document::Attachment;
use chart::id::Digest;
use chart::intake::Original;

use super::datatype::FhirAttachment;
use super::reading::Reading;

/// Base64 as it is sent: with or without its padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl Reading<'_> {
    /// The file of an attachment, put among those taken out; its bytes are returned too.
    pub(super) fn file(&self, place: &str, sent: &FhirAttachment) -> Option<(Attachment, Vec<u8>)> {
        let Some(data) = &sent.data else {
            self.remark_absent(place, sent);
            return None;
        };
        let packed: Vec<u8> = data.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let Ok(bytes) = BASE64.decode(packed) else {
            self.remark(place, "left out: the data of the attachment is not base64");
            return None;
        };
        let attachment = Attachment {
            media_type: sent.content_type.0.clone(),
            title: sent.title.0.clone(),
            digest: Digest::of(&bytes),
            bytes: bytes.len() as u64,
        };
        let original = Original { media_type: sent.content_type.0.clone(), bytes: bytes.clone() };
        self.files.borrow_mut().push(original);
        Some((attachment, bytes))
    }

    fn remark_absent(&self, place: &str, sent: &FhirAttachment) {
        if !sent.url.0.is_empty() {
            self.remark(place, "the file is elsewhere (`url`) and did not come with the resource");
        }
    }

    /// An attachment of ours, by `Binary/` and its digest, or one that came with its data.
    pub(super) fn attachment(&self, place: &str, sent: &FhirAttachment) -> Option<Attachment> {
        let own = sent.url.0.strip_prefix("Binary/").and_then(|digest| digest.parse::<Digest>().ok());
        match own {
            Some(digest) if sent.data.is_none() => Some(Attachment {
                media_type: sent.content_type.0.clone(),
                title: sent.title.0.clone(),
                digest,
                bytes: sent.size.unwrap_or_default(),
            }),
            _ => self.file(place, sent).map(|(attachment, _)| attachment),
        }
    }
}
