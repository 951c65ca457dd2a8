//! The statuses that no request provokes, each with the reason.

use super::Row;

/// The rows of [`UNPROVOKED`].
pub(super) fn rows() -> impl Iterator<Item = Row> {
    UNPROVOKED.iter().map(|(scope, code, reason)| {
        assert!(!reason.is_empty(), "{scope} {code} has no reason");
        ((*scope).to_owned(), *code)
    })
}

const OURS: &str = "Our own trouble: it is answered with HTTP 503 and a time to come back, so that no phone drops \
    what it has.";
const NO_CODE: &str =
    "Says that something went wrong without saying what; every trouble here has a better answer.";
const RIGHTS: &str =
    "Rights management is answered as not supported (168), before anything else could go wrong.";
const REMOTE: &str = "Documents lie on this machine: nothing is asked of another server, and nobody wants a \
    password of its own.";

const UNPROVOKED: &[(&str, u16, &str)] = &[
    ("common", 111, OURS),
    ("common", 112, "There is no directory service of others that could deny access."),
    ("common", 113, "A mailbox is full when the disk is, which no single phone brings about."),
    ("common", 114, OURS),
    ("common", 117, "No message says that it must not be answered: there is no rights management."),
    (
        "common",
        120,
        "A message that was accepted is kept and tried again; trouble with it comes back as a report.",
    ),
    ("common", 121, "An original that can't be taken apart goes along as it is, attached to the answer."),
    ("common", 123, "Every account has a mailbox."),
    ("common", 124, "Nobody signs in without a name."),
    ("common", 125, "A name that nobody has is answered like a wrong password, with HTTP 401."),
    ("common", 126, "An administrator's switch; shown with the switches."),
    ("common", 127, "There are no mailboxes on newer servers."),
    ("common", 128, "There are no mailboxes on older servers."),
    ("common", 130, "What is nobody else's business is not found, rather than denied."),
    ("common", 132, "An unknown key has its own status in each command: 3 in Sync, 9 in FolderSync."),
    ("common", 133, "Two requests of a phone at once wait for each other."),
    ("common", 134, "A state that can't be read is one that is not there: the phone begins again."),
    ("common", 135, "Two first requests at once wait for each other, and each gets a key."),
    ("common", 136, "A state of an older format is one that is not there: the phone begins again."),
    (
        "common",
        137,
        "A version that lacks a command has no document to say so in: HTTP 501, as asserted here.",
    ),
    ("common", 143, "Comes when a policy's time to be taken anew is over; shown with policies."),
    (
        "common",
        147,
        "An id says in which folder an item lies, and so which class it is of; another one is not found.",
    ),
    ("common", 148, "Nobody is sent on to another server."),
    (
        "common",
        149,
        "What is remembered for short requests is either whole or not there: 13 in Sync, 3 in Ping.",
    ),
    ("common", 152, "Every mailbox has its default folders, which can't be deleted."),
    ("common", 153, "A move is one transaction: it is made, or nothing of it is."),
    ("common", 154, "A move is one transaction: it is made, or nothing of it is."),
    ("common", 162, OURS),
    ("common", 167, "An account that may sign in may send."),
    ("common", 169, RIGHTS),
    ("common", 170, RIGHTS),
    ("common", 171, RIGHTS),
    ("common", 172, RIGHTS),
    (
        "common",
        176,
        "The part of a message is made from the message alone, however long its conversation is.",
    ),
    ("common", 184, "A series is taken with all of its exceptions or not at all (6)."),
    ("Sync", 5, OURS),
    (
        "Sync",
        9,
        "The disk is full, which no single phone brings about; the command is refused with 113 then.",
    ),
    ("Sync", 16, OURS),
    ("FolderSync", 6, OURS),
    ("FolderSync", 11, NO_CODE),
    ("FolderSync", 12, NO_CODE),
    ("FolderCreate", 6, OURS),
    ("FolderCreate", 11, NO_CODE),
    ("FolderCreate", 12, NO_CODE),
    ("FolderDelete", 6, OURS),
    ("FolderDelete", 11, NO_CODE),
    ("FolderUpdate", 6, OURS),
    ("FolderUpdate", 11, NO_CODE),
    ("MoveItems", 7, "Only an item that somebody else moves in the same instant is in use."),
    ("MeetingResponse", 3, OURS),
    ("MeetingResponse", 4, OURS),
    ("Ping", 8, OURS),
    ("ItemOperations", 3, OURS),
    ("ItemOperations", 7, REMOTE),
    ("ItemOperations", 12, "A document that is there can be read, unless the disk fails."),
    (
        "ItemOperations",
        14,
        "Whatever arrives can be shown in some form; an item that can't is a defect of ours.",
    ),
    ("ItemOperations", 17, "Each operation has its own status, and the whole is a success."),
    ("ItemOperations", 18, REMOTE),
    ("Search", 3, OURS),
    ("Search/Store", 3, OURS),
    ("Search/Store", 7, REMOTE),
    ("Search/Store", 10, "A search takes too long only on a machine that has too much to do."),
    ("Search/Store", 13, "A share is there for everybody or not there."),
    ("Search/Store", 14, REMOTE),
    ("Settings", 3, "What a phone may not set is said of the property."),
    ("Settings", 4, OURS),
    ("Settings", 5, "What is wrong with a value is said of the property."),
    ("Settings", 6, "Values that exclude each other are a matter of the property."),
    ("Settings", 7, "What the policy forbids is said of the property."),
    (
        "Settings/DevicePassword",
        1,
        "Needs a policy by which phones leave a recovery password; shown with policies.",
    ),
    ("Provision", 3, OURS),
    ("Provision", 141, "A phone that can't provision is told so by the other commands."),
    ("Provision/Policy(response)", 4, "The policy is made anew for each answer, and can't be broken."),
    ("ResolveRecipients", 6, OURS),
    ("ResolveRecipients/Availability", 162, OURS),
    ("ValidateCert", 17, OURS),
    (
        "ValidateCert/Certificate",
        12,
        "The request names no address that the certificate could be held against.",
    ),
    ("ValidateCert/Certificate", 17, OURS),
    ("AirSyncBase/BodyPart", 176, "The part of a message is made from the message alone."),
    ("Autodiscover/Action", 1, "Success has no status."),
];
