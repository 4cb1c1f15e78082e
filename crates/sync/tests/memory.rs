//! Reading frames takes no more memory than their bound allows, whatever they promise.
//!
//! Alone in its process, because it counts what the whole process allocates.

#![allow(clippy::unwrap_used, reason = "a test may stop at a surprise")]

#[path = "sync/swollen.rs"]
mod swollen;

use std::alloc::System;

use cap::Cap;
use closeknit_sync::{
    frame::{Decoder, MAX_FRAME},
    join::JoinMessage,
    message::Message,
};

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// A packed list, its inflated content, and the list made of that, with the slack of growing.
const MOST: usize = 4 * MAX_FRAME;

/// How many bytes more than before were allocated at any moment of `action`.
fn peak(action: impl FnOnce()) -> usize {
    // The mark only ever rises, so everything below it is filled first.
    let ballast = vec![0_u8; ALLOCATOR.max_allocated().saturating_sub(ALLOCATOR.allocated())];
    let mark = ALLOCATOR.max_allocated();
    action();
    drop(ballast);
    ALLOCATOR.max_allocated().saturating_sub(mark)
}

fn read(frame: &[u8]) -> usize {
    peak(|| {
        let _ = Message::from_frame(frame).is_ok_and(|message| message.is_some());
        let _ = JoinMessage::from_frame(frame).is_ok_and(|message| message.is_some());
    })
}

#[test]
fn no_frame_takes_more_memory_than_a_few_frames() {
    let mut worst = swollen::swollen_frames().iter().map(|frame| read(frame)).max().unwrap();
    // As many items as a frame has room for: of 32 bytes, of one, of none.
    for kind in (1..=4).chain(16..=22).chain(32..=37).chain(64..=76_u16) {
        for filling in [0, 1, 0xff] {
            for length in [63_u64, 255, 1_023, 8_191] {
                for before in [0, 50] {
                    let length = postcard::to_stdvec(&length).unwrap();
                    let mut frame = [kind.to_be_bytes().as_slice(), &vec![0; before], &length].concat();
                    frame.resize(MAX_FRAME, filling);
                    worst = worst.max(read(&frame));
                }
            }
        }
    }
    assert!(worst <= MOST, "{worst} bytes for a frame");
    assert!(worst > MAX_FRAME / 2, "{worst} bytes: it does not count");

    let promised = u32::try_from(MAX_FRAME).unwrap().to_be_bytes();
    let mut decoder = Decoder::default();
    let promise = peak(|| assert_eq!(decoder.take(&mut promised.as_slice()), Ok(None)));
    assert!(promise < 1024, "{promise} bytes for a length alone");
    let too_long = u32::MAX.to_be_bytes();
    let refused = peak(|| assert!(Decoder::default().take(&mut too_long.as_slice()).is_err()));
    assert!(refused < 1024, "{refused} bytes for a length over the bound");
}
