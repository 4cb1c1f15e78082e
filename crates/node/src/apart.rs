//! Trying a change in a process of its own (trust-and-sync, *The gate*, 7): what ended the program
//! twice gets a third chance where it can end nothing else.
//!
//! The program starts itself with one argument that nobody types, [`TRY_APART`]. That process reads
//! from standard input what it may use and what it is to try, puts bounds on its own memory and time,
//! lets the same gate at it, and says by its exit status what came of it. It opens no profile and no
//! network. Bounds on memory are kept by Linux; where a system does not keep them, the time still is
//! bounded and the process still is another one.

use std::{
    ffi::OsString,
    fmt::Debug,
    io::{self, Read as _, Write as _},
    path::PathBuf,
    process::{Child, Command, ExitCode, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use closeknit_replica::{Unsound, try_out};
use rustix::process::{Resource, Rlimit, setrlimit};
use tracing::{info, warn};

/// What a program is started with to try something, and nothing else.
pub const TRY_APART: &str = "try-apart";

/// Exit statuses of the process that tries. A program that does not know the argument has others.
const SOUND: u8 = 70;
const REFUSED: u8 = 71;
/// What was given could not be read: no verdict on it.
const UNREAD: u8 = 72;

/// More bytes no document and what comes on top of it have (twice 2 MiB).
const MOST_BYTES: u64 = 8 << 20;
/// How much longer than its own time the process is waited for: this machine may be busy.
const PATIENCE: u64 = 2;

/// What came of trying changes where they can do no harm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The gate took all of them in.
    Sound,
    /// The gate said no.
    Refused,
    /// The process did not come to an end of its own, and how it ended.
    Ended(String),
    /// It could not be tried now, and why.
    Untried(String),
}

/// Somewhere changes can be tried without harm to this process.
pub trait Apart: Debug + Send + Sync {
    /// Tries what `closeknit_replica::Screened::trial` wrote.
    fn try_out(&self, trial: &[u8]) -> Verdict;
}

/// What a process that tries may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of address space.
    pub memory: u64,
    /// Seconds of computing.
    pub seconds: u64,
}

/// Many times what the largest document takes that the gate lets in. The libraries of a window alone
/// take half a gigabyte of addresses before its `main` begins.
const BOUNDS: Bounds = Bounds { memory: 3 << 29, seconds: 20 };

/// Another process, started for each trial.
#[derive(Debug, Clone)]
pub struct Process {
    program: PathBuf,
    arguments: Vec<OsString>,
    bounds: Bounds,
}

impl Process {
    /// The program that runs now, started once more. Its `main` must begin with [`tried_apart`].
    ///
    /// # Errors
    /// If the system does not say which program that is.
    pub fn this_program() -> io::Result<Self> {
        Ok(Self::of(std::env::current_exe()?, [TRY_APART.into()]))
    }

    /// Any program that comes to [`try_apart`] when it is started like this.
    pub fn of(program: impl Into<PathBuf>, arguments: impl IntoIterator<Item = OsString>) -> Self {
        Self { program: program.into(), arguments: arguments.into_iter().collect(), bounds: BOUNDS }
    }

    /// The same with other bounds.
    #[must_use]
    pub const fn within(mut self, bounds: Bounds) -> Self {
        self.bounds = bounds;
        self
    }

    fn run(&self, trial: &[u8]) -> io::Result<Verdict> {
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let in_time = self.hand_over(&mut child, trial);
        if !in_time {
            child.kill()?;
        }
        let status = child.wait()?;
        Ok(if in_time { verdict(status) } else { Verdict::Ended("it did not come to an end".into()) })
    }

    /// Gives the process what it is to try; says whether it ended in its time.
    fn hand_over(&self, child: &mut Child, trial: &[u8]) -> bool {
        let bounds = [self.bounds.memory.to_le_bytes(), self.bounds.seconds.to_le_bytes()].concat();
        let input = [bounds.as_slice(), trial].concat();
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let (ended, waiting) = mpsc::channel();
        // It may end before it has read everything, or never read at all.
        thread::spawn(move || {
            if let Some(mut stdin) = stdin {
                let _ = stdin.write_all(&input);
            }
            if let Some(mut stdout) = stdout {
                // It says nothing; this comes to an end when it does.
                let _ = io::copy(&mut stdout, &mut io::sink());
            }
            let _ = ended.send(());
        });
        let time = Duration::from_secs(self.bounds.seconds.saturating_mul(PATIENCE));
        waiting.recv_timeout(time).is_ok()
    }
}

impl Apart for Process {
    fn try_out(&self, trial: &[u8]) -> Verdict {
        let verdict = self.run(trial).unwrap_or_else(|error| Verdict::Untried(error.to_string()));
        info!(?verdict, "tried in a process of its own");
        verdict
    }
}

fn verdict(status: ExitStatus) -> Verdict {
    match status.code() {
        Some(code) if code == i32::from(SOUND) => Verdict::Sound,
        Some(code) if code == i32::from(REFUSED) => Verdict::Refused,
        Some(code) if code == i32::from(UNREAD) => Verdict::Untried("it could not be read".into()),
        _ => Verdict::Ended(status.to_string()),
    }
}

/// Plays the part of the process that tries, if this one was started for it. What every `main` of a
/// program begins with that has a [`Process::this_program`].
#[must_use]
pub fn tried_apart() -> Option<ExitCode> {
    let asked = std::env::args_os().nth(1).is_some_and(|argument| argument == TRY_APART);
    asked.then(|| ExitCode::from(try_apart()))
}

/// Plays that part: reads from standard input, and gives the exit status.
#[must_use]
pub fn try_apart() -> u8 {
    // Nobody reads what goes wrong here, and a panic inside the gate is nothing out of the ordinary.
    std::panic::set_hook(Box::new(|_| {}));
    match read_and_try(io::stdin().lock()) {
        Ok(Ok(())) => SOUND,
        Ok(Err(Unsound::Refused(_) | Unsound::Left(_))) => REFUSED,
        Ok(Err(Unsound::Unreadable(_) | Unsound::Log(_) | Unsound::Framing(_))) | Err(_) => UNREAD,
    }
}

fn read_and_try(mut input: impl io::Read) -> io::Result<Result<(), Unsound>> {
    let (mut memory, mut seconds) = ([0; 8], [0; 8]);
    input.read_exact(&mut memory)?;
    input.read_exact(&mut seconds)?;
    keep_to(Bounds { memory: u64::from_le_bytes(memory), seconds: u64::from_le_bytes(seconds) });
    let mut trial = Vec::new();
    input.take(MOST_BYTES).read_to_end(&mut trial)?;
    Ok(try_out(&trial))
}

/// Puts bounds on this process. It also leaves no copy of its memory on the disk when it ends badly:
/// what neighbours wrote is in there.
fn keep_to(bounds: Bounds) {
    let limit = |most| Rlimit { current: Some(most), maximum: Some(most) };
    for (resource, most) in
        [(Resource::Core, 0), (Resource::Cpu, bounds.seconds), (Resource::As, bounds.memory)]
    {
        if let Err(error) = setrlimit(resource, limit(most)) {
            warn!(?resource, %error, "this system sets no such bound");
        }
    }
}
