//! The members of the demo: each a profile, a process while they meet, and the commands they give.

use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::{
    answer,
    line::{self, Asked},
    scenes::{CHAPTERS, Chapter, MEMBERS},
};
use crate::{open, run::Result};

const LISTEN: [&str; 3] = ["--listen", "127.0.0.1:0", "--no-discovery"];
/// Everything that is waited for here takes a few seconds at most.
const DEADLINE: Duration = Duration::from_secs(60);
/// Where a member stands among all of them who began the circle.
const FIRST: &str = MEMBERS[0].name;

/// A demo circle in a directory of its own.
pub(super) struct Demo {
    program: PathBuf,
    home: PathBuf,
}

/// A member that runs; told to end when dropped.
pub(super) struct Running<'a> {
    demo: &'a Demo,
    name: &'static str,
    child: Child,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let _ = answer(self.demo.closeknit(self.name, None).arg("stop").current_dir(&self.demo.home));
        let _ = self.child.wait();
    }
}

impl Demo {
    pub(super) fn new(home: PathBuf) -> Result<Self> {
        Ok(Self { program: open::beside_this("closeknit")?, home })
    }

    /// Whether it was made to its end.
    pub(super) fn is_ready(&self) -> bool {
        self.home.join("ready").exists()
    }

    /// Takes away what was begun here, if anything was.
    pub(super) fn remove(&self) -> Result {
        if self.home.exists() {
            fs::remove_dir_all(&self.home).map_err(|why| format!("An old demo cannot be removed: {why}"))?;
        }
        Ok(())
    }

    /// Everything that happened in Millrace so far.
    pub(super) fn make(&self) -> Result {
        fs::create_dir_all(&self.home).map_err(|why| format!("There is no room for the demo: {why}"))?;
        let began = CHAPTERS.first().and_then(Chapter::now);
        self.begin(began.as_deref())?;
        for chapter in CHAPTERS {
            let now = chapter.now();
            for (name, said) in chapter.lines {
                self.says(name, said, now.as_deref())?;
            }
            self.meet(now.as_deref())?;
        }
        fs::write(self.home.join("ready"), "").map_err(|why| format!("The demo cannot be kept: {why}"))
    }

    pub(super) fn profile(&self, name: &str) -> PathBuf {
        self.home.join(name)
    }

    /// The program on somebody's profile. What it prints is read here, so it speaks one language.
    fn closeknit(&self, name: &str, now: Option<&str>) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--profile").arg(self.profile(name)).args(["--lang", "en"]).stdin(Stdio::null());
        // What is invented needs no keychain.
        command.env("CLOSEKNIT_KEYCHAIN", "none");
        command.args(now.iter().flat_map(|now| ["--now", now]));
        command
    }

    /// What somebody's machine prints for these words.
    fn told(&self, name: &str, words: &[&str]) -> Result<String> {
        answer(self.closeknit(name, None).args(words))
            .ok_or_else(|| format!("{name} could not `{}`.", words.join(" ")))
    }

    /// One line of a chapter.
    fn says(&self, name: &str, said: &str, now: Option<&str>) -> Result {
        let words = line::words(said, |asked| self.find(name, &asked))?;
        let done = self.closeknit(name, now).args(words).output();
        let done = done.map_err(|why| format!("{name} cannot say anything: {why}"))?;
        if done.status.success() {
            return Ok(());
        }
        Err(format!("{name} could not `{said}`: {}", String::from_utf8_lossy(&done.stderr).trim()))
    }

    /// What stands for a word in braces, as this member's machine has it.
    fn find(&self, name: &str, asked: &Asked<'_>) -> Result<String> {
        match asked {
            Asked::Day(days) => Ok(line::day_in(*days)),
            Asked::Post(title) => self.post(name, title),
            Asked::Promise(title, helper) => {
                let post = self.told(name, &["show", &self.post(name, title)?])?;
                let promise = rows(&post).find(|(_, rest)| rest.starts_with(&format!("{helper}: ")));
                let promise = promise.map(|(id, _)| id.to_owned());
                promise.ok_or_else(|| format!("{name} sees no promise by {helper} to “{title}”."))
            }
            Asked::Times(title, wanted) => {
                let post = self.told(name, &["show", &self.post(name, title)?])?;
                let times: Vec<&str> = rows(&post).map(|(id, _)| id).filter(|id| id.contains('T')).collect();
                let wanted = wanted.iter().map(|nth| times.get(nth.wrapping_sub(1)).copied());
                let wanted: Option<Vec<&str>> = wanted.collect();
                wanted
                    .map(|wanted| wanted.join(","))
                    .ok_or_else(|| format!("{name} does not see so many times of “{title}”."))
            }
        }
    }

    /// The post with this in its title.
    fn post(&self, name: &str, title: &str) -> Result<String> {
        let board = self.told(name, &["board"])?;
        let mut heads = board.lines().filter_map(|line| line.split_once("  "));
        let is_id = |id: &str| !id.is_empty() && id.chars().all(|c| c.is_ascii_hexdigit());
        let found = heads.find(|(id, rest)| is_id(id) && rest.contains(title));
        found.map(|(id, _)| id.to_owned()).ok_or_else(|| format!("{name} sees no “{title}”."))
    }

    /// Lets a member run, who looks for those at `know`.
    fn run(&self, name: &'static str, know: &[String], now: Option<&str>) -> Result<Running<'_>> {
        let log = File::create(self.home.join(format!("{name}.log"))).map_err(|why| why.to_string())?;
        let mut command = self.closeknit(name, now);
        command.arg("run").args(LISTEN).args(know.iter().flat_map(|address| ["--know", address]));
        let child = command.stdout(Stdio::null()).stderr(log).spawn();
        let child = child.map_err(|why| format!("{name} cannot be started: {why}"))?;
        let running = Running { demo: self, name, child };
        // A command that came before it had the profile would have it instead.
        eventually(&format!("{name} to be up"), || self.profile(name).join("socket").exists().then_some(()))?;
        Ok(running)
    }

    /// Lets all but the first run.
    pub(super) fn run_others(&self, know: &[String], now: Option<&str>) -> Result<Vec<Running<'_>>> {
        others().map(|name| self.run(name, know, now)).collect()
    }

    fn address(&self, name: &str) -> Result<String> {
        eventually(&format!("{name}'s address"), || {
            let near = answer(self.closeknit(name, None).args(["near", "--json"]))?;
            field(&near, "address").filter(|address| address.starts_with("ckat1"))
        })
    }

    pub(super) fn addresses_of_others(&self) -> Result<Vec<String>> {
        others().map(|name| self.address(name)).collect()
    }

    /// The first begins and stays up; the others come in one after another with her invitation.
    fn begin(&self, now: Option<&str>) -> Result {
        let start = format!("start {} --circle Millrace --zone Europe/London", MEMBERS[0].called);
        self.says(FIRST, &start, now)?;
        let _up = self.run(FIRST, &[], now)?;
        // The invitation names the address that she listens at.
        eventually("the first to be found", || {
            let doctor = answer(self.closeknit(FIRST, None).args(["doctor", "--json"]))?;
            doctor.contains("\"doctor-network-well\"").then_some(())
        })?;
        let uses = others().count().to_string();
        let invitation = self.told(FIRST, &["invite", "--uses", &uses])?;
        MEMBERS.iter().skip(1).try_for_each(|member| self.join(member.name, member.called, &invitation, now))
    }

    /// A newcomer comes to the door; both say that the code is the same.
    fn join(&self, name: &str, called: &str, invitation: &str, now: Option<&str>) -> Result {
        let said = self.home.join(format!("{name}.join"));
        let screen = File::create(&said).map_err(|why| why.to_string())?;
        let mut newcomer = self.closeknit(name, now);
        newcomer.args(["join", invitation, called]).args(LISTEN);
        newcomer.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(screen);
        let mut newcomer = newcomer.spawn().map_err(|why| format!("{called} cannot join: {why}"))?;
        let code = eventually(&format!("{called}'s code"), || code_on(&said))?;
        eventually("a yes at the door", || {
            answer(self.closeknit(FIRST, None).args(["door", "--code", &code]))
        })?;
        if let Some(keyboard) = &mut newcomer.stdin {
            let _ = keyboard.write_all(b"y\n");
        }
        let joined = newcomer.wait().map_err(|why| format!("{called} cannot join: {why}"))?;
        if joined.success() { Ok(()) } else { Err(format!("{called} could not join.")) }
    }

    /// Everybody runs until all hold the same.
    fn meet(&self, now: Option<&str>) -> Result {
        let _first = self.run(FIRST, &[], now)?;
        let know = [self.address(FIRST)?];
        let _others = self.run_others(&know, now)?;
        eventually("all of them to hold the same", || {
            let digest = |name| {
                let statistics = answer(self.closeknit(name, None).args(["statistics", "--json"]))?;
                field(&statistics, "digest")
            };
            let digests: Option<Vec<String>> = MEMBERS.iter().map(|member| digest(member.name)).collect();
            let digests = digests?;
            digests.iter().all(|digest| digests.first() == Some(digest)).then_some(())
        })
    }
}

/// All but the first.
fn others() -> impl Iterator<Item = &'static str> {
    MEMBERS.iter().skip(1).map(|member| member.name)
}

/// The times and promises of a post as `show` prints them: an id and what is said of it.
fn rows(post: &str) -> impl Iterator<Item = (&str, &str)> {
    let rows = post.lines().filter_map(|line| line.strip_prefix("  ")?.split_once("  "));
    rows.filter(|(id, _)| !id.is_empty())
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
    let text = fs::read_to_string(screen).ok()?;
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

    #[test]
    fn times_and_promises_are_told_from_what_is_said_of_them() {
        let post = "316cd9af  Meals\n          you · Mon\n\n  2026-11-30T17:30  Mon 17:30–18:30\n    Sam is going.\n\n  \
                    7a145ad3  Sam: Sam is going.\n    2026-11-30T17:30\n    Both times  are fine.\n";
        let found: Vec<_> = rows(post).collect();
        assert_eq!(found, [("2026-11-30T17:30", "Mon 17:30–18:30"), ("7a145ad3", "Sam: Sam is going.")]);
    }
}
