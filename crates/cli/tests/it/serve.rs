//! `fieldpost serve`: starting, stopping, and what survives being killed.

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
