//! Code page 11, `ValidateCert` ([MS-ASWBXML] 2.1.2.1.12).

super::code_page! {
    11, "ValidateCert";
    0x05 VALIDATE_CERT "ValidateCert" 0b1111111;
    0x06 CERTIFICATES "Certificates" 0b1111111;
    0x07 CERTIFICATE "Certificate" 0b1111111;
    0x08 CERTIFICATE_CHAIN "CertificateChain" 0b1111111;
    0x09 CHECK_CRL "CheckCRL" 0b1111111;
    0x0A STATUS "Status" 0b1111111;
}
