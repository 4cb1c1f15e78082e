//! Stories of those who do not keep to the protocol, told with bare iroh endpoints.
#![allow(clippy::unwrap_used, reason = "a test may stop at a surprise")]

mod common;
#[path = "../../../tests/tests/flood/stranger.rs"]
mod stranger;

use std::time::{Duration, Instant};

use closeknit_ids::DeviceId;
use closeknit_net::{Alpn, CloseReason, Dial, MAX_FRAME, NetEvent};
use common::{DEADLINE, MILLRACE, Machine, connect};
use iroh::{Endpoint, EndpointAddr};
use tokio::time::timeout;

async fn stranger(address: &str) -> Endpoint {
    stranger::stranger([66; 32], address.parse().unwrap()).await
}

fn to(machine: &Machine) -> EndpointAddr {
    stranger::to(machine.device().as_bytes(), machine.address)
}

fn door(machine: &Machine) -> Vec<u8> {
    Alpn::circle(MILLRACE, machine.salt).as_bytes().to_vec()
}

#[tokio::test]
async fn who_knows_the_address_but_not_the_door_does_not_finish_a_handshake() {
    let mut alice = Machine::new(1).await;
    let mallory = stranger("127.0.0.1:0").await;
    for guess in [&b"ck/1/0000"[..], b"h3", b"ck/join/1/"] {
        let answer = timeout(DEADLINE, mallory.connect(to(&alice), guess)).await.unwrap();
        assert!(answer.is_err(), "{guess:?} opened a door");
    }
    // Nor while alice listens to nobody, when TLS has no name to compare with.
    alice.net.set_circles(vec![]);
    for guess in [&b"h3"[..], &door(&alice)] {
        let answer = timeout(DEADLINE, mallory.connect(to(&alice), guess)).await.unwrap();
        assert!(answer.is_err(), "{guess:?} opened a door while there was none");
    }
    // Alice's engine never heard of it: the next it hears of is bob.
    let mut bob = Machine::new(2).await;
    alice.net.set_circles(vec![closeknit_net::Circle { id: MILLRACE, salts: vec![alice.salt] }]);
    connect(&mut bob, &mut alice).await;
}

#[tokio::test]
async fn who_knows_the_door_gets_not_one_byte_before_the_engine_speaks() {
    let mut alice = Machine::new(1).await;
    let mallory = stranger("127.0.0.1:0").await;
    let connection = mallory.connect(to(&alice), &door(&alice)).await.unwrap();
    let (mut send, mut recv) = connection.open_bi().await.unwrap();
    send.write_all(&[0; 4]).await.unwrap();
    let (conn, _) = alice.opened(DeviceId(*mallory.id().as_bytes())).await;
    // Heartbeats are sent for as long as alice bears it.
    let beats = tokio::spawn(async move {
        while send.write_all(&[0; 4]).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    });
    let mut byte = [0];
    let heard = timeout(DEADLINE, async {
        tokio::select! {
            read = recv.read(&mut byte) => read.ok().flatten(),
            stream = connection.accept_uni() => stream.ok().map(|_| 0),
            stream = connection.accept_bi() => stream.ok().map(|_| 0),
            datagram = connection.read_datagram() => datagram.ok().map(|_| 0),
        }
    });
    assert_eq!(heard.await.unwrap(), None, "alice's network said something of its own accord");
    assert_eq!(alice.closed(conn).await, CloseReason::NothingSaid);
    beats.await.unwrap();
}

#[tokio::test]
async fn who_opens_no_stream_is_not_even_mentioned() {
    let mut alice = Machine::new(1).await;
    let mallory = stranger("127.0.0.1:0").await;
    let connection = mallory.connect(to(&alice), &door(&alice)).await.unwrap();
    timeout(DEADLINE, connection.closed()).await.unwrap();
    let bob = Machine::new(2).await;
    bob.knows(&alice);
    let first = alice.until("an event", Some).await;
    assert!(matches!(first, NetEvent::Opened { device, .. } if device == bob.device()), "{first:?}");
}

#[tokio::test]
async fn a_frame_too_long_ends_the_connection_unread() {
    let mut alice = Machine::new(1).await;
    let mallory = stranger("127.0.0.1:0").await;
    for length in [u32::try_from(MAX_FRAME).unwrap() + 1, u32::MAX] {
        let connection = mallory.connect(to(&alice), &door(&alice)).await.unwrap();
        let (mut send, _recv) = connection.open_bi().await.unwrap();
        send.write_all(&length.to_be_bytes()).await.unwrap();
        let (conn, _) = alice.opened(DeviceId(*mallory.id().as_bytes())).await;
        assert_eq!(alice.closed(conn).await, CloseReason::Framing);
    }
}

#[tokio::test]
async fn a_crowd_at_the_door_does_not_keep_bob_out() {
    let mut alice = Machine::new(1).await;
    let crowd = tokio::spawn({
        let (to, mallory) = (to(&alice), stranger("127.0.0.2:0").await);
        async move {
            let mut refused = 0;
            for _ in 0..100 {
                let attempt = timeout(Duration::from_millis(100), mallory.connect(to.clone(), b"guess"));
                if attempt.await.is_err() {
                    refused += 1;
                }
            }
            refused
        }
    });
    let mut bob = Machine::new(2).await;
    let start = Instant::now();
    bob.net.dial(Dial::Circle { circle: MILLRACE, to: alice.whereabouts() });
    bob.opened(alice.device()).await;
    alice.opened(bob.device()).await;
    assert!(start.elapsed() < Duration::from_secs(3));
    let refused = crowd.await.unwrap();
    assert!(refused > 20, "only {refused} of 100 attempts were left without an answer");
}
