//! The log of a profile: at most three files of two megabytes, with ids and counts, never a
//! member's words. Panics stand in it too.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

const LARGEST: u64 = 2_000_000;
const NAMES: [&str; 3] = ["closeknit.log", "closeknit.1.log", "closeknit.2.log"];

/// Writes what this process does into the profile's log from now on; `RUST_LOG` says how much.
/// A log that cannot be written is no reason not to start: then nothing is written.
pub fn log_to(profile: &Path) {
    let Ok(log) = Log::open(profile.join("log")) else { return };
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,iroh=warn,noq=warn,swarm_discovery=off"));
    let subscriber =
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(log).finish();
    // Somebody who set another subscriber before wants that one.
    if tracing::subscriber::set_global_default(subscriber).is_ok() {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            tracing::error!("{}", told(panic));
            usual(panic);
        }));
    }
}

/// Leaves nothing of what is in memory behind when the program ends badly: no copy of it on the disk, and of a
/// panic the place alone, since what it says may hold a piece of what somebody wrote. What a `main` begins with.
/// Whoever looks for a defect sets `RUST_BACKTRACE`, and is told everything.
pub fn leave_no_trace() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|panic| {
            let _ = writeln!(io::stderr().lock(), "{}", told(panic));
        }));
    }
}

/// What is told of a panic.
fn told(panic: &std::panic::PanicHookInfo<'_>) -> String {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    format!("Closeknit stopped at {place}")
}

/// The files, shared by all who write.
#[derive(Clone)]
struct Log(Arc<Mutex<Files>>);

struct Files {
    directory: PathBuf,
    file: File,
    size: u64,
}

impl Log {
    fn open(directory: PathBuf) -> io::Result<Self> {
        crate::profile::prepare(&directory)?;
        let file = newest(&directory)?;
        let size = file.metadata()?.len();
        Ok(Self(Arc::new(Mutex::new(Files { directory, file, size }))))
    }
}

fn newest(directory: &Path) -> io::Result<File> {
    let [newest, ..] = NAMES;
    OpenOptions::new().append(true).create(true).mode(0o600).open(directory.join(newest))
}

impl Files {
    /// The oldest goes, the others move on.
    fn turn(&mut self) -> io::Result<()> {
        for (younger, older) in NAMES.iter().zip(NAMES.iter().skip(1)).rev() {
            match fs::rename(self.directory.join(younger), self.directory.join(older)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        self.file = newest(&self.directory)?;
        self.size = 0;
        Ok(())
    }
}

impl Write for &Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if files.size >= LARGEST {
            files.turn()?;
        }
        let written = files.file.write(bytes)?;
        files.size = files.size.saturating_add(u64::try_from(written).unwrap_or(u64::MAX));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).file.flush()
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = &'a Self;

    fn make_writer(&'a self) -> Self::Writer {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_panic_only_the_place_is_told() {
        let (said, heard) = std::sync::mpsc::channel();
        let said = Mutex::new(said);
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            said.lock().unwrap().send(told(panic)).unwrap();
        }));
        let ended = std::thread::spawn(|| panic!("{}", "canary in the third birdcage")).join();
        std::panic::set_hook(usual);
        assert!(ended.is_err());
        let told = heard.recv().unwrap();
        assert!(told.contains("log.rs:") && !told.contains("canary"), "{told}");
    }

    #[test]
    fn the_oldest_goes_and_nothing_grows_for_ever() {
        let directory = tempfile::tempdir().unwrap();
        let log = Log::open(directory.path().join("log")).unwrap();
        let line = vec![b'x'; 500_000];
        for _ in 0..20 {
            assert_eq!((&log).write(&line).unwrap(), line.len());
        }
        let sizes: Vec<_> = NAMES
            .iter()
            .map(|name| fs::metadata(directory.path().join("log").join(name)).unwrap().len())
            .collect();
        assert!(sizes.iter().all(|size| *size <= LARGEST + 500_000), "{sizes:?}");
        assert_eq!(fs::read_dir(directory.path().join("log")).unwrap().count(), NAMES.len());
    }
}
