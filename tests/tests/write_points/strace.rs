//! What a process did to its disk and said meanwhile, read from what `strace` wrote of it.

use std::{collections::BTreeMap, env, fs, process::Command};

use anyhow::{Context as _, Result, bail, ensure};

use super::workload::MARK;

/// What is looked at. What only reads is left out, and so is the index of the journal, which is mapped into memory
/// and made anew at every start.
const CALLS: &str = "trace=openat,close,dup,dup2,dup3,fcntl,lseek,write,writev,pwrite64,ftruncate,fallocate,fsync,fdatasync,\
                     rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir";

/// A file as it is, whatever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct File(pub(crate) usize);

/// One thing that was done to the disk.
#[derive(Debug, Clone)]
pub(crate) enum Did {
    /// A new, empty file.
    Create {
        path: String,
        file: File,
    },
    Write {
        file: File,
        at: u64,
        bytes: Vec<u8>,
    },
    Cut {
        file: File,
        length: u64,
    },
    Sync {
        file: File,
    },
    /// What it is called by, or what is in a folder.
    SyncFolder,
    Rename {
        from: String,
        to: String,
    },
    Link {
        from: String,
        to: String,
    },
    Remove {
        path: String,
    },
}

impl Did {
    /// All that a day has to have.
    pub(crate) const NAMES: [&'static str; 6] = ["create", "write", "cut", "sync", "rename", "remove"];

    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Create { .. } => "create",
            Self::Write { .. } => "write",
            Self::Cut { .. } => "cut",
            Self::Sync { .. } => "sync",
            Self::SyncFolder => "sync of a folder",
            Self::Rename { .. } => "rename",
            Self::Link { .. } => "link",
            Self::Remove { .. } => "remove",
        }
    }
}

/// What comes after one another.
#[derive(Debug)]
pub(crate) enum Step {
    Did(Did),
    Said(String),
}

/// Lives through the day in a process of its own.
pub(crate) fn of_a_day() -> Result<Vec<Step>> {
    let place = tempfile::tempdir()?;
    let notes = place.path().join("strace");
    let day = Command::new("strace")
        .args(["-f", "-xx", "-s", "10000000", "-e", "signal=none", "-e", CALLS, "-o"])
        .arg(&notes)
        .arg(env::current_exe()?)
        .args(["--exact", "workload::a_day", "--ignored", "--nocapture", "--test-threads=1"])
        .output()
        .context("strace is missing; `cargo app test` installs it")?;
    ensure!(day.status.success(), "{}", String::from_utf8_lossy(&day.stderr));
    let mut reader = Reader::default();
    // A call that another thread interrupted stands in two lines.
    let mut halves: BTreeMap<String, String> = BTreeMap::new();
    for line in fs::read_to_string(&notes)?.lines() {
        let (thread, call) = line.split_once(' ').context("a line without a thread")?;
        let call = call.trim_start();
        if let Some(begun) = call.strip_suffix("<unfinished ...>") {
            halves.insert(thread.to_owned(), begun.trim_end().to_owned());
            continue;
        }
        let resumed = call.strip_prefix("<... ").and_then(|call| call.split_once(" resumed>"));
        let whole = match resumed {
            Some((_, rest)) => halves.remove(thread).unwrap_or_default() + rest.trim_start(),
            None => call.to_owned(),
        };
        reader.call(&whole).with_context(|| whole.chars().take(200).collect::<String>())?;
    }
    Ok(reader.steps)
}

/// An open file: which, how far it was written, and whether writing goes to its end.
#[derive(Debug, Clone, Copy)]
struct Open {
    file: Option<File>,
    at: u64,
    appends: bool,
}

#[derive(Debug, Default)]
struct Reader {
    steps: Vec<Step>,
    open: BTreeMap<i64, Open>,
    names: BTreeMap<String, File>,
    lengths: Vec<u64>,
}

impl Reader {
    fn call(&mut self, line: &str) -> Result<()> {
        let Some((name, rest)) = line.split_once('(') else { return Ok(()) };
        let Some((arguments, answer)) = rest.rsplit_once(" = ") else { return Ok(()) };
        let answer = answer.split_whitespace().next().unwrap_or_default();
        let Ok(answer) = answer.parse::<i64>() else { return Ok(()) };
        if answer < 0 {
            return Ok(());
        }
        let arguments = arguments.trim_end().strip_suffix(')').unwrap_or(arguments);
        let words = words(arguments);
        let word = |n: usize| words.get(n).map(String::as_str).unwrap_or_default();
        let number = |n: usize| word(n).parse::<i64>().with_context(|| format!("argument {n} of {name}"));
        match name {
            "openat" => self.open(&path(word(1))?, word(2), answer),
            "close" => drop(self.open.remove(&number(0)?)),
            "dup" | "dup2" | "dup3" => self.copy(number(0)?, answer),
            "fcntl" if word(1).starts_with("F_DUPFD") => self.copy(number(0)?, answer),
            "lseek" => {
                if let Some(open) = self.open.get_mut(&number(0)?) {
                    open.at = u64::try_from(answer)?;
                }
            }
            "write" => self.write(number(0)?, None, bytes(word(1))?),
            "pwrite64" => self.write(number(0)?, Some(u64::try_from(number(3)?)?), bytes(word(1))?),
            "writev" => self.said(number(0)?, word(1))?,
            "ftruncate" => self.cut(number(0)?, u64::try_from(number(1)?)?),
            "fallocate" => bail!("a way to grow files that this test does not know"),
            "fsync" | "fdatasync" => match self.open.get(&number(0)?).copied() {
                Some(Open { file: Some(file), .. }) => self.did(Did::Sync { file }),
                _ => self.did(Did::SyncFolder),
            },
            "rename" => self.rename(&path(word(0))?, &path(word(1))?),
            "renameat" | "renameat2" => self.rename(&path(word(1))?, &path(word(3))?),
            "link" => self.link(&path(word(0))?, &path(word(1))?),
            "linkat" => self.link(&path(word(1))?, &path(word(3))?),
            "unlink" => self.remove(path(word(0))?),
            "unlinkat" => self.remove(path(word(1))?),
            _ => {}
        }
        Ok(())
    }

    fn did(&mut self, did: Did) {
        self.steps.push(Step::Did(did));
    }

    fn open(&mut self, path: &str, flags: &str, descriptor: i64) {
        let has = |flag| flags.split('|').any(|one| one == flag);
        if has("O_DIRECTORY") || !(has("O_WRONLY") || has("O_RDWR")) {
            // A folder, or a file that can only be read; a sync of either is one of names.
            let file = self.names.get(path).copied();
            self.open.insert(descriptor, Open { file, at: 0, appends: false });
            return;
        }
        let file = match self.names.get(path) {
            Some(file) => *file,
            None => {
                let file = File(self.lengths.len());
                self.lengths.push(0);
                self.names.insert(path.to_owned(), file);
                self.did(Did::Create { path: path.to_owned(), file });
                file
            }
        };
        self.open.insert(descriptor, Open { file: Some(file), at: 0, appends: has("O_APPEND") });
        if has("O_TRUNC") && self.lengths[file.0] > 0 {
            self.cut(descriptor, 0);
        }
    }

    fn copy(&mut self, from: i64, to: i64) {
        if let Some(open) = self.open.get(&from).copied() {
            self.open.insert(to, open);
        }
    }

    fn write(&mut self, descriptor: i64, at: Option<u64>, bytes: Vec<u8>) {
        let Some(open) = self.open.get_mut(&descriptor) else { return };
        let Some(file) = open.file else { return };
        let place = match at {
            Some(at) => at,
            None if open.appends => self.lengths[file.0],
            None => open.at,
        };
        let end = place + bytes.len() as u64;
        if at.is_none() {
            open.at = end;
        }
        self.lengths[file.0] = self.lengths[file.0].max(end);
        self.did(Did::Write { file, at: place, bytes });
    }

    fn cut(&mut self, descriptor: i64, length: u64) {
        if let Some(Open { file: Some(file), .. }) = self.open.get(&descriptor).copied() {
            self.lengths[file.0] = length;
            self.did(Did::Cut { file, length });
        }
    }

    fn rename(&mut self, from: &str, to: &str) {
        if let Some(file) = self.names.remove(from) {
            self.names.insert(to.to_owned(), file);
        }
        self.did(Did::Rename { from: from.to_owned(), to: to.to_owned() });
    }

    fn link(&mut self, from: &str, to: &str) {
        if let Some(file) = self.names.get(from).copied() {
            self.names.insert(to.to_owned(), file);
        }
        self.did(Did::Link { from: from.to_owned(), to: to.to_owned() });
    }

    fn remove(&mut self, path: String) {
        self.names.remove(&path);
        self.did(Did::Remove { path });
    }

    /// What the workload says goes to its output in a call that it uses for nothing else.
    fn said(&mut self, descriptor: i64, vector: &str) -> Result<()> {
        if self.open.get(&descriptor).is_some_and(|open| open.file.is_some()) {
            bail!("a way to write files that this test does not know");
        }
        let start = vector.find("iov_base=").context("no vector")? + "iov_base=".len();
        let text = vector.get(start..).and_then(|rest| rest.split(", iov_len").next()).unwrap_or_default();
        let line = String::from_utf8(bytes(text)?)?;
        if let Some(said) = line.strip_prefix(MARK) {
            self.steps.push(Step::Said(said.trim_end().to_owned()));
        }
        Ok(())
    }
}

/// The arguments of a call: commas within quotes, brackets and braces part nothing.
fn words(arguments: &str) -> Vec<String> {
    let (mut words, mut depth, mut quoted) = (vec![String::new()], 0, false);
    for letter in arguments.chars() {
        match letter {
            '"' => quoted = !quoted,
            '[' | '{' if !quoted => depth += 1,
            ']' | '}' if !quoted => depth -= 1,
            _ => {}
        }
        match letter {
            ',' if !quoted && depth == 0 => words.push(String::new()),
            _ => words.iter_mut().next_back().into_iter().for_each(|word| word.push(letter)),
        }
    }
    words.iter().map(|word| word.trim().to_owned()).collect()
}

/// Between quotes, each byte as `\x` and two digits.
fn bytes(word: &str) -> Result<Vec<u8>> {
    let digits = word.trim_matches('"').split("\\x").skip(1);
    digits.map(|two| Ok(u8::from_str_radix(two, 16)?)).collect::<Result<_>>().context("no bytes")
}

fn path(word: &str) -> Result<String> {
    Ok(String::from_utf8(bytes(word)?)?)
}
