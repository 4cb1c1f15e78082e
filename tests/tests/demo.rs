//! The circle that `cargo app demo` opens: made by it in a directory of its own, and read on the machines of its
//! members through the command line.
#![cfg(test)]

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};
use closeknit_tests::built;
use serde_json::{Value, json};
use tempfile::TempDir;

struct Demo {
    directory: TempDir,
}

impl Demo {
    fn new() -> Result<Self> {
        let directory = tempfile::Builder::new().prefix("demo-").tempdir()?;
        let mut make = Command::new(built("closeknit-xtask")?);
        // It finds the repository by the package that it is of, and this is another.
        make.env_remove("CARGO_MANIFEST_DIR");
        let made = make.args(["demo", "--make"]).arg(directory.path().join("made")).output()?;
        ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        Ok(Self { directory })
    }

    fn profile(&self, name: &str) -> PathBuf {
        self.directory.path().join("made").join(name)
    }

    /// What a command says on somebody's machine.
    fn says(&self, name: &str, words: &[&str]) -> Result<Value> {
        let mut command = Command::new(built("closeknit")?);
        command.arg("--profile").arg(self.profile(name)).args(words).arg("--json").stdin(Stdio::null());
        let done = command.output()?;
        ensure!(done.status.success(), "{name}, {words:?}: {}", String::from_utf8_lossy(&done.stderr));
        Ok(serde_json::from_slice(&done.stdout)?)
    }

    fn card(&self, name: &str, title: &str) -> Result<Option<Value>> {
        let board = self.says(name, &["board"])?;
        let mut posts = board["posts"].as_array().into_iter().flatten();
        Ok(posts.find(|post| post["title"] == title).cloned())
    }

    /// The id of the sentence on a card of somebody's board.
    fn reads(&self, name: &str, title: &str) -> Result<String> {
        let card = self.card(name, title)?.with_context(|| format!("{name} has no {title:?}"))?;
        Ok(text(&card["says"]["id"]))
    }

    fn shows(&self, name: &str, title: &str) -> Result<Value> {
        let card = self.card(name, title)?.with_context(|| format!("{name} has no {title:?}"))?;
        self.says(name, &["show", &text(&card["id"])])
    }

    /// Whether anything in somebody's profile has these bytes.
    fn holds(&self, name: &str, text: &str) -> Result<bool> {
        for file in fs::read_dir(self.profile(name))? {
            let path = file?.path();
            if path.is_file() && fs::read(&path)?.windows(text.len()).any(|bytes| bytes == text.as_bytes()) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What a promise by this helper says, with its values.
fn promise(post: &Value, helper: &str) -> Value {
    let mut promises = post["promises"].as_array().into_iter().flatten();
    promises.find(|promise| promise["helper"]["name"] == helper).cloned().unwrap_or_default()
}

fn ids(phrases: &Value) -> Vec<String> {
    phrases.as_array().into_iter().flatten().map(|phrase| text(&phrase["id"])).collect()
}

fn names(people: &Value) -> Vec<String> {
    let people = people.as_array().into_iter().flatten();
    people.map(|one| text(&one["person"]["name"])).collect()
}

#[test]
fn each_scene_of_the_demo_reads_as_it_should_on_the_machines_it_is_about() -> Result<()> {
    let demo = Demo::new()?;
    promised_twice_apart(&demo)?;
    promised_in_parts(&demo)?;
    called_off_while_promised(&demo)?;
    asked_for_twice(&demo)?;
    ended_and_renewed(&demo)?;
    did_not_happen_and_asked_again(&demo)?;
    for_two_alone(&demo)?;
    for_somebody_without_a_machine(&demo)?;
    at_several_times(&demo)?;
    what_there_is(&demo)?;
    met_and_thanked(&demo)?;
    nobody_suggests_who_rests(&demo)
}

/// Who is first of those who promised apart is drawn, the same on all machines.
fn promised_twice_apart(demo: &Demo) -> Result<()> {
    let lift = "Lift to the eye clinic and back";
    let rosas = demo.card("rosa", lift)?.context("it is hers")?["says"].take();
    assert_eq!(rosas["id"], "two-came-forward-choose-you");
    let sam_first = rosas["values"]["first"]["text"] == "Sam";
    let (first, backup) = if sam_first { ("sam", "liesl") } else { ("liesl", "sam") };
    assert_eq!(demo.reads(first, lift)?, "you-came-forward", "{rosas}");
    assert_eq!(demo.reads(backup, lift)?, "others-first-you-are-backup", "{rosas}");
    let asked = demo.says("rosa", &["today"])?["asked"].take();
    assert!(asked.as_array().is_some_and(|asked| asked.iter().any(|item| item["card"]["title"] == lift)));
    Ok(())
}

fn promised_in_parts(demo: &Demo) -> Result<()> {
    let parcel = "Food parcel for a family of 5";
    assert_eq!(demo.reads("ines", parcel)?, "covered-spare");
    let shown = demo.shows("rosa", parcel)?;
    let part = |helper| {
        let promise = promise(&shown, helper);
        [&promise["amount"], &promise["going"]].map(|amount| amount.as_u64().unwrap_or_default())
    };
    let (sams, liesls) = (part("Sam"), part("Liesl"));
    assert!([([3, 3], [4, 2]), ([3, 1], [4, 4])].contains(&(sams, liesls)), "{sams:?} {liesls:?}");
    let (whole, cut) = if sams == [3, 3] { ("sam", "liesl") } else { ("liesl", "sam") };
    assert_eq!(demo.reads(whole, parcel)?, "you-are-going-with");
    assert_eq!(demo.reads(cut, parcel)?, "you-are-going-in-part");
    Ok(())
}

fn called_off_while_promised(demo: &Demo) -> Result<()> {
    let phone = "Set up a second-hand phone";
    assert_eq!(demo.reads("rosa", phone)?, "called-off");
    assert_eq!(demo.reads("sam", phone)?, "called-off-you-are-free");
    Ok(())
}

fn asked_for_twice(demo: &Demo) -> Result<()> {
    let (leads, follows) = ("Laundry help, machine broken", "Washing machine out, two loads");
    for name in ["rosa", "sam", "ines", "liesl", "pavel"] {
        assert_eq!(demo.card(name, follows)?, None, "one card for {name}");
    }
    // Promised to the other post, of which only Liesl's machine knew then that it says the same.
    assert_eq!(demo.reads("sam", leads)?, "you-are-going-with");
    let shown = demo.shows("pavel", leads)?;
    assert_eq!(
        (&shown["card"]["state"], &shown["same"][0]["title"]),
        (&json!("partly-covered"), &json!(follows))
    );
    assert!(ids(&shown["notes"]).contains(&"note-one-card".to_owned()), "{}", shown["notes"]);
    Ok(())
}

fn ended_and_renewed(demo: &Demo) -> Result<()> {
    let nappies = "Nappies size 3";
    let shown = demo.shows("sam", nappies)?;
    assert_eq!(shown["card"]["state"], "open");
    let said: Vec<_> =
        shown["history"].as_array().into_iter().flatten().map(|act| text(&act["says"]["id"])).collect();
    assert_eq!(said, ["history-posted", "history-still-stands"]);
    Ok(())
}

fn did_not_happen_and_asked_again(demo: &Demo) -> Result<()> {
    let bed = "Help moving a hospital bed";
    assert_eq!(demo.reads("ines", bed)?, "need-open");
    let (sams, rosas) = (demo.shows("sam", bed)?, demo.shows("rosa", bed)?);
    let why = "The lift was out of order.";
    assert_eq!(
        (&sams["card"]["says"]["id"], &sams["next"]["id"]),
        (&json!("need-open"), &json!("next-offer-help"))
    );
    let asked = demo.says("ines", &["today"])?["asked"].take();
    assert_eq!(asked, json!([]), "she has asked again");
    assert_eq!(promise(&sams, "Sam")["says"]["id"], "it-did-not-happen");
    assert_eq!(promise(&sams, "Sam")["outcomes"][0]["reason"], why);
    assert_eq!(sams["can_promise"], true);
    assert_eq!(promise(&rosas, "Sam")["says"]["id"], "helper-over");
    assert_eq!(promise(&rosas, "Sam")["outcomes"], json!([]));
    assert!(!demo.holds("rosa", why)?, "Rosa holds why");
    Ok(())
}

fn for_two_alone(demo: &Demo) -> Result<()> {
    let loss = "Someone to listen after a loss";
    for name in ["rosa", "ines"] {
        let card = demo.card(name, loss)?.context("it is for them")?;
        assert_eq!(card["audience"]["id"], "audience-chosen", "{name}");
    }
    for name in ["sam", "pavel"] {
        assert_eq!(demo.card(name, loss)?, None, "{name}");
        assert_eq!(demo.says(name, &["board"])?["locked"], 1, "{name}");
        assert!(!demo.holds(name, loss)?, "{name} holds it");
    }
    Ok(())
}

fn for_somebody_without_a_machine(demo: &Demo) -> Result<()> {
    let medicine = "Prescription from the pharmacy";
    let shown = demo.shows("sam", medicine)?;
    assert_eq!((&shown["card"]["person"], &shown["card"]["urgent"]), (&json!("Old Jack"), &json!(true)));
    assert_eq!(shown["consent"], "He asked me at his door.");
    assert_eq!(promise(&shown, "Sam")["doorstep"], "9 Hill Steps; knock twice, he is slow.");
    assert_eq!(promise(&demo.shows("liesl", medicine)?, "Sam")["doorstep"], Value::Null);
    assert_eq!(
        demo.card("pavel", "Read letters aloud, poor eyesight")?.context("it is there")?["person"],
        "Old Jack"
    );
    Ok(())
}

fn at_several_times(demo: &Demo) -> Result<()> {
    let meals = demo.shows("liesl", "Evening meals after a birth, no nuts")?;
    assert_eq!(meals["card"]["says"]["id"], "times-partly-covered");
    let going = meals["times"].as_array().into_iter().flatten().map(|time| time["going"].as_u64());
    assert_eq!(going.collect::<Option<Vec<_>>>(), Some(vec![1, 1, 1, 1, 0, 0, 0, 0, 0]));
    assert_eq!(demo.reads("ines", "Weekly call, likes chess talk")?, "you-are-going-each-time");
    Ok(())
}

fn what_there_is(demo: &Demo) -> Result<()> {
    let ladder = demo.shows("sam", "Ladder, drill, hand truck")?;
    assert_eq!((&ladder["lend_days"], &ladder["card"]["says"]["id"]), (&json!(3), &json!("it-is-yours")));
    for offer in ["Joinery and small fixes", "Two hot vegetarian meals"] {
        assert_eq!(demo.shows("rosa", offer)?["standing"], true, "{offer}");
    }
    assert_eq!(names(&demo.says("rosa", &["find", "ladder"])?["found"]), ["Liesl"]);
    let resources = demo.says("pavel", &["resources"])?;
    let kinds = resources["kinds"].as_array().into_iter().flatten();
    let rides = kinds.into_iter().find(|kind| kind["category"] == "ride").context("rides are shown")?;
    // Sam and Liesl; Pavel shows time too, and rests.
    assert_eq!(rides["days"][3]["some"], 2, "{rides}");
    assert_eq!(rides["days"][0]["some"], 0, "{rides}");
    Ok(())
}

fn met_and_thanked(demo: &Demo) -> Result<()> {
    let coat = demo.shows("rosa", "Winter coat, boy age 8")?;
    assert_eq!(coat["card"]["state"], "met");
    assert_eq!(coat["thanks"][0]["by"]["name"], "Liesl");
    Ok(())
}

/// The last: it ends Pavel's rest.
fn nobody_suggests_who_rests(demo: &Demo) -> Result<()> {
    let form = text(&demo.card("ines", "Fill in a housing form")?.context("it is there")?["id"]);
    assert_eq!(names(&demo.says("ines", &["suggest", "--for", &form])?["people"]), ["Rosa"]);
    let pavels = demo.says("pavel", &["suggest"])?;
    assert_eq!((&pavels["resting"], &pavels["needs"]), (&json!(true), &json!([])));
    demo.says("pavel", &["capacity", "--no-rest"])?;
    let needs = demo.says("pavel", &["suggest", "--limit", "20"])?["needs"].take();
    let titles = needs.as_array().into_iter().flatten().map(|need| text(&need["card"]["title"]));
    assert!(titles.into_iter().any(|title| title == "Fill in a housing form"), "{needs}");
    Ok(())
}
