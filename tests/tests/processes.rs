//! The first evening of a circle with real programs over loopback, through the command line alone.
#![cfg(test)]

mod member;

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use closeknit_tests::{Process, eventually};
use member::{Member, closeknit, until_equal};
use rustix::process::Signal;
use serde_json::{Value, json};

const DOORSTEP: &str = "12 Mill Lane, the bell marked Rosa";

/// Rosa began Millrace and stays up; Sam came in with her invitation and is at home again.
fn millrace() -> Result<(Member, Member)> {
    let (mut rosa, sam) = (Member::new("rosa")?, Member::new("sam")?);
    rosa.says(&["start", "Rosa", "--circle", "Millrace"])?;
    rosa.run(&[])?;
    rosa.until_found()?;
    let invitation = rosa.says(&["invite"])?["text"].as_str().context("no invitation")?.to_owned();

    // Whoever is asked for the code at a terminal answers with a line.
    let mut join = Command::new("sh");
    join.args(["-c", "echo y | \"$0\" \"$@\""]).arg(closeknit()).arg("--profile").arg(sam.profile.path());
    join.args(["join", &invitation, "Sam", "--no-discovery", "--listen", "127.0.0.1:0"]);
    let said = std::fs::File::create(sam.profile.path().with_extension("said"))?;
    let mut joining = Process::start(join.stdout(Stdio::null()).stderr(said))?;
    let code = eventually("a code on rosa's machine", || {
        let door = rosa.call("joining", &json!({}))?["doors"][0].clone();
        Ok((door["stage"] == "compare").then(|| door["code"].as_str().map(str::to_owned)).flatten())
    })?;
    eventually("the same code on sam's", || {
        let said = std::fs::read_to_string(sam.profile.path().with_extension("said"))?;
        Ok(said.contains(&code).then_some(()))
    })?;
    let wrong = rosa.refused(&["door", "--code", "000 000"])?;
    assert_eq!(wrong, (1, "not-found".into()), "another code lets nobody in");
    let let_in = rosa.command(&["door", "--code", &code]).stdin(Stdio::null()).status()?;
    assert!(let_in.success());
    eventually("sam's coming in", || Ok((!joining.is_running()?).then_some(())))?;
    Ok((rosa, sam))
}

fn id(of: &Value) -> Result<String> {
    Ok(of["card"]["id"].as_str().context("no id")?.to_owned())
}

#[test]
fn a_lift_is_asked_for_promised_at_home_and_agreed_on_at_the_next_meeting() -> Result<()> {
    let (rosa, sam) = millrace()?;
    let names = |member: &Member| -> Result<Vec<Value>> {
        let members = member.says(&["circle"])?["members"].take();
        let mut names: Vec<Value> =
            members.as_array().into_iter().flatten().map(|m| m["person"]["name"].clone()).collect();
        names.sort_by_key(Value::to_string);
        Ok(names)
    };
    assert_eq!(names(&sam)?, ["Rosa", "Sam"]);
    assert_eq!(names(&rosa)?, ["Rosa", "Sam"]);

    // Handed to the process that runs, which shares it.
    let when = "2099-11-26T09:20/2099-11-26T12:30";
    let need = rosa.says(&[
        "need",
        "Lift to the eye clinic",
        "--category",
        "ride",
        "--when",
        when,
        "--mode",
        "choose",
    ])?;
    let need = id(&need)?;
    let meet = || sam.says(&["meet", &rosa.address()?, "--listen", "127.0.0.1:0"]);
    meet()?;
    assert_eq!(sam.says(&["show", &need])?["card"]["title"], "Lift to the eye clinic");

    // At home, with nobody in reach.
    let promised = sam.says(&["promise", &need, "--say", "I have a car"])?;
    assert_eq!(promised["promises"][0]["says"]["id"], "you-came-forward");
    assert_eq!(rosa.says(&["show", &need])?["promises"], json!([]));
    meet()?;
    let promise =
        rosa.says(&["show", &need])?["promises"][0]["id"].as_str().context("no promise")?.to_owned();
    let answered = rosa.says(&["answer", &promise, "accept", "--doorstep", DOORSTEP])?;
    assert_eq!(answered["promises"][0]["says"]["id"], "helper-going");
    assert_eq!(sam.says(&["show", &need])?["promises"][0]["doorstep"], Value::Null);

    meet()?;
    let shown = sam.says(&["show", &need])?;
    assert_eq!(shown["promises"][0]["says"]["id"], "you-are-going");
    assert_eq!(shown["promises"][0]["doorstep"], DOORSTEP);
    let text = String::from_utf8(sam.command(&["show", &need]).output()?.stdout)?;
    assert!(text.contains("You are going") && text.contains(DOORSTEP), "{text}");
    Ok(())
}

/// Reads a calendar with the library that Python has for it, and prints what each event says.
const READ_CALENDAR: &str = "import icalendar, json, sys\n\
    for event in icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read()).walk('VEVENT'):\n    \
        assert not event.errors, event.errors\n    \
        print(json.dumps([str(event['SUMMARY']), event['STATUS'], event.decoded('DTSTART').isoformat()]))\n";

#[test]
#[ignore = "machine: needs icalendar beside python3"]
fn what_sam_promised_is_opened_by_a_stock_calendar() -> Result<()> {
    let (rosa, sam) = millrace()?;
    let when = "2099-11-26T09:20/2099-11-26T12:30";
    let words = ["need", "Lift; eye clinic", "--category", "ride", "--when", when];
    let need = id(&rosa.says(&words)?)?;
    let meet = || sam.says(&["meet", &rosa.address()?, "--listen", "127.0.0.1:0"]);
    meet()?;
    sam.says(&["promise", &need])?;
    let file = sam.profile.path().with_extension("ics");
    let path = file.to_str().context("a path")?;
    assert_eq!(sam.says(&["export", "ics", path])?["events"], 1);
    let read = Command::new("python3").args(["-c", READ_CALENDAR, path]).output()?;
    let why = String::from_utf8_lossy(&read.stderr).into_owned();
    assert!(read.status.success(), "pip install icalendar?\n{why}");
    let event: Value = serde_json::from_slice(&read.stdout)?;
    let begins = event[2].as_str().context("no beginning")?;
    assert_eq!((&event[0], &event[1]), (&json!("Lift; eye clinic"), &json!("TENTATIVE")));
    assert!(begins.starts_with("2099-11-2") && begins.ends_with("+00:00"), "{begins}");
    Ok(())
}

#[test]
fn what_rosa_wrote_to_a_stick_sam_reads_at_home_and_brings_an_answer() -> Result<()> {
    let (rosa, sam) = millrace()?;
    let lift = ["need", "Lift to the eye clinic", "--category", "ride", "--when", "tomorrow 9:20-12:30"];
    let need = id(&rosa.says(&lift)?)?;
    let sticks = tempfile::tempdir()?;
    let stick = |name: &str| sticks.path().join(name).display().to_string();
    let (there, back) = (stick("there.closeknit-parcel"), stick("back.closeknit-parcel"));
    let written = rosa.says(&["parcel", "write", &there, "--to", "Sam"])?;
    assert_eq!(written["says"]["id"], "parcel-written", "{written}");
    assert_eq!(rosa.refused(&["parcel", "read", &there])?, (4, "parcel-locked".into()));
    assert_eq!(rosa.refused(&["parcel", "write", &there, "--to", "Nobody"])?, (1, "not-found".into()));
    let read = sam.says(&["parcel", "read", &there])?;
    assert_eq!(read["says"]["id"], "backup-restored", "{read}");
    sam.says(&["promise", &need])?;
    sam.says(&["parcel", "write", &back])?;
    rosa.says(&["parcel", "read", &back])?;
    assert_eq!(rosa.says(&["statistics"])?["digest"], sam.says(&["statistics"])?["digest"]);
    assert_eq!(rosa.says(&["show", &need])?["promises"][0]["helper"]["name"], "Sam");
    std::fs::write(&there, b"holiday pictures")?;
    assert_eq!(sam.refused(&["parcel", "read", &there])?, (4, "parcel-refused".into()));
    Ok(())
}

#[test]
fn what_looks_private_is_posted_and_said() -> Result<()> {
    let rosa = Member::new("rosa")?;
    rosa.says(&["start", "Rosa", "--circle", "Millrace"])?;
    let posted = rosa.command(&["need", "Call 020 7946 0018", "--category", "ride"]).output()?;
    assert!(posted.status.success());
    let said = String::from_utf8(posted.stderr)?;
    assert!(said.contains("020 7946 0018") && said.contains("phone number"), "{said}");
    assert_eq!(rosa.says(&["board"])?["posts"][0]["title"], "Call 020 7946 0018");
    let quiet = rosa.command(&["need", "A ladder", "--category", "lend"]).output()?;
    assert_eq!(String::from_utf8(quiet.stderr)?, "");
    Ok(())
}

#[test]
fn a_note_is_written_read_and_changed_from_the_line_and_from_files() -> Result<()> {
    let (rosa, sam) = millrace()?;
    let first = "Tea at four.\nAna keeps the key.";
    let written = rosa.says(&["note", "add", "Spring meeting", "--text", first])?;
    let note = id(&written)?;
    let meet = || sam.says(&["meet", &rosa.address()?, "--listen", "127.0.0.1:0"]);
    meet()?;
    assert_eq!(sam.says(&["notes"])?["notes"][0]["title"], "Spring meeting");
    assert_eq!(sam.says(&["note", "show", note.get(..8).context("an id")?])?["text"], first);
    assert_eq!(sam.refused(&["note", "edit", &note, "--text", "Mine"])?, (1, "not-yours".into()));

    // As an editor does it, while something else was changed meanwhile.
    let file = |name: &str, text: &str| -> Result<String> {
        let path = rosa.profile.path().with_extension(name);
        std::fs::write(&path, text)?;
        Ok(path.display().to_string())
    };
    let (was, now) = (file("was", first)?, file("now", &first.replace("key", "key and the stamps"))?);
    rosa.says(&["note", "edit", &note, "--text", &first.replace("four", "five")])?;
    let merged = rosa.says(&["note", "edit", &note, "--file", &now, "--was", &was])?;
    assert_eq!(merged["text"], "Tea at five.\nAna keeps the key and the stamps.");
    let said = rosa.command(&["note", "add", "Whom to call", "--text", "Ana: 0664 1234567"]).output()?;
    assert!(String::from_utf8(said.stderr)?.contains("0664 1234567"), "it is said that everybody reads it");
    let listed = rosa.command(&["--lang", "es", "notes", "--search", "stamp"]).output()?;
    assert!(String::from_utf8(listed.stdout)?.contains("Spring meeting"));

    rosa.says(&["note", "remove", &note])?;
    rosa.says(&["forget", &id(&rosa.says(&["note", "add", "Short", "--file", &was])?)?])?;
    meet()?;
    let left = sam.says(&["notes"])?["notes"].take();
    assert_eq!(left.as_array().map(Vec::len), Some(1), "{left}");
    Ok(())
}

#[test]
fn a_second_program_is_refused_and_a_command_is_handed_to_the_first() -> Result<()> {
    let mut rosa = Member::new("rosa")?;
    rosa.says(&["start", "Rosa", "--circle", "Millrace"])?;
    rosa.run(&[])?;
    for stays in [["run", "--no-discovery"], ["serve", "--no-discovery"]] {
        assert_eq!(rosa.refused(&stays)?, (1, "profile-in-use".into()));
    }
    let need = id(&rosa.says(&["need", "A ladder", "--category", "lend"])?)?;
    assert_eq!(rosa.titles()?, ["A ladder"], "the first one knows of it at once");
    rosa.says(&["close", &need, "met"])?;
    rosa.says(&["stop"])?;
    let process = rosa.process.as_mut().context("it was on")?;
    eventually("the end", || Ok((!process.is_running()?).then_some(())))?;
    assert_eq!(rosa.says(&["show", &need])?["card"]["state"], "met", "and it is on the disk");
    Ok(())
}

#[test]
fn what_cannot_be_is_refused_with_a_sentence_and_a_status() -> Result<()> {
    let rosa = Member::new("rosa")?;
    assert_eq!(rosa.refused(&["board"])?, (1, "not-started".into()));
    rosa.says(&["start", "Rosa", "--circle", "Millrace"])?;
    let long = "x".repeat(10_240);
    let cases: [(&[&str], &str); 5] = [
        (&["need", &long, "--category", "ride"], "bad-input"),
        (&["need", "Lift", "--category", "rides"], "unknown-category"),
        (
            &["need", "Lift", "--category", "ride", "--when", "2099-11-26T12:30/2099-11-26T09:20"],
            "ends-before-it-begins",
        ),
        (&["show", "zz"], "not-found"),
        (&["join", "hello", "Rosa", "--no-discovery", "--listen", "127.0.0.1:0"], "bad-invitation"),
    ];
    for (words, code) in cases {
        assert_eq!(rosa.refused(words)?, (1, code.into()), "{words:?}");
        let plain = rosa.command(words).stdin(Stdio::null()).output()?;
        let said = String::from_utf8(plain.stderr)?;
        assert!(said.trim().len() > 20 && !said.contains("error-"), "{words:?}: {said:?}");
    }
    let rides = rosa.command(&["need", "Lift", "--category", "rides"]).stdin(Stdio::null()).output()?;
    assert!(String::from_utf8(rides.stderr)?.contains("ride, "), "she is told which there are");
    assert_eq!(rosa.says(&["board"])?["total"], 0);
    Ok(())
}

/// A laptop is closed and opened again a minute later: much longer than the others wait for a sign of life.
#[test]
fn after_a_sleep_they_exchange_again_within_seconds() -> Result<()> {
    let (mut rosa, mut sam) = (Member::new("rosa")?, Member::new("sam")?);
    rosa.says(&["start", "Rosa", "--circle", "Millrace"])?;
    rosa.run(&[])?;
    sam.run(&[])?;
    sam.joins(&rosa)?;
    until_equal(&rosa, &sam)?;
    let sams = sam.process.as_ref().context("it is on")?;
    sams.signal(Signal::STOP)?;
    let before = Instant::now();
    while before.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(500));
        rosa.call("status", &json!({}))?;
    }
    rosa.says(&["need", "Posted while Sam slept", "--category", "errand"])?;
    sams.signal(Signal::CONT)?;
    let awake = Instant::now();
    eventually("what came meanwhile", || Ok((sam.titles()? == ["Posted while Sam slept"]).then_some(())))?;
    let took = awake.elapsed();
    println!("exchanging again after {took:?}");
    assert!(took < Duration::from_secs(5), "{took:?}");
    until_equal(&rosa, &sam)
}

#[test]
fn a_backup_that_is_stopped_by_ctrl_c_leaves_the_older_file_and_no_half_one() -> Result<()> {
    let rosa = Member::new("rosa")?;
    rosa.says(&["start", "Rosa", "--circle", "Millrace"])?;
    let file = rosa.profile.path().with_extension("backup");
    let name = file.to_str().context("a path")?;
    rosa.says(&["backup", "write", name])?;
    let older = std::fs::read(&file)?;
    let beside = || -> Result<Vec<String>> {
        let all = std::fs::read_dir(file.parent().context("a directory")?)?;
        let names = all.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        Ok(names.filter(|name| name.ends_with(".part")).collect())
    };

    // A passphrase is slow to turn into a key, so that there is time to say stop.
    let said = rosa.profile.path().with_extension("said");
    let script = "trap '' INT; echo 'a lamp, a ladder' | env --default-signal=INT \"$0\" \"$@\"";
    let mut write = Command::new("sh");
    write.args(["-c", script]).arg(closeknit()).arg("--profile").arg(rosa.profile.path());
    write.args(["backup", "write", name, "--passphrase", "--json"]);
    let mut writing = Process::start(write.stdout(Stdio::null()).stderr(std::fs::File::create(&said)?))?;
    eventually("a file that is being written", || Ok((!beside()?.is_empty()).then_some(())))?;
    writing.signal(Signal::INT)?;
    eventually("its end", || Ok((!writing.is_running()?).then_some(())))?;
    let said = std::fs::read_to_string(&said)?;
    assert!(said.contains("backup-stopped"), "{said}");
    assert_eq!(std::fs::read(&file)?, older);
    assert_eq!(beside()?, [""; 0]);
    Ok(())
}
