//! A circle for stories: alice, bob, carol and their records, with a clock that the story sets.
#![allow(dead_code, unreachable_pub)] // each test file uses its part
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a story may stop at the first surprise

pub mod machines;

use std::collections::{BTreeMap, BTreeSet};

use closeknit_domain::{
    Accept, Amount, Answer, AnswerRef, Audience, Basis, Board, Category, Closed, Closure, Commitment,
    CommitmentRef, CommitmentState, CommitmentStatus, How, Known, MemberRecords, Mode, Notice, Outcome, Part,
    Post, PostFlag, PostKind, PostRef, PostState, PostStatus, Record, Roles, Sealed, Seat, SlotId, Today,
    Unit, Verdict, Want, When, Withdrawal, Zone, basis_fields,
    text::{Place, Title},
    time::Window,
    to_accept,
    words::{self, PostWords, PromiseWords, Sentence},
};
use closeknit_ids::{MemberId, RecordId};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

pub fn alice() -> MemberId {
    MemberId([0xa1; 32])
}

pub fn bob() -> MemberId {
    MemberId([0xb0; 32])
}

pub fn carol() -> MemberId {
    MemberId([0xca; 32])
}

pub fn dave() -> MemberId {
    MemberId([0xda; 32])
}

pub fn madrid() -> Zone {
    Zone::new("Europe/Madrid").unwrap()
}

/// A moment, from civil time in Madrid.
pub fn at(civil: &str) -> Timestamp {
    madrid().moment(civil.parse().unwrap())
}

/// A window in Madrid.
pub fn window(start: &str, end: &str) -> Window {
    Window::new(start.parse().unwrap(), end.parse().unwrap(), madrid()).unwrap()
}

/// Once, in Madrid.
pub fn once(start: &str, end: &str) -> When {
    When::Once(window(start, end))
}

/// "Lift to the eye clinic", Thursday 26 November 2026, 9:20–12:30, one driver, who is chosen.
/// Posted the Monday before.
pub fn lift() -> Post {
    Post {
        kind: PostKind::Need,
        category: Category::Ride,
        title: Title::new("Lift to the eye clinic and back").unwrap(),
        detail: None,
        urgent: false,
        when: once("2026-11-26T09:20", "2026-11-26T12:30"),
        place: Some(Place::new("Station Side").unwrap()),
        want: Want { amount: Amount::ONE, unit: Unit::Helpers },
        roles: Roles::default(),
        lend: None,
        mode: Mode::Choose,
        proxy: None,
        standing: false,
        resting: false,
        reviewed: None,
        audience: Audience::Circle,
        changed: None,
        until: None,
        posted: at("2026-11-23T10:00"),
    }
}

/// Five bags, no time set; whoever offers first.
pub fn bags() -> Post {
    Post {
        category: Category::FoodGrocery,
        title: Title::new("Food parcel for a family of 5").unwrap(),
        when: When::Anytime,
        want: Want { amount: Amount::new(5).unwrap(), unit: Unit::Items },
        mode: Mode::First,
        ..lift()
    }
}

/// Three boxes of vegetables to have, no time set.
pub fn vegetables() -> Post {
    Post {
        kind: PostKind::Offer,
        title: Title::new("Allotment vegetables").unwrap(),
        want: Want { amount: Amount::new(3).unwrap(), unit: Unit::Items },
        ..bags()
    }
}

#[derive(Debug, Clone)]
pub struct Story {
    pub members: BTreeMap<MemberId, MemberRecords>,
    pub former: BTreeSet<MemberId>,
    pub now: Timestamp,
    pub zone: Zone,
    ids: u64,
}

impl Story {
    /// Monday 23 November 2026, 10:00 in Madrid.
    pub fn new() -> Self {
        Self {
            members: BTreeMap::new(),
            former: BTreeSet::new(),
            now: at("2026-11-23T10:00"),
            zone: madrid(),
            ids: 0,
        }
    }

    pub fn known(&self) -> Known<'_> {
        Known { members: &self.members, former: &self.former, now: self.now, zone: &self.zone }
    }

    pub fn board(&self) -> Board {
        Board::of(&self.known())
    }

    /// Time goes on.
    pub fn later(&mut self, hours: i64) {
        self.now += SignedDuration::from_hours(hours);
    }

    /// Ids are spread as random ones would be, and the same in every run.
    pub fn write(&mut self, member: MemberId, record: Record) -> RecordId {
        self.ids += 1;
        let hash = Sha256::digest(self.ids.to_be_bytes());
        let id = RecordId::from_slice(&hash[..16]).unwrap();
        self.members.entry(member).or_default().insert(id, record);
        id
    }

    pub fn post(&mut self, author: MemberId, post: Post) -> PostRef {
        PostRef { author, id: self.write(author, Record::Post(post)) }
    }

    pub fn post_record(&self, post: PostRef) -> &Post {
        self.known().post(post).unwrap()
    }

    pub fn edit(&mut self, post: PostRef, change: impl FnOnce(&mut Post)) {
        match self.members.get_mut(&post.author).unwrap().get_mut(&post.id).unwrap() {
            Record::Post(post) => change(post),
            other => panic!("{other:?}"),
        }
    }

    /// The promises to a post.
    pub fn promises(&self, post: PostRef) -> Vec<(CommitmentRef, &Commitment)> {
        let records = self.known().records();
        records
            .filter_map(|(helper, id, record)| match record {
                Record::Commitment(c) if c.post == post => Some((CommitmentRef { helper, id }, c)),
                _ => None,
            })
            .collect()
    }

    fn promise_on(
        &mut self,
        helper: MemberId,
        post: PostRef,
        part: Part,
        amount: u16,
        basis: Basis,
    ) -> CommitmentRef {
        let amount = Amount::new(amount).unwrap();
        let commitment = Commitment { post, part, amount, role: None, say: None, basis, made: self.now };
        CommitmentRef { helper, id: self.write(helper, Record::Commitment(commitment)) }
    }

    /// A promise on a machine that holds everything.
    pub fn promise(&mut self, helper: MemberId, post: PostRef, amount: u16) -> CommitmentRef {
        self.promise_part(helper, post, Part::Whole, amount)
    }

    /// A promise to some of the times of a post, on a machine that holds everything.
    pub fn promise_part(
        &mut self,
        helper: MemberId,
        post: PostRef,
        part: Part,
        amount: u16,
    ) -> CommitmentRef {
        let basis = self.board().basis(&self.known(), helper, post, &part).unwrap();
        self.promise_on(helper, post, part, amount, basis)
    }

    /// A promise on a machine that holds the post and no other promise to it.
    pub fn promise_apart(&mut self, helper: MemberId, post: PostRef, amount: u16) -> CommitmentRef {
        let basis = Basis::new(basis_fields(self.post_record(post), &Part::Whole), Vec::new()).unwrap();
        self.promise_on(helper, post, Part::Whole, amount, basis)
    }

    /// The helper says yes again after the post changed.
    pub fn confirm(&mut self, promise: CommitmentRef, post: PostRef) {
        let confirmed = self.known().commitment(promise).unwrap().confirmed(self.post_record(post));
        self.overwrite(promise, confirmed);
    }

    pub fn overwrite(&mut self, promise: CommitmentRef, with: Commitment) {
        self.members.get_mut(&promise.helper).unwrap().insert(promise.id, Record::Commitment(with));
    }

    /// An answer by the author of the post that the promise names.
    pub fn answer(&mut self, promise: CommitmentRef, verdict: Verdict) -> RecordId {
        let post = self.known().commitment(promise).unwrap().post;
        self.answer_as(post, promise, verdict)
    }

    /// An answer by the author of `post`.
    pub fn answer_as(&mut self, post: PostRef, promise: CommitmentRef, verdict: Verdict) -> RecordId {
        let doorstep = (verdict == Verdict::Accept).then(|| Sealed::new(b"sealed".to_vec()).unwrap());
        let answer = Answer { post: post.id, commitment: promise, verdict, doorstep, at: self.now };
        self.write(post.author, Record::Answer(answer))
    }

    pub fn withdraw(&mut self, promise: CommitmentRef) -> RecordId {
        let withdrawal = Withdrawal { commitment: promise.id, slots: None, at: self.now };
        self.write(promise.helper, Record::Withdrawal(withdrawal))
    }

    pub fn close(&mut self, post: PostRef, how: Closed) -> RecordId {
        self.write(post.author, Record::Closure(Closure { post: post.id, how, at: self.now }))
    }

    /// A record leaves its writer's document.
    pub fn undo(&mut self, member: MemberId, record: RecordId) {
        self.members.get_mut(&member).unwrap().remove(&record).unwrap();
    }

    /// What became of a promise, as `by` says.
    pub fn tell(&mut self, by: MemberId, commitment: CommitmentRef, at: Option<&str>, how: How) {
        let slot = at.map(|start| SlotId(start.parse().unwrap()));
        self.write(by, Record::Outcome(Outcome { commitment, slot, how, reason: None, at: self.now }));
    }

    /// The member is removed: their records leave every view.
    pub fn remove(&mut self, member: MemberId) {
        self.members.remove(&member);
        self.former.insert(member);
    }

    // What can be seen

    pub fn state(&self, post: PostRef) -> PostState {
        self.board().post(post).unwrap().clone()
    }

    pub fn status(&self, post: PostRef) -> PostStatus {
        self.state(post).status
    }

    pub fn flags(&self, post: PostRef) -> Vec<PostFlag> {
        self.state(post).flags
    }

    pub fn promise_state(&self, promise: CommitmentRef) -> CommitmentState {
        self.board().commitment(promise).unwrap().clone()
    }

    pub fn stands(&self, promise: CommitmentRef) -> CommitmentStatus {
        self.promise_state(promise).status
    }

    pub fn doorstep(&self, promise: CommitmentRef, viewer: MemberId) -> Option<AnswerRef> {
        self.board().doorstep(&self.known(), promise, viewer)
    }

    pub fn to_accept(&self, author: MemberId) -> Vec<Accept> {
        to_accept(&self.known(), &self.board(), author)
    }

    pub fn today(&self, viewer: MemberId) -> Today {
        Today::of(&self.known(), &self.board(), viewer)
    }

    pub fn notices(&self, viewer: MemberId) -> BTreeSet<Notice> {
        Notice::all(&self.known(), &self.board(), viewer)
    }

    pub fn next_change(&self, viewer: MemberId) -> Option<Timestamp> {
        closeknit_domain::today::next_change(&self.known(), &self.board(), viewer)
    }

    pub fn words(&self, post: PostRef, viewer: MemberId) -> PostWords {
        words::post(&self.known(), &self.board(), post, viewer).unwrap()
    }

    pub fn headline(&self, post: PostRef, viewer: MemberId) -> Sentence {
        self.words(post, viewer).headline
    }

    pub fn promise_words(&self, promise: CommitmentRef, viewer: MemberId) -> PromiseWords {
        words::promise(&self.known(), &self.board(), promise, viewer).unwrap()
    }

    pub fn says(&self, promise: CommitmentRef, viewer: MemberId) -> Sentence {
        self.promise_words(promise, viewer).says
    }
}

/// A whole seat.
pub fn seat(taken: u16) -> Seat {
    Seat { taken, spare: 0 }
}
