//! Announcements of machines that do not exist, as anybody in a café can shout them.
//!
//! Knows nothing but `std`, since the tests of `crates/net` take this file in too.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, UdpSocket},
};

/// What fits into one datagram.
const NAMES_IN_ONE: usize = 5;
/// The end of every name, as labels.
const SERVICE: [&str; 3] = ["_closeknit", "_udp", "local"];
const SRV: u16 = 33;
const TXT: u16 = 16;
const A: u16 = 1;

/// Announces one machine under each name, with an entry that has the form of a real one.
///
/// # Errors
/// When the network is down.
pub fn announce(socket: &UdpSocket, to: SocketAddr, names: &[String]) -> io::Result<()> {
    for names in names.chunks(NAMES_IN_ONE) {
        socket.send_to(&packet(names), to)?;
        // Not so fast that the receiver's socket drops them.
        std::thread::yield_now();
    }
    Ok(())
}

/// An answer that nobody has asked for (RFC 1035, 4.1): for each name where it is, and what it says of itself; and an
/// address for it.
fn packet(names: &[String]) -> Vec<u8> {
    let (mut answers, mut addresses) = (Vec::new(), Vec::new());
    for name in names {
        let (service, host) = ([&[name.as_str()], &SERVICE[..]].concat(), [name, "local"]);
        let place = [&[0, 0, 0, 0, 0x10, 0], labels(&host).as_slice()].concat();
        record(&mut answers, &service, SRV, &place);
        let entry = format!("0={name:A<86}");
        record(&mut answers, &service, TXT, &text(&entry));
        record(&mut addresses, &host, A, &Ipv4Addr::new(10, 77, 0, 66).octets());
    }
    let count = u16::try_from(names.len()).unwrap_or(u16::MAX);
    let counts = [0, 0x8400, 0, count * 2, 0, count];
    [counts.map(u16::to_be_bytes).concat(), answers, addresses].concat()
}

fn record(to: &mut Vec<u8>, name: &[&str], kind: u16, data: &[u8]) {
    to.extend(labels(name));
    to.extend([kind.to_be_bytes(), [0, 1], [0, 0], [0, 120]].concat());
    to.extend(u16::try_from(data.len()).unwrap_or(u16::MAX).to_be_bytes());
    to.extend(data);
}

fn labels(name: &[&str]) -> Vec<u8> {
    let mut bytes: Vec<u8> = name.iter().flat_map(|label| text(label)).collect();
    bytes.push(0);
    bytes
}

fn text(text: &str) -> Vec<u8> {
    let length = u8::try_from(text.len()).unwrap_or(u8::MAX);
    [&[length], text.as_bytes()].concat()
}
