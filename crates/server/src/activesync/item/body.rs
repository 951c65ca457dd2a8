//! How a request that asks for single items wants their bodies: ItemOperations and Search.

use fieldpost_domain::convert::mail::BodyOptions;
use fieldpost_eas::Version;
use fieldpost_eas::item::{BodyPartPreference, BodyPreference, BodyType};
use fieldpost_eas::status::Common;

/// The wishes as conversions take them. `invalid` is the command's status for what makes no sense; a part
/// that is not HTML has one of its own.
pub fn options(
    version: Version,
    mime_support: Option<u32>,
    preferences: &[BodyPreference],
    part: Option<&BodyPartPreference>,
    invalid: u8,
) -> Result<BodyOptions, u8> {
    if part.is_some_and(|part| part.r#type != BodyType::Html) {
        return Err(Common::BodyPartPreferenceTypeNotSupported.code());
    }
    let mut body = BodyOptions::new(version);
    body.mime_support = match mime_support {
        None => 0,
        Some(code @ 0..=2) => u8::try_from(code).unwrap_or_default(),
        Some(_) => return Err(invalid),
    };
    body.preferences = preferences.to_vec();
    body.part = part.cloned();
    Ok(body)
}
