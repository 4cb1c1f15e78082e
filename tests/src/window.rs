//! The real app in a real window, clicked and typed in. Elements are known by their `data-testid`.

use std::{
    fs,
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use crate::{
    Display, Machine, Profile,
    built::{built, programs},
    driver::Driver,
    eventually,
};

/// An open window. Closed, with everything in it, when dropped.
#[derive(Debug)]
pub struct Window {
    driver: Driver,
    /// The path of the driver's one session.
    session: String,
    /// Where the member behind it answers other processes.
    socket: PathBuf,
}

impl Window {
    /// Opens the app, on the network that the test itself is on, and waits until its page is ready.
    ///
    /// # Errors
    /// When the app is not built, or its page is not ready in time.
    pub fn open(display: &Display, profile: &Profile) -> Result<Self> {
        Self::open_in(None, display, profile)
    }

    /// Opens the app on a machine of a [`Lan`](crate::Lan).
    ///
    /// # Errors
    /// As [`Window::open`].
    pub fn open_on(machine: &Machine, display: &Display, profile: &Profile) -> Result<Self> {
        Self::open_in(Some(machine), display, profile)
    }

    fn open_in(machine: Option<&Machine>, display: &Display, profile: &Profile) -> Result<Self> {
        let app = built("closeknit-app")?;
        let log = profile.beside("window.log");
        let opened =
            Driver::start(machine, display, &log).and_then(|driver| Self::with(driver, &app, profile));
        opened
            .with_context(|| format!("no window; it said: {}", fs::read_to_string(&log).unwrap_or_default()))
    }

    fn with(driver: Driver, app: &Path, profile: &Profile) -> Result<Self> {
        let arguments = json!(["--profile", profile.path()]);
        let options = json!({ "webkitgtk:browserOptions": { "binary": app, "args": arguments } });
        let session = driver.post("/session", &json!({ "capabilities": { "alwaysMatch": options } }))?;
        let id = session.get("sessionId").and_then(Value::as_str).context("the driver named no session")?;
        let socket = profile.path().join("socket");
        let window = Self { session: format!("/session/{id}"), driver, socket };
        eventually("the page", || window.find("html[data-ready='1']").map(Some))?;
        Ok(window)
    }

    /// The text that an element shows, once it is there.
    ///
    /// # Errors
    /// When it is not there in time.
    pub fn text(&self, id: &str) -> Result<String> {
        self.on(id, |element| {
            let text = self.get(&format!("{element}/text"))?;
            Ok(text.as_str().unwrap_or_default().to_owned())
        })
    }

    /// Waits until the text that an element shows is as wanted, and gives it.
    ///
    /// # Errors
    /// When it is not so in time.
    pub fn shows(&self, id: &str, is_wanted: impl Fn(&str) -> bool) -> Result<String> {
        self.on(id, |element| {
            let text = self.get(&format!("{element}/text"))?;
            let text = text.as_str().unwrap_or_default();
            ensure!(is_wanted(text), "it shows {text:?}");
            Ok(text.to_owned())
        })
    }

    /// Waits until there is no such element.
    ///
    /// # Errors
    /// When it is still there after all that time.
    pub fn lacks(&self, id: &str) -> Result<()> {
        eventually(&format!("{id} to go"), || {
            let found = self.post("/elements", &by_css(&selector(id)))?;
            Ok(found.as_array().is_some_and(Vec::is_empty).then_some(()))
        })
    }

    /// Clicks on an element, once that is possible.
    ///
    /// # Errors
    /// When it cannot be clicked in time.
    pub fn click(&self, id: &str) -> Result<()> {
        self.on(id, |element| self.post(&format!("{element}/click"), &json!({})).map(drop))
    }

    /// Types into a field, in place of what is there.
    ///
    /// # Errors
    /// When it cannot be typed in in time.
    pub fn fill(&self, id: &str, text: &str) -> Result<()> {
        self.on(id, |element| {
            self.post(&format!("{element}/clear"), &json!({}))?;
            self.post(&format!("{element}/value"), &json!({ "text": text })).map(drop)
        })
    }

    /// Types on, after what is there.
    ///
    /// # Errors
    /// When it cannot be typed in in time.
    pub fn press(&self, id: &str, text: &str) -> Result<()> {
        self.on(id, |element| self.post(&format!("{element}/value"), &json!({ "text": text })).map(drop))
    }

    /// The value of an expression in the page, for what cannot be seen or done otherwise.
    ///
    /// # Errors
    /// When it throws.
    pub fn evaluate(&self, expression: &str) -> Result<Value> {
        self.post("/execute/sync", &json!({ "script": format!("return ({expression})"), "args": [] }))
    }

    /// Keeps a picture of the page as `target/pictures/NAME.png`.
    ///
    /// # Errors
    /// When it cannot be taken or kept.
    pub fn picture(&self, name: &str) -> Result<PathBuf> {
        // What the page shows is painted two frames later.
        self.evaluate(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))",
        )?;
        let picture = self.get("/screenshot")?;
        let bytes = BASE64_STANDARD.decode(picture.as_str().context("the driver gave no picture")?)?;
        let directory = programs()?.join("../pictures");
        fs::create_dir_all(&directory)?;
        let path = directory.join(name).with_extension("png");
        fs::write(&path, bytes)?;
        Ok(path)
    }

    /// Closes the window as its owner would: the app has the time to end well.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub fn close(self) -> Result<()> {
        self.driver.delete(&self.session)?;
        // The driver does not wait for the member to be done; whoever opens the same profile before is told so.
        eventually("the member to end", || Ok(UnixStream::connect(&self.socket).is_err().then_some(())))
    }

    /// Does something with an element as soon as it is there and lets that be done. Where it never does, a
    /// picture shows what was there instead.
    fn on<T>(&self, id: &str, mut act: impl FnMut(&str) -> Result<T>) -> Result<T> {
        let done = eventually(id, || {
            let element = self.find(&selector(id))?;
            act(&element).map(Some)
        });
        done.with_context(|| match self.picture(&format!("without-{id}")) {
            Ok(picture) => format!("see {}", picture.display()),
            Err(why) => format!("nor is there a picture: {why:#}"),
        })
    }

    /// The path of an element in the session.
    fn find(&self, css: &str) -> Result<String> {
        let found = self.post("/element", &by_css(css))?;
        let id = found.as_object().and_then(|object| object.values().next()).and_then(Value::as_str);
        Ok(format!("/element/{}", id.context("the driver named no element")?))
    }

    fn get(&self, path: &str) -> Result<Value> {
        self.driver.get(&format!("{}{path}", self.session))
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value> {
        self.driver.post(&format!("{}{path}", self.session), body)
    }
}

fn by_css(css: &str) -> Value {
    json!({ "using": "css selector", "value": css })
}

fn selector(id: &str) -> String {
    format!("[data-testid='{id}']")
}
