//! A door from the test into a machine's network namespace.

use std::{
    fs::File,
    io,
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    os::fd::AsFd as _,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

use anyhow::{Context as _, Result};
use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

/// Passes connections on to a port on the loopback of a [`Machine`](crate::Machine), until dropped.
#[derive(Debug)]
pub struct Forward {
    address: SocketAddr,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Forward {
    pub(crate) fn start(namespace: PathBuf, port: u16) -> Result<Self> {
        // A socket stays in the namespace it was made in, so this one is here and those below are there.
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let is_over = Arc::new(AtomicBool::new(false));
        let over = Arc::clone(&is_over);
        let thread = thread::spawn(move || {
            if let Err(why) = enter(&namespace) {
                eprintln!("{why:#}");
                return;
            }
            for here in listener.incoming().map_while(Result::ok) {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                // Whoever knocks before anybody listens there is turned away, as they would be there.
                if let Ok(there) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) {
                    let _ = join(&here, &there);
                }
            }
        });
        Ok(Self { address, is_over, thread: Some(thread) })
    }

    /// Where the test can reach the port.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Forward {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        // It looks again when somebody knocks.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Moves this thread, and those that it starts, into the namespace.
pub(crate) fn enter(namespace: &Path) -> Result<()> {
    let file = File::open(namespace).with_context(|| format!("there is no {}", namespace.display()))?;
    move_into_link_name_space(file.as_fd(), Some(LinkNameSpaceType::Network))
        .context("a machine is closed to us")
}

/// Copies both ways until each side has said all it had to say.
fn join(here: &TcpStream, there: &TcpStream) -> io::Result<()> {
    for (from, to) in [(here, there), (there, here)] {
        let (mut from, mut to) = (from.try_clone()?, to.try_clone()?);
        thread::spawn(move || {
            let _ = io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Write);
        });
    }
    Ok(())
}
