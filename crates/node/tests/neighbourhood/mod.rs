//! Several members on one thread: each an engine on a profile of its own, joined by a network that
//! is only in memory. What it carries it carries whole and in order; machines are taken apart and
//! brought together by the test, and time goes on when the test says so.

mod network;
#[path = "../../../store/tests/story/pages.rs"]
pub(crate) mod pages;

use std::{path::PathBuf, sync::Arc, time::Duration};

use closeknit_api::{
    ApiError, Call, ErrorCode, Request, Response, Tag, calls,
    views::{DoorView, JoinStage, JoinView, PostView, Statistics},
};
use closeknit_ids::{CircleId, MemberId};
use closeknit_node::{Apart, Engine, Input, Moment, Openers, Output, Vault};
use closeknit_store::{ProfileLock, Store};
use closeknit_trust::device::DeviceKeys;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

pub(crate) use self::network::Frame;
use self::network::Network;

/// When every story begins: a Tuesday noon in Vienna.
const BEGINNING: &str = "2026-11-24T11:00:00Z";

/// In memory where there is such a place: that everything waits for the disk is tested elsewhere.
pub(crate) fn directory(name: &str) -> TempDir {
    let mut builder = tempfile::Builder::new();
    let in_memory = builder.prefix(name).tempdir_in("/dev/shm");
    in_memory.or_else(|_| builder.tempdir()).unwrap()
}

/// One of the people of a neighbourhood, with one machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Person(pub(crate) usize);

#[derive(Debug)]
struct Home {
    name: String,
    directory: TempDir,
    engine: Option<Engine>,
    /// How far this machine's clock is ahead.
    ahead: SignedDuration,
    /// Where this machine tries what ended the program before.
    apart: Option<Arc<dyn Apart>>,
    /// How often faces were called to fetch what there is to tell.
    called: usize,
}

/// Everybody, their machines, and what is between them.
#[derive(Debug, Default)]
pub(crate) struct Neighbourhood {
    homes: Vec<Home>,
    network: Network,
    steady_ms: u64,
}

impl Neighbourhood {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Somebody with a machine that is switched on, in one place with everybody else.
    pub(crate) fn person(&mut self, name: &str) -> Person {
        let directory = directory(name);
        let home = Home {
            name: name.into(),
            directory,
            engine: None,
            ahead: SignedDuration::ZERO,
            apart: None,
            called: 0,
        };
        self.homes.push(home);
        let person = Person(self.homes.len() - 1);
        self.network.move_in(person);
        self.switch_on(person).unwrap();
        person
    }

    /// Somebody's whole folder, copied to another machine, where the program is started too.
    pub(crate) fn copy_of(&mut self, person: Person, name: &str) -> Person {
        let copy = self.person(name);
        self.switch_off(copy);
        self.switch_off(person);
        let (from, to) = (self.profile(person), self.profile(copy));
        std::fs::remove_dir_all(&to).unwrap();
        std::fs::create_dir(&to).unwrap();
        for file in std::fs::read_dir(&from).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
        self.switch_on(person).unwrap();
        self.switch_on(copy).unwrap();
        copy
    }

    /// A line that another machine takes to become one of somebody's, both say yes to the same code, and it is.
    pub(crate) fn pairs(&mut self, person: Person, name: &str) -> Person {
        let invitation = self.tell(person, &calls::Pair {}).text;
        let new = self.person(name);
        self.meet(&[person, new]);
        self.tell(new, &calls::Join { invitation, ..Default::default() });
        self.agree(new, person);
        new
    }

    /// The 24 words of somebody whose machine holds them.
    pub(crate) fn words_of(&mut self, person: Person) -> String {
        self.tell(person, &calls::Words {}).words.unwrap().join(" ")
    }

    /// Somebody writes their words down, and this machine forgets them.
    pub(crate) fn writes_down(&mut self, person: Person) -> String {
        let shown = self.tell(person, &calls::Words {});
        let sheet = shown.words.unwrap();
        let asked = shown.ask.iter().map(|number| sheet[usize::from(*number) - 1].clone()).collect();
        self.tell(person, &calls::CheckWords { words: asked });
        sheet.join(" ")
    }

    /// Starts the program on somebody's profile.
    pub(crate) fn switch_on(&mut self, person: Person) -> Result<(), ApiError> {
        let mut engine = Engine::open(&self.profile(person))?;
        if let Some(apart) = &self.homes[person.0].apart {
            engine.try_apart(Arc::clone(apart));
        }
        self.homes[person.0].engine = Some(engine);
        self.network.plug_in(person, self.keys(person).id());
        self.handle(person, Input::Networked { know: Vec::new() });
        self.network.tell_addresses(person);
        self.run();
        Ok(())
    }

    /// Ends the program in order, with what it has left to say.
    pub(crate) fn finish(&mut self, person: Person) {
        let at = self.moment(person);
        let outputs = self.homes[person.0].engine.as_mut().map(|engine| engine.finish(at));
        self.carry_out(person, outputs.unwrap_or_default());
        self.run();
        self.switch_off(person);
    }

    /// Ends the program; everybody notices.
    pub(crate) fn switch_off(&mut self, person: Person) {
        self.homes[person.0].engine = None;
        self.network.unplug(person);
        self.run();
    }

    pub(crate) fn profile(&self, person: Person) -> PathBuf {
        self.homes[person.0].directory.path().join("profile")
    }

    pub(crate) fn name(&self, person: Person) -> &str {
        &self.homes[person.0].name
    }

    /// Gives somebody's machine a place to try what ended the program before.
    pub(crate) fn tries_apart(&mut self, person: Person, apart: Arc<dyn Apart>) {
        self.homes[person.0].apart = Some(Arc::clone(&apart));
        if let Some(engine) = &mut self.homes[person.0].engine {
            engine.try_apart(apart);
        }
    }

    /// Shows how far a backup of somebody's machine is.
    pub(crate) fn shows_progress(&mut self, person: Person, underway: Arc<closeknit_node::Underway>) {
        self.homes[person.0].engine.as_mut().expect("switched on").shows_progress(underway);
    }

    /// How often somebody's faces were called since this was last asked.
    pub(crate) fn calls_to(&mut self, person: Person) -> usize {
        std::mem::take(&mut self.homes[person.0].called)
    }

    /// Sets somebody's clock wrong.
    pub(crate) fn set_clock_ahead(&mut self, person: Person, by: SignedDuration) {
        self.homes[person.0].ahead = by;
    }

    /// The circle's id.
    pub(crate) fn circle_id(&mut self, person: Person) -> CircleId {
        let id = self.tell(person, &calls::Circle {}).id;
        CircleId::from_slice(&unhex(&id)).unwrap()
    }

    /// Whom somebody is in the circle.
    pub(crate) fn member_id(&mut self, person: Person) -> MemberId {
        let members = self.tell(person, &calls::Circle {}).members;
        let me = members.into_iter().find(|member| member.person.me).unwrap();
        MemberId::from_slice(&unhex(&me.person.id)).unwrap()
    }

    /// The keys of somebody's machine, for whoever means harm with them.
    pub(crate) fn keys(&self, person: Person) -> DeviceKeys {
        self.vault(person).device_keys(&self.profile(person)).unwrap().unwrap()
    }

    /// The database of a machine that is switched off.
    pub(crate) fn store(&self, person: Person) -> Store {
        let lock = ProfileLock::take(&self.profile(person)).unwrap();
        Store::open(&lock, &self.vault(person).page_key()).unwrap()
    }

    /// What somebody's machine encrypts everything from.
    pub(crate) fn vault(&self, person: Person) -> Vault {
        Vault::of(&self.profile(person), Openers::default()).unwrap()
    }

    fn moment(&self, person: Person) -> Moment {
        let since = SignedDuration::from_millis(i64::try_from(self.steady_ms).unwrap());
        let now = BEGINNING.parse::<Timestamp>().unwrap() + since + self.homes[person.0].ahead;
        Moment { now, steady_ms: self.steady_ms }
    }

    fn handle(&mut self, person: Person, input: Input) {
        let at = self.moment(person);
        let Some(engine) = &mut self.homes[person.0].engine else { return };
        let outputs = engine.handle(at, input);
        self.carry_out(person, outputs);
    }

    fn carry_out(&mut self, person: Person, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Net(command) => self.network.command(person, command, self.steady_ms),
                Output::Tag(Tag::Notice) => self.homes[person.0].called += 1,
                Output::Tag(_) => {}
            }
        }
    }

    /// Makes a call. What it gives others to do waits for [`Self::run`].
    pub(crate) fn ask<C: Call>(&mut self, person: Person, call: &C) -> Result<C::Reply, ApiError> {
        self.ask_in(person, None, call)
    }

    /// The same about a circle by its name.
    pub(crate) fn ask_in<C: Call>(
        &mut self,
        person: Person,
        circle: Option<&str>,
        call: &C,
    ) -> Result<C::Reply, ApiError> {
        let mut request = Request::of(call).unwrap();
        request.circle = circle.map(str::to_owned);
        let at = self.moment(person);
        let engine = self.homes[person.0].engine.as_mut().expect("switched on");
        let (response, outputs) = engine.call(at, &request);
        self.carry_out(person, outputs);
        match response {
            Response::Ok(value) => Ok(serde_json::from_value(value).unwrap()),
            Response::Error(error) => Err(error),
        }
    }

    /// Makes a call that goes well, and lets everybody who is near hear of it.
    pub(crate) fn tell<C: Call>(&mut self, person: Person, call: &C) -> C::Reply {
        let reply = self.ask(person, call);
        let reply =
            reply.unwrap_or_else(|error| panic!("{} cannot {}: {error:?}", self.name(person), C::NAME));
        self.run();
        reply
    }

    /// Makes a call that is refused, and says why.
    pub(crate) fn refused<C: Call>(&mut self, person: Person, call: &C) -> ApiError
    where
        C::Reply: std::fmt::Debug,
    {
        let error = self.ask(person, call).expect_err("this should have been refused");
        self.run();
        error
    }

    /// Makes a call that is refused, and says with which code.
    pub(crate) fn refusal<C: Call>(&mut self, person: Person, call: &C) -> ErrorCode
    where
        C::Reply: std::fmt::Debug,
    {
        self.refused(person, call).code
    }

    /// Lets everything happen that follows from what happened, until nothing more does.
    pub(crate) fn run(&mut self) {
        assert!(self.run_for(100_000), "they never come to rest");
    }

    /// The same, but stops after so many frames arrived; says whether all came to rest.
    pub(crate) fn run_for(&mut self, frames: usize) -> bool {
        let mut arrived = 0;
        loop {
            while let Some((person, event)) = self.network.next() {
                let frame = matches!(event, closeknit_net::NetEvent::Frame { .. });
                self.handle(person, Input::Net(event));
                arrived += usize::from(frame);
                if arrived >= frames {
                    return false;
                }
            }
            if !self.network.look_around(self.steady_ms) {
                return true;
            }
        }
    }

    /// Lets time pass, second by second.
    pub(crate) fn pass(&mut self, time: Duration) {
        let until = self.steady_ms + u64::try_from(time.as_millis()).unwrap();
        while self.steady_ms < until {
            self.steady_ms = until.min(self.steady_ms + 1_000);
            for person in (0..self.homes.len()).map(Person) {
                self.handle(person, Input::Tick);
            }
            self.run();
        }
    }

    /// Lets time pass of which nobody takes note before it is over: everything sleeps.
    pub(crate) fn skip(&mut self, time: Duration) {
        self.steady_ms += u64::try_from(time.as_millis()).unwrap();
    }

    /// Takes somebody's machine away from all others.
    pub(crate) fn part(&mut self, person: Person) {
        self.network.part(person);
        self.run();
    }

    /// Takes everybody's machine home.
    pub(crate) fn part_all(&mut self) {
        for person in (0..self.homes.len()).map(Person) {
            self.network.part(person);
        }
        self.run();
    }

    /// Brings these together, away from everybody else, and waits until they have exchanged.
    pub(crate) fn meet(&mut self, people: &[Person]) {
        self.near(people);
        self.run();
    }

    /// Brings these together; nothing has happened between them yet.
    pub(crate) fn near(&mut self, people: &[Person]) {
        self.network.gather(people);
    }

    /// Machines of one place find each other without having heard of each other.
    pub(crate) fn discovery(&mut self) {
        self.network.announce = true;
    }

    /// Every frame that was sent so far.
    pub(crate) fn frames(&self) -> &[Frame] {
        &self.network.frames
    }

    /// The network, for whoever is no member.
    pub(crate) fn network(&mut self) -> &mut Network {
        &mut self.network
    }

    // ---- what most stories do

    /// First start.
    pub(crate) fn starts(&mut self, person: Person, circle: &str) {
        let (name, circle) = (self.name(person).to_owned(), circle.to_owned());
        let zone = Some("Europe/Vienna".to_owned());
        self.tell(person, &calls::Start { name, circle, zone, ..calls::Start::default() });
    }

    /// Makes an invitation for one.
    pub(crate) fn invites(&mut self, person: Person) -> String {
        self.tell(person, &calls::Invite::default()).text
    }

    /// Pastes an invitation; both come as far as they can without a person.
    pub(crate) fn knocks(&mut self, person: Person, invitation: &str) -> JoinView {
        let (name, invitation) = (self.name(person).to_owned(), invitation.to_owned());
        self.tell(person, &calls::Join { invitation, name, kind: None });
        self.own_attempt(person)
    }

    pub(crate) fn own_attempt(&mut self, person: Person) -> JoinView {
        self.tell(person, &calls::Joining {}).own.expect("an own attempt")
    }

    /// Whoever is at somebody's door.
    pub(crate) fn at_the_door(&mut self, person: Person) -> Vec<DoorView> {
        self.tell(person, &calls::Joining {}).doors
    }

    /// Says yes or no to a code.
    pub(crate) fn says(&mut self, person: Person, id: &str, yes: bool) {
        self.tell(person, &calls::Confirm { id: id.to_owned(), yes });
    }

    /// Comes in with an invitation that somebody made; both compare the code and say yes.
    pub(crate) fn joins(&mut self, person: Person, invitation: &str, at: Person) {
        self.knocks(person, invitation);
        self.agree(person, at);
    }

    /// Both see the same code and say yes.
    pub(crate) fn agree(&mut self, person: Person, at: Person) {
        let own = self.own_attempt(person);
        assert_eq!(own.stage, JoinStage::Compare, "{own:?}");
        let door = self.at_the_door(at).into_iter().find(|door| door.stage == JoinStage::Compare).unwrap();
        assert_eq!(door.code, own.code);
        self.says(person, &own.id, true);
        self.says(at, &door.id, true);
        assert_eq!(self.own_attempt(person).stage, JoinStage::Joined);
    }

    /// The circle Millrace: the first of them began it, the second founded it with them, the others
    /// were let in by the first.
    pub(crate) fn circle(names: &[&str]) -> (Self, Vec<Person>) {
        let mut street = Self::new();
        street.discovery();
        let people: Vec<Person> = names.iter().map(|name| street.person(name)).collect();
        street.starts(people[0], "Millrace");
        for newcomer in &people[1..] {
            let invitation = street.invites(people[0]);
            street.joins(*newcomer, &invitation, people[0]);
        }
        street.all_equal(&people);
        (street, people)
    }

    /// All of them hold the same and show the same.
    pub(crate) fn all_equal(&mut self, people: &[Person]) {
        let of = |street: &mut Self, person| street.tell(person, &calls::CountAll {});
        let first = of(self, people[0]);
        for person in &people[1..] {
            let other = of(self, *person);
            assert_eq!(other.digest, first.digest, "{} holds something else", self.name(*person));
            assert_eq!(other.board, first.board, "{} shows something else", self.name(*person));
        }
    }

    /// Posts a need for one person, to be chosen by its author.
    pub(crate) fn needs(&mut self, person: Person, title: &str) -> String {
        let call = calls::Post {
            category: "ride".into(),
            title: title.into(),
            when: Some("2026-11-26T09:20/2026-11-26T12:30".into()),
            ..calls::Post::default()
        };
        self.tell(person, &call).card.id
    }

    /// A post as long as one can be.
    pub(crate) fn posts_at_length(&mut self, person: Person) {
        let (category, title) = ("lend".to_owned(), "Ladder".to_owned());
        let detail = Some("🪜".repeat(2_000));
        self.tell(person, &calls::Post { category, title, detail, ..calls::Post::default() });
    }

    /// Posts at length, again and again, until it is enough.
    pub(crate) fn posts_until(&mut self, person: Person, enough: impl Fn(&Statistics) -> bool) {
        for _ in 0..1_000 {
            if enough(&self.tell(person, &calls::CountAll {})) {
                return;
            }
            self.posts_at_length(person);
        }
        panic!("there is no end to it");
    }

    /// Writes the own profile at length, and another way the next time, until it is enough: much is
    /// written then, and little of it lives.
    pub(crate) fn rewrites_until(&mut self, person: Person, enough: impl Fn(&Statistics) -> bool) {
        for time in 0..1_000 {
            if enough(&self.tell(person, &calls::CountAll {})) {
                return;
            }
            let skill = if time % 2 == 0 { "🪜" } else { "🧵" }.repeat(60);
            let skills = Some(vec![skill; 32]);
            self.tell(person, &calls::Profile { skills, ..calls::Profile::default() });
        }
        panic!("there is no end to it");
    }

    pub(crate) fn promises(&mut self, person: Person, post: &str) -> PostView {
        self.tell(person, &calls::Promise { id: post.into(), ..calls::Promise::default() })
    }

    pub(crate) fn shows(&mut self, person: Person, post: &str) -> PostView {
        self.tell(person, &calls::Show { id: post.into() })
    }

    /// The id of somebody's promise to a post, as another sees it.
    pub(crate) fn promise_of(&mut self, helper: Person, reader: Person, post: &str) -> String {
        let name = self.name(helper).to_owned();
        let promises = self.shows(reader, post).promises;
        let found = promises.iter().find(|promise| promise.helper.name.as_deref() == Some(&name));
        found.unwrap_or_else(|| panic!("no promise of {name} among {promises:?}")).id.clone()
    }

    /// What a post says to somebody, as an id of a sentence.
    pub(crate) fn reads(&mut self, reader: Person, post: &str) -> String {
        self.shows(reader, post).card.says.id
    }

    /// Whether these bytes stand anywhere in somebody's profile, for whoever has the key.
    pub(crate) fn holds_bytes(&self, person: Person, wanted: &[u8]) -> bool {
        let files = std::fs::read_dir(self.profile(person)).unwrap();
        let files = files.map(|file| file.unwrap().path()).filter(|path| path.is_file());
        let key = self.vault(person).page_key();
        files.into_iter().any(|path| contains(&pages::readable(&path, &key), wanted))
    }

    /// The titles that somebody sees, sorted.
    pub(crate) fn titles(&mut self, person: Person) -> Vec<String> {
        self.run();
        self.titles_now(person)
    }

    /// The same while other things are still on their way.
    pub(crate) fn titles_now(&mut self, person: Person) -> Vec<String> {
        let board = self.ask(person, &calls::Board::default()).unwrap();
        let mut titles: Vec<_> = board.posts.into_iter().map(|post| post.title).collect();
        titles.sort();
        titles
    }
}

/// Bytes from the digits that faces show.
pub(crate) fn unhex(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

/// Whether `bytes` contain `wanted`.
pub(crate) fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
