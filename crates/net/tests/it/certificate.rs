//! Certificates: our own and given ones, good and bad, and how they change.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use fieldpost_net::limits::Limits;
use fieldpost_net::tls::{Source, Tls, TlsError};

use crate::client::{connect_tls, eventually};
use crate::parked::Waiter;
use crate::server::{NOW, hello, now, own_tls, start};

const DAY: i64 = 86_400;

fn own(folder: &Path, names: &[&str], now: i64) -> Tls {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    Tls::open(Source::Own { folder: folder.into(), names }, now).unwrap()
}

fn files(folder: &Path, chain: &str, key: &str, now: i64) -> Result<Tls, TlsError> {
    Tls::open(Source::Files { chain: folder.join(chain), key: folder.join(key) }, now)
}

#[tokio::test]
async fn our_own_is_good_and_the_chain_is_shown_whole() {
    let (folder, tls, authority) = own_tls();
    let served = start("[::1]:0", &Limits::default(), Some(tls.clone()), hello);
    let mut client = connect_tls(served.address, &authority).await;
    let (_, session) = client.0.get_ref();
    assert_eq!(session.peer_certificates().unwrap().len(), 2);
    assert_eq!(session.alpn_protocol(), None);
    client.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(client.answer().await.1, "hello ::1 true");

    let certificate = tls.certificate();
    assert_eq!(certificate.names, ["mail.example.com", "localhost", "127.0.0.1", "::1"]);
    assert_eq!(certificate.chain_length, 2);
    assert_eq!((certificate.not_after - certificate.not_before) / DAY, 397);
    for key in ["server-key.pem", "authority-key.pem"] {
        let mode = std::fs::metadata(folder.path().join(key)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{key}");
    }
}

#[test]
fn our_own_is_kept_until_it_is_due_or_the_names_change() {
    let folder = tempfile::tempdir().unwrap();
    let first = own(folder.path(), &["a.example"], NOW).certificate();
    let authority = std::fs::read(folder.path().join("authority.pem")).unwrap();
    assert_eq!(own(folder.path(), &["a.example"], NOW + 300 * DAY).certificate(), first);
    assert_eq!(own(folder.path(), &["A.EXAMPLE"], NOW).certificate(), first);
    let other = own(folder.path(), &["a.example", "b.example"], NOW).certificate();
    assert_ne!(other.fingerprint, first.fingerprint);
    let later = own(folder.path(), &["a.example"], NOW + 370 * DAY).certificate();
    assert_ne!(later.fingerprint, other.fingerprint);
    assert!(later.not_after > NOW + 700 * DAY);
    // Phones that trust the authority go on trusting.
    assert_eq!(std::fs::read(folder.path().join("authority.pem")).unwrap(), authority);
}

#[test]
fn a_damaged_file_of_our_own_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    own(folder.path(), &[], NOW);
    for file in ["server.pem", "server-key.pem", "authority.pem", "authority-key.pem"] {
        std::fs::write(folder.path().join(file), "half a fi").unwrap();
        own(folder.path(), &[], NOW);
    }
}

#[test]
fn a_running_server_renews_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let tls = own(folder.path(), &[], NOW);
    assert!(!tls.reload(NOW).unwrap());
    assert!(tls.reload(NOW + 380 * DAY).unwrap());
}

#[tokio::test]
async fn a_given_one_is_replaced_without_dropping_connections() {
    let (mine, _, old_authority) = own_tls();
    let (others, _, new_authority) = own_tls();
    let tls = files(mine.path(), "server.pem", "server-key.pem", now()).unwrap();
    let waiter = Waiter::new();
    let served = start("127.0.0.1:0", &Limits::default(), Some(tls.clone()), waiter.clone());
    let mut old = connect_tls(served.address, &old_authority).await;
    old.send("POST /wait HTTP/1.1\r\nhost: x\r\n\r\n").await;
    eventually("waiting", || waiter.count() == 1).await;
    for file in ["server.pem", "server-key.pem"] {
        std::fs::copy(others.path().join(file), mine.path().join(file)).unwrap();
    }
    assert!(tls.reload(now()).unwrap());
    let mut new = connect_tls(served.address, &new_authority).await;
    new.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(new.answer().await.1, "now");
    waiter.permits.add_permits(1);
    assert_eq!(old.answer().await.1, "later ");
}

#[test]
fn what_is_wrong_with_given_files_is_said() {
    let (mine, others) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    own(mine.path(), &[], NOW);
    own(others.path(), &[], NOW);
    let folder = mine.path();
    std::fs::copy(others.path().join("server-key.pem"), folder.join("other-key.pem")).unwrap();
    std::fs::write(folder.join("empty.pem"), "").unwrap();
    std::fs::write(folder.join("binary.pem"), [0x30, 0x82, 1, 2]).unwrap();
    std::fs::write(
        folder.join("locked.pem"),
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
    )
    .unwrap();

    let say = |chain: &str, key: &str, now: i64| files(folder, chain, key, now).unwrap_err().to_string();
    let cases = [
        (say("none.pem", "server-key.pem", NOW), "none.pem can't be read"),
        (say("server.pem", "none.pem", NOW), "the key"),
        (say("empty.pem", "server-key.pem", NOW), "it is empty"),
        (say("binary.pem", "server-key.pem", NOW), "not PEM text"),
        (say("server-key.pem", "server.pem", NOW), "may have been exchanged"),
        (say("server.pem", "server.pem", NOW), "may have been exchanged"),
        (say("server.pem", "locked.pem", NOW), "protected by a password"),
        (say("server.pem", "other-key.pem", NOW), "does not belong to the certificate"),
        (say("server.pem", "server-key.pem", NOW + 400 * DAY), "it has expired"),
    ];
    for (text, expected) in cases {
        assert!(text.contains(expected), "{text}\ndoes not say: {expected}");
    }
    assert!(files(folder, "server.pem", "server-key.pem", NOW).is_ok());
}

#[test]
fn a_failed_reload_leaves_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    own(folder.path(), &[], NOW);
    let tls = files(folder.path(), "server.pem", "server-key.pem", NOW).unwrap();
    let before = tls.certificate();
    std::fs::write(folder.path().join("server.pem"), "oops").unwrap();
    assert!(tls.reload(NOW).is_err());
    assert_eq!(tls.certificate(), before);
}
