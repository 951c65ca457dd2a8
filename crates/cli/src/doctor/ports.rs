//! Whether every address can be listened on, and if not, who is in the way.

use std::fs;
use std::net::SocketAddr;

use fieldpost_net::limits::Limits;
use fieldpost_net::listener::{ListenError, Listener};

use super::finding::Findings;
use crate::config::Config;

/// Listens on every address for a moment.
pub fn check(config: &Config, findings: &mut Findings) {
    let listen = &config.listen;
    let listeners: [(&'static str, &[SocketAddr]); 5] = [
        ("https", &listen.https),
        ("http", &listen.http),
        ("smtp", &listen.smtp),
        ("lmtp", &listen.lmtp),
        ("admin", &config.admin.listen),
    ];
    if listen.https.is_empty() && listen.http.is_empty() {
        findings.bad(
            "ports",
            "phones can't connect, since there is neither https nor http in section [listen]: set one",
        );
    }
    for (name, addresses) in listeners.into_iter().filter(|(_, addresses)| !addresses.is_empty()) {
        match Listener::bind(name, addresses, &Limits::default()) {
            Ok(_) => {
                let addresses: Vec<String> = addresses.iter().map(ToString::to_string).collect();
                findings.good("ports", format!("{name}: {} can be listened on", addresses.join(", ")));
            }
            Err(ListenError::InUse { address, .. }) => in_use(name, address, findings),
            Err(error) => findings.bad("ports", error),
        }
    }
}

fn in_use(name: &str, address: SocketAddr, findings: &mut Findings) {
    let port = address.port();
    let section = if name == "admin" { "[admin]" } else { "[listen]" };
    match holder(port) {
        Some(holder) if holder.name == "fieldpost" => findings.warning(
            "ports",
            format!(
                "{name}: fieldpost itself (process {}) listens on {address}; that is as it should be if it \
                 is this server, else stop it, or choose another port in section {section}",
                holder.process
            ),
        ),
        Some(holder) => findings.bad(
            "ports",
            format!(
                "{name}: port {port} is in use by {} (process {}): stop it, or choose another port for \
                 {address} in section {section}",
                holder.name, holder.process
            ),
        ),
        None => findings.bad(
            "ports",
            format!(
                "{name}: port {port} is in use by a program of another user (as root, ss -ltnp shows which): \
                 stop it, or choose another port for {address} in section {section}"
            ),
        ),
    }
}

struct Holder {
    name: String,
    process: u32,
}

/// The process that listens on the port, as far as this user may know.
fn holder(port: u16) -> Option<Holder> {
    let sockets: Vec<String> = ["/proc/net/tcp", "/proc/net/tcp6"]
        .iter()
        .filter_map(|table| fs::read_to_string(table).ok())
        .flat_map(|table| listening(&table, port))
        .map(|inode| format!("socket:[{inode}]"))
        .collect();
    for entry in fs::read_dir("/proc").ok()?.flatten() {
        let Some(process) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        let Ok(files) = fs::read_dir(entry.path().join("fd")) else { continue };
        let listens = files.flatten().any(|file| {
            let link = fs::read_link(file.path()).unwrap_or_default();
            sockets.iter().any(|socket| link.as_os_str() == socket.as_str())
        });
        if listens {
            let name = fs::read_to_string(entry.path().join("comm")).unwrap_or_default().trim().to_owned();
            return Some(Holder { name, process });
        }
    }
    None
}

/// The inodes of sockets that listen on the port, in a table of the form of proc(5), `/proc/net/tcp`.
fn listening(table: &str, port: u16) -> Vec<String> {
    const LISTEN: &str = "0A";
    let wanted = format!(":{port:04X}");
    let of_line = |line: &str| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let found = fields.get(1)?.ends_with(&wanted) && *fields.get(3)? == LISTEN;
        found.then(|| fields.get(9).map(|inode| (*inode).to_owned())).flatten()
    };
    table.lines().filter_map(of_line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_of_this_process_is_found() {
        let socket = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let holder = holder(socket.local_addr().unwrap().port()).unwrap();
        assert_eq!(holder.process, std::process::id());
    }

    #[test]
    fn the_table_of_sockets_is_read() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n\
             0: 0100007F:01BB 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0\n\
             1: 0100007F:01BB 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0 100 0\n";
        assert_eq!(listening(table, 443), ["4711"]);
        assert!(listening(table, 444).is_empty());
    }
}
