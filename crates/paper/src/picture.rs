//! Pictures as the PDF writer takes them.

use krilla::image::Image;

use crate::error::PaperError;
use crate::sheet::{Picture, PictureKind};

/// Reads a picture.
pub(crate) fn image(picture: &Picture) -> Result<Image, PaperError> {
    let bytes = picture.bytes.clone().into();
    let read = match picture.kind {
        PictureKind::Png => Image::from_png(bytes, false),
        PictureKind::Jpeg => Image::from_jpeg(bytes, false),
    };
    read.map_err(|why| PaperError::Picture { caption: picture.caption.clone(), why })
}
