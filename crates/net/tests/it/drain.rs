//! Stopping.

use std::time::Duration;

use fieldpost_net::admission::Held;
use fieldpost_net::http::{Body, Peer, Reply, RequestBody};
use fieldpost_net::limits::Limits;
use fieldpost_net::tasks::Drained;
use hyper::{Request, Response};
use tokio::net::TcpStream;

use crate::client::{connect, eventually};
use crate::parked::Waiter;
use crate::server::{hello, plain};

#[tokio::test]
async fn a_request_in_progress_is_answered_and_idle_connections_close() {
    let slow = |_: Request<RequestBody>, _: Peer| async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        Reply::Now(Response::new(Body::from("done")))
    };
    let served = plain(&Limits::default(), slow);
    let mut idle = connect(served.address).await;
    idle.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    idle.answer().await;
    let mut busy = connect(served.address).await;
    busy.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let both = Held { total: 2, unproven: 0, idle: 1 };
    eventually("both were seen", || served.admissions.held() == both).await;
    let draining = served.tasks.drain(Duration::from_secs(30));
    let (drained, (head, body)) = tokio::join!(draining, busy.answer());
    assert_eq!((drained, body.as_str()), (Drained::All, "done"));
    assert!(head.contains("connection: close"), "{head}");
    assert_eq!(idle.until_closed().await, "");
    assert!(TcpStream::connect(served.address).await.is_err());
}

#[tokio::test]
async fn a_parked_request_may_answer_when_it_hears_of_it() {
    let waiter = Waiter::new();
    let served = plain(&Limits::default(), waiter.clone());
    let mut client = connect(served.address).await;
    client.send("POST /wait HTTP/1.1\r\nhost: x\r\n\r\n").await;
    eventually("waiting", || waiter.count() == 1).await;
    let (tasks, permits) = (served.tasks.clone(), waiter.permits.clone());
    let token = served.tasks.draining().clone();
    served.tasks.spawn("answers", async move {
        token.cancelled().await;
        permits.add_permits(1);
    });
    let (drained, (head, body)) = tokio::join!(tasks.drain(Duration::from_secs(30)), client.answer());
    assert_eq!((drained, body.as_str()), (Drained::All, "later "));
    assert!(head.contains("connection: close"), "{head}");
}

#[tokio::test]
async fn what_does_not_end_is_cut() {
    let waiter = Waiter::new();
    let served = plain(&Limits::default(), waiter.clone());
    let mut client = connect(served.address).await;
    client.send("POST /wait HTTP/1.1\r\nhost: x\r\n\r\n").await;
    eventually("waiting", || waiter.count() == 1).await;
    assert_eq!(served.tasks.drain(Duration::from_millis(50)).await, Drained::Cut(1));
    assert_eq!(client.until_closed().await, "");
    assert_eq!((waiter.count(), served.admissions.held().total), (0, 0));
}

#[tokio::test]
async fn a_new_connection_is_refused_after() {
    let served = plain(&Limits::default(), hello);
    served.tasks.drain(Duration::from_secs(5)).await;
    assert!(TcpStream::connect(served.address).await.is_err());
}
