//! Requests that wait: answered later, dropped with their client, one connection after the other.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use fieldpost_net::http::{Body, Handler, Peer, Reply, RequestBody};
use fieldpost_net::limits::Limits;
use hyper::{Request, Response};
use tokio::sync::{Notify, Semaphore};

use crate::client::{connect, connect_tls, eventually};
use crate::server::{own_tls, plain, start};

/// Waits for a permit; counts those that wait.
#[derive(Clone)]
pub struct Waiter {
    pub waiting: Arc<AtomicUsize>,
    pub permits: Arc<Semaphore>,
}

struct Waiting(Arc<AtomicUsize>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Waiter {
    pub fn new() -> Waiter {
        Waiter { waiting: Arc::default(), permits: Arc::new(Semaphore::new(0)) }
    }

    pub fn count(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }
}

impl Handler for Waiter {
    async fn handle(&self, request: Request<RequestBody>, _: Peer) -> Reply {
        if request.uri().path() != "/wait" {
            return Response::new(Body::from("now")).into();
        }
        let Ok(body) = request.into_body().read(1_000).await else {
            return Response::new(Body::from("bad")).into();
        };
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let waiting = Waiting(Arc::clone(&self.waiting));
        let permits = Arc::clone(&self.permits);
        Reply::Later(Box::pin(async move {
            permits.acquire().await.unwrap().forget();
            drop(waiting);
            Response::new(Body::from(format!("later {}", String::from_utf8_lossy(&body))))
        }))
    }
}

const WAIT: &str = "POST /wait HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc";
const NOW: &str = "POST /now HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n";

#[tokio::test]
async fn the_answer_comes_later_and_the_connection_goes_on() {
    let waiter = Waiter::new();
    let served = plain(&Limits::default(), waiter.clone());
    let mut client = connect(served.address).await;
    for _ in 0..3 {
        client.send(WAIT).await;
        eventually("waiting", || waiter.count() == 1).await;
        waiter.permits.add_permits(1);
        let (head, body) = client.answer().await;
        assert!(head.starts_with("http/1.1 200") && head.contains("date: "), "{head}");
        assert!(!head.contains("connection: close"), "{head}");
        assert_eq!(body, "later abc");
        client.send(NOW).await;
        assert_eq!(client.answer().await.1, "now");
    }
    assert_eq!(served.admissions.held().idle, 1);
}

#[tokio::test]
async fn over_tls_too() {
    let (_folder, tls, authority) = own_tls();
    let waiter = Waiter::new();
    let served = start("127.0.0.1:0", &Limits::default(), Some(tls), waiter.clone());
    let mut client = connect_tls(served.address, &authority).await;
    client.send(WAIT).await;
    eventually("waiting", || waiter.count() == 1).await;
    waiter.permits.add_permits(1);
    assert_eq!(client.answer().await.1, "later abc");
    client.send(WAIT).await;
    eventually("waiting again", || waiter.count() == 1).await;
    drop(client);
    eventually("dropped", || waiter.count() == 0 && served.admissions.held().total == 0).await;
}

#[tokio::test]
async fn a_client_that_asks_ahead_is_answered_in_order() {
    let waiter = Waiter::new();
    let served = plain(&Limits::default(), waiter.clone());
    let mut client = connect(served.address).await;
    client.send(&format!("{WAIT}{NOW}{WAIT}{NOW}")).await;
    waiter.permits.add_permits(2);
    for expected in ["later abc", "now", "later abc", "now"] {
        assert_eq!(client.answer().await.1, expected);
    }
    client.send(WAIT).await;
    eventually("waiting", || waiter.count() == 1).await;
    client.send(NOW).await;
    waiter.permits.add_permits(1);
    assert_eq!(client.answer().await.1, "later abc");
    assert_eq!(client.answer().await.1, "now");
}

#[tokio::test]
async fn a_wish_to_close_is_remembered() {
    let waiter = Waiter::new();
    let served = plain(&Limits::default(), waiter.clone());
    let mut client = connect(served.address).await;
    client.send("POST /wait HTTP/1.1\r\nhost: x\r\nconnection: Close\r\n\r\n").await;
    waiter.permits.add_permits(1);
    let (head, body) = client.answer().await;
    assert!(head.contains("connection: close"), "{head}");
    assert_eq!(body, "later ");
    assert_eq!(client.until_closed().await, "");
}

#[tokio::test]
async fn other_methods_and_http_1_0_wait_as_well() {
    let waiter = Waiter::new();
    let served = plain(&Limits::default(), waiter.clone());
    waiter.permits.add_permits(2);
    let mut client = connect(served.address).await;
    client.send("GET /wait HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert_eq!(client.answer().await.1, "later ");
    client.send("POST /wait HTTP/1.0\r\ncontent-length: 2\r\n\r\nhi").await;
    assert!(client.until_closed().await.ends_with("later hi"));
}

#[tokio::test]
async fn those_that_vanish_leave_nothing() {
    let waiter = Waiter::new();
    let served = plain(&Limits::default(), waiter.clone());
    let mut clients = Vec::new();
    for _ in 0..200 {
        let mut client = connect(served.address).await;
        client.send(WAIT).await;
        clients.push(client);
    }
    eventually("all wait", || waiter.count() == 200).await;
    drop(clients);
    eventually("none waits", || waiter.count() == 0).await;
    eventually("none is held", || served.admissions.held().total == 0).await;
    // The listener's own task.
    eventually("no task is left", || served.tasks.count() == 1).await;
}

#[tokio::test]
async fn an_unread_body_is_not_taken_for_a_request() {
    let ready = Arc::new(Notify::new());
    let gate = Arc::clone(&ready);
    let heedless = move |request: Request<RequestBody>, _: Peer| {
        let (ready, path) = (Arc::clone(&gate), request.uri().path().to_owned());
        async move {
            Reply::Later(Box::pin(async move {
                ready.notified().await;
                Response::new(Body::from(path))
            }))
        }
    };
    let served = plain(&Limits::default(), heedless);
    let mut client = connect(served.address).await;
    let inner = "POST /inner HTTP/1.1\r\nhost: x\r\n\r\n";
    client.send(&format!("POST /outer HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n", inner.len())).await;
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    client.send(inner).await;
    ready.notify_one();
    assert_eq!(client.answer().await.1, "/outer");
    ready.notify_one();
    let rest = tokio::time::timeout(std::time::Duration::from_millis(300), client.until_closed()).await;
    assert!(!rest.unwrap_or_default().contains("/inner"));
}
