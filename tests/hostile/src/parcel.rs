//! A file that claims to be a parcel, and that alice opens with her words.

use closeknit_archive::open_parcel;
use closeknit_sync::{
    Limits,
    parcel::{Item, Reader},
};

use crate::scene::scene;

pub(crate) fn judge(bytes: &[u8]) -> String {
    let mut parcel = match open_parcel(bytes, &[scene().alice.words.identity()]) {
        Ok(parcel) => parcel,
        Err(error) => return format!("{error:?}"),
    };
    let mut reader = Reader::new(&Limits::default());
    let (mut buffer, mut taken) = (vec![0; 64 * 1024], 0);
    let ended = loop {
        let read = match parcel.read(&mut buffer) {
            Ok(0) => break reader.finish().map_err(|error| format!("{error:?}")),
            Ok(read) => read,
            Err(error) => break Err(format!("{error:?}")),
        };
        let mut bytes = buffer.get(..read).expect("no more than there is room for");
        let more = loop {
            match reader.take(&mut bytes) {
                Ok(Some(item)) => taken += usize::from(is_within_bounds(&item)),
                Ok(None) => break Ok(()),
                Err(error) => break Err(format!("{error:?}")),
            }
        };
        if let Err(error) = more {
            break Err(error);
        }
    };
    match (ended, taken) {
        (Ok(()), taken) => format!("whole, and hands over {taken}"),
        (Err(error), 0) => error,
        (Err(error), taken) => format!("{error} after {taken}"),
    }
}

fn is_within_bounds(item: &Item) -> bool {
    match item {
        Item::Writer { chain, .. } => assert!(chain.iter().map(Vec::len).sum::<usize>() <= 64 * 1024),
        Item::Statements(statements) => assert!(statements.iter().all(|bytes| bytes.len() <= 1280)),
        Item::Document(piece) => assert!(piece.changes.iter().map(Vec::len).sum::<usize>() <= 288 * 1024),
    }
    true
}
