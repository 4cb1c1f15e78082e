//! Stories of two or three machines over real sockets on the loopback.

mod common;

use std::time::{Duration, Instant};

use closeknit_ids::CircleId;
use closeknit_net::{
    Alpn, Circle, CloseReason, Dial, DialError, MAX_FRAME, NetEvent, NotSent, Purpose, SALTS_SERVED, SILENCE,
    Salt, Whereabouts,
};
use common::{MILLRACE, Machine, connect, eventually};

#[tokio::test]
async fn alice_and_bob_exchange_frames() {
    let (mut alice, mut bob) = (Machine::new(1).await, Machine::new(2).await);
    let start = Instant::now();
    let (at_alice, at_bob) = connect(&mut alice, &mut bob).await;
    println!("connected after {:?}", start.elapsed());

    alice.net.send(at_alice, b"good morning".to_vec()).unwrap();
    assert_eq!(bob.frame().await, (at_bob, b"good morning".to_vec()));
    for n in 0..20 {
        bob.net.send(at_bob, vec![n; MAX_FRAME]).unwrap();
    }
    for n in 0..20 {
        let (conn, frame) = alice.frame().await;
        assert_eq!((conn, frame.len()), (at_alice, MAX_FRAME));
        assert!(frame.iter().all(|byte| *byte == n), "frame {n} is whole and in its place");
    }
    assert_eq!(alice.net.send(at_alice, vec![]), Err(NotSent::Length));
    assert_eq!(alice.net.send(at_alice, vec![0; MAX_FRAME + 1]), Err(NotSent::Length));
}

#[tokio::test]
async fn what_was_queued_before_a_close_arrives_and_then_the_code() {
    let (mut alice, mut bob) = (Machine::new(1).await, Machine::new(2).await);
    let (at_alice, at_bob) = connect(&mut alice, &mut bob).await;
    for n in 0..100_u8 {
        alice.net.send(at_alice, vec![n; 10_000]).unwrap();
    }
    alice.net.close(at_alice, 77);
    for n in 0..100 {
        assert_eq!(bob.frame().await.1[0], n);
    }
    assert_eq!(bob.closed(at_bob).await, CloseReason::Theirs(77));
    assert_eq!(alice.closed(at_alice).await, CloseReason::Ours(77));
    assert_eq!(alice.net.send(at_alice, vec![1]), Err(NotSent::Closed));
}

#[tokio::test]
async fn shutting_down_flushes_and_says_goodbye() {
    let (mut alice, mut bob) = (Machine::new(1).await, Machine::new(2).await);
    let (at_alice, at_bob) = connect(&mut alice, &mut bob).await;
    alice.net.send(at_alice, b"last words".to_vec()).unwrap();
    alice.net.shutdown().await;
    assert_eq!(bob.frame().await.1, b"last words");
    assert_eq!(bob.closed(at_bob).await, CloseReason::Leaving);
    alice.net.shutdown().await; // once more does no harm
}

#[tokio::test]
async fn a_busy_engine_holds_back_the_sender_and_loses_nothing() {
    let mut alice = Machine::new(1).await;
    let mut bob = Machine::on("127.0.0.1:0", 2, 1).await;
    let (at_alice, _) = connect(&mut alice, &mut bob).await;

    // Bob's engine takes no events for longer than silence would be borne. Alice fills her queue.
    let busy = Instant::now();
    let mut sent = 0_u32;
    while busy.elapsed() < SILENCE + SILENCE / 2 {
        let mut frame = vec![0; MAX_FRAME];
        frame[..4].copy_from_slice(&sent.to_be_bytes());
        match alice.net.send(at_alice, frame) {
            Ok(()) => sent += 1,
            Err(why) => {
                assert_eq!(why, NotSent::Full);
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    // Her queue, one connection's windows, and the frame in bob's hands.
    assert!(sent >= 25, "{sent} frames fit");
    assert!(sent <= 40, "{sent} frames were taken though nobody reads them");

    for n in 0..sent {
        assert_eq!(bob.frame().await.1[..4], n.to_be_bytes());
    }
    alice
        .until("room", |event| match event {
            NetEvent::Room { conn } => (conn == at_alice).then_some(()),
            NetEvent::Closed { reason, .. } => panic!("closed: {reason:?}"),
            _ => None,
        })
        .await;
}

#[tokio::test]
async fn a_frozen_machine_is_noticed_and_there_again_when_it_thaws() {
    let mut alice = Machine::new(1).await;
    let at_alices = alice.whereabouts();
    let (freeze, frozen) = tokio::sync::oneshot::channel::<()>();
    let (thaw, thawed) = std::sync::mpsc::channel::<()>();
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    // Bob lives on a thread of his own, which stops altogether.
    let bobs_life = std::thread::spawn(move || {
        let life = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        life.block_on(async {
            let mut bob = Machine::new(2).await;
            bob.net.know(MILLRACE, at_alices.clone());
            bob.opened(at_alices.device).await;
            frozen.await.unwrap();
            thawed.recv().unwrap();
            bob.opened(at_alices.device).await;
            ended.await.unwrap();
        });
    });
    let (conn, bob) = alice
        .until("bob", |event| match event {
            NetEvent::Opened { conn, device, dialled: false, .. } => Some((conn, device)),
            _ => None,
        })
        .await;
    let start = Instant::now();
    freeze.send(()).unwrap();
    assert_eq!(alice.closed(conn).await, CloseReason::Silent);
    println!("noticed after {:?}", start.elapsed());
    assert!(start.elapsed() >= SILENCE / 2);
    thaw.send(()).unwrap();
    alice.opened(bob).await;
    end.send(()).unwrap();
    eventually("the end of bob's story", async || bobs_life.is_finished().then_some(())).await;
    bobs_life.join().unwrap();
}

#[tokio::test]
async fn when_both_dial_at_once_one_connection_stays() {
    let mut both_dialled = 0;
    for round in 0..10 {
        let (mut alice, mut bob) = (Machine::new(1).await, Machine::new(2).await);
        for (one, other) in [(&alice, &bob), (&bob, &alice)] {
            one.net.dial(Dial::Circle { circle: MILLRACE, to: other.whereabouts() });
        }
        let alice_dials = alice.device() < bob.device();
        let mut ends = Vec::new();
        for (one, dials) in [(&mut alice, alice_dials), (&mut bob, !alice_dials)] {
            let mut seen = 0;
            let conn = one
                .until("the connection that stays", |event| match event {
                    NetEvent::Opened { conn, dialled, .. } => {
                        seen += 1;
                        (dialled == dials).then_some(conn)
                    }
                    _ => None,
                })
                .await;
            both_dialled += seen - 1;
            ends.push(conn);
        }
        // It works both ways after the dust has settled; the other one, if there was one, is gone.
        alice.net.send(ends[0], vec![round]).unwrap();
        bob.net.send(ends[1], vec![round]).unwrap();
        assert_eq!(bob.frame().await, (ends[1], vec![round]));
        assert_eq!(alice.frame().await, (ends[0], vec![round]));
    }
    println!("of ten pairs, {both_dialled} ends saw two connections");
}

#[tokio::test]
async fn a_machine_that_starts_again_is_found_again() {
    let mut alice = Machine::new(1).await;
    let mut bob = Machine::new(2).await;
    connect(&mut alice, &mut bob).await;
    let address = bob.address.to_string();
    bob.net.shutdown().await;
    let mut bob = Machine::on(&address, 2, 64).await;
    alice.opened(bob.device()).await;
    bob.opened(alice.device()).await;
}

#[tokio::test]
async fn after_waking_neighbours_are_there_within_five_seconds() {
    let (mut alice, mut bob) = (Machine::new(1).await, Machine::new(2).await);
    let (at_alice, at_bob) = connect(&mut alice, &mut bob).await;
    bob.knows(&alice);
    let start = Instant::now();
    alice.net.wake();
    assert_eq!(alice.closed(at_alice).await, CloseReason::Moved);
    assert_eq!(bob.closed(at_bob).await, CloseReason::Moved);
    alice.opened(bob.device()).await;
    bob.opened(alice.device()).await;
    println!("connected again {:?} after waking", start.elapsed());
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn newcomers_come_through_the_door_of_an_invitation_while_it_is_open() {
    let (mut rosa, mut sam) = (Machine::new(1).await, Machine::new(2).await);
    sam.net.set_circles(vec![]);
    let door = Alpn::join(&[5; 32]);
    let knock = |machine: &Machine| {
        let (alpn, device, addresses) = (door.clone(), rosa.device(), vec![rosa.address]);
        machine.net.dial(Dial::Join { alpn, device, addresses });
    };
    knock(&sam);
    let why = failure(&mut sam).await;
    assert_eq!(why, DialError::WrongDoor, "no invitation is open");

    rosa.net.set_joins(vec![door.clone()]);
    eventually("an open door", async || {
        knock(&sam);
        sam.until("an answer", |event| match event {
            NetEvent::Opened { purpose, dialled, .. } => {
                Some((purpose == Purpose::Join(door.clone())).then_some(dialled))
            }
            NetEvent::DialFailed { .. } => Some(None),
            _ => None,
        })
        .await
    })
    .await;
    let purpose = rosa
        .until("sam", |event| match event {
            NetEvent::Opened { purpose, dialled: false, .. } => Some(purpose),
            _ => None,
        })
        .await;
    assert_eq!(purpose, Purpose::Join(door));
}

async fn failure(machine: &mut Machine) -> DialError {
    machine
        .until("a failure", |event| match event {
            NetEvent::DialFailed { why, .. } => Some(why),
            NetEvent::Opened { .. } => panic!("connected"),
            _ => None,
        })
        .await
}

#[tokio::test]
async fn a_listener_serves_its_last_eight_salts_and_only_its_circles() {
    let (alice, mut bob) = (Machine::new(1).await, Machine::new(2).await);
    let salts: Vec<Salt> = (100..).map(|n| Salt([n; 16])).take(SALTS_SERVED + 1).collect();
    let oldest_served = salts[SALTS_SERVED - 1];
    let at_alices = alice.whereabouts();
    let door =
        |salt: Salt, circle: CircleId| Dial::Circle { circle, to: Whereabouts { salt, ..at_alices.clone() } };
    let wrong = [
        door(alice.salt, MILLRACE),
        door(salts[SALTS_SERVED], MILLRACE),
        door(oldest_served, CircleId([9; 32])),
    ];
    alice.net.set_circles(vec![Circle { id: MILLRACE, salts }]);
    // The change takes effect at some moment after the call, and then for good.
    let conn = eventually("the new salts", async || {
        bob.net.dial(door(oldest_served, MILLRACE));
        bob.until("an answer", |event| match event {
            NetEvent::Opened { conn, .. } => Some(Some(conn)),
            NetEvent::DialFailed { .. } => Some(None),
            _ => None,
        })
        .await
    })
    .await;
    bob.net.close(conn, 1);
    bob.closed(conn).await;
    for wrong in wrong {
        bob.net.dial(wrong);
        assert_eq!(failure(&mut bob).await, DialError::WrongDoor);
    }
    alice.net.set_circles(vec![]);
    eventually("alice to listen to nobody", async || {
        bob.net.dial(door(oldest_served, MILLRACE));
        bob.until("an answer", |event| match event {
            NetEvent::Closed { .. } => Some(None),
            NetEvent::DialFailed { why, .. } => Some((why == DialError::WrongDoor).then_some(())),
            _ => None,
        })
        .await
    })
    .await;
}

#[tokio::test]
async fn leaving_a_circle_ends_its_connections() {
    let (mut alice, mut bob) = (Machine::new(1).await, Machine::new(2).await);
    let (at_alice, at_bob) = connect(&mut alice, &mut bob).await;
    alice.net.set_circles(vec![]);
    assert_eq!(alice.closed(at_alice).await, CloseReason::NotServed);
    assert_eq!(bob.closed(at_bob).await, CloseReason::NotServed);
}

#[tokio::test]
async fn a_dial_that_cannot_succeed_says_why() {
    let mut alice = Machine::new(1).await;
    let bob = Machine::new(2).await;
    let carol = Machine::new(3).await;
    let mut dial = async |to: Whereabouts| {
        alice.net.dial(Dial::Circle { circle: MILLRACE, to });
        failure(&mut alice).await
    };
    let nowhere = Whereabouts { addresses: vec![], ..bob.whereabouts() };
    assert_eq!(dial(nowhere).await, DialError::NoAddress);
    let not_bob = Whereabouts { addresses: vec![carol.address], salt: carol.salt, ..bob.whereabouts() };
    assert_eq!(dial(not_bob).await, DialError::WrongDevice);
    let old = Whereabouts { salt: Salt([99; 16]), ..bob.whereabouts() };
    assert_eq!(dial(old).await, DialError::WrongDoor);
    let dave = Machine::new(4).await;
    dave.net.shutdown().await;
    assert_eq!(dial(dave.whereabouts()).await, DialError::NobodyAnswered);
    let myself = alice.whereabouts();
    alice.net.dial(Dial::Circle { circle: MILLRACE, to: myself });
    assert_eq!(failure(&mut alice).await, DialError::NotAnother);
}

#[tokio::test]
async fn twelve_connections_and_no_more_but_a_newcomer_finds_a_place() {
    let mut alice = Machine::new(1).await;
    let mut others = Vec::new();
    for seed in 10..22 {
        let mut other = Machine::new(seed).await;
        other.knows(&alice);
        other.opened(alice.device()).await;
        let (conn, _) = alice.opened(other.device()).await;
        // Whoever has proved to belong is spoken to.
        alice.net.send(conn, b"welcome".to_vec()).unwrap();
        others.push(other);
    }
    let mut late = Machine::new(30).await;
    late.net.dial(Dial::Circle { circle: MILLRACE, to: alice.whereabouts() });
    let (conn, _) = late.opened(alice.device()).await;
    assert_eq!(late.closed(conn).await, CloseReason::Busy);

    let door = Alpn::join(&[5; 32]);
    alice.net.set_joins(vec![door.clone()]);
    let mut newcomer = Machine::new(31).await;
    eventually("a place", async || {
        let (device, addresses) = (alice.device(), vec![alice.address]);
        newcomer.net.dial(Dial::Join { alpn: door.clone(), device, addresses });
        newcomer
            .until("an answer", |event| match event {
                NetEvent::Opened { .. } => Some(Some(())),
                NetEvent::DialFailed { .. } => Some(None),
                _ => None,
            })
            .await
    })
    .await;
    let made_room = alice
        .until("a connection that makes room", |event| match event {
            NetEvent::Closed { reason, .. } => Some(reason),
            _ => None,
        })
        .await;
    assert_eq!(made_room, CloseReason::Busy);
}
