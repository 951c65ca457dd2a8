//! `fieldpost serve`: starting, stopping, and what survives being killed.

use fieldpost_phone::lmtp::{MailClient, Protocol};
use fieldpost_testkit::message;
use fieldpost_testkit::process::Fieldpost;

use crate::{BINARY, output};

#[test]
fn it_listens_on_every_address_and_stops_when_asked() {
    let mut server = Fieldpost::new(BINARY);
    server.start();
    for address in server.addresses.smtp.iter().chain(&server.addresses.lmtp) {
        use std::io::Read;
        let mut greeting = [0; 4];
        std::net::TcpStream::connect(address).unwrap().read_exact(&mut greeting).unwrap();
        assert_eq!(&greeting, b"220 ");
    }
    let before = server.addresses.clone();
    server.kill_and_start();
    assert_eq!(server.addresses.https, before.https);
    assert_eq!(server.stop(), Some(0));
    let log = server.log();
    assert!(log.contains("ready"), "{log}");
}

#[test]
fn a_port_in_use_stops_it_with_a_sentence() {
    let mut server = Fieldpost::new(BINARY);
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = other.local_addr().unwrap();
    server.set("listen", "https", &format!("[\"{address}\"]"));
    let text = output(&server.run(&["serve"]), 1);
    assert!(text.contains(&format!("port {} ", address.port())) && text.contains("in use"), "{text}");
}

#[test]
fn mail_that_was_accepted_survives_a_kill() {
    for mut server in Fieldpost::each(BINARY) {
        let alice = server.add_account("alice", "secret");
        server.start();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let messages = 20;
        runtime.block_on(async {
            let patience = std::time::Duration::from_secs(30);
            let mut client = MailClient::connect(&server.lmtp(), Protocol::Lmtp, patience).await.unwrap();
            for number in 0..messages {
                let content = message::plain("a@elsewhere.test", &alice, number);
                client.deliver("a@elsewhere.test", &[&alice], &content).await.unwrap();
            }
        });
        server.kill_and_start();
        let password = server.folder().join("alice.password").display().to_string();
        let arguments = [
            "phone",
            "sync",
            "--server",
            &server.http(),
            "--user",
            &alice,
            "--password-file",
            &password,
            "--json",
        ];
        let text = output(&server.run(&arguments), 0);
        assert!(text.contains(&format!("\"messages\":{messages}")), "{text}");
    }
}
