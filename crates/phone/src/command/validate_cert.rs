//! ValidateCert: is a certificate to be trusted ([MS-ASCMD] 2.2.1.22).

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::validate_cert::{Request, Response};

use crate::error::PhoneError;
use crate::phone::{Phone, check};

impl Phone {
    /// Asks whether certificates (DER) are to be trusted, by way of those of `chain`; one status for
    /// each, in their order.
    pub async fn validate(
        &mut self,
        certificates: &[&[u8]],
        chain: Option<&[&[u8]]>,
        check_crl: bool,
    ) -> Result<Vec<u8>, PhoneError> {
        let texts = |list: &[&[u8]]| list.iter().map(|der| BASE64_STANDARD.encode(der)).collect();
        let request = Request {
            certificate_chain: chain.map(texts),
            certificates: texts(certificates),
            check_crl: Some(check_crl),
        };
        self.validate_texts(&request).await
    }

    /// The same with a request as it stands.
    pub async fn validate_texts(&mut self, request: &Request) -> Result<Vec<u8>, PhoneError> {
        let command = CommandName::ValidateCert;
        let response: Response = self.call(command, request).await?;
        let missing = PhoneError::Incomplete { command, what: "a status" };
        check(command, response.status.ok_or(missing)?)?;
        Ok(response.certificates.into_iter().filter_map(|verdict| verdict.status).collect())
    }
}
