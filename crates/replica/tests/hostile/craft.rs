//! Writes change chunks byte by byte, with whatever inside and a right checksum: as an author would
//! who means harm and whose signature is good.

use sha2::{Digest, Sha256};

/// Chunk types.
pub(crate) const DOCUMENT: u8 = 0;
pub(crate) const CHANGE: u8 = 1;
pub(crate) const COMPRESSED: u8 = 2;

/// A change taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) deps: Vec<[u8; 32]>,
    pub(crate) actor: Vec<u8>,
    pub(crate) seq: u64,
    pub(crate) start_op: u64,
    pub(crate) time: i64,
    pub(crate) message: Vec<u8>,
    pub(crate) others: Vec<Vec<u8>>,
    pub(crate) columns: Vec<(u64, Vec<u8>)>,
    pub(crate) extra: Vec<u8>,
}

impl Parts {
    /// The data of the chunk.
    pub(crate) fn data(&self) -> Vec<u8> {
        let mut data = unsigned(self.deps.len() as u64);
        self.deps.iter().for_each(|dep| data.extend(dep));
        data.extend(prefixed(&self.actor));
        data.extend(unsigned(self.seq));
        data.extend(unsigned(self.start_op));
        data.extend(signed(self.time));
        data.extend(prefixed(&self.message));
        data.extend(unsigned(self.others.len() as u64));
        self.others.iter().for_each(|actor| data.extend(prefixed(actor)));
        data.extend(unsigned(self.columns.len() as u64));
        for (kind, column) in &self.columns {
            data.extend(unsigned(*kind));
            data.extend(unsigned(column.len() as u64));
        }
        self.columns.iter().for_each(|(_, column)| data.extend(column));
        data.extend(&self.extra);
        data
    }

    pub(crate) fn chunk(&self) -> Vec<u8> {
        let data = self.data();
        chunk(CHANGE, &data, &data)
    }

    /// Replaces a column, or adds it at its place.
    pub(crate) fn set(mut self, kind: u64, column: Vec<u8>) -> Self {
        self.columns.retain(|(old, _)| *old != kind);
        self.columns.push((kind, column));
        self.columns.sort();
        self
    }
}

/// A chunk of this type around `data`, with the checksum that a change of `hashed` has.
pub(crate) fn chunk(kind: u8, data: &[u8], hashed: &[u8]) -> Vec<u8> {
    let hashed_as = if kind == COMPRESSED { CHANGE } else { kind };
    let hash = Sha256::new()
        .chain_update([hashed_as])
        .chain_update(unsigned(hashed.len() as u64))
        .chain_update(hashed)
        .finalize();
    let mut chunk = vec![0x85, 0x6f, 0x4a, 0x83];
    chunk.extend(&hash[..4]);
    chunk.push(kind);
    chunk.extend(prefixed(data));
    chunk
}

/// One operation: the root's `k` is null. As Automerge writes it.
pub(crate) fn set_null() -> Vec<(u64, Vec<u8>)> {
    vec![
        (KEY_NAME, vec![0x7f, 1, b'k']),
        (INSERT, vec![1]),
        (ACTION, vec![0x7f, 1]),
        (VALUE_META, vec![0x7f, 0]),
        (PRED_COUNT, vec![0x7f, 0]),
    ]
}

/// The same operation `count` times, in a handful of bytes.
pub(crate) fn set_null_times(count: u64) -> Vec<(u64, Vec<u8>)> {
    let run = |value: &[u8]| [signed(count.try_into().unwrap()), value.to_vec()].concat();
    vec![
        (KEY_NAME, run(&[1, b'k'])),
        (INSERT, unsigned(count)),
        (ACTION, run(&[1])),
        (VALUE_META, run(&[0])),
        (PRED_COUNT, run(&[0])),
    ]
}

pub(crate) const OBJECT_ACTOR: u64 = 0x01;
pub(crate) const OBJECT_COUNTER: u64 = 0x02;
pub(crate) const KEY_NAME: u64 = 0x15;
pub(crate) const INSERT: u64 = 0x34;
pub(crate) const ACTION: u64 = 0x42;
pub(crate) const VALUE_META: u64 = 0x56;
pub(crate) const PRED_COUNT: u64 = 0x70;
pub(crate) const PRED_ACTOR: u64 = 0x71;
pub(crate) const PRED_COUNTER: u64 = 0x73;
pub(crate) const EXPAND: u64 = 0x94;
pub(crate) const MARK_NAME: u64 = 0xa5;

pub(crate) fn prefixed(bytes: &[u8]) -> Vec<u8> {
    [unsigned(bytes.len() as u64), bytes.to_vec()].concat()
}

pub(crate) fn unsigned(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let bits = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            bytes.push(bits);
            return bytes;
        }
        bytes.push(bits | 0x80);
    }
}

pub(crate) fn signed(mut value: i64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let bits = (value & 0x7f) as u8;
        value >>= 7;
        let sign = bits & 0x40 != 0;
        if (value == 0 && !sign) || (value == -1 && sign) {
            bytes.push(bits);
            return bytes;
        }
        bytes.push(bits | 0x80);
    }
}
