//! A file that claims to be a backup, and that alice opens with her words.

use std::{io::Cursor, ops::ControlFlow};

use closeknit_archive::{ArchiveError, OpenWith, Progress, open};

use crate::scene::scene;

/// How the name of a file begins that is opened with a passphrase.
pub const BEGINNING_OF_A_PASSPHRASE: &str = "passphrase-";

pub(crate) fn judge(name: &str, bytes: &[u8]) -> String {
    let identities = [scene().alice.words.identity()];
    let with = if name.starts_with(BEGINNING_OF_A_PASSPHRASE) {
        OpenWith::Passphrase("correct horse")
    } else {
        OpenWith::Identities(&identities)
    };
    let mut watch = |_: Progress| ControlFlow::Continue(());
    let mut backup = match open(Cursor::new(bytes), with, &mut watch) {
        Ok(backup) => backup,
        Err(error) => return format!("{error:?}"),
    };
    let mut handed = 0_u64;
    let items = backup.items(&mut watch, |_| {
        handed += 1;
        Ok::<_, ArchiveError>(())
    });
    items.expect("what verified once does so again");
    let contents = backup.contents();
    assert_eq!(handed, contents.statements + contents.tips + contents.changes);
    format!("opens, and hands over {handed}")
}
