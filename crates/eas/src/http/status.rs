//! HTTP status codes of the protocol ([MS-ASHTTP] 2.2.2.1.1), some of which no HTTP library names.
//!
//! Statuses inside an answer of status 200 are another matter: see [`crate::status`].

/// Handled; the body may still hold an ActiveSync status that says otherwise.
pub const OK: u16 = 200;
/// The request is malformed and will be so again (MS-ASHTTP_R176, R177).
pub const BAD_REQUEST: u16 = 400;
/// No credentials, or wrong ones. Clients forget the password or run Autodiscover: never for transient
/// trouble.
pub const UNAUTHORIZED: u16 = 401;
/// The account or the device may not synchronise.
pub const FORBIDDEN: u16 = 403;
/// No such path.
pub const NOT_FOUND: u16 = 404;
/// The body is larger than the server takes.
pub const PAYLOAD_TOO_LARGE: u16 = 413;
/// "Retry after sending a PROVISION command": the policy is missing, outdated or due for refresh.
pub const NEEDS_PROVISION: u16 = 449;
/// Another server has the mailbox; `X-MS-Location` says where.
pub const REDIRECT: u16 = 451;
/// The account is blocked (Autodiscover).
pub const ACCOUNT_BLOCKED: u16 = 456;
/// The password has expired (Autodiscover).
pub const PASSWORD_EXPIRED: u16 = 457;
/// Unexpected trouble. Clients run Autodiscover: prefer [`UNAVAILABLE`].
pub const INTERNAL_SERVER_ERROR: u16 = 500;
/// The method or the command is not supported.
pub const NOT_IMPLEMENTED: u16 = 501;
/// A server behind this one could not be found.
pub const PROXY_ERROR: u16 = 502;
/// Try again later; `Retry-After` says when.
pub const UNAVAILABLE: u16 = 503;
/// The device speaks version 1.0 of the protocol (MS-ASCMD_R7560).
pub const VERSION_NOT_SUPPORTED: u16 = 505;
/// The mailbox is full.
pub const MAILBOX_FULL: u16 = 507;

/// The reason phrase of a code that HTTP itself does not define; `None` for all others.
pub const fn reason(code: u16) -> Option<&'static str> {
    match code {
        NEEDS_PROVISION => Some("Retry after sending a PROVISION command"),
        REDIRECT => Some("Redirect"),
        ACCOUNT_BLOCKED => Some("Blocked"),
        PASSWORD_EXPIRED => Some("Expired Password"),
        _ => None,
    }
}
