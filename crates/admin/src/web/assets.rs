//! The tool's own files: style, script, picture. Their addresses bear a digest, so browsers keep them for
//! good and never show an old one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use hyper::header;
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

use super::failure::Failure;

#[derive(RustEmbed)]
#[folder = "assets"]
struct Files;

/// Name with digest, to the name of the file.
static NAMES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let named = |name: std::borrow::Cow<'static, str>| {
        let content = Files::get(&name)?.data;
        let digest = hex::encode(Sha256::digest(&content));
        Some((format!("{}-{name}", digest.get(..12)?), name.into_owned()))
    };
    Files::iter().filter_map(named).collect()
});

/// The address of a file.
pub(crate) fn address(name: &str) -> String {
    let found = NAMES.iter().find(|(_, file)| *file == name).map_or(name, |(address, _)| address);
    format!("/MobileAdmin/assets/{found}")
}

/// The file.
pub(crate) async fn show(Path(name): Path<String>) -> Result<Response, Failure> {
    let file = NAMES.get(&name).and_then(|file| Some((file, Files::get(file)?)));
    let Some((file, content)) = file else {
        return Err(Failure::NotFound("There is no such file.".to_owned()));
    };
    let kind = match file.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    let headers =
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, content.data.into_owned()).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_an_address_of_its_content() {
        assert!(address("style.css").ends_with("-style.css"), "{}", address("style.css"));
        assert!(address("htmx.min.js").ends_with("-htmx.min.js"));
        assert!(NAMES.len() >= 3);
    }
}
