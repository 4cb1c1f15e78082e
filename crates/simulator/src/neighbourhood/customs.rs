//! What people do in most stories: begin a circle, come in, post, promise, and compare what they see.

use closeknit_api::{
    calls,
    views::{DoorView, JoinStage, JoinView, PostView, Statistics},
};

use super::{Neighbourhood, Person, contains, pages};

impl Neighbourhood {
    /// First start.
    pub fn starts(&mut self, person: Person, circle: &str) {
        let (name, circle) = (self.name(person).to_owned(), circle.to_owned());
        let zone = Some("Europe/Vienna".to_owned());
        self.tell(person, &calls::Start { name, circle, zone, ..calls::Start::default() });
    }

    /// Makes an invitation for one.
    pub fn invites(&mut self, person: Person) -> String {
        self.tell(person, &calls::Invite::default()).text
    }

    /// Pastes an invitation; both come as far as they can without a person.
    pub fn knocks(&mut self, person: Person, invitation: &str) -> JoinView {
        let (name, invitation) = (self.name(person).to_owned(), invitation.to_owned());
        self.tell(person, &calls::Join { invitation, name, kind: None });
        self.own_attempt(person)
    }

    /// How far somebody's own joining is.
    pub fn own_attempt(&mut self, person: Person) -> JoinView {
        self.tell(person, &calls::Joining {}).own.expect("an own attempt")
    }

    /// Whoever is at somebody's door.
    pub fn at_the_door(&mut self, person: Person) -> Vec<DoorView> {
        self.tell(person, &calls::Joining {}).doors
    }

    /// Says yes or no to a code.
    pub fn says(&mut self, person: Person, id: &str, yes: bool) {
        self.tell(person, &calls::Confirm { id: id.to_owned(), yes });
    }

    /// Comes in with an invitation that somebody made; both compare the code and say yes.
    pub fn joins(&mut self, person: Person, invitation: &str, at: Person) {
        self.knocks(person, invitation);
        self.agree(person, at);
    }

    /// Both see the same code and say yes.
    pub fn agree(&mut self, person: Person, at: Person) {
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
    pub fn circle(names: &[&str]) -> (Self, Vec<Person>) {
        let mut street = Self::new();
        let people = street.founds(names);
        (street, people)
    }

    /// The same where nobody lived before.
    pub fn founds(&mut self, names: &[&str]) -> Vec<Person> {
        self.discovery();
        let people: Vec<Person> = names.iter().map(|name| self.person(name)).collect();
        self.starts(people[0], "Millrace");
        for newcomer in &people[1..] {
            let invitation = self.invites(people[0]);
            self.joins(*newcomer, &invitation, people[0]);
        }
        self.all_equal(&people);
        people
    }

    /// All of them hold the same and show the same.
    pub fn all_equal(&mut self, people: &[Person]) {
        let of = |street: &mut Self, person| street.tell(person, &calls::CountAll {});
        let first = of(self, people[0]);
        for person in &people[1..] {
            let other = of(self, *person);
            assert_eq!(other.digest, first.digest, "{} holds something else", self.name(*person));
            assert_eq!(other.board, first.board, "{} shows something else", self.name(*person));
        }
    }

    /// Posts a need for one person, to be chosen by its author.
    pub fn needs(&mut self, person: Person, title: &str) -> String {
        let call = calls::Post {
            category: "ride".into(),
            title: title.into(),
            when: Some("2026-11-26T09:20/2026-11-26T12:30".into()),
            ..calls::Post::default()
        };
        self.tell(person, &call).card.id
    }

    /// A post as long as one can be.
    pub fn posts_at_length(&mut self, person: Person) {
        let (category, title) = ("lend".to_owned(), "Ladder".to_owned());
        let detail = Some("🪜".repeat(2_000));
        self.tell(person, &calls::Post { category, title, detail, ..calls::Post::default() });
    }

    /// Posts at length, again and again, until it is enough.
    pub fn posts_until(&mut self, person: Person, enough: impl Fn(&Statistics) -> bool) {
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
    pub fn rewrites_until(&mut self, person: Person, enough: impl Fn(&Statistics) -> bool) {
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

    /// Promises all that is wanted of a post.
    pub fn promises(&mut self, person: Person, post: &str) -> PostView {
        self.tell(person, &calls::Promise { id: post.into(), ..calls::Promise::default() })
    }

    /// A post as somebody sees it.
    pub fn shows(&mut self, person: Person, post: &str) -> PostView {
        self.tell(person, &calls::Show { id: post.into() })
    }

    /// The id of somebody's promise to a post, as another sees it.
    pub fn promise_of(&mut self, helper: Person, reader: Person, post: &str) -> String {
        let name = self.name(helper).to_owned();
        let promises = self.shows(reader, post).promises;
        let found = promises.iter().find(|promise| promise.helper.name.as_deref() == Some(&name));
        found.unwrap_or_else(|| panic!("no promise of {name} among {promises:?}")).id.clone()
    }

    /// What a post says to somebody, as an id of a sentence.
    pub fn reads(&mut self, reader: Person, post: &str) -> String {
        self.shows(reader, post).card.says.id
    }

    /// Whether these bytes stand anywhere in somebody's profile, for whoever has the key.
    pub fn holds_bytes(&self, person: Person, wanted: &[u8]) -> bool {
        let files = std::fs::read_dir(self.profile(person)).unwrap();
        let files = files.map(|file| file.unwrap().path()).filter(|path| path.is_file());
        let key = self.vault(person).page_key();
        files.into_iter().any(|path| contains(&pages::readable(&path, &key), wanted))
    }

    /// The titles that somebody sees, sorted.
    pub fn titles(&mut self, person: Person) -> Vec<String> {
        self.run();
        self.titles_now(person)
    }

    /// The same while other things are still on their way.
    pub fn titles_now(&mut self, person: Person) -> Vec<String> {
        let board = self.ask(person, &calls::Board::default()).unwrap();
        let mut titles: Vec<_> = board.posts.into_iter().map(|post| post.title).collect();
        titles.sort();
        titles
    }
}
