//! The options of a collection. A request that has some replaces those before; one without uses
//! them again (MS-ASCMD_R3597 to R3599).

use serde::{Deserialize, Serialize};

use super::filter::Filter;
use crate::item::Shown;

/// Who wins where the phone and the server both changed an item ([MS-ASCMD] 2.2.3.34).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Conflict {
    /// The phone.
    Client,
    /// The server; the phone's change is answered with status 7.
    #[default]
    Server,
}

/// One body form that the phone takes, as [`fieldpost_eas::item::BodyPreference`] has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preference {
    /// 1 text, 2 HTML, 3 RTF, 4 MIME.
    pub kind: u8,
    /// Most bytes.
    pub truncation_size: Option<u32>,
    /// Nothing rather than a cut body.
    pub all_or_none: Option<bool>,
    /// Characters of preview.
    pub preview: Option<u32>,
}

/// What a phone wants of a collection.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Options {
    /// How far back.
    pub filter: Filter,
    /// Mail, text messages, or both.
    pub shown: Shown,
    /// The whole of each conversation of which something is within the filter (14.0).
    pub conversations: bool,
    /// Who wins.
    pub conflict: Conflict,
    /// 0 never MIME, 1 for S/MIME only, 2 always.
    pub mime_support: u8,
    /// Code 0 to 8 for cutting MIME bodies.
    pub mime_truncation: Option<u8>,
    /// Code 0 to 9 for cutting bodies, 2.5.
    pub truncation: Option<u8>,
    /// Body forms, in the phone's order.
    pub bodies: Vec<Preference>,
    /// Body forms in which it takes text messages (14.0).
    pub text_bodies: Vec<Preference>,
    /// Form of the part that is new in a conversation (14.1).
    pub part: Option<Preference>,
    /// Most entries of the recipient cache, the newest ones (14.0).
    pub max_items: Option<u32>,
}
