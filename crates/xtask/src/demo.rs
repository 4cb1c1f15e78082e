//! `cargo app demo`: a circle of four live members on this machine that really exchange. Each is a
//! process of its own with a profile of its own; they speak over the loopback and nowhere else.

use std::{
    fs::{self, File},
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    Call, open,
    run::{Result, answer},
    say,
};

const LISTEN: [&str; 3] = ["--listen", "127.0.0.1:0", "--no-discovery"];
/// Everything that is waited for here takes a few seconds at most.
const DEADLINE: Duration = Duration::from_secs(60);

/// What everybody writes, apart from each other: who, and the words of the command.
const POSTS: &[(&str, &[&str])] = &[
    (
        "rosa",
        &[
            "need",
            "Lift to the eye clinic and back",
            "--category",
            "ride",
            "--when",
            "thursday 9:20-12:30",
            "--near",
            "Station Side",
            "--mode",
            "choose",
            "--detail",
            "My eyes will be covered on the way home.",
        ],
    ),
    (
        "ines",
        &[
            "need",
            "Fill in a housing form",
            "--category",
            "paperwork",
            "--near",
            "the library",
            "--mode",
            "choose",
            "--detail",
            "An hour is enough. Arabic welcome.",
        ],
    ),
    (
        "sam",
        &[
            "need",
            "Bulb change, high ceiling",
            "--category",
            "repair",
            "--near",
            "Allotment Hill",
            "--detail",
            "Somebody with a ladder, any evening.",
        ],
    ),
    ("liesl", &["need", "Winter coat, boy age 8", "--category", "goods"]),
    (
        "rosa",
        &[
            "need",
            "Set up a second-hand phone",
            "--category",
            "tech",
            "--when",
            "monday 18-19",
            "--near",
            "the hall",
        ],
    ),
    (
        "ines",
        &[
            "need",
            "Chair a meeting while I am ill",
            "--category",
            "group",
            "--when",
            "monday 19-21",
            "--near",
            "the hall",
        ],
    ),
    (
        "sam",
        &[
            "offer",
            "Joinery and small fixes",
            "--category",
            "repair",
            "--want",
            "6",
            "--unit",
            "hours",
            "--standing",
            "--detail",
            "Weekdays 10 to 16, within 20 minutes.",
        ],
    ),
    ("sam", &["capacity", "--hours", "4", "--can", "ride,repair"]),
    ("liesl", &["capacity", "--hours", "5", "--can", "ride"]),
];

/// What they say about each other's posts, apart again: who, the command, and the beginning of a title.
const ACTS: &[(&str, &str, &str, &[&str])] = &[
    ("sam", "promise", "Lift", &["--say", "I have a car."]),
    ("liesl", "promise", "Lift", &["--say", "I could take the van."]),
    ("rosa", "promise", "Chair", &[]),
    ("sam", "promise", "Winter", &["--say", "Ours is too small now."]),
    ("rosa", "close", "Set up", &["not-needed"]),
    ("liesl", "close", "Winter", &["met"]),
];

const NAMES: [&str; 4] = ["rosa", "sam", "ines", "liesl"];

/// A demo circle in a directory of its own.
struct Demo {
    program: PathBuf,
    home: PathBuf,
}

pub(crate) fn demo(call: Call) -> Result {
    let window = open::prepare_all()?;
    let demo = Demo { program: open::beside_this("closeknit")?, home: open::beside_this("demo")? };
    if !demo.home.join("ready").exists() {
        say::step("a circle of four", "made anew; it takes about half a minute");
        demo.make()?;
    }
    say::step(
        "Sam, Ines and Liesl",
        "three members at work on this machine; closing Rosa's window ends them",
    );
    let mut others = Vec::new();
    for name in NAMES.iter().skip(1) {
        others.push(demo.run(name, &[])?);
    }
    let know = demo.addresses(&NAMES[1..])?;
    let (program, first) = if window { ("closeknit-app", None) } else { ("closeknit", Some("serve")) };
    let mut rosa = Command::new(open::beside_this(program)?);
    rosa.arg("--profile").arg(demo.profile("rosa")).args(first).args(["--listen", "127.0.0.1:0"]);
    rosa.args(if window { None } else { Some("--no-discovery") });
    rosa.args(know.iter().flat_map(|address| ["--know", address])).args(call.words);
    let ended = rosa.status().map_err(|why| format!("Rosa's window cannot be opened: {why}"));
    drop(others);
    ended.map(|_| ())
}

/// A member that runs; told to end when dropped.
struct Running<'a> {
    demo: &'a Demo,
    name: &'a str,
    child: Child,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let _ = answer(self.demo.closeknit(self.name, &["stop"]).current_dir(&self.demo.home));
        let _ = self.child.wait();
    }
}

impl Demo {
    fn make(&self) -> Result {
        if self.home.exists() {
            fs::remove_dir_all(&self.home).map_err(|why| format!("An old demo cannot be removed: {why}"))?;
        }
        fs::create_dir_all(&self.home).map_err(|why| format!("There is no room for the demo: {why}"))?;
        self.does("rosa", &["start", "Rosa", "--circle", "Millrace", "--zone", "Europe/London"])?;
        for (name, called) in [("sam", "Sam"), ("ines", "Ines"), ("liesl", "Liesl")] {
            self.join(name, called)?;
        }
        self.meet()?;
        for (name, words) in POSTS {
            self.does(name, words)?;
        }
        self.meet()?;
        for (name, command, title, words) in ACTS {
            let id = self.post(name, title)?;
            self.does(name, &[&[*command, &id], *words].concat())?;
        }
        self.meet()?;
        fs::write(self.home.join("ready"), "").map_err(|why| format!("The demo cannot be kept: {why}"))
    }

    fn profile(&self, name: &str) -> PathBuf {
        self.home.join(name)
    }

    fn closeknit(&self, name: &str, words: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--profile").arg(self.profile(name)).args(words).stdin(Stdio::null());
        command
    }

    fn does(&self, name: &str, words: &[&str]) -> Result<String> {
        let said = words.first().copied().unwrap_or_default();
        answer(&mut self.closeknit(name, words)).ok_or_else(|| format!("{name} could not `{said}`."))
    }

    /// Lets a member run, who looks for those at `know`.
    fn run<'a>(&'a self, name: &'a str, know: &[String]) -> Result<Running<'a>> {
        let log = File::create(self.home.join(format!("{name}.log"))).map_err(|why| why.to_string())?;
        let mut command = self.closeknit(name, &["run"]);
        command.args(LISTEN).args(know.iter().flat_map(|address| ["--know", address]));
        let child = command.stdout(Stdio::null()).stderr(log).spawn();
        Ok(Running {
            demo: self,
            name,
            child: child.map_err(|why| format!("{name} cannot be started: {why}"))?,
        })
    }

    fn address(&self, name: &str) -> Result<String> {
        eventually(&format!("{name}'s address"), || {
            let near = answer(&mut self.closeknit(name, &["near", "--json"]))?;
            field(&near, "address").filter(|address| address.starts_with("ckat1"))
        })
    }

    fn addresses(&self, names: &[&str]) -> Result<Vec<String>> {
        names.iter().map(|name| self.address(name)).collect()
    }

    /// Rosa invites; the newcomer comes to her door; both say that the code is the same.
    fn join(&self, name: &str, called: &str) -> Result {
        let rosa = self.run("rosa", &[])?;
        eventually("Rosa", || self.profile("rosa").join("socket").exists().then_some(()))?;
        // The invitation names the address that she listens at.
        let invitation = eventually("the invitation", || {
            thread::sleep(Duration::from_millis(300));
            answer(&mut self.closeknit("rosa", &["invite"]))
        })?;
        let mut newcomer = Command::new(&self.program);
        newcomer.arg("--profile").arg(self.profile(name)).args(["join", &invitation, called]).args(LISTEN);
        let said = self.home.join(format!("{name}.join"));
        let screen = File::create(&said).map_err(|why| why.to_string())?;
        newcomer.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(screen);
        let mut newcomer = newcomer.spawn().map_err(|why| format!("{called} cannot join: {why}"))?;
        let code = eventually(&format!("{called}'s code"), || code_on(&said))?;
        eventually("Rosa's yes", || answer(&mut self.closeknit("rosa", &["door", "--code", &code])))?;
        if let Some(keyboard) = &mut newcomer.stdin {
            let _ = keyboard.write_all(b"y\n");
        }
        let joined = newcomer.wait().map_err(|why| format!("{called} cannot join: {why}"))?;
        drop(rosa);
        if joined.success() { Ok(()) } else { Err(format!("{called} could not join.")) }
    }

    /// Everybody runs until all hold the same.
    fn meet(&self) -> Result {
        let rosa = self.run("rosa", &[])?;
        let know = [self.address("rosa")?];
        let mut running = vec![rosa];
        for name in NAMES.iter().skip(1) {
            running.push(self.run(name, &know)?);
        }
        eventually("the four to be equal", || {
            let digest =
                |name| field(&answer(&mut self.closeknit(name, &["statistics", "--json"]))?, "digest");
            let digests: Option<Vec<String>> = NAMES.into_iter().map(digest).collect();
            let digests = digests?;
            digests.iter().all(|digest| digests.first() == Some(digest)).then_some(())
        })
    }

    /// The post with this beginning of its title, as this member's board has it.
    fn post(&self, name: &str, title: &str) -> Result<String> {
        let board = self.does(name, &["board", "--search", title])?;
        let id = board.split_whitespace().next().map(str::to_owned);
        id.filter(|id| id.chars().all(|c| c.is_ascii_hexdigit()))
            .ok_or_else(|| format!("{name} sees no “{title}”."))
    }
}

fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> Result<T> {
    let started = Instant::now();
    loop {
        if let Some(found) = look() {
            return Ok(found);
        }
        if started.elapsed() > DEADLINE {
            return Err(format!("Waited {} s for {what} in vain.", DEADLINE.as_secs()));
        }
        thread::sleep(Duration::from_millis(100));
    }
}

/// The text of a field in one line of JSON that our own program wrote.
fn field(json: &str, name: &str) -> Option<String> {
    let (_, rest) = json.split_once(&format!("\"{name}\":\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

/// Two groups of three digits on somebody's screen.
fn code_on(screen: &Path) -> Option<String> {
    let mut text = String::new();
    File::open(screen).ok()?.read_to_string(&mut text).ok()?;
    let (_, rest) = text.split_once("The code here is ")?;
    let code: String = rest.chars().take(7).collect();
    (code.len() == 7).then_some(code)
}

#[cfg(test)]
mod tests {
    use std::env;

    use super::*;

    #[test]
    fn fields_and_codes_are_read_as_our_program_writes_them() {
        assert_eq!(field(r#"{"address":"ckat1qq","machines":[]}"#, "address").as_deref(), Some("ckat1qq"));
        assert_eq!(field(r#"{"address":null}"#, "address"), None);
        let screen = env::temp_dir().join(format!("closeknit-demo-{}", std::process::id()));
        fs::write(&screen, "Looking…\nThe code here is 123 456. Is the same code shown?").unwrap();
        assert_eq!(code_on(&screen).as_deref(), Some("123 456"));
        fs::remove_file(screen).unwrap();
    }
}
