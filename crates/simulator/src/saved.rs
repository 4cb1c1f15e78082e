//! What members were told is saved, and what they said since that it should not be: the measure of what must be there
//! once the faults stop.

use std::collections::BTreeSet;

use crate::neighbourhood::Person;

/// Which member, by the order in which they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member(pub usize);

impl Member {
    /// One of the two who began the circle.
    #[must_use]
    pub const fn began(self) -> bool {
        self.0 < 2
    }
}

/// A post that was answered as saved.
#[derive(Debug, Clone)]
pub struct SavedPost {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub by: Member,
    /// On which machine it was written.
    pub on: Person,
    /// Every title that was ever answered as saved.
    pub titles: BTreeSet<String>,
    /// Nobody answers promises to it: seats go by the order in which they came.
    pub unanswered: bool,
    /// Its author made the circle forget it.
    pub forgotten: bool,
    /// Why it may be gone, if it may.
    pub excused: bool,
}

/// A promise that was answered as saved.
#[derive(Debug, Clone)]
pub struct SavedPromise {
    /// Its id.
    pub id: String,
    /// To which post.
    pub post: String,
    /// Whose it is.
    pub by: Member,
    /// On which machine it was written.
    pub on: Person,
    /// The living promises that its helper saw.
    pub seen: BTreeSet<String>,
    /// It says itself that it was made years ago: the clock was behind.
    pub long_ago: bool,
    /// Its helper took it back, or it may be gone.
    pub over: bool,
}

/// Everything that was answered as saved.
#[derive(Debug, Default)]
pub struct Saved {
    /// Posts in the order of their answers.
    pub posts: Vec<SavedPost>,
    /// The same of promises.
    pub promises: Vec<SavedPromise>,
}

impl Saved {
    /// What was written on these machines may be gone, unless this holds of its id.
    pub fn excuse(&mut self, on: impl Fn(Person) -> bool, is_elsewhere: impl Fn(&str) -> bool) {
        for post in self.posts.iter_mut().filter(|post| on(post.on)) {
            post.excused |= !is_elsewhere(&post.id);
        }
        for promise in self.promises.iter_mut().filter(|promise| on(promise.on)) {
            promise.over |= !is_elsewhere(&promise.id);
        }
    }

    /// That these were forgotten may not be known any more, and they may come back. Says which titles.
    pub fn may_come_back(&mut self, which: impl Fn(&SavedPost) -> bool) -> BTreeSet<String> {
        let mut titles = BTreeSet::new();
        for post in self.posts.iter_mut().filter(|post| post.forgotten && which(post)) {
            (post.forgotten, post.excused) = (false, true);
            titles.extend(post.titles.iter().cloned());
        }
        titles
    }

    /// Somebody leaves: nothing of theirs is to stay, even where nobody heard of it.
    pub fn excuse_all_of(&mut self, member: Member) {
        self.posts.iter_mut().filter(|post| post.by == member).for_each(|post| post.excused = true);
        self.promises
            .iter_mut()
            .filter(|promise| promise.by == member)
            .for_each(|promise| promise.over = true);
    }

    /// The post with this id.
    pub fn post(&mut self, id: &str) -> Option<&mut SavedPost> {
        self.posts.iter_mut().find(|post| post.id == id)
    }
}
