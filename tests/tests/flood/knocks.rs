//! Strangers at the door, each with a key that nobody has seen, in numbers.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use closeknit_ids::CircleId;
use closeknit_net::{Alpn, HEARTBEAT, MAX_LIVE, Whereabouts};
use closeknit_tests::eventually;
use iroh::{Endpoint, endpoint::ConnectionError};
use serde_json::json;
use tokio::{
    runtime::{Builder, Runtime},
    task::JoinSet,
    time::timeout,
};

use crate::{
    member::{self, Member, until_equal},
    stranger::{stranger, to},
    watch::while_watched,
};

/// Nobody waits longer for an answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// So many knock at once.
const AT_ONCE: usize = 8;
/// So many come from one address: fewer than are held up there, so that each has its handshake.
const FROM_ONE_ADDRESS: u32 = 16;

/// What a machine says to whom it has no room for (docs/protocol.md, *Ending*).
const NO_ROOM: u32 = 2;

/// How the knocks went.
#[derive(Debug, Default)]
struct Knocks {
    /// They do not know the door and came no further.
    turned_away: AtomicU32,
    /// They know it, as whoever saw its name pass by, and got through the handshake.
    shook_hands: AtomicU32,
    /// Of these, to whom anything was said.
    heard: AtomicU32,
    /// Nobody was there for them in time.
    unanswered: AtomicU32,
}

/// A stranger with a key of their own, who comes from one of many addresses.
async fn nobody_knows(number: u32, address: u32) -> Endpoint {
    let mut key = [7; 32];
    key[..4].copy_from_slice(&number.to_be_bytes());
    let [_, _, high, low] = (address + 0x0100).to_be_bytes();
    stranger(key, SocketAddr::from((Ipv4Addr::new(127, 9, high, low), 0))).await
}

/// Every second of them knows the door.
async fn knock(number: u32, alice: &Whereabouts, door: &Alpn, knocks: &Knocks) -> Result<()> {
    let mallory = nobody_knows(number, number / FROM_ONE_ADDRESS).await;
    let alices = to(alice.device.as_bytes(), *alice.addresses.first().context("she is nowhere")?);
    let knows = number.is_multiple_of(2);
    let wrong = format!("ck/1/{number:032x}").into_bytes();
    let door = if knows { door.as_bytes() } else { &wrong };
    let count = match timeout(PATIENCE, mallory.connect(alices, door)).await {
        Err(_) => &knocks.unanswered,
        Ok(Err(_)) => &knocks.turned_away,
        Ok(Ok(connection)) => {
            // Says nothing that proves anything, and listens until the line is cut.
            if let Ok((mut send, mut recv)) = connection.open_bi().await {
                let _ = send.write_all(&[0, 0, 0, 1, 9]).await;
                let _ = send.finish();
                let mut byte = [0];
                if let Ok(Ok(Some(_))) = timeout(PATIENCE, recv.read(&mut byte)).await {
                    knocks.heard.fetch_add(1, Ordering::SeqCst);
                }
            }
            &knocks.shook_hands
        }
    };
    count.fetch_add(1, Ordering::SeqCst);
    let _ = timeout(PATIENCE, mallory.close()).await;
    Ok(())
}

/// So many knock, a few at a time.
async fn all_knock(number: u32, alice: Whereabouts, door: Alpn) -> Result<Arc<Knocks>> {
    let (knocks, alice, door) = (Arc::new(Knocks::default()), Arc::new(alice), Arc::new(door));
    let mut crowd = JoinSet::new();
    for one in 0..number {
        if crowd.len() >= AT_ONCE {
            crowd.join_next().await.context("somebody")???;
        }
        let (alice, door, knocks) = (alice.clone(), door.clone(), knocks.clone());
        crowd.spawn(async move { knock(one, &alice, &door, &knocks).await });
    }
    while let Some(one) = crowd.join_next().await {
        one??;
    }
    Ok(knocks)
}

/// Alice and Bob in a circle; where she is, and the name of her door.
fn alice_and_bob() -> Result<(Member, Member, Whereabouts, Alpn)> {
    let (alice, bob) = member::alice_and_bob()?;
    let circle: CircleId = alice.call("circle", &json!({}))?["id"].as_str().context("an id")?.parse()?;
    let whereabouts = Whereabouts::from_text(&alice.address()?)?;
    let door = Alpn::circle(circle, whereabouts.salt);
    Ok((alice, bob, whereabouts, door))
}

fn runtime() -> Result<Runtime> {
    Ok(Builder::new_multi_thread().worker_threads(2).enable_all().build()?)
}

fn writes(member: &Member, title: &str) -> Result<()> {
    let need = json!({ "kind": "need", "category": "errand", "title": title, "mode": "choose" });
    member.call("post", &need).map(drop)
}

fn a_crowd_knocks(number: u32, memory: u64) -> Result<()> {
    let (alice, bob, whereabouts, door) = alice_and_bob()?;
    let runtime = runtime()?;
    let begun = Instant::now();
    let crowd = all_knock(number, whereabouts, door);
    let (knocks, fared) = while_watched(&alice, || runtime.block_on(crowd))?;
    println!("({number} strangers in {:?}: {knocks:?})", begun.elapsed());
    fared.rows(&format!("{number} strangers knock"), memory, 1024, Duration::from_secs(1))?;
    let [turned_away, shook_hands, heard, unanswered] =
        [&knocks.turned_away, &knocks.shook_hands, &knocks.heard, &knocks.unanswered]
            .map(|count| count.load(Ordering::SeqCst));
    ensure!(heard == 0, "{heard} strangers were told something");
    ensure!(shook_hands * 4 > number, "only {shook_hands} had a handshake");
    ensure!(turned_away * 3 > number && unanswered * 10 < number, "{knocks:?}");

    writes(&bob, "After the crowd")?;
    until_equal(&alice, &bob)?;
    ensure!(alice.titles()? == ["After the crowd"], "bob is heard");
    Ok(())
}

/// Comes again and again, and stays for as long as it is borne without a word that proves anything.
async fn stay(number: u32, alice: Arc<Whereabouts>, door: Arc<Alpn>, no_room: Arc<AtomicU32>) {
    let mallory = nobody_knows(number, number).await;
    loop {
        let Some(address) = alice.addresses.first() else { return };
        let connecting = mallory.connect(to(alice.device.as_bytes(), *address), door.as_bytes());
        let Ok(Ok(connection)) = timeout(PATIENCE, connecting).await else { continue };
        let Ok((mut send, _recv)) = connection.open_bi().await else { continue };
        while send.write_all(&[0; 4]).await.is_ok() {
            if let Ok(ConnectionError::ApplicationClosed(close)) =
                timeout(HEARTBEAT, connection.closed()).await
                && close.error_code == NO_ROOM.into()
            {
                no_room.fetch_add(1, Ordering::SeqCst);
            }
        }
    }
}

/// More of them than there are places, all of whom know the door.
#[test]
fn silent_strangers_in_every_place_do_not_keep_a_friend_out() -> Result<()> {
    let (alice, mut bob, whereabouts, door) = alice_and_bob()?;
    bob.kill();
    eventually("his place to be free", || Ok((alice.connections()? == 0).then_some(())))?;
    writes(&alice, "While Bob was away")?;
    let (runtime, no_room) = (runtime()?, Arc::new(AtomicU32::new(0)));
    let (whereabouts, door) = (Arc::new(whereabouts), Arc::new(door));
    for number in 0..u32::try_from(MAX_LIVE)? + 4 {
        runtime.spawn(stay(number, whereabouts.clone(), door.clone(), no_room.clone()));
    }
    eventually("a full room", || Ok((no_room.load(Ordering::SeqCst) >= 4).then_some(())))?;
    let begun = Instant::now();
    bob.run(&[&alice.address()?])?;
    until_equal(&alice, &bob)?;
    writes(&bob, "Home again")?;
    until_equal(&alice, &bob)?;
    let took = begun.elapsed();
    println!("| a friend comes home, strangers in every place | {} ms | 15000 ms |", took.as_millis());
    ensure!(took < Duration::from_secs(15), "{took:?}");
    runtime.shutdown_background();
    Ok(())
}

#[test]
fn five_hundred_strangers_cost_a_machine_little_and_its_friends_nothing() -> Result<()> {
    a_crowd_knocks(500, 32 * 1024)
}

#[test]
#[ignore = "night: ten thousand handshakes"]
fn ten_thousand_strangers_cost_a_machine_little_and_its_friends_nothing() -> Result<()> {
    a_crowd_knocks(10_000, 96 * 1024)
}
