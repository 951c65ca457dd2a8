//! Binds addresses and accepts connections, each into a task of its own.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

use crate::admission::{Admission, Admissions};
use crate::limits::Limits;
use crate::tasks::Tasks;

/// Why an address can't be listened on. The text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// Another program has it.
    #[error("{name}: port {} of {} is in use by another program: stop that one or choose another port", address.port(), address.ip())]
    InUse {
        /// Which listener.
        name: &'static str,
        /// The address.
        address: SocketAddr,
    },
    /// The system keeps it for others.
    #[error("{name}: the system does not let this user listen on port {} (ports below 1024 are kept for services): choose a port above 1023, or give the program the capability CAP_NET_BIND_SERVICE", address.port())]
    NotAllowed {
        /// Which listener.
        name: &'static str,
        /// The address.
        address: SocketAddr,
    },
    /// The machine does not have the address.
    #[error("{name}: this machine does not have the address {}: choose one that it has, or 0.0.0.0 and [::] for all", address.ip())]
    NotHere {
        /// Which listener.
        name: &'static str,
        /// The address.
        address: SocketAddr,
    },
    /// No address was given.
    #[error("{name}: no address to listen on is given")]
    Nowhere {
        /// Which listener.
        name: &'static str,
    },
    /// Something else.
    #[error("{name}: can't listen on {address}: {source}")]
    Other {
        /// Which listener.
        name: &'static str,
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
}

/// Bound sockets that one service is offered on.
#[derive(Debug)]
pub struct Listener {
    name: &'static str,
    sockets: Vec<TcpListener>,
    limits: Limits,
}

impl Listener {
    /// Binds all of `addresses`. `[::]` takes IPv4 as well, unless `0.0.0.0` with the same port is
    /// given too. Where the machine has no IPv6, `[::]` beside another address is left out with a
    /// warning. Needs a tokio runtime.
    pub fn bind(
        name: &'static str,
        addresses: &[SocketAddr],
        limits: &Limits,
    ) -> Result<Listener, ListenError> {
        let mut sockets = Vec::with_capacity(addresses.len());
        for &address in addresses {
            match bind_one(address, addresses, limits.backlog) {
                Ok(socket) => sockets.push(socket),
                Err(error) if may_leave_out(address, addresses, &error) => {
                    tracing::warn!(listener = name, %address, "this machine has no IPv6, listening without");
                }
                Err(error) => return Err(explain(name, address, error)),
            }
        }
        if sockets.is_empty() {
            return Err(ListenError::Nowhere { name });
        }
        Ok(Listener { name, sockets, limits: limits.clone() })
    }

    /// The addresses, with the ports that the system chose where 0 was asked for.
    pub fn addresses(&self) -> Vec<SocketAddr> {
        self.sockets.iter().filter_map(|socket| socket.local_addr().ok()).collect()
    }

    /// Accepts until [`Tasks::draining`], calling `serve` for each connection and running what it
    /// returns as a task. That holds the [`Admission`] as long as it holds the connection.
    pub fn start<S, F>(self, tasks: &Tasks, serve: S) -> Arc<Admissions>
    where
        S: Fn(TcpStream, SocketAddr, Admission) -> F + Send + Sync + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let admissions = Admissions::new(self.limits.connections, self.limits.unproven_per_source);
        let serve = Arc::new(serve);
        for socket in self.sockets {
            let accepting = Accepting {
                name: self.name,
                socket,
                admissions: Arc::clone(&admissions),
                tasks: tasks.clone(),
                complained: None,
            };
            tasks.spawn(self.name, accepting.run(Arc::clone(&serve)));
        }
        admissions
    }
}

struct Accepting {
    name: &'static str,
    socket: TcpListener,
    admissions: Arc<Admissions>,
    tasks: Tasks,
    complained: Option<Instant>,
}

impl Accepting {
    async fn run<S, F>(mut self, serve: Arc<S>)
    where
        S: Fn(TcpStream, SocketAddr, Admission) -> F + Send + Sync + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let draining = self.tasks.draining().clone();
        loop {
            let accepted = tokio::select! {
                biased;
                () = draining.cancelled() => return,
                accepted = self.socket.accept() => accepted,
            };
            match accepted {
                Ok((stream, address)) => self.admit(stream, address, serve.as_ref()),
                Err(error) => self.recover(&error).await,
            }
        }
    }

    fn admit<S, F>(&mut self, stream: TcpStream, address: SocketAddr, serve: &S)
    where
        S: Fn(TcpStream, SocketAddr, Admission) -> F,
        F: Future<Output = ()> + Send + 'static,
    {
        let Some(admission) = self.admissions.admit(address.ip()) else {
            let held = self.admissions.held().total;
            self.complain(|name| {
                tracing::warn!(
                    listener = name,
                    held,
                    "all connections are busy, a new one was refused; raise limits.connections or add a node"
                );
            });
            return;
        };
        // Answers are written whole: waiting for more to send only adds latency. Fails only where the
        // client is gone already.
        let _ = stream.set_nodelay(true);
        let number = admission.number();
        let task = self.tasks.spawn(self.name, serve(stream, address, admission));
        self.admissions.attach(number, task);
    }

    /// Accepting failed: of one connection that is gone again, or for want of files or memory. Then
    /// one that does nothing is closed, and a moment is let pass, rather than trying in a busy loop.
    async fn recover(&mut self, error: &io::Error) {
        use io::ErrorKind::{ConnectionAborted, ConnectionReset, Interrupted};
        if matches!(error.kind(), ConnectionAborted | ConnectionReset | Interrupted) {
            return;
        }
        let evicted = self.admissions.evict_one();
        self.complain(|name| {
            tracing::error!(
                listener = name,
                %error,
                evicted,
                "no connection can be accepted; raise the limit of open files (LimitNOFILE, ulimit -n)"
            );
        });
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    /// Logs at most once in ten seconds.
    fn complain(&mut self, log: impl FnOnce(&'static str)) {
        let now = Instant::now();
        if self.complained.is_none_or(|last| now.duration_since(last) > Duration::from_secs(10)) {
            self.complained = Some(now);
            log(self.name);
        }
    }
}

fn bind_one(address: SocketAddr, all: &[SocketAddr], backlog: u32) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if address.is_ipv6() {
        let beside =
            |other: &SocketAddr| other.port() == address.port() && other.ip() == IpAddr::from([0; 4]);
        let alone = address.ip().is_unspecified() && !all.iter().any(beside);
        socket.set_only_v6(!alone)?;
    }
    // A restart must not wait for the last connections of the process before.
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(i32::try_from(backlog).unwrap_or(i32::MAX))?;
    TcpListener::from_std(socket.into())
}

fn may_leave_out(address: SocketAddr, all: &[SocketAddr], error: &io::Error) -> bool {
    const NO_SUCH_FAMILY: i32 = 97;
    address.is_ipv6()
        && address.ip().is_unspecified()
        && all.len() > 1
        && (error.kind() == io::ErrorKind::AddrNotAvailable
            || error.kind() == io::ErrorKind::Unsupported
            || error.raw_os_error() == Some(NO_SUCH_FAMILY))
}

fn explain(name: &'static str, address: SocketAddr, source: io::Error) -> ListenError {
    match source.kind() {
        io::ErrorKind::AddrInUse => ListenError::InUse { name, address },
        io::ErrorKind::PermissionDenied => ListenError::NotAllowed { name, address },
        io::ErrorKind::AddrNotAvailable => ListenError::NotHere { name, address },
        _ => ListenError::Other { name, address, source },
    }
}
