//! Screens that nobody sees.
use std::{os::unix::net::UnixStream, path::PathBuf};

use closeknit_tests::{Display, eventually};

/// The socket that programs find the screen by.
fn socket(display: &Display) -> PathBuf {
    PathBuf::from(format!("/tmp/.X11-unix/X{}", display.name().trim_start_matches(':')))
}

#[test]
fn two_screens_stand_side_by_side_and_leave_nothing() {
    let (rosas, sams) = (Display::start().unwrap(), Display::start().unwrap());
    assert_ne!(rosas.name(), sams.name());
    let sockets = [socket(&rosas), socket(&sams)];
    for socket in &sockets {
        UnixStream::connect(socket).unwrap();
    }
    drop((rosas, sams));
    for socket in &sockets {
        eventually("the screen to go", || Ok(UnixStream::connect(socket).is_err().then_some(()))).unwrap();
    }
}
