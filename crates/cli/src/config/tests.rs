//! Configurations right and wrong.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::source::Origin;
use super::*;

fn file(text: &str) -> Result<Loaded, ConfigError> {
    parse(Some((Path::new("/etc/fieldpost/fieldpost.toml"), text)), std::iter::empty())
}

fn environment(name: &str, value: &str) -> Result<Loaded, ConfigError> {
    parse(None, [(name.to_owned(), value.to_owned())].into_iter())
}

fn complaint(result: Result<Loaded, ConfigError>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn values_come_from_file_and_environment_and_the_environment_wins() {
    let text = "[listen]\nhttps = [\"127.0.0.1:8443\"]\nlmtp = \"127.0.0.1:2424\"\n\n[push]\nmax_heartbeat = \"10min\"\n";
    let variables =
        [("FIELDPOST_PUSH__MAX_HEARTBEAT", "20min"), ("FIELDPOST_LISTEN__SMTP", "127.0.0.1:25, [::1]:25")];
    let loaded = parse(
        Some((Path::new("f.toml"), text)),
        variables.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())),
    )
    .unwrap();
    assert_eq!(loaded.config.listen.https, ["127.0.0.1:8443".parse().unwrap()]);
    assert_eq!(loaded.config.listen.lmtp, ["127.0.0.1:2424".parse().unwrap()]);
    assert_eq!(loaded.config.listen.smtp.len(), 2);
    assert_eq!(loaded.config.push.max_heartbeat, Duration::from_secs(1200));
    assert_eq!(loaded.origin("listen", "https"), Origin::File(PathBuf::from("f.toml"), 2));
    assert_eq!(
        loaded.origin("push", "max_heartbeat"),
        Origin::Environment("FIELDPOST_PUSH__MAX_HEARTBEAT".into())
    );
    assert_eq!(loaded.origin("push", "min_heartbeat"), Origin::Default);
}

#[test]
fn an_unknown_key_is_refused_with_file_line_and_the_nearest_name() {
    assert_eq!(
        complaint(file("[listen]\n# phones\nhtps = []\n")),
        "/etc/fieldpost/fieldpost.toml:3: [listen] htps: there is no such key; did you mean https?"
    );
    assert_eq!(
        complaint(file("\n[storrage]\nurl = \"sqlite:x\"\n")),
        "/etc/fieldpost/fieldpost.toml:2: [storrage]: there is no such section; did you mean [storage]?"
    );
    assert_eq!(
        complaint(file("domains = [\"example.org\"]\n")),
        "/etc/fieldpost/fieldpost.toml:1: domains stands outside a section; it belongs into [mail]"
    );
    assert_eq!(
        complaint(file("[tls]\ndomains = [\"example.org\"]\n")),
        "/etc/fieldpost/fieldpost.toml:2: [tls] domains: there is no such key here; there is one in [mail]"
    );
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let text = "[push]\nmin_heartbeat = 60\nmax_heartbeat = \"soon\"\n[log]\nformat = \"xml\"\n";
    let complaint = complaint(file(text));
    let lines: Vec<&str> = complaint.lines().collect();
    assert_eq!(lines.len(), 3, "{complaint}");
    assert!(
        lines[0].contains(":2: [push] min_heartbeat: 60 does not fit: it must be a length of time"),
        "{complaint}"
    );
    assert!(lines[1].contains(":3: [push] max_heartbeat: \"soon\" does not fit"), "{complaint}");
    assert!(lines[2].contains("must be one of \"human\", \"json\""), "{complaint}");
}

#[test]
fn what_is_not_toml_is_told_with_its_line() {
    let complaint = complaint(file("[listen]\nhttps = [\n\n[tls]\n"));
    assert!(complaint.starts_with("/etc/fieldpost/fieldpost.toml:"), "{complaint}");
    assert!(complaint.contains("not TOML"), "{complaint}");
}

#[test]
fn an_unknown_variable_of_ours_is_refused() {
    assert_eq!(
        complaint(environment("FIELDPOST_LISTEN__HTPS", "x")),
        "environment variable FIELDPOST_LISTEN__HTPS: no setting is named so; did you mean \
         FIELDPOST_LISTEN__HTTPS?"
    );
    let complaint = complaint(environment("FIELDPOST_LOG_LEVEL", "debug"));
    assert!(complaint.ends_with("did you mean FIELDPOST_LOG__LEVEL?"), "{complaint}");
    for ours in
        ["FIELDPOST_CONFIG", "FIELDPOST_SHARED", "FIELDPOST_TEST_POSTGRES", "FIELDPOST_CACHE", "FIELDPOSTER"]
    {
        environment(ours, "x").unwrap();
    }
}

#[test]
fn paths_in_the_file_start_at_the_file() {
    let loaded = file("[tls]\ncertificate = \"cert.pem\"\nkey = \"/secret/key.pem\"\n").unwrap();
    assert_eq!(loaded.config.tls.certificate, Some(PathBuf::from("/etc/fieldpost/cert.pem")));
    assert_eq!(loaded.config.tls.key, Some(PathBuf::from("/secret/key.pem")));
}

#[test]
fn what_contradicts_itself_is_refused() {
    assert!(complaint(file("[tls]\nkey = \"k\"\n")).contains("needs certificate as well"));
    assert!(complaint(file("[listen]\nhttp = [\"0.0.0.0:80\"]\n")).contains("http_beyond_loopback = true"));
    file("[listen]\nhttp = [\"0.0.0.0:80\"]\nhttp_beyond_loopback = true\n").unwrap();
    assert!(complaint(file("[push]\nmin_heartbeat = \"2h\"\n")).contains("greater than max_heartbeat"));
    assert!(complaint(file("[mail]\ndefault_domain = \"a.example\"\n")).contains("not among the domains"));
}

#[test]
fn a_wrong_url_is_not_repeated() {
    let complaint = complaint(file("[storage]\nurl = \"mysql://u:s3cr3t@host/db\"\n"));
    assert!(!complaint.contains("s3cr3t"), "{complaint}");
    assert!(complaint.contains("it must be \"sqlite:"), "{complaint}");
}

#[test]
fn every_default_is_read_as_it_is_written() {
    let mut text = String::new();
    for (section, _, keys) in Config::describe() {
        text.push_str(&format!("[{section}]\n"));
        for key in keys {
            if let Some(default) = key.default {
                text.push_str(&format!("{} = {default}\n", key.name));
            }
        }
    }
    let loaded = file(&text).unwrap();
    assert_eq!(format!("{:?}", loaded.config), format!("{:?}", Config::default()));
}
