//! Stories of hosts on real networks: namespaces joined by switches. They need root, `ip` and
//! `tcpdump`, so they run when asked for: `cargo test -p closeknit-net --test namespaces -- --ignored`.
#![allow(unreachable_pub, reason = "a test is a crate")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may stop at a surprise"
)]

mod lan;
mod neighbour;

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use closeknit_ids::DeviceId;
use lan::{Capture, Host, Switch};
use neighbour::{Neighbour, live_if_one};

/// No wait lasts longer.
const DEADLINE: Duration = Duration::from_secs(60);
/// What people are promised.
const FOUND: Duration = Duration::from_secs(5);

/// Both talk to each other, and each hears. What is said is said again, since one connection may
/// take the place of another.
fn meet(alice: &mut Neighbour, bob: &mut Neighbour) {
    static TALK: AtomicU32 = AtomicU32::new(0);
    let talk = TALK.fetch_add(1, Ordering::Relaxed);
    let (hello, welcome) = (format!("hello{talk}"), format!("welcome{talk}"));
    let start = Instant::now();
    while start.elapsed() < DEADLINE {
        alice.order(&format!("say {hello}"));
        bob.order(&format!("say {welcome}"));
        if bob.soon(&format!("heard {hello}")) && alice.soon(&format!("heard {welcome}")) {
            return;
        }
    }
    panic!("they do not talk: {:#?} {:#?}", alice.told(), bob.told());
}

/// Each has seen the other on the network, and they talk. One may be dialled by somebody it never saw, who then
/// cannot be gone either.
fn see_and_meet(alice: &mut Neighbour, at: &str, bob: &mut Neighbour, bob_at: &str) {
    alice.near(bob.device, &[bob_at]);
    bob.near(alice.device, &[at]);
    meet(alice, bob);
}

#[test]
#[ignore = "machine: makes networks"]
fn neighbours_find_each_other_on_a_switch_without_a_router() {
    live_if_one();
    let (switch, a, b) = (Switch::new().unwrap(), Host::new().unwrap(), Host::new().unwrap());
    let _cables =
        (switch.plug(&a, "eth0", "10.77.0.1/24").unwrap(), switch.plug(&b, "eth0", "10.77.0.2/24").unwrap());
    let mut alice = Neighbour::on(&a, 1);
    let start = Instant::now();
    let mut bob = Neighbour::on(&b, 2);
    alice.near(bob.device, &["10.77.0.2"]);
    bob.near(alice.device, &["10.77.0.1"]);
    let found = start.elapsed();
    meet(&mut alice, &mut bob);
    println!("found after {found:?}, talked after {:?}", start.elapsed());
    assert!(found < FOUND, "{found:?}");
}

#[test]
#[ignore = "machine: makes networks"]
fn two_on_one_machine_without_any_network_find_each_other() {
    live_if_one();
    let alone = Host::new().unwrap();
    let mut alice = Neighbour::on(&alone, 1);
    let start = Instant::now();
    let mut bob = Neighbour::on(&alone, 2);
    alice.near(bob.device, &["127.0.0.1"]);
    bob.near(alice.device, &["127.0.0.1"]);
    let found = start.elapsed();
    meet(&mut alice, &mut bob);
    println!("found after {found:?}, talked after {:?}", start.elapsed());
    assert!(found < FOUND, "{found:?}");
}

#[test]
#[ignore = "machine: makes networks"]
fn two_on_one_machine_with_a_network_find_each_other_too() {
    live_if_one();
    let (switch, shared) = (Switch::new().unwrap(), Host::new().unwrap());
    let _cable = switch.plug(&shared, "eth0", "10.77.0.1/24").unwrap();
    let (mut alice, mut bob) = (Neighbour::on(&shared, 1), Neighbour::on(&shared, 2));
    alice.near(bob.device, &["10.77.0.1"]);
    meet(&mut alice, &mut bob);
}

#[test]
#[ignore = "machine: makes networks"]
fn neighbours_find_each_other_where_there_is_only_ipv6() {
    live_if_one();
    let (switch, a, b) = (Switch::new().unwrap(), Host::new().unwrap(), Host::new().unwrap());
    let _cables =
        (switch.plug(&a, "eth0", "fd77::1/64").unwrap(), switch.plug(&b, "eth0", "fd77::2/64").unwrap());
    let (mut alice, mut bob) = (Neighbour::on(&a, 1), Neighbour::on(&b, 2));
    alice.near(bob.device, &["fd77::2"]);
    bob.near(alice.device, &["fd77::1"]);
    meet(&mut alice, &mut bob);
}

#[test]
#[ignore = "machine: makes networks"]
fn a_pulled_cable_is_noticed_and_put_back_they_find_each_other() {
    live_if_one();
    let (switch, a, b) = (Switch::new().unwrap(), Host::new().unwrap(), Host::new().unwrap());
    let _a = switch.plug(&a, "eth0", "10.77.0.1/24").unwrap();
    let cable = switch.plug(&b, "eth0", "10.77.0.2/24").unwrap();
    let (mut alice, mut bob) = (Neighbour::on(&a, 1), Neighbour::on(&b, 2));
    see_and_meet(&mut alice, "10.77.0.1", &mut bob, "10.77.0.2");

    alice.forget();
    bob.forget();
    let start = Instant::now();
    cable.pull().unwrap();
    alice.until(&format!("closed {}", bob.device));
    let closed = start.elapsed();
    alice.until(&format!("gone {}", bob.device));
    let gone = start.elapsed();
    bob.until(&format!("gone {}", alice.device));

    alice.forget();
    let start = Instant::now();
    cable.put_back().unwrap();
    alice.near(bob.device, &["10.77.0.2"]);
    let found = start.elapsed();
    meet(&mut alice, &mut bob);
    let talked = start.elapsed();
    println!("closed after {closed:?}, gone after {gone:?}; back: found {found:?}, talked {talked:?}");
    assert!(found < FOUND, "{found:?}");
}

#[test]
#[ignore = "machine: makes networks"]
fn an_interface_that_goes_down_and_up_again_is_followed() {
    live_if_one();
    let (switch, a, b) = (Switch::new().unwrap(), Host::new().unwrap(), Host::new().unwrap());
    let _cables =
        (switch.plug(&a, "eth0", "10.77.0.1/24").unwrap(), switch.plug(&b, "eth0", "10.77.0.2/24").unwrap());
    let (mut alice, mut bob) = (Neighbour::on(&a, 1), Neighbour::on(&b, 2));
    see_and_meet(&mut alice, "10.77.0.1", &mut bob, "10.77.0.2");
    alice.forget();
    b.ip("link set eth0 down").unwrap();
    bob.until("own [127.0.0.1");
    alice.until(&format!("gone {}", bob.device));
    alice.forget();
    bob.forget();
    let start = Instant::now();
    b.ip("link set eth0 up").unwrap();
    bob.until("own [10.77.0.2");
    alice.near(bob.device, &["10.77.0.2"]);
    let found = start.elapsed();
    meet(&mut alice, &mut bob);
    println!("found after {found:?}, talked after {:?}", start.elapsed());
    assert!(found < FOUND, "{found:?}");
}

#[test]
#[ignore = "machine: makes networks"]
fn a_listener_that_gets_another_address_is_found_there_and_talks_on() {
    live_if_one();
    let (switch, a, b) = (Switch::new().unwrap(), Host::new().unwrap(), Host::new().unwrap());
    let _cables =
        (switch.plug(&a, "eth0", "10.77.0.1/24").unwrap(), switch.plug(&b, "eth0", "10.77.0.2/24").unwrap());
    let (mut alice, mut bob) = (Neighbour::on(&a, 1), Neighbour::on(&b, 2));
    meet(&mut alice, &mut bob);
    for (one, host, old, new) in [(0, &b, "10.77.0.2", "10.77.0.9"), (1, &a, "10.77.0.1", "10.77.0.8")] {
        let start = Instant::now();
        host.ip(&format!("addr del {old}/24 dev eth0")).unwrap();
        host.ip(&format!("addr add {new}/24 dev eth0")).unwrap();
        meet(&mut alice, &mut bob);
        println!("talked {:?} after the address changed", start.elapsed());
        let (at_home, moved) = if one == 0 { (&mut alice, &bob) } else { (&mut bob, &alice) };
        at_home.near(moved.device, &[new]);
        assert!(start.elapsed() < DEADLINE / 2);
    }
}

#[test]
#[ignore = "machine: makes networks"]
fn a_salt_that_was_announced_in_one_place_is_not_announced_in_another() {
    live_if_one();
    let (switch, a, b) = (Switch::new().unwrap(), Host::new().unwrap(), Host::new().unwrap());
    let _cables =
        (switch.plug(&a, "eth0", "10.77.0.1/24").unwrap(), switch.plug(&b, "eth0", "10.77.0.2/24").unwrap());
    let (mut alice, mut bob) = (Neighbour::on(&a, 1), Neighbour::on(&b, 2));
    see_and_meet(&mut alice, "10.77.0.1", &mut bob, "10.77.0.2");
    bob.order("keep the salt");
    alice.forget();
    b.ip("addr del 10.77.0.2/24 dev eth0").unwrap();
    b.ip("addr add 10.77.0.9/24 dev eth0").unwrap();
    bob.until("own [10.77.0.9");
    alice.until(&format!("gone {}", bob.device));
    meet(&mut alice, &mut bob); // since bob still sees alice
    let near = format!("near {}", bob.device);
    assert!(!alice.told().iter().any(|line| line.starts_with(&near)), "{:#?}", alice.told());
    bob.order("renew the salt");
    alice.near(bob.device, &["10.77.0.9"]);
}

#[test]
#[ignore = "machine: makes networks"]
fn a_machine_on_two_networks_finds_its_neighbours_on_both() {
    live_if_one();
    let (one, other) = (Switch::new().unwrap(), Switch::new().unwrap());
    let (a, b, c) = (Host::new().unwrap(), Host::new().unwrap(), Host::new().unwrap());
    let _cables = (
        one.plug(&a, "eth0", "10.77.0.1/24").unwrap(),
        one.plug(&b, "eth0", "10.77.0.2/24").unwrap(),
        other.plug(&b, "wlan0", "192.168.7.2/24").unwrap(),
        other.plug(&c, "wlan0", "192.168.7.3/24").unwrap(),
    );
    let (mut alice, mut bob, mut carol) = (Neighbour::on(&a, 1), Neighbour::on(&b, 2), Neighbour::on(&c, 3));
    // Each sees of bob only the address it can reach.
    alice.near(bob.device, &["10.77.0.2"]);
    carol.near(bob.device, &["192.168.7.2"]);
    meet(&mut alice, &mut bob);
    carol.until(&format!("opened {}", bob.device));
    carol.order("say across");
    bob.until("heard across");
    let strangers = [alice.device.to_string(), carol.device.to_string()];
    assert!(!alice.told().iter().any(|line| line.contains(&strangers[1])));
    assert!(!carol.told().iter().any(|line| line.contains(&strangers[0])));
}

#[test]
#[ignore = "machine: makes networks"]
fn a_machine_that_slept_exchanges_again_within_five_seconds_of_waking() {
    live_if_one();
    let (switch, a, b) = (Switch::new().unwrap(), Host::new().unwrap(), Host::new().unwrap());
    let _cables =
        (switch.plug(&a, "eth0", "10.77.0.1/24").unwrap(), switch.plug(&b, "eth0", "10.77.0.2/24").unwrap());
    let (mut alice, mut bob) = (Neighbour::on(&a, 1), Neighbour::on(&b, 2));
    see_and_meet(&mut alice, "10.77.0.1", &mut bob, "10.77.0.2");
    alice.forget();
    bob.signal("STOP");
    alice.until(&format!("closed {} Silent", bob.device));
    alice.until(&format!("gone {}", bob.device));
    let start = Instant::now();
    bob.signal("CONT");
    bob.order("wake");
    meet(&mut alice, &mut bob);
    println!("talked {:?} after waking", start.elapsed());
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    alice.forget();
    bob.leave();
    alice.until("closed");
}

#[test]
#[ignore = "machine: makes networks"]
fn a_flood_of_announcements_neither_fills_the_memory_nor_blinds_for_good() {
    live_if_one();
    let switch = Switch::new().unwrap();
    let (a, b, c) = (Host::new().unwrap(), Host::new().unwrap(), Host::new().unwrap());
    let _cables = (
        switch.plug(&a, "eth0", "10.77.0.1/24").unwrap(),
        switch.plug(&b, "eth0", "10.77.0.2/24").unwrap(),
        switch.plug(&c, "eth0", "10.77.0.3/24").unwrap(),
    );
    let (mut alice, mut mallory) = (Neighbour::on(&a, 1), Neighbour::on(&c, 66));
    alice.near(mallory.device, &["10.77.0.3"]);
    let before = alice.memory();
    // Again and again: a busy machine drops packets on the way.
    let start = Instant::now();
    while !alice.soon("log WARN closeknit_net::discovery: too many announcements") {
        assert!(start.elapsed() < DEADLINE, "nobody noticed: {:#?}", alice.told());
        mallory.order("flood 10.77.0.1:5353");
    }
    let grown = alice.memory().saturating_sub(before);
    println!("{grown} KiB more in memory after the flood");
    assert!(grown < 16 * 1024, "{grown} KiB");
    let mut bob = Neighbour::on(&b, 2);
    alice.near(bob.device, &["10.77.0.2"]);
    meet(&mut alice, &mut bob);
}

/// What reaches the router and is not for this network, while two neighbours with a router, and
/// bob with a second network besides, do all that they do; up to a packet sent on purpose.
fn what_leaves(bind: &str) -> Vec<String> {
    let switch = Switch::new().unwrap();
    let (a, b, router) = (Host::new().unwrap(), Host::new().unwrap(), Host::new().unwrap());
    let _cables = (
        switch.plug(&a, "eth0", "10.77.0.1/24").unwrap(),
        switch.plug(&b, "eth0", "10.77.0.2/24").unwrap(),
        switch.plug(&router, "eth0", "10.77.0.254/24").unwrap(),
    );
    for host in [&a, &b] {
        host.ip("route add default via 10.77.0.254").unwrap();
    }
    // Something like a bridge of containers, which nobody else can reach.
    b.ip("link add inner type veth peer name container").unwrap();
    b.ip("addr add 172.17.0.1/16 dev inner").unwrap();
    b.ip("link set inner up").unwrap();
    b.ip("link set container up").unwrap();
    let away = "not ether multicast and not dst net 10.77.0.0/24 and not dst net fe80::/10 and not arp";
    let capture = Capture::start(&router, "eth0", away);

    let (mut alice, mut bob) = (Neighbour::bound(&a, 1, bind), Neighbour::bound(&b, 2, bind));
    meet(&mut alice, &mut bob);
    bob.order("wake");
    meet(&mut alice, &mut bob);
    a.ip("addr del 10.77.0.1/24 dev eth0").unwrap();
    a.ip("addr add 10.77.0.7/24 dev eth0").unwrap();
    a.ip("route add default via 10.77.0.254").unwrap();
    meet(&mut alice, &mut bob);
    alice.order(&format!("dial {} 198.51.100.1:4000", DeviceId([3; 32])));
    let far = if bind == "local" { Some(alice.until("failed ")) } else { None };
    assert!(far.is_none_or(|why| why == "NotLocal"));
    // Meanwhile iroh tries what other paths it has heard of.
    let carol = Neighbour::bound(&b, 3, bind);
    let carols = carol.device;
    alice.until(&format!("near {carols}"));
    carol.leave();
    alice.until(&format!("gone {carols}"));
    meet(&mut alice, &mut bob);
    alice.order("poke 203.0.113.9:9");
    capture.until("203.0.113.9.9")
}

#[test]
#[ignore = "machine: makes networks"]
fn with_a_router_neighbours_meet_and_no_packet_leaves_their_network() {
    live_if_one();
    let left = what_leaves("local");
    assert_eq!(left.len(), 1, "{left:#?}");
}

/// The other story's capture is not blind: without our bound these packets do leave.
#[test]
#[ignore = "machine: makes networks"]
fn whoever_asks_for_everywhere_does_send_beyond() {
    live_if_one();
    let left = what_leaves("everywhere");
    assert!(left.len() > 1, "{left:#?}");
}
