//! How soon what somebody does in a window is on the screen, with ten thousand posts behind it.

use std::{thread::sleep, time::Duration};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::{Display, Profile, Street, Window, eventually};

/// No input is slower than this (interface.md): the median on the machine of a neighbour.
pub const AIM: Duration = Duration::from_millis(100);
/// From one letter to the next, by somebody who types well: answers to the letters before come in between.
const LETTER: Duration = Duration::from_millis(150);
/// What is looked for: the beginnings of words in the posts of [`Street::busy`].
const WORDS: [&str; 3] = ["dista", "lou", "the m"];
/// How often something else is done.
const TIMES: u32 = 6;

const SEARCH: &str = "document.querySelector(\"[data-testid='board-search']\")";
const COUNT: &str = "document.querySelector(\"[data-testid='board-count']\")?.textContent";
/// The rows in sight have their posts.
const FILLED: &str = "document.querySelector('a[data-post]') && \
    [...document.querySelectorAll('[data-index]')].every(row => row.querySelector('a'))";

/// What was done again and again, and how long each time took.
#[derive(Debug, Clone)]
pub struct Took {
    /// What was done.
    pub what: &'static str,
    /// From the event to the second frame after it: by then it is on the screen.
    pub frames: Vec<Duration>,
    /// From the event until all that was asked for is on the screen too.
    pub there: Vec<Duration>,
}

impl Took {
    const fn new(what: &'static str) -> Self {
        Self { what, frames: Vec::new(), there: Vec::new() }
    }

    /// The median and the greatest of these.
    #[must_use]
    pub fn summed_up(of: &[Duration]) -> (Duration, Duration) {
        let mut sorted = of.to_vec();
        sorted.sort();
        let at = |place: usize| sorted.get(place).copied().unwrap_or_default();
        (at(sorted.len() / 2), at(sorted.len().saturating_sub(1)))
    }

    /// Does it once, and waits until `there` is true in the page.
    fn once(
        &mut self,
        window: &Window,
        event: &str,
        there: &str,
        act: impl FnOnce() -> Result<()>,
    ) -> Result<()> {
        window.evaluate(&format!(
            "(window.took = {{}}, document.addEventListener('{event}', ({{ timeStamp }}) => {{
                const was = {COUNT};
                const seen = () => performance.now() - timeStamp;
                let frames = 0;
                const look = () => {{
                    if (++frames === 2) took.frames = seen();
                    // What is true now is on the screen at the next frame.
                    if (took.next) took.there = seen();
                    took.next = {there};
                    if (frames < 2 || took.there === undefined) requestAnimationFrame(look);
                }};
                requestAnimationFrame(look);
            }}, {{ capture: true, once: true }}))"
        ))?;
        act()?;
        let took = eventually(self.what, || {
            let took = window.evaluate("took")?;
            Ok(took.get("there").and_then(Value::as_f64).zip(took.get("frames").and_then(Value::as_f64)))
        })?;
        self.there.push(Duration::from_secs_f64(took.0 / 1e3));
        self.frames.push(Duration::from_secs_f64(took.1 / 1e3));
        Ok(())
    }
}

/// Opens Rosa's window and does all of it: types, filters, scrolls, opens posts and comes back. First stands
/// what an event takes for which there is nothing to do.
///
/// # Errors
/// When there is no window, or it does not show what it should.
pub fn measure(street: &Street) -> Result<Vec<Took>> {
    let (display, profile) = (Display::start()?, Profile::new("rosa")?);
    street.rosa.copy(profile.path())?;
    let window = Window::open(&display, &profile)?;
    window.click("nav-board")?;
    window.shows("board-count", |count| count.contains("10,000"))?;
    eventually("the posts", || Ok((window.evaluate(FILLED)? == Value::Bool(true)).then_some(())))?;

    let mut nothing = Took::new("nothing");
    for _ in 0..TIMES {
        nothing
            .once(&window, "idle", "true", || run(&window, "document.dispatchEvent(new Event('idle'))"))?;
    }
    let [typed, found] = type_and_find(&window)?;
    let filtered = filter(&window)?;
    let scrolled = scroll(&window)?;
    let [opened, returned] = open_and_return(&window)?;
    window.close()?;
    Ok(vec![nothing, typed, found, filtered, scrolled, opened, returned])
}

fn run(window: &Window, script: &str) -> Result<()> {
    window.evaluate(script).map(drop)
}

/// Puts all of a search in at once.
fn search(window: &Window, text: &str) -> Result<()> {
    run(
        window,
        &format!(
            "(f => {{ f.value = '{text}'; f.dispatchEvent(new Event('input', {{ bubbles: true }})) }})({SEARCH})"
        ),
    )
}

fn type_and_find(window: &Window) -> Result<[Took; 2]> {
    let (mut typed, mut found) = (Took::new("a letter is typed"), Took::new("a search is answered"));
    for word in WORDS {
        for letter in word.chars() {
            typed.once(window, "keydown", "true", || window.press("board-search", &letter.to_string()))?;
            sleep(LETTER);
        }
        window.shows("board-count", |count| !count.contains("10,000"))?;
        let changed = format!("{COUNT} !== was && {FILLED}");
        found.once(window, "input", &changed, || search(window, ""))?;
        window.shows("board-count", |count| count.contains("10,000"))?;
        found.once(window, "input", &changed, || search(window, word))?;
        found.once(window, "input", &changed, || search(window, ""))?;
    }
    Ok([typed, found])
}

fn filter(window: &Window) -> Result<Took> {
    let mut filtered = Took::new("a filter is pressed");
    let changed = format!("{COUNT} !== was && {FILLED}");
    for time in 0..TIMES {
        let kind = ["need", "any"].get(time as usize % 2).copied().context("two kinds")?;
        let press = format!("document.querySelector(\"[data-testid='filter-kind-{kind}']\").click()");
        filtered.once(window, "click", &changed, || run(window, &press))?;
    }
    Ok(filtered)
}

fn scroll(window: &Window) -> Result<Took> {
    let mut scrolled = Took::new("the list is scrolled");
    for time in 1..=TIMES {
        let part = f64::from(time) / f64::from(TIMES + 1);
        // To where nobody has been, and on from there.
        for to in [format!("document.documentElement.scrollHeight * {part}"), "scrollY + 500".to_owned()] {
            scrolled.once(window, "scroll", FILLED, || run(window, &format!("scrollTo(0, {to})")))?;
        }
    }
    Ok(scrolled)
}

fn open_and_return(window: &Window) -> Result<[Took; 2]> {
    let (mut opened, mut returned) = (Took::new("a post is opened"), Took::new("back to the board"));
    let shown = "document.querySelector(\"[data-testid='post-says']\")";
    for _ in 0..TIMES {
        let place = window.evaluate("scrollY")?;
        let press = "[...document.querySelectorAll('a[data-post]')].find(a => \
            a.getBoundingClientRect().top > 0).click()";
        opened.once(window, "click", shown, || run(window, press))?;
        let back = "document.querySelector(\"[data-testid='back']\").click()";
        returned.once(window, "click", FILLED, || run(window, back))?;
        let again = window.evaluate("scrollY")?;
        ensure!(place == again, "it came back to {again} and not to {place}");
    }
    Ok([opened, returned])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_and_the_greatest_are_of_what_was_measured() {
        let took: Vec<Duration> = [30, 10, 20].map(Duration::from_millis).to_vec();
        assert_eq!(Took::summed_up(&took), (Duration::from_millis(20), Duration::from_millis(30)));
        assert_eq!(Took::summed_up(&[]), (Duration::ZERO, Duration::ZERO));
    }
}
