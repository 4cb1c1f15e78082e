//! Whoever is at a door and is nobody.

use std::net::SocketAddr;

use closeknit_ids::{CircleId, DeviceId};
use closeknit_net::{ConnId, NetEvent, Purpose};
use closeknit_sync::message::Message;

use super::{End, Network, Person};

impl Network {
    /// A stranger's machine at somebody's door for a circle: it knows the door, and is nobody.
    pub fn stranger(&mut self, at: Person, device: DeviceId, circle: CircleId) -> ConnId {
        let conn = ConnId(self.lines + 1);
        self.lines += 2;
        let purpose = Purpose::Circle(circle);
        self.ends.insert(
            conn,
            End { person: at, other: ConnId(conn.0 + 1), purpose: purpose.clone(), closing: false },
        );
        let address = SocketAddr::from(([10, 0, 9, 9], 9));
        self.told.insert(conn, Vec::new());
        self.on_their_way
            .push_back((at, NetEvent::Opened { conn, device, purpose, dialled: false, address }));
        conn
    }

    /// What a stranger says.
    pub fn stranger_says(&mut self, conn: ConnId, bytes: Vec<u8>) {
        let person = self.ends[&conn].person;
        self.on_their_way.push_back((person, NetEvent::Frame { conn, bytes }));
    }

    /// What a stranger was told so far.
    pub fn told(&self, conn: ConnId) -> &[Vec<u8>] {
        &self.told[&conn]
    }

    /// Whether the line is still there.
    pub fn is_up(&self, conn: ConnId) -> bool {
        self.ends.contains_key(&conn)
    }

    /// Whether anybody who is no member was told something of a document.
    pub(crate) fn strangers_heard_content(&self) -> bool {
        let content = |bytes: &Vec<u8>| {
            let message = Message::from_frame(bytes).ok().flatten();
            message.is_some_and(|message| !message.pieces().is_empty() || !message.statements().is_empty())
        };
        self.told.values().flatten().any(content)
    }
}
