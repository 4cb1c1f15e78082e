//! Machines on a network of their own. Needs root.
#![cfg(test)]
use std::{
    fs,
    io::{Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket},
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use closeknit_tests::{Lan, Machine, Process, Sky, Weather, eventually};

const SHORT: Duration = Duration::from_millis(200);

/// Where machines that look for each other call (RFC 6762).
const ALL: Ipv4Addr = Ipv4Addr::new(224, 0, 0, 251);

fn can_reach(from: &Machine, address: SocketAddr) -> bool {
    from.inside(|| TcpStream::connect_timeout(&address, SHORT).is_ok()).unwrap()
}

#[test]
fn neighbours_reach_each_other_while_both_are_plugged_in_and_nobody_else() {
    let mut lan = Lan::new().unwrap();
    let (rosa, sam) = (lan.machine().unwrap(), lan.machine().unwrap());
    let door = sam.inside(|| TcpListener::bind((sam.address(), 0)).unwrap()).unwrap();
    let at_sams = door.local_addr().unwrap();

    eventually("the cables", || Ok(can_reach(&rosa, at_sams).then_some(()))).unwrap();
    assert!(TcpStream::connect_timeout(&at_sams, SHORT).is_err(), "the test is no neighbour");
    let outside = SocketAddr::from(([192, 0, 2, 1], 80));
    let why = rosa.inside(|| TcpStream::connect_timeout(&outside, SHORT).unwrap_err()).unwrap();
    assert_eq!(why.kind(), std::io::ErrorKind::NetworkUnreachable, "there is no way out");

    sam.unplug().unwrap();
    assert!(!can_reach(&rosa, at_sams));
    sam.plug().unwrap();
    eventually("the cable", || Ok(can_reach(&rosa, at_sams).then_some(()))).unwrap();
}

#[test]
fn a_call_to_all_is_heard_by_every_neighbour() {
    let mut lan = Lan::new().unwrap();
    let (rosa, sam, ines) = (lan.machine().unwrap(), lan.machine().unwrap(), lan.machine().unwrap());
    let ear = |machine: &Machine| {
        machine.inside(|| {
            let ear = UdpSocket::bind((ALL, 5353)).unwrap();
            ear.join_multicast_v4(&ALL, &machine.address()).unwrap();
            ear.set_read_timeout(Some(SHORT)).unwrap();
            ear
        })
    };
    let ears = [ear(&sam).unwrap(), ear(&ines).unwrap()];
    let mouth = rosa.inside(|| UdpSocket::bind((rosa.address(), 0)).unwrap()).unwrap();
    for ear in &ears {
        eventually("the call", || {
            mouth.send_to(b"here", (ALL, 5353))?;
            let mut heard = [0; 16];
            let (length, from) = ear.recv_from(&mut heard)?;
            Ok((heard[..length] == *b"here" && from.ip() == rosa.address()).then_some(()))
        })
        .unwrap();
    }
}

#[test]
fn the_test_comes_in_where_only_the_machine_itself_can() {
    let mut lan = Lan::new().unwrap();
    let rosa = lan.machine().unwrap();
    let door = rosa.inside(|| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap()).unwrap();
    let forward = rosa.forward(door.local_addr().unwrap().port()).unwrap();

    let mut caller = TcpStream::connect(forward.address()).unwrap();
    caller.write_all(b"knock").unwrap();
    caller.shutdown(std::net::Shutdown::Write).unwrap();
    let (mut visitor, _) = door.accept().unwrap();
    let mut said = String::new();
    visitor.read_to_string(&mut said).unwrap();
    assert_eq!(said, "knock");
    visitor.write_all(b"come in").unwrap();
    drop(visitor);
    let mut answer = String::new();
    caller.read_to_string(&mut answer).unwrap();
    assert_eq!(answer, "come in");
}

#[test]
fn bad_weather_loses_as_much_as_is_said_and_the_rest_comes_late() {
    const SENT: u16 = 4_000;
    let mut lan = Lan::new().unwrap();
    let (rosa, sam) = (lan.machine().unwrap(), lan.machine().unwrap());
    let socket = |machine: &Machine| machine.inside(|| UdpSocket::bind((machine.address(), 0)).unwrap());
    let (mouth, ear) = (socket(&rosa).unwrap(), socket(&sam).unwrap());
    ear.set_read_timeout(Some(SHORT)).unwrap();
    let at_sams = ear.local_addr().unwrap();
    let mut heard = [0; 16];
    eventually("the cables", || {
        mouth.send_to(b"ready", at_sams)?;
        Ok(ear.recv(&mut heard).is_ok().then_some(()))
    })
    .unwrap();

    let bursts = Weather::losing_in_bursts(25.0, 4.0).late(SHORT / 4);
    let sky = Sky::over(rosa.cable(0).unwrap(), bursts, Weather::FAIR, 1).unwrap();
    let (mut came, mut runs, mut last) = (0, 0, 0);
    let begun = Instant::now();
    for number in 1..=SENT {
        mouth.send_to(&number.to_be_bytes(), at_sams).unwrap();
        // A few at a time, so that none is lost that should not be.
        if !number.is_multiple_of(200) && number != SENT {
            continue;
        }
        while let Ok(length) = ear.recv(&mut heard) {
            assert!(came > 0 || begun.elapsed() >= SHORT / 4, "too early");
            let number = u16::from_be_bytes(heard[..length].try_into().unwrap());
            came += 1;
            runs += u16::from(number != last + 1);
            last = number;
        }
    }
    let [from, to] = sky.end().unwrap();
    let lost = SENT - came;
    println!("lost {lost} of {SENT} in {runs} runs; {from:?}, {to:?}");
    assert!((SENT / 5..SENT * 3 / 10).contains(&lost), "lost {lost}");
    assert!((lost / 6..lost / 3).contains(&runs), "{lost} lost in {runs} runs");
    assert!(from.lost >= lost.into() && to.lost == 0);
    eventually("fair weather", || {
        mouth.send_to(b"again", at_sams)?;
        Ok(ear.recv(&mut heard).is_ok().then_some(()))
    })
    .unwrap();
}

fn namespaces() -> Vec<String> {
    let names = fs::read_dir("/run/netns").unwrap().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.to_string_lossy().into_owned()).collect()
}

/// The network namespace that a process is in, or of that name.
fn namespace(path: impl AsRef<Path>) -> u64 {
    std::os::unix::fs::MetadataExt::ino(&fs::metadata(path).unwrap())
}

#[test]
fn programs_run_on_their_machine_and_nothing_is_left_behind() {
    let before = namespaces();
    let mut lan = Lan::new().unwrap();
    let rosa = lan.machine().unwrap();
    let (program, id) =
        Process::start_and_hear(rosa.command("sh").args(["-c", "echo $$; exec sleep 1000"])).unwrap();
    let there = namespace(format!("/proc/{id}/ns/net"));
    assert_ne!(there, namespace("/proc/self/ns/net"));
    let made: Vec<String> = namespaces().into_iter().filter(|name| !before.contains(name)).collect();
    assert!(made.iter().any(|name| namespace(format!("/run/netns/{name}")) == there), "{made:?}");

    drop((program, rosa, lan));
    eventually("the network to go", || {
        let left = namespaces()
            .into_iter()
            .find(|name| made.contains(name) && namespace(format!("/run/netns/{name}")) == there);
        Ok(left.is_none().then_some(()))
    })
    .unwrap();
}

#[test]
fn what_a_killed_test_left_behind_is_swept_away() {
    let mut gone = Command::new("true").spawn().unwrap();
    gone.wait().unwrap();
    let left = format!("closeknit-{}-0", gone.id());
    assert!(Command::new("ip").args(["netns", "add", &left]).status().unwrap().success());
    assert!(namespaces().contains(&left));
    let _lan = Lan::new().unwrap();
    assert!(!namespaces().contains(&left));
}
