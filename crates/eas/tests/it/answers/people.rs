//! ResolveRecipients and ValidateCert.

use fieldpost_eas::Version;
use fieldpost_eas::codec::{Base64, Document, Opaque};
use fieldpost_eas::command::CommandName;
use fieldpost_eas::command::resolve_recipients::{
    self, Availability, Certificates, Picture, Recipient, Resolved,
};
use fieldpost_eas::command::validate_cert::{self, Verdict};
use fieldpost_eas::status;

/// The answers.
pub fn answers(version: Version) -> Vec<(CommandName, &'static str, Vec<u8>)> {
    vec![
        (CommandName::ResolveRecipients, "resolved", resolved().encode(version)),
        (CommandName::ValidateCert, "verdicts", verdicts().encode(version)),
    ]
}

fn resolved() -> resolve_recipients::Response {
    use status::resolve_recipients_response as code;
    let bob = Recipient {
        r#type: 1,
        display_name: "Bob Sample".into(),
        email_address: "bob@example.net".into(),
        availability: Some(Availability { status: 1, merged_free_busy: Some("0220".into()) }),
        certificates: Some(Certificates {
            status: 1,
            certificate_count: Some(1),
            recipient_count: Some(1),
            certificates: vec![Base64(vec![0x30, 0x82, 0x01])],
            mini_certificate: None,
        }),
        pictures: vec![Picture { status: 1, data: Some(Opaque(vec![0xFF, 0xD8])) }],
    };
    let bea = Recipient {
        r#type: 2,
        display_name: "Bea".into(),
        email_address: "bea@example.net".into(),
        availability: Some(Availability {
            status: status::resolve_recipients_availability::FAILURE,
            merged_free_busy: None,
        }),
        certificates: Some(Certificates {
            status: status::resolve_recipients_certificates::SUCCESS,
            certificate_count: Some(1),
            recipient_count: Some(1),
            mini_certificate: Some(Base64(vec![1, 2])),
            ..Certificates::default()
        }),
        pictures: vec![Picture { status: status::resolve_recipients_picture::NO_PICTURE, data: None }],
    };
    resolve_recipients::Response {
        status: Some(1),
        responses: vec![
            Resolved {
                to: "bob@example.net".into(),
                status: code::RESOLVED,
                recipient_count: Some(1),
                recipients: vec![bob.clone()],
            },
            Resolved {
                to: "b".into(),
                status: code::AMBIGUOUS,
                recipient_count: Some(2),
                recipients: vec![bob, bea],
            },
            Resolved { to: "nobody".into(), status: code::NOT_RESOLVED, ..Resolved::default() },
        ],
    }
}

fn verdicts() -> validate_cert::Response {
    use status::validate_cert_certificate as code;
    let verdict = |status| Verdict { status: Some(status) };
    validate_cert::Response {
        status: Some(1),
        certificates: vec![verdict(code::VALID), verdict(code::UNTRUSTED), verdict(code::EXPIRED)],
    }
}
