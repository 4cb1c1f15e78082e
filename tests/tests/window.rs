//! Two real windows on two machines of one network: the first evening of a circle, and the day one of the machines
//! is lost. Needs root.
#![cfg(test)]
use anyhow::{Context as _, Result};
use closeknit_tests::{Display, Lan, Machine, Profile, Window, eventually};

const TITLE: &str = "Lift to the eye clinic";
const DOORSTEP: &str = "12 Mill Lane, the bell marked Rosa";

/// What is said of a post that nobody else has.
const APART: &str = "Saved on this machine";

/// A neighbour at a machine of their own.
struct Neighbour {
    machine: Machine,
    display: Display,
    profile: Profile,
}

impl Neighbour {
    fn new(lan: &mut Lan, name: &str) -> Result<Self> {
        Ok(Self { machine: lan.machine()?, display: Display::start()?, profile: Profile::new(name)? })
    }

    fn open(&self) -> Result<Window> {
        Window::open_on(&self.machine, &self.display, &self.profile)
    }
}

/// Clicks what is drawn by the label beside it: WebDriver only clicks what it sees.
fn choose(window: &Window, id: &str) -> Result<()> {
    window.evaluate(&format!("document.querySelector(\"[data-testid='{id}']\").click()"))?;
    Ok(())
}

/// Puts a value (an expression over `field`) into a field, and says so to the page.
fn put(window: &Window, id: &str, event: &str, value: &str) -> Result<()> {
    let field = format!("document.querySelector(\"[data-testid='{id}']\")");
    let put = format!(
        "(field => {{ field.value = {value}; field.dispatchEvent(new Event('{event}', {{ bubbles: true }})) }})({field})"
    );
    eventually(id, || window.evaluate(&put).map(Some))?;
    Ok(())
}

fn value(window: &Window, id: &str) -> Result<String> {
    let value = window.evaluate(&format!("document.querySelector(\"[data-testid='{id}']\")?.value ?? ''"))?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

/// Opens the first post on the board.
fn open_post(window: &Window) -> Result<()> {
    window.click("nav-board")?;
    eventually("a post on the board", || {
        let found = window
            .evaluate("document.querySelector('a[data-post]')?.click() === undefined && location.hash")?;
        Ok(found.as_str().filter(|hash| hash.contains("post/")).map(|_| ()))
    })
}

fn begin(rosa: &Window, sam: &Window) -> Result<()> {
    rosa.fill("welcome-name", "Rosa")?;
    rosa.click("welcome-start")?;
    rosa.fill("start-circle", "Millrace")?;
    rosa.click("start-go")?;
    rosa.click("nav-circle")?;
    rosa.click("invite-make")?;
    let invitation = eventually("the invitation", || {
        Ok(Some(value(rosa, "invitation")?).filter(|text| text.contains("closeknit1")))
    })?;

    sam.fill("welcome-name", "Sam")?;
    sam.picture("welcome")?;
    sam.click("welcome-join")?;
    sam.fill("join-invitation", &invitation)?;
    sam.click("join-go")?;
    let code = sam.shows("join-code", |code| !code.is_empty())?;
    sam.picture("join-code")?;
    rosa.shows("door-code", |shown| shown == code)?;
    rosa.picture("door")?;
    rosa.click("door-yes")?;
    sam.click("join-yes")?;
    sam.click("join-enter")?;
    rosa.click("door-done")?;
    rosa.shows("people", |people| people.contains("Sam"))?;
    sam.click("nav-circle")?;
    sam.shows("people", |people| people.contains("Rosa"))?;
    Ok(())
}

fn ask_for_a_lift(rosa: &Window, delivery: &str) -> Result<()> {
    rosa.click("nav-board")?;
    choose(rosa, "new-need").or_else(|_| rosa.click("new-need"))?;
    rosa.fill("new-title", TITLE)?;
    choose(rosa, "category-ride")?;
    put(rosa, "new-day", "change", "field.options[3].value")?;
    rosa.fill("new-from", "9:20")?;
    rosa.fill("new-to", "12:30")?;
    rosa.fill("new-place", "Station Side")?;
    rosa.picture("new-need")?;
    rosa.click("new-post")?;
    rosa.shows("post-says", |says| says.contains("Nobody yet"))?;
    rosa.shows("post-delivery", |says| says.contains(delivery))?;
    Ok(())
}

fn offer_joinery(sam: &Window, delivery: &str) -> Result<()> {
    sam.click("nav-board")?;
    choose(sam, "new-offer").or_else(|_| sam.click("new-offer"))?;
    sam.fill("new-title", "Small repairs")?;
    choose(sam, "category-repair")?;
    sam.click("new-post")?;
    sam.shows("post-delivery", |says| says.contains(delivery))?;
    sam.click("nav-me")?;
    sam.fill("capacity-hours", "4")?;
    sam.click("capacity-save")?;
    sam.shows("capacity-free", |says| says.contains('4'))?;
    Ok(())
}

#[test]
fn two_neighbours_two_machines_one_need_no_server() -> Result<()> {
    let mut lan = Lan::new()?;
    let (at_rosas, at_sams) = (Neighbour::new(&mut lan, "rosa")?, Neighbour::new(&mut lan, "sam")?);
    let (rosa, sam) = (at_rosas.open()?, at_sams.open()?);
    begin(&rosa, &sam).context("the circle begins")?;

    // Both take their machines apart.
    at_sams.machine.unplug()?;
    ask_for_a_lift(&rosa, APART).context("Rosa asks")?;
    offer_joinery(&sam, APART).context("Sam offers")?;
    sam.click("nav-board")?;
    sam.shows("board-count", |says| says.contains("One"))?;

    // They meet on the same network; nobody types an address.
    at_sams.machine.plug()?;
    rosa.click("nav-board")?;
    for window in [&rosa, &sam] {
        window.shows("posts", |posts| posts.contains(TITLE) && posts.contains("Small repairs"))?;
    }

    // Sam promises, apart from everybody.
    at_sams.machine.unplug()?;
    sam.click("nav-board")?;
    sam.fill("board-search", "clinic")?;
    sam.shows("posts", |posts| posts.contains(TITLE) && !posts.contains("Small repairs"))?;
    open_post(&sam)?;
    sam.fill("promise-say", "I have a car.")?;
    sam.click("promise")?;
    sam.shows("post-says", |says| says.contains("You came forward"))?;

    at_sams.machine.plug()?;
    rosa.fill("board-search", "clinic")?;
    open_post(&rosa)?;
    rosa.shows("promise-says", |says| says.contains("Sam came forward"))?;
    rosa.picture("answer")?;
    rosa.fill("answer-doorstep", DOORSTEP)?;
    rosa.click("answer-accept")?;
    rosa.shows("promise-says", |says| says.contains("Sam is going"))?;

    sam.shows("post-says", |says| says.contains("You are going"))?;
    sam.shows("doorstep-text", |text| text == DOORSTEP)?;
    sam.picture("going")?;
    rosa.click("nav-board")?;
    put(&rosa, "board-search", "input", "''")?;
    rosa.shows("posts", |posts| posts.contains("Covered: Sam"))?;
    rosa.picture("board")?;

    // Close both, open both: everything is there.
    rosa.close()?;
    sam.close()?;
    let (rosa, sam) = (at_rosas.open()?, at_sams.open()?);
    sam.shows("today-list-promises", |promises| promises.contains(TITLE))?;
    sam.picture("today")?;
    rosa.click("nav-board")?;
    rosa.shows("posts", |posts| posts.contains("Covered: Sam"))?;
    open_post(&sam)?;
    sam.click("nav-near")?;
    sam.shows("machines", |machines| machines.contains("Rosa"))?;
    sam.picture("near")?;
    Ok(())
}

/// The words in their order, as they stand on the screen.
fn words(window: &Window) -> Result<String> {
    window.click("nav-safe")?;
    window.click("words-show")?;
    let words = eventually("24 words", || {
        let shown = window.evaluate(
            "[...document.querySelectorAll(\"[data-testid='words-list'] .word\")].map(word => word.textContent).join(' ')",
        )?;
        Ok(shown.as_str().filter(|words| words.split(' ').count() == 24).map(str::to_owned))
    })?;
    window.click("words-hide")?;
    Ok(words)
}

/// What somebody gives a neighbour who has only their words left.
fn let_back(window: &Window, name: &str) -> Result<String> {
    window.click("nav-circle")?;
    let open = "(fold => { fold.open = true })(document.querySelector(\"[data-testid='let-back']\"))";
    eventually("somebody lost their machine", || window.evaluate(open).map(Some))?;
    let named = format!("[...field.options].find(option => option.text === '{name}').value");
    put(window, "let-back-who", "change", &named)?;
    window.click("let-back-who-pick")?;
    eventually("the line", || {
        Ok(Some(value(window, "let-back-line")?).filter(|text| text.contains("closeknit1")))
    })
}

#[test]
fn losing_a_laptop_with_the_words_on_paper_costs_nothing_but_the_walk_to_a_neighbour() -> Result<()> {
    let mut lan = Lan::new()?;
    let (mut at_rosas, at_sams) = (Neighbour::new(&mut lan, "rosa")?, Neighbour::new(&mut lan, "sam")?);
    let (rosa, sam) = (at_rosas.open()?, at_sams.open()?);
    begin(&rosa, &sam).context("the circle begins")?;
    ask_for_a_lift(&rosa, "Saved").context("Rosa asks")?;
    offer_joinery(&sam, "Saved").context("Sam offers")?;
    open_titled(&rosa, "Small repairs")?;
    rosa.fill("promise-say", "My door sticks.")?;
    rosa.click("promise")?;
    open_titled(&sam, TITLE)?;
    sam.click("promise")?;
    open_titled(&rosa, TITLE)?;
    rosa.shows("promise-says", |says| says.contains("Sam came forward"))?;
    rosa.fill("answer-doorstep", DOORSTEP)?;
    rosa.click("answer-accept")?;
    sam.shows("post-says", |says| says.contains("You are going"))?;
    let sheet = words(&rosa).context("Rosa writes her words on paper")?;

    // Her laptop is gone, with all that was on it. She walks to Sam with another one.
    rosa.close()?;
    at_rosas.profile = Profile::new("rosa-again")?;
    let rosa = at_rosas.open()?;
    let line = let_back(&sam, "Rosa")?;
    sam.picture("let-back")?;
    rosa.click("welcome-bring-back")?;
    eventually("the ways back", || choose(&rosa, "back-way-neighbour").map(Some))?;
    rosa.fill("back-line", &line)?;
    rosa.fill("back-words", &sheet)?;
    rosa.picture("come-back")?;
    rosa.click("back-come")?;
    let code = rosa.shows("join-code", |code| !code.is_empty())?;
    sam.shows("door-code", |shown| shown == code)?;
    sam.click("door-yes")?;
    rosa.click("join-yes")?;
    rosa.shows("join-says", |says| says.contains("Welcome back"))?;
    rosa.click("join-enter")?;

    // Her need with who goes and where, and what she promised, as if nothing had happened.
    rosa.shows("posts", |posts| posts.contains(TITLE) && posts.contains("Small repairs"))?;
    rosa.picture("back")?;
    open_titled(&rosa, TITLE)?;
    rosa.shows("promise-says", |says| says.contains("Sam is going"))?;
    open_titled(&rosa, "Small repairs")?;
    rosa.shows("post-says", |says| says.contains("You asked"))?;
    sam.click("door-done")?;
    sam.shows("people", |people| people.contains("2 machines"))?;
    Ok(())
}

/// Opens the post with this title.
fn open_titled(window: &Window, title: &str) -> Result<()> {
    window.click("nav-board")?;
    let open = format!(
        "[...document.querySelectorAll('a[data-post]')].find(post => post.textContent.includes('{title}'))?.click()"
    );
    eventually(title, || {
        window.evaluate(&open)?;
        let there = window.evaluate("location.hash")?;
        Ok(there.as_str().filter(|hash| hash.contains("post/")).map(|_| ()))
    })
}
