//! Code page 10, `ResolveRecipients` ([MS-ASWBXML] 2.1.2.1.11).

super::code_page! {
    10, "ResolveRecipients";
    0x05 RESOLVE_RECIPIENTS "ResolveRecipients" 0b1111111;
    0x06 RESPONSE "Response" 0b1111111;
    0x07 STATUS "Status" 0b1111111;
    0x08 TYPE "Type" 0b1111111;
    0x09 RECIPIENT "Recipient" 0b1111111;
    0x0A DISPLAY_NAME "DisplayName" 0b1111111;
    0x0B EMAIL_ADDRESS "EmailAddress" 0b1111111;
    0x0C CERTIFICATES "Certificates" 0b1111111;
    0x0D CERTIFICATE "Certificate" 0b1111111;
    0x0E MINI_CERTIFICATE "MiniCertificate" 0b1111111;
    0x0F OPTIONS "Options" 0b1111111;
    0x10 TO "To" 0b1111111;
    0x11 CERTIFICATE_RETRIEVAL "CertificateRetrieval" 0b1111111;
    0x12 RECIPIENT_COUNT "RecipientCount" 0b1111111;
    0x13 MAX_CERTIFICATES "MaxCertificates" 0b1111111;
    0x14 MAX_AMBIGUOUS_RECIPIENTS "MaxAmbiguousRecipients" 0b1111111;
    0x15 CERTIFICATE_COUNT "CertificateCount" 0b1111111;
    0x16 AVAILABILITY "Availability" 0b1111000;
    0x17 START_TIME "StartTime" 0b1111000;
    0x18 END_TIME "EndTime" 0b1111000;
    0x19 MERGED_FREE_BUSY "MergedFreeBusy" 0b1111000;
    0x1A PICTURE "Picture" 0b1110000;
    0x1B MAX_SIZE "MaxSize" 0b1110000;
    0x1C DATA "Data" 0b1110000;
    0x1D MAX_PICTURES "MaxPictures" 0b1110000;
}
