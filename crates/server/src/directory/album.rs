//! Pictures of people, within the bounds that a request gives.

use fieldpost_domain::directory::{Directory, DirectoryError, Entry};
use fieldpost_eas::status::search_picture as status;

/// The pictures of one answer. Search, Find and ResolveRecipients bound them in the same way and with the
/// same statuses ([MS-ASCMD] 2.2.3.104, 2.2.3.105).
#[derive(Debug, Clone, Copy)]
pub struct Album {
    /// Most bytes of one.
    max_size: u32,
    /// How many more the answer may have.
    left: u32,
}

/// A picture, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// 1, or 173 to 175.
    pub status: u8,
    /// The picture, with status 1 alone.
    pub data: Option<Vec<u8>>,
}

impl Album {
    /// An album with what the request says; absent: no bound.
    pub fn new(max_size: Option<u32>, max_pictures: Option<u32>) -> Album {
        Album { max_size: max_size.unwrap_or(u32::MAX), left: max_pictures.unwrap_or(u32::MAX) }
    }

    /// The picture of somebody of whom none is known.
    pub fn empty() -> Picture {
        Picture { status: status::NO_PICTURE, data: None }
    }

    /// The entry's picture.
    ///
    /// # Errors
    /// The directory's own trouble.
    pub async fn of(&mut self, directory: &dyn Directory, entry: &Entry) -> Result<Picture, DirectoryError> {
        let without = |status| Picture { status, data: None };
        let Some(size) = entry.photo_size else { return Ok(without(status::NO_PICTURE)) };
        if self.left == 0 {
            return Ok(without(status::LIMIT_REACHED));
        }
        if size > self.max_size {
            return Ok(without(status::TOO_LARGE));
        }
        // It may have been replaced since the entry was read.
        match directory.photo(entry.id).await? {
            None => Ok(without(status::NO_PICTURE)),
            Some(photo) if u32::try_from(photo.len()).map_or(true, |size| size > self.max_size) => {
                Ok(without(status::TOO_LARGE))
            }
            Some(photo) => {
                self.left -= 1;
                Ok(Picture { status: status::SUCCESS, data: Some(photo) })
            }
        }
    }
}
