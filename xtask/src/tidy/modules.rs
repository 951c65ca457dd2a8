//! Every module says what it is for, and none grows past what one can read at a sitting.

use std::path::Path;

use super::Finding;

/// Lines from which on a file is mentioned. A warning only: some tables are long by nature.
const LONG: usize = 600;

/// A source file must open with `//!`. Integration tests need not.
pub fn check(path: &Path, text: &str) -> Option<Finding> {
    let is_source = path.components().any(|part| part.as_os_str() == "src");
    let opens_well = text.trim_start().starts_with("//!");
    (is_source && !opens_well)
        .then(|| Finding::new(path, 1, "open the module with `//!`: what it is for, and where to go next"))
}

/// A file should stay readable.
pub fn length(path: &Path, lines: usize) -> Option<Finding> {
    (lines > LONG).then(|| {
        let advice =
            format!("{lines} lines; split it at a seam if there is one (more than {LONG} is rarely good)");
        Finding::new(path, lines, advice)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_without_a_comment_is_found() {
        let path = Path::new("crates/eas/src/a.rs");
        assert!(check(path, "//! Something.\n").is_none());
        assert!(check(path, "use std::fmt;\n").is_some());
        assert!(check(path, "/// Not the module.\nstruct A;\n").is_some());
        assert!(check(Path::new("crates/eas/tests/it/a.rs"), "use std::fmt;\n").is_none());
        assert!(length(path, 601).is_some());
        assert!(length(path, 600).is_none());
    }
}
