//! Writes the backup that `tests/frozen.rs` opens for ever. Run once, when a format is released,
//! with the file to write; what was released is never written again.

use std::{env, error::Error, ops::ControlFlow, path::Path};

use closeknit_archive::{About, CircleInfo, SealTo, write};
use closeknit_ids::{ActorId, CircleId, MemberId};
use closeknit_trust::{device::DeviceKeys, words::Words};
use rand::SeedableRng as _;

fn main() -> Result<(), Box<dyn Error>> {
    let to = env::args().nth(1).ok_or("which file?")?;
    let (circle, member) = (CircleId([1; 32]), MemberId([2; 32]));
    let about = About {
        written: "2025-06-15T15:06:40Z".parse()?,
        app: "Closeknit 0.1.0".into(),
        circles: vec![CircleInfo { circle, name: "Millrace".into(), member }],
    };
    let recovery = [Words::from_bytes(&[7; 32]).recipient()];
    let device = DeviceKeys::generate(&mut rand::rngs::StdRng::seed_from_u64(1));
    let mut watch = |_| ControlFlow::Continue(());
    write(Path::new(&to), &about, SealTo::Recipients(&recovery), &device, &mut watch, |bag| {
        bag.statement(b"a statement")?;
        bag.tip(b"a tip")?;
        bag.document(circle, member, 0, b"a whole document")?;
        bag.change(ActorId([3; 16]), 1, b"a change")?;
        bag.readable("board.html", b"<!doctype html><title>Millrace</title>")
    })?;
    Ok(())
}
