//! Machines that hold the same, act apart, and meet in every order.

use std::collections::BTreeSet;

use closeknit_domain::{MemberRecords, words};
use closeknit_ids::MemberId;

use super::Story;

pub struct Machines {
    together: Story,
    pub apart: Vec<Story>,
}

impl Machines {
    /// So many that hold what the story holds.
    pub fn of(story: &Story, count: u64) -> Self {
        let machine = |number: u64| Story { ids: story.ids + 1_000 * (number + 1), ..story.clone() };
        Self { together: story.clone(), apart: (0..count).map(machine).collect() }
    }

    /// They meet, whoever meets whom first: all hold and show the same, to everybody.
    pub fn meet(&self) -> Story {
        let mut met: Option<Story> = None;
        for order in orders(self.apart.len()) {
            let mut one = self.apart[order[0]].clone();
            for &next in &order[1..] {
                self.take(&mut one, &self.apart[next]);
            }
            one.now = self.apart.iter().map(|machine| machine.now).max().unwrap();
            match &met {
                None => met = Some(one),
                Some(first) => {
                    assert_eq!(one.board(), first.board(), "{order:?}");
                    assert_eq!(screens(&one), screens(first), "{order:?}");
                }
            }
        }
        met.unwrap()
    }

    /// What the other wrote, changed or removed since they were together.
    fn take(&self, one: &mut Story, other: &Story) {
        one.former.extend(&other.former);
        let nothing = MemberRecords::new();
        let members: BTreeSet<MemberId> =
            self.together.members.keys().chain(other.members.keys()).copied().collect();
        for member in members.into_iter().filter(|member| !other.former.contains(member)) {
            let before = self.together.members.get(&member).unwrap_or(&nothing);
            let theirs = other.members.get(&member).unwrap_or(&nothing);
            let ours = one.members.entry(member).or_default();
            for (id, record) in theirs.iter().filter(|(id, record)| before.get(id) != Some(record)) {
                ours.insert(*id, record.clone());
            }
            ours.retain(|id, _| theirs.contains_key(id) || !before.contains_key(id));
        }
    }
}

/// Every card and promise in words, to everybody.
fn screens(story: &Story) -> String {
    let (known, board) = (story.known(), story.board());
    let mut screens = String::new();
    for &viewer in story.members.keys() {
        for (post, _) in board.posts() {
            screens += &format!("{:?}\n", words::post(&known, &board, post, viewer));
        }
        for (promise, _) in board.commitments() {
            screens += &format!("{:?}\n", words::promise(&known, &board, promise, viewer));
        }
    }
    screens
}

fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let with = |order: &Vec<usize>| {
        let order = order.clone();
        (0..count).map(move |at| {
            let mut order = order.clone();
            order.insert(at, count - 1);
            order
        })
    };
    orders(count - 1).iter().flat_map(with).collect()
}
