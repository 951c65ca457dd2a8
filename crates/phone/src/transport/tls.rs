//! Whom a phone trusts to be its server.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, aws_lc_rs};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use rustls_platform_verifier::BuilderVerifierExt as _;

use super::TransportError;

/// How a server's certificate is checked.
#[derive(Debug, Clone, Default)]
pub enum Trust {
    /// By the certificate authorities of the system.
    #[default]
    System,
    /// By these authorities alone.
    Authorities(Vec<CertificateDer<'static>>),
    /// It must be exactly this certificate, whatever its name and dates: right for a server with a
    /// certificate of its own making.
    Pinned(CertificateDer<'static>),
    /// Not at all. Whoever sits between reads the password.
    Insecure,
}

impl Trust {
    /// The authorities in a PEM text, one or more.
    pub fn authorities_from_pem(pem: &[u8]) -> Result<Trust, TransportError> {
        Ok(Trust::Authorities(certificates(pem)?))
    }

    /// The first certificate of a PEM text, which is the server's own in a chain.
    pub fn pinned_from_pem(pem: &[u8]) -> Result<Trust, TransportError> {
        Ok(Trust::Pinned(certificates(pem)?.swap_remove(0)))
    }

    pub(super) fn client_config(&self) -> Result<ClientConfig, TransportError> {
        let failed = |e: &dyn std::fmt::Display| TransportError::Trust(e.to_string());
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|e| failed(&e))?;
        let mut config = match self {
            Trust::System => builder.with_platform_verifier().map_err(|e| failed(&e))?.with_no_client_auth(),
            Trust::Authorities(certificates) => {
                let mut roots = RootCertStore::empty();
                for certificate in certificates {
                    roots.add(certificate.clone()).map_err(|e| failed(&e))?;
                }
                let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
                    .build()
                    .map_err(|e| failed(&e))?;
                builder.with_webpki_verifier(verifier).with_no_client_auth()
            }
            Trust::Pinned(certificate) => builder
                .dangerous()
                .with_custom_certificate_verifier(Exact::new(Some(certificate.clone()), &provider))
                .with_no_client_auth(),
            Trust::Insecure => builder
                .dangerous()
                .with_custom_certificate_verifier(Exact::new(None, &provider))
                .with_no_client_auth(),
        };
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(config)
    }
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, TransportError> {
    let list = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|e| TransportError::Trust(e.to_string()))?;
    match list.is_empty() {
        true => Err(TransportError::Trust("there is no CERTIFICATE block in the PEM text".into())),
        false => Ok(list),
    }
}

/// Accepts one certificate, or any. That the server holds its private key is still proven.
#[derive(Debug)]
struct Exact {
    certificate: Option<CertificateDer<'static>>,
    algorithms: WebPkiSupportedAlgorithms,
}

impl Exact {
    fn new(certificate: Option<CertificateDer<'static>>, provider: &CryptoProvider) -> Arc<Exact> {
        Arc::new(Exact { certificate, algorithms: provider.signature_verification_algorithms })
    }
}

impl ServerCertVerifier for Exact {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        match &self.certificate {
            Some(pinned) if pinned.as_ref() != end_entity.as_ref() => {
                Err(rustls::Error::General("the server's certificate is not the pinned one".into()))
            }
            _ => Ok(ServerCertVerified::assertion()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls12_signature(message, cert, dss, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls13_signature(message, cert, dss, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}
