//! ResolveRecipients and ValidateCert.

use fieldpost_eas::command::CommandName;

use super::Said::{Holds, In, Is, Times};
use super::Type::*;
use super::{MANY, Rules};

#[test]
fn resolve_recipients() {
    let mut rules = Rules::of(CommandName::ResolveRecipients);
    rules.on(
        "Availability",
        &[
            In(&["Recipient"]),                   // MS-ASCMD_R1091
            Holds(&["Status", "MergedFreeBusy"]), // MS-ASCMD_R1092
            Is(Container),                        // MS-ASCMD_R1093
            Times(0, 1),                          // MS-ASCMD_R1094
        ],
    );
    rules.on(
        "Certificate",
        &[
            In(&["Certificates"]), // MS-ASCMD_R1111
            Holds(&[]),            // MS-ASCMD_R1112
            Is(Base64),            // MS-ASCMD_R1113
            Times(0, MANY),        // MS-ASCMD_R1114
        ],
    );
    rules.on(
        "CertificateCount",
        &[
            In(&["Certificates"]), // MS-ASCMD_R1127
            Holds(&[]),            // MS-ASCMD_R1128
            Is(Integer),           // MS-ASCMD_R1129
            Times(0, 1),           // MS-ASCMD_R1130
        ],
    );
    rules.on(
        "Certificates",
        &[
            In(&["Recipient"]), // MS-ASCMD_R1135
            Holds(&["Status", "CertificateCount", "RecipientCount", "Certificate", "MiniCertificate"]), // MS-ASCMD_R1136
            Is(Container), // MS-ASCMD_R1137
            Times(0, 1),   // MS-ASCMD_R1138
        ],
    );
    rules.on(
        "Data",
        &[
            In(&["Picture"]), // MS-ASCMD_R1466
            Holds(&[]),       // MS-ASCMD_R1467
            Is(Bytes),        // MS-ASCMD_R1468
            Times(0, 1),      // MS-ASCMD_R1469
        ],
    );
    rules.on(
        "DisplayName",
        &[
            In(&["Recipient"]), // MS-ASCMD_R1543
            Holds(&[]),         // MS-ASCMD_R1544
            Is(String),         // MS-ASCMD_R1545
            Times(1, 1),        // MS-ASCMD_R1546
        ],
    );
    rules.on(
        "MergedFreeBusy",
        &[
            In(&["Availability"]), // MS-ASCMD_R1892
            Holds(&[]),            // MS-ASCMD_R1893
            Is(String),            // MS-ASCMD_R1894
            Times(0, 1),           // MS-ASCMD_R1895
        ],
    );
    rules.on(
        "MiniCertificate",
        &[
            In(&["Certificates"]), // MS-ASCMD_R1939
            Holds(&[]),            // MS-ASCMD_R1940
            Is(Base64),            // MS-ASCMD_R1941
            Times(0, 1),           // MS-ASCMD_R1942
        ],
    );
    rules.on(
        "Picture",
        &[
            In(&["Recipient"]),         // MS-ASCMD_R2372
            Holds(&["Status", "Data"]), // MS-ASCMD_R2373
            Is(Container),              // MS-ASCMD_R2374
        ],
    );
    rules.on(
        "Recipient",
        &[
            In(&["Response"]), // MS-ASCMD_R2431
            Holds(&["Type", "DisplayName", "EmailAddress", "Availability", "Certificates", "Picture"]), // MS-ASCMD_R2432
            Is(Container),  // MS-ASCMD_R2433
            Times(0, MANY), // MS-ASCMD_R2434
        ],
    );
    rules.on(
        "RecipientCount",
        &[
            In(&["Response", "Certificates"]), // MS-ASCMD_R2435
            Holds(&[]),                        // MS-ASCMD_R2436
            Is(Integer),                       // MS-ASCMD_R2437
            Times(0, 1),                       // MS-ASCMD_R2438
        ],
    );
    rules.on(
        "ResolveRecipients",
        &[
            In(&[]),                        // MS-ASCMD_R2475
            Holds(&["Status", "Response"]), // MS-ASCMD_R2476
            Is(Container),                  // MS-ASCMD_R2477
            Times(1, 1),                    // MS-ASCMD_R2478
        ],
    );
    rules.on(
        "Response",
        &[
            In(&["ResolveRecipients"]),                              // MS-ASCMD_R2496
            Holds(&["To", "Status", "RecipientCount", "Recipient"]), // MS-ASCMD_R2497
            Is(Container),                                           // MS-ASCMD_R2498
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["ResolveRecipients", "Response", "Availability", "Certificates", "Picture"]), // MS-ASCMD_R2743
            Holds(&[]),  // MS-ASCMD_R2744
            Is(Byte),    // MS-ASCMD_R2745
            Times(1, 1), // MS-ASCMD_R2746
        ],
    );
    rules.on(
        "To",
        &[
            In(&["Response"]), // MS-ASCMD_R2847
            Holds(&[]),        // MS-ASCMD_R2848
            Is(String),        // MS-ASCMD_R2849
            Times(1, 1),       // MS-ASCMD_R2850
        ],
    );
    rules.on(
        "Type",
        &[
            In(&["Recipient"]), // MS-ASCMD_R2875
            Holds(&[]),         // MS-ASCMD_R2876
            Is(Byte),           // MS-ASCMD_R2877
            Times(1, 1),        // MS-ASCMD_R2878
        ],
    );
    rules.on(
        "EmailAddress",
        &[
            In(&["Recipient"]), // MS-ASCMD_R5311
            Holds(&[]),         // MS-ASCMD_R5312
            Is(String),         // MS-ASCMD_R5313
            Times(1, 1),        // MS-ASCMD_R5314
        ],
    );
    rules.on(
        "Data",
        &[
            In(&["Picture"]), // MS-ASCMD_R2133
        ],
    );
    rules.on(
        "DisplayName",
        &[
            In(&["Recipient"]), // MS-ASCMD_R2199
            Times(1, 1),
        ],
    );
    rules.on(
        "MergedFreeBusy",
        &[
            In(&["Availability"]), // MS-ASCMD_R3315
            Times(0, 1),
        ],
    );
    rules.on(
        "RecipientCount",
        &[
            In(&["Response", "Certificates"]), // MS-ASCMD_R3765
        ],
    );
    rules.on(
        "To",
        &[
            In(&["Response"]), // MS-ASCMD_R4609
            Times(1, 1),
        ],
    );
    rules.on(
        "Type",
        &[
            In(&["Recipient"]), // MS-ASCMD_R4686
            Times(1, 1),
        ],
    );
    rules.on(
        "EmailAddress",
        &[
            In(&["Recipient"]), // MS-ASCMD_R5309
            Times(1, 1),
        ],
    );
    rules.end();
}

#[test]
fn validate_cert() {
    let mut rules = Rules::of(CommandName::ValidateCert);
    rules.on(
        "Certificate",
        &[
            In(&["ValidateCert"]), // MS-ASCMD_R1119
            Holds(&["Status"]),    // MS-ASCMD_R1120
            Is(Container),         // MS-ASCMD_R1121
            Times(0, MANY),        // MS-ASCMD_R1122
        ],
    );
    rules.on(
        "Status",
        &[
            In(&["ValidateCert", "Certificate"]), // MS-ASCMD_R2771
            Holds(&[]),                           // MS-ASCMD_R2772
            Is(Byte),                             // MS-ASCMD_R2773
        ],
    );
    rules.on(
        "ValidateCert",
        &[
            In(&[]),                           // MS-ASCMD_R2923
            Holds(&["Status", "Certificate"]), // MS-ASCMD_R2924
            Is(Container),                     // MS-ASCMD_R2925
            Times(1, 1),                       // MS-ASCMD_R2926
        ],
    );
    rules.end();
}
