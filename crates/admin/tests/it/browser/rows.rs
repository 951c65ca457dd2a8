//! The table of every form: who sends it from which page, how it is filled, and what is to be read then.

use crate::bed::PASSWORD;

/// One step of filling a form.
#[derive(Debug, Clone, Copy)]
pub enum Do {
    /// Types a text into a field.
    Enter(&'static str, &'static str),
    /// Chooses what begins with a text in a list.
    Pick(&'static str, &'static str),
    /// Sets or clears a box, or chooses one of several.
    Tick(&'static str),
    /// Uses a button or a link that leads on.
    Use(&'static str),
    /// Types the code of the secret on the page into a field.
    Code(&'static str),
    /// Types the next recovery code into a field.
    Spare(&'static str),
}

use Do::{Code, Enter, Pick, Spare, Tick, Use};

/// A form that is sent.
#[derive(Clone, Copy)]
pub struct Row {
    /// Who sends it.
    pub who: &'static str,
    /// Its address after `/MobileAdmin`; what is in braces may be anything.
    pub form: &'static str,
    /// The page that it stands on; empty: the one that the row before led to.
    pub page: &'static str,
    /// How it is filled and sent.
    pub steps: &'static [Do],
    /// What is to be read then.
    pub shows: &'static str,
    /// The name under which the page that comes is looked at; empty where it is looked at elsewhere.
    pub look: &'static str,
}

const fn row(
    who: &'static str,
    form: &'static str,
    page: &'static str,
    steps: &'static [Do],
    shows: &'static str,
) -> Row {
    Row { who, form, page, steps, shows, look: "" }
}

/// The same, and the page that comes is looked at.
const fn seen(look: &'static str, row: Row) -> Row {
    Row { look, ..row }
}

const IPHONE: &str = "/devices/anna@example.org/APPLF17C2ABCD";
const PIXEL: &str = "/devices/anna@example.org/androidc1234567";
const SAVE: Do = Use("main form button.primary");
const SURE: Do = Use("button.sure");

/// In the order in which they are sent: what one leaves behind the next may need.
pub const ROWS: &[Row] = &[
    seen(
        "sign-in-refused",
        row(
            "owner",
            "/sign-in",
            "/sign-in",
            &[Enter("#name", "owner"), Enter("#password", "not it at all"), Use("button.primary")],
            "Name or password is wrong",
        ),
    ),
    row(
        "owner",
        "/sign-in",
        "/sign-in",
        &[Enter("#name", "owner"), Enter("#password", PASSWORD), Use("button.primary")],
        "What needs attention",
    ),
    // Devices.
    row(
        "owner",
        "/devices",
        "/devices",
        &[Enter("#q", "pixel"), Use("form.search button")],
        "1 device on this page",
    ),
    row(
        "owner",
        "/devices/{address}/{id}/release",
        "/quarantine",
        &[Use("button[aria-label^='Release Pixel 9']")],
        "The device is released",
    ),
    row(
        "owner",
        "/devices/{address}/{id}/block",
        IPHONE,
        &[Use("form[action$='/block'] button")],
        "is blocked",
    ),
    row(
        "owner",
        "/devices/{address}/{id}/unlist",
        "",
        &[Use("form[action$='/unlist'] button")],
        "rules decide",
    ),
    row("owner", "/devices/{address}/{id}/allow", "", &[Use("form[action$='/allow'] button")], "is let in"),
    row(
        "owner",
        "/devices/{address}/{id}/resync",
        "",
        &[Use("form[action$='/resync'] button")],
        "folders anew",
    ),
    seen(
        "recovery-password",
        row(
            "owner",
            "/devices/{address}/{id}/recovery",
            IPHONE,
            &[Use("form[action$='/recovery'] button")],
            "7213-8842-0031",
        ),
    ),
    seen(
        "recovery-password-none",
        row(
            "owner",
            "/devices/{address}/{id}/recovery",
            PIXEL,
            &[Use("form[action$='/recovery'] button")],
            "There is no recovery password",
        ),
    ),
    seen(
        "wipe-refused",
        row(
            "owner",
            "/devices/{address}/{id}/wipe",
            IPHONE,
            &[Use("a[href$='/wipe']"), Enter("#mailbox", "ben@example.org"), SURE],
            "Type the mailbox anna@example.org to confirm",
        ),
    ),
    row(
        "owner",
        "/devices/{address}/{id}/wipe",
        "",
        &[Tick("input[value='account-only']"), Enter("#mailbox", "anna@example.org"), SURE],
        "The wipe is ordered",
    ),
    row(
        "owner",
        "/devices/{address}/{id}/cancel-wipe",
        "",
        &[Use("form[action$='/cancel-wipe'] button")],
        "The wipe is cancelled",
    ),
    row(
        "owner",
        "/devices/{address}/{id}/delete",
        "",
        &[Use("a[href$='/delete']"), Use("main form button.danger")],
        "Search devices",
    ),
    row(
        "owner",
        "/rules/approval",
        "/rules",
        &[Tick("input[name='needs_approval']"), Use("form[action$='/approval'] button")],
        "How wipes are ordered is changed",
    ),
    seen(
        "wipe-proposed",
        row(
            "owner",
            "/devices/{address}/{id}/wipe",
            PIXEL,
            &[Use("a[href$='/wipe']"), Enter("#mailbox", "anna@example.org"), SURE],
            "The wipe is proposed",
        ),
    ),
    // Rules.
    row(
        "owner",
        "/rules/new",
        "/rules",
        &[
            Use("a[href$='/rules/new']"),
            Enter("#name", "Old Windows"),
            Enter("#os", "Windows CE*"),
            Tick("input[value='block']"),
            SAVE,
        ],
        "Operating system is Windows CE*",
    ),
    row(
        "owner",
        "/rules/{number}/up",
        "",
        &[Use("form[action$='/rules/3/up'] button")],
        "The rules are changed",
    ),
    row(
        "owner",
        "/rules/{number}/down",
        "",
        &[Use("form[action$='/rules/1/down'] button")],
        "The rules are changed",
    ),
    row(
        "owner",
        "/rules/{number}",
        "/rules",
        &[Use("a[href$='/rules/2']"), Enter("#name", "Any other"), SAVE],
        "Any other",
    ),
    row(
        "owner",
        "/rules/{number}/remove",
        "",
        &[Use("form[action$='/rules/2/remove'] button")],
        "without a rule",
    ),
    row(
        "owner",
        "/rules/default",
        "/rules",
        &[Pick("#default-action", "quarantine"), Use("form[action$='/rules/default'] button")],
        "The rules are changed",
    ),
    row(
        "owner",
        "/rules/threshold",
        "/rules",
        &[
            Enter("#sync-restarts-more", "20"),
            Enter("#sync-restarts-minutes", "60"),
            Pick("#sync-restarts-action", "block"),
            Enter("#sync-restarts-for", "120"),
            Use("button[aria-label='Set threshold: Folders begun anew']"),
        ],
        "value=\"120\"",
    ),
    // Policies.
    seen(
        "policy-refused",
        row(
            "owner",
            "/policies/new",
            "/policies",
            &[
                Use("a[href$='/policies/new']"),
                Enter("#name", "Field"),
                Enter("#min_device_password_length", "77"),
                SAVE,
            ],
            "what is marked below",
        ),
    ),
    row(
        "owner",
        "/policies/new",
        "",
        &[Enter("#min_device_password_length", "6"), SAVE],
        "The policy is kept",
    ),
    row(
        "owner",
        "/policies/edit/{name}",
        "/policies/edit/Field",
        &[Pick("#allow_camera", "no"), Tick("input[name='allow_partial']"), SAVE],
        "The policy is kept",
    ),
    row(
        "owner",
        "/policies/default",
        "/policies",
        &[Pick("#default-policy", "Field"), Use("form[action$='/policies/default'] button")],
        "The default policy is changed",
    ),
    row(
        "owner",
        "/policies/default",
        "/policies",
        &[Pick("#default-policy", "Everybody"), Use("form[action$='/policies/default'] button")],
        "The default policy is changed",
    ),
    row(
        "owner",
        "/policies/assign",
        "/policies",
        &[
            Enter("#assign-who", "ben@example.org"),
            Pick("#assign-policy", "Field"),
            Use(".search[action$='/policies/assign'] button"),
        ],
        "Who has which policy is changed",
    ),
    row(
        "owner",
        "/policies/assign",
        "/policies",
        &[Use("button[aria-label='Take it away from ben@example.org']")],
        "Who has which policy is changed",
    ),
    row(
        "owner",
        "/policies/exempt",
        "/policies",
        &[Use("button[aria-label='Remove the exception for ben@example.org']")],
        "Who has which policy is changed",
    ),
    row(
        "owner",
        "/policies/exempt",
        "/policies",
        &[Enter("#exempt-who", "anna@example.org"), Use(".search[action$='/policies/exempt'] button")],
        "Remove the exception for anna@example.org",
    ),
    row(
        "owner",
        "/policies/groups/{address}/up",
        "/policies",
        &[Use("button[aria-label='Up with board@example.org']")],
        "Up with sales@example.org",
    ),
    row(
        "owner",
        "/policies/groups/{address}/down",
        "",
        &[Use("button[aria-label='Down with board@example.org']")],
        "Up with board@example.org",
    ),
    row(
        "owner",
        "/policies/edit/{name}/delete",
        "/policies/edit/Field/delete",
        &[SURE],
        "The policy is removed",
    ),
    // Accounts and switches.
    row(
        "owner",
        "/switches",
        "/switches",
        &[
            Tick("input[name='notifications']"),
            Tick("input[name='notifications_to_chosen_address']"),
            Enter("#minutes", "15"),
            SAVE,
        ],
        "The switches are changed",
    ),
    row(
        "owner",
        "/accounts",
        "/accounts",
        &[Enter("#q", "ben"), Use("form.search button")],
        "1 account on this page",
    ),
    row(
        "owner",
        "/accounts/{address}",
        "/accounts/ben@example.org",
        &[Pick("#direct_push", "no"), Use("form.card button.primary")],
        "What the account may use is changed",
    ),
    row(
        "owner",
        "/accounts/{address}/disable",
        "",
        &[Use("form[action$='/disable'] button")],
        "The account is disabled: nobody",
    ),
    row(
        "owner",
        "/accounts/{address}/enable",
        "",
        &[Use("form[action$='/enable'] button")],
        "The account is enabled",
    ),
    row(
        "owner",
        "/accounts/{address}/list",
        "/accounts/ben@example.org",
        &[
            Enter("#device-id", "NEVERCAME1"),
            Pick("#decision", "Block"),
            Use(".search[action$='/list'] button"),
        ],
        "Let the rules decide about NEVERCAME1",
    ),
    row(
        "owner",
        "/accounts/{address}/list",
        "/accounts/ben@example.org",
        &[Use("button[aria-label='Let the rules decide about NEVERCAME1']")],
        "list of devices is changed",
    ),
    row(
        "owner",
        "/accounts/{address}/app-passwords/{id}/remove",
        "/accounts/anna@example.org",
        &[Use("button[aria-label='Take away Anna’s e-reader']")],
        "The app password is taken away",
    ),
    // The log.
    row("owner", "/log", "/log", &[Pick("#action", "Block"), Use("form.search button")], "Block a device"),
    row("owner", "/log", "", &[Use("a[href^='/MobileAdmin/log/verify']")], "The log is whole"),
    // Who may.
    seen(
        "administrator-made",
        row(
            "owner",
            "/administrators",
            "/administrators",
            &[
                Enter("#name", "emil"),
                Tick("input[name='role'][value='policy']"),
                Use("main form.form button.primary"),
            ],
            "emil is an administrator now",
        ),
    ),
    row(
        "owner",
        "/administrators/{id}/role",
        "",
        &[
            Pick("select[aria-label='Role of emil']", "Help"),
            Use("button[aria-label='Set the role of emil']"),
        ],
        "emil has the role",
    ),
    row(
        "owner",
        "/administrators/{id}/password",
        "/administrators",
        &[Use("button[aria-label='New password for emil']")],
        "A password for emil",
    ),
    row(
        "owner",
        "/administrators/{id}/second-factor",
        "/administrators",
        &[Use("button[aria-label='Reset factor of emil']")],
        "emil signs in without a second factor",
    ),
    row(
        "owner",
        "/administrators/{id}/remove",
        "/administrators",
        &[Use("a[aria-label='Remove emil']"), SURE],
        "emil is no administrator any more",
    ),
    seen(
        "token-made",
        row(
            "owner",
            "/tokens",
            "/tokens",
            &[Enter("#name", "inventory"), Pick("#role", "Help"), Use("main form.form button.primary")],
            "It is not shown again",
        ),
    ),
    row(
        "owner",
        "/tokens/{name}/remove",
        "",
        &[Use("button[aria-label='Take away inventory']")],
        "The token is taken away",
    ),
    // One's own sign-in.
    row(
        "owner",
        "/me/password",
        "/me/password",
        &[
            Enter("#old", PASSWORD),
            Enter("#new", "quite another one"),
            Enter("#again", "quite another one"),
            Use("main button.primary"),
        ],
        "What needs attention",
    ),
    seen(
        "recovery-codes",
        row(
            "owner",
            "/me/second-factor",
            "/me/second-factor",
            &[Code("#code"), Use("main button.primary")],
            "Recovery codes",
        ),
    ),
    row("owner", "/sign-out", "", &[Use(".who button")], "id=\"password\""),
    seen(
        "sign-in-code",
        row(
            "owner",
            "/sign-in",
            "",
            &[Enter("#name", "owner"), Enter("#password", "quite another one"), Use("button.primary")],
            "Enter the code",
        ),
    ),
    row("owner", "/sign-in/code", "", &[Spare("#code"), Use("button.primary")], "What needs attention"),
    seen(
        "second-factor-on",
        row(
            "owner",
            "/me/second-factor/remove",
            "/me/second-factor",
            &[Enter("#code", "123456"), Use("main form button.danger")],
            "is wrong",
        ),
    ),
    row(
        "owner",
        "/me/second-factor/remove",
        "",
        &[Spare("#code"), Use("main form button.danger")],
        "id=\"password\"",
    ),
    // A second administrator.
    row(
        "policy",
        "/devices/{address}/{id}/approve-wipe",
        PIXEL,
        &[Use("form[action$='/approve-wipe'] button")],
        "The wipe is approved",
    ),
    // A user.
    seen(
        "app-password",
        row(
            "ben",
            "/me/app-passwords",
            "/me",
            &[
                Use("a[href='/MobileAdmin/me/app-passwords']"),
                Enter("#name", "tablet"),
                Use("main button.primary"),
            ],
            "App password for tablet",
        ),
    ),
    seen(
        "user-app-passwords",
        row("ben", "/me/app-passwords", "", &[Use("main a.primary")], "App passwords"),
    ),
    row(
        "ben",
        "/me/app-passwords/{id}/remove",
        "",
        &[Use("button[aria-label='Take away tablet']")],
        "The app password is taken away",
    ),
    row(
        "ben",
        "/me/notification",
        "/me",
        &[Enter("#address", "015155@sms.example.com"), Use("form[action$='/notification'] button")],
        "The address for notifications is changed",
    ),
    seen(
        "user-wipe-refused",
        row(
            "ben",
            "/me/devices/{id}/wipe",
            "/me",
            &[Use("a[href$='/BENTABLET1/wipe']"), Enter("#mailbox", "anna@example.org"), SURE],
            "to confirm",
        ),
    ),
    row(
        "ben",
        "/me/devices/{id}/wipe",
        "",
        &[Enter("#mailbox", "ben@example.org"), SURE],
        "The wipe is ordered",
    ),
    seen(
        "user-remove-refused",
        row(
            "ben",
            "/me/devices/{id}/remove",
            "/me/devices/androidc7654321/remove",
            &[Use("main form button.danger")],
            "cancel it first",
        ),
    ),
    row(
        "ben",
        "/me/devices/{id}/remove",
        "/me",
        &[Use("a[href$='/BENOLD1/remove']"), Use("main form button.danger")],
        "The device is removed",
    ),
];
