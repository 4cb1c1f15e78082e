//! Posts that say the same (mutual-aid: *A marked duplicate of B and B of A*).
//!
//! A mark leads from a post to another; following marks ends at the post that leads, or in a ring, of
//! which the post with the smallest id leads. Promises to any post of the group count for its leader.
//! A mark binds only its author: so only authors in the ring, or the leader's, may answer for the
//! group, and nobody can fill another's seats by declaring a duplicate.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_ids::MemberId;

use crate::{
    known::{Ended, Known},
    record::{Closed, PostRef},
};

/// Which posts count as one. Posts that are nobody's duplicate do not appear.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    leaders: BTreeMap<PostRef, PostRef>,
    /// Of a leader, the others of its group.
    others: BTreeMap<PostRef, Vec<PostRef>>,
    /// Of a leader in a ring, every author in the ring.
    agreed: BTreeMap<PostRef, BTreeSet<MemberId>>,
}

impl Groups {
    pub(crate) fn of(known: &Known<'_>, ended: &BTreeMap<PostRef, Ended>) -> Self {
        let mark = |(&post, ended): (&PostRef, &Ended)| Some((post, counting_mark(known, post, ended)?));
        let marks: BTreeMap<PostRef, PostRef> = ended.iter().filter_map(mark).collect();
        let mut groups = Self::default();
        for &post in marks.keys() {
            groups.follow(&marks, post);
        }
        for (&post, &leader) in &groups.leaders {
            if post != leader {
                groups.others.entry(leader).or_default().push(post);
            }
        }
        groups
    }

    /// Walks from `start` to its leader and notes it for every post on the way.
    fn follow(&mut self, marks: &BTreeMap<PostRef, PostRef>, start: PostRef) {
        let mut way = Vec::new();
        let mut on_way = BTreeMap::new();
        let mut at = start;
        let leader = loop {
            if let Some(&leader) = self.leaders.get(&at) {
                break leader;
            }
            if let Some(&since) = on_way.get(&at) {
                let ring: &[PostRef] = way.get(since..).unwrap_or_default();
                let leader = ring.iter().copied().min_by_key(|post| (post.id, post.author)).unwrap_or(at);
                self.agreed.insert(leader, ring.iter().map(|post| post.author).collect());
                break leader;
            }
            on_way.insert(at, way.len());
            way.push(at);
            match marks.get(&at) {
                Some(&next) => at = next,
                None => break at,
            }
        };
        self.leaders.extend(way.into_iter().map(|post| (post, leader)));
    }

    /// The post whose seats a promise to `post` takes.
    pub(crate) fn leader(&self, post: PostRef) -> PostRef {
        self.leaders.get(&post).copied().unwrap_or(post)
    }

    /// The other posts on the card of a leader.
    pub(crate) fn others(&self, leader: PostRef) -> &[PostRef] {
        self.others.get(&leader).map_or(&[], Vec::as_slice)
    }

    /// Whether the posts of a ring name each other, and this one leads them.
    pub(crate) fn leads_ring(&self, leader: PostRef) -> bool {
        self.agreed.contains_key(&leader)
    }

    /// Whether `author` may say who takes the seats of this leader.
    pub(crate) fn may_answer(&self, leader: PostRef, author: MemberId) -> bool {
        author == leader.author || self.agreed.get(&leader).is_some_and(|authors| authors.contains(&author))
    }
}

/// What `post` is a duplicate of, if that post is here and counts the same thing.
fn counting_mark(known: &Known<'_>, post: PostRef, ended: &Ended) -> Option<PostRef> {
    let Closed::DuplicateOf(other) = ended.how else { return None };
    let (this, that) = (known.post(post)?, known.post(other)?);
    (this.kind == that.kind && this.want.unit == that.want.unit).then_some(other)
}
