//! Machines on a network of their own. Needs root.
#![cfg(test)]
use std::{
    fs,
    io::{Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket},
    path::Path,
    process::Command,
    time::Duration,
};

use closeknit_tests::{Lan, Machine, Process, eventually};

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
