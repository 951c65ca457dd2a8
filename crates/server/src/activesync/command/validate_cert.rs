//! ValidateCert ([MS-ASCMD] 2.2.1.22): whether certificates are to be trusted for mail. What is trusted, and
//! what was revoked, is configured; nothing that a certificate names is fetched.

use fieldpost_eas::codec::DecodeError;
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::validate_cert::{self, Request, Response};
use fieldpost_eas::status::{validate_cert as status, validate_cert_certificate as certificate_status};
use fieldpost_pki::{Certificate, Question, Verdict};

use super::{Command, Needs};
use crate::activesync::context::Context;
use crate::activesync::fault::Fault;

/// Most certificates of a request (MS-ASCMD_R5662).
const CERTIFICATES_MAX: usize = 100;

/// The command.
pub struct ValidateCert;

impl Command for ValidateCert {
    const NAME: CommandName = CommandName::ValidateCert;
    const NEEDS: Needs = Needs::POLICY;
    type Request = Request;
    type Response = Response;

    fn malformed(_: &DecodeError) -> Option<Response> {
        Some(refused())
    }

    async fn run(cx: &mut Context, request: Request) -> Result<Response, Fault> {
        let chain = request.certificate_chain.unwrap_or_default();
        let count = request.certificates.len() + chain.len();
        if request.certificates.is_empty() || count > CERTIFICATES_MAX {
            return Ok(refused());
        }
        let judge = cx.app.trust.judge().await;
        let check_revocation = request.check_crl.unwrap_or(false);
        let now = cx.now;
        // Signatures cost time: they are checked off the threads that serve.
        let verdicts = tokio::task::spawn_blocking(move || {
            let read = |text: &String| Certificate::parse(validate_cert::der(text)?).ok();
            // What came along and is broken leads nowhere.
            let chain: Vec<Certificate> = chain.iter().filter_map(read).collect();
            let verdict = |text: &String| {
                let Some(certificate) = read(text) else { return Verdict::Incomplete };
                let question = Question {
                    certificate: &certificate,
                    chain: &chain,
                    address: None,
                    check_revocation,
                    now,
                };
                judge.judge(&question)
            };
            request.certificates.iter().map(verdict).collect::<Vec<Verdict>>()
        });
        let verdicts = verdicts.await.map_err(|error| Fault::Unavailable(Box::new(error)))?;
        let certificates = verdicts
            .into_iter()
            .map(|verdict| validate_cert::Verdict { status: Some(verdict as u8) })
            .collect();
        Ok(Response { status: Some(status::SUCCESS), certificates })
    }
}

/// Status 2: a protocol error (MS-ASCMD_R5662).
fn refused() -> Response {
    Response { status: Some(certificate_status::PROTOCOL_ERROR), certificates: Vec::new() }
}
