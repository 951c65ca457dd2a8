//! Files of certificates and revocation lists: PEM with any number of them, or one in DER.

use x509_parser::pem::Pem;

use crate::{Broken, Certificate, RevocationList};

/// Most bytes of a file.
pub const FILE_MAX: usize = 64 * 1024 * 1024;

/// The certificates of a file. Other things in a PEM file, such as keys, are passed over.
///
/// # Errors
/// It is neither, one in it is broken, or there is none.
pub fn certificates(file: &[u8]) -> Result<Vec<Certificate>, Broken> {
    blocks(file, &["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"])?
        .into_iter()
        .map(Certificate::parse)
        .collect()
}

/// The revocation lists of a file.
///
/// # Errors
/// The same.
pub fn revocation_lists(file: &[u8]) -> Result<Vec<RevocationList>, Broken> {
    blocks(file, &["X509 CRL"])?.into_iter().map(RevocationList::parse).collect()
}

fn blocks(file: &[u8], labels: &[&str]) -> Result<Vec<Vec<u8>>, Broken> {
    if file.len() > FILE_MAX {
        return Err(Broken);
    }
    // DER begins with a sequence; PEM may begin with words of explanation.
    if file.first() == Some(&0x30) {
        return Ok(vec![file.to_vec()]);
    }
    let mut found = Vec::new();
    for block in Pem::iter_from_buffer(file) {
        let block = block.map_err(|_| Broken)?;
        if labels.contains(&block.label.as_str()) {
            found.push(block.contents);
        }
    }
    if found.is_empty() { Err(Broken) } else { Ok(found) }
}
