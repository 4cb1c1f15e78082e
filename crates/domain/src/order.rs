//! In which order promises to one post came, without any clock (mutual-aid, *Seats*).
//!
//! A promise comes after those that its basis names, and after those that these name. Promises that
//! name each other in a ring are concurrent. Between concurrent ones the smaller hash goes first.
//! Being concurrent is not transitive, so "the smaller hash" is made exact here: of all promises
//! whose predecessors have gone, the one with the smallest hash goes next.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use closeknit_ids::RecordId;
use sha2::{Digest, Sha256};

/// One promise in the order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Claim<'a> {
    /// The record of the promise.
    pub(crate) id: RecordId,
    /// The record of the post that it names.
    pub(crate) post: RecordId,
    /// The promises that it names.
    pub(crate) seen: &'a [RecordId],
}

impl Claim<'_> {
    fn hash(&self) -> [u8; 32] {
        Sha256::new().chain_update(self.post.as_bytes()).chain_update(self.id.as_bytes()).finalize().into()
    }
}

/// Who names whom, among the claims of one post, by position.
struct Graph {
    /// Of each claim those that it names.
    names: Vec<Vec<usize>>,
    /// Of each claim those that name it.
    named_by: Vec<Vec<usize>>,
}

impl Graph {
    fn of(claims: &[Claim<'_>]) -> Self {
        // Record ids are random, yet a member may copy another's: then both are meant.
        let mut by_id = BTreeMap::<RecordId, Vec<usize>>::new();
        for (i, claim) in claims.iter().enumerate() {
            by_id.entry(claim.id).or_default().push(i);
        }
        let mut graph =
            Self { names: vec![Vec::new(); claims.len()], named_by: vec![Vec::new(); claims.len()] };
        for ((i, claim), names) in claims.iter().enumerate().zip(&mut graph.names) {
            let others = claim.seen.iter().filter_map(|id| by_id.get(id)).flatten();
            for &other in others.filter(|&&other| other != i) {
                names.push(other);
                if let Some(named_by) = graph.named_by.get_mut(other) {
                    named_by.push(i);
                }
            }
        }
        graph
    }

    /// Every claim, those that can be reached from another before it (of a ring, any first).
    fn finished(&self) -> Vec<usize> {
        let mut done = Vec::with_capacity(self.names.len());
        let mut fresh = vec![true; self.names.len()];
        for start in 0..self.names.len() {
            if !take(&mut fresh, start) {
                continue;
            }
            let mut path = vec![(start, neighbours(&self.names, start))];
            while let Some((claim, rest)) = path.last_mut() {
                match rest.next() {
                    Some(&next) if take(&mut fresh, next) => path.push((next, neighbours(&self.names, next))),
                    Some(_) => {}
                    None => {
                        done.push(*claim);
                        path.pop();
                    }
                }
            }
        }
        done
    }

    /// The ring that each claim is in, as a number; most are alone in theirs (Kosaraju).
    fn rings(&self) -> Vec<usize> {
        let mut ring_of = vec![0; self.names.len()];
        let mut fresh = vec![true; self.names.len()];
        for (ring, start) in self.finished().into_iter().rev().enumerate() {
            let mut reached = vec![start];
            while let Some(claim) = reached.pop() {
                if take(&mut fresh, claim) {
                    set(&mut ring_of, claim, ring);
                    reached.extend(neighbours(&self.named_by, claim));
                }
            }
        }
        ring_of
    }

    /// Whether `from` names `to`, directly or through others.
    fn reaches(&self, from: usize, to: usize) -> bool {
        let mut fresh = vec![true; self.names.len()];
        let mut reached = vec![from];
        while let Some(claim) = reached.pop() {
            if claim == to {
                return true;
            }
            reached.extend(neighbours(&self.names, claim).filter(|&&next| take(&mut fresh, next)));
        }
        false
    }
}

fn neighbours(lists: &[Vec<usize>], of: usize) -> std::slice::Iter<'_, usize> {
    lists.get(of).map_or([].iter(), |list| list.iter())
}

/// Clears a mark; whether it was set.
fn take(marks: &mut [bool], at: usize) -> bool {
    marks.get_mut(at).is_some_and(std::mem::take)
}

fn set(numbers: &mut [usize], at: usize, number: usize) {
    if let Some(slot) = numbers.get_mut(at) {
        *slot = number;
    }
}

/// Takes one off a count; whether it has come to nothing.
fn count_down(numbers: &mut [usize], at: usize) -> bool {
    numbers.get_mut(at).is_some_and(|count| {
        *count = count.saturating_sub(1);
        *count == 0
    })
}

/// The claims of one post in order.
#[derive(Debug)]
pub(crate) struct Order {
    line: Vec<usize>,
    rings: Vec<usize>,
}

impl Order {
    /// Claims with one id and one post keep the order given.
    pub(crate) fn of(claims: &[Claim<'_>]) -> Self {
        if claims.len() < 2 {
            return Self { line: (0..claims.len()).collect(), rings: vec![0; claims.len()] };
        }
        let graph = Graph::of(claims);
        let rings = graph.rings();
        Self { line: Queue::of(claims, &graph, &rings).run(), rings }
    }

    /// Their positions in order.
    pub(crate) fn line(&self) -> &[usize] {
        &self.line
    }

    /// The ring a claim is in: two claims with one number name each other, through others or directly.
    pub(crate) fn ring(&self, claim: usize) -> usize {
        self.rings.get(claim).copied().unwrap_or_default()
    }
}

/// The claims whose predecessors have gone, the smallest hash first.
struct Queue<'a> {
    claims: &'a [Claim<'a>],
    graph: &'a Graph,
    ring_of: &'a [usize],
    /// The claims of each ring.
    members: Vec<Vec<usize>>,
    /// How many claims of each ring have not gone.
    left: Vec<usize>,
    /// How often each ring names a claim of a ring that has not gone.
    waits: Vec<usize>,
    ready: BinaryHeap<Reverse<([u8; 32], usize)>>,
}

impl<'a> Queue<'a> {
    fn of(claims: &'a [Claim<'a>], graph: &'a Graph, ring_of: &'a [usize]) -> Self {
        let mut members = vec![Vec::new(); claims.len()];
        for (claim, &ring) in ring_of.iter().enumerate() {
            if let Some(members) = members.get_mut(ring) {
                members.push(claim);
            }
        }
        let left = members.iter().map(Vec::len).collect();
        let mut queue =
            Self { claims, graph, ring_of, members, left, waits: Vec::new(), ready: BinaryHeap::new() };
        let waits = |of: &Vec<usize>| of.iter().map(|&claim| queue.named_outside(claim).count()).sum();
        queue.waits = queue.members.iter().map(waits).collect();
        queue
    }

    fn ring(&self, claim: usize) -> usize {
        self.ring_of.get(claim).copied().unwrap_or_default()
    }

    /// The claims of other rings that a claim names.
    fn named_outside(&self, claim: usize) -> impl Iterator<Item = usize> {
        let outside = move |other: &usize| self.ring(*other) != self.ring(claim);
        neighbours(&self.graph.names, claim).copied().filter(outside)
    }

    fn run(mut self) -> Vec<usize> {
        for ring in 0..self.members.len() {
            if self.waits.get(ring) == Some(&0) {
                self.open(ring);
            }
        }
        let mut order = Vec::with_capacity(self.claims.len());
        while let Some(Reverse((_, claim))) = self.ready.pop() {
            order.push(claim);
            let ring = self.ring(claim);
            if count_down(&mut self.left, ring) {
                self.close(ring);
            }
        }
        order
    }

    fn open(&mut self, ring: usize) {
        for &claim in neighbours(&self.members, ring) {
            let hash = self.claims.get(claim).map(Claim::hash).unwrap_or_default();
            self.ready.push(Reverse((hash, claim)));
        }
    }

    /// All of a ring has gone. What names one of it comes after all of it: each reaches the others.
    fn close(&mut self, ring: usize) {
        let names_it: Vec<usize> = neighbours(&self.members, ring)
            .flat_map(|&claim| neighbours(&self.graph.named_by, claim))
            .map(|&later| self.ring(later))
            .filter(|&later| later != ring)
            .collect();
        for later in names_it {
            if count_down(&mut self.waits, later) {
                self.open(later);
            }
        }
    }
}

/// Whether neither of two claims was made knowing the other (or both name each other).
pub(crate) fn concurrent(claims: &[Claim<'_>], one: usize, other: usize) -> bool {
    let graph = Graph::of(claims);
    graph.reaches(one, other) == graph.reaches(other, one)
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, collections::BTreeSet};

    use proptest::{
        prelude::*,
        test_runner::{Config, TestRunner},
    };

    use super::*;

    const NEED: RecordId = RecordId([9; 16]);

    /// By its definition, without haste: who comes before whom, and of those whose predecessors have
    /// gone the smallest hash.
    fn by_definition(claims: &[Claim<'_>]) -> Vec<RecordId> {
        let n = claims.len();
        let mut names: Vec<Vec<bool>> = claims
            .iter()
            .map(|one| claims.iter().map(|other| one.seen.contains(&other.id)).collect())
            .collect();
        for through in 0..n {
            for from in 0..n {
                for to in 0..n {
                    names[from][to] |= names[from][through] && names[through][to];
                }
            }
        }
        let before = |one: usize, other: usize| names[other][one] && !names[one][other];
        let mut left: Vec<usize> = (0..n).collect();
        let mut order = Vec::new();
        while !left.is_empty() {
            let ready = left.iter().copied().filter(|&c| !left.iter().any(|&other| before(other, c)));
            let next = ready.min_by_key(|&c| claims[c].hash()).unwrap();
            left.retain(|&c| c != next);
            order.push(claims[next].id);
        }
        order
    }

    #[test]
    fn it_is_what_its_definition_says_in_whatever_order_the_claims_are_held() {
        let claims = proptest::collection::vec((any::<u8>(), proptest::collection::vec(0..9_u8, 0..3)), 1..9);
        let (rings, apart) = (Cell::new(0), Cell::new(0));
        let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
        runner
            .run(&(claims, any::<u8>()), |(claims, turn)| {
                let id = |i: usize| {
                    RecordId([claims[i].0, i as u8, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])
                };
                let seen: Vec<Vec<RecordId>> = claims
                    .iter()
                    .map(|(_, seen)| {
                        seen.iter().map(|&s| usize::from(s)).filter(|&s| s < claims.len()).map(id).collect()
                    })
                    .collect();
                let mut held: Vec<_> =
                    seen.iter().enumerate().map(|(i, seen)| Claim { id: id(i), post: NEED, seen }).collect();
                let order = |held: &[Claim<'_>]| -> Vec<RecordId> {
                    Order::of(held).line().iter().map(|&at| held[at].id).collect()
                };
                let expected = by_definition(&held);
                prop_assert_eq!(order(&held), &expected[..]);
                held.rotate_left(usize::from(turn) % claims.len());
                prop_assert_eq!(order(&held), &expected[..]);
                held.reverse();
                prop_assert_eq!(order(&held), &expected[..]);

                let found = Order::of(&held);
                let all = || 0..held.len();
                let different: BTreeSet<_> = all().map(|claim| found.ring(claim)).collect();
                rings.set(rings.get() + usize::from(different.len() < held.len()));
                apart.set(apart.get() + usize::from(all().any(|one| one > 0 && concurrent(&held, 0, one))));
                Ok(())
            })
            .unwrap();
        assert!(rings.get() > 10 && apart.get() > 10, "{} rings, {} apart", rings.get(), apart.get());
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let ids: Vec<_> = (0..50_000_u32)
            .map(|i| RecordId([i.to_be_bytes(); 4].as_flattened().try_into().unwrap()))
            .collect();
        let claims: Vec<_> = ids
            .iter()
            .enumerate()
            .map(|(i, &id)| Claim { id, post: NEED, seen: &ids[i.saturating_sub(1)..i] })
            .rev()
            .collect();
        let order: Vec<_> = Order::of(&claims).line().iter().map(|&at| claims[at].id).collect();
        assert_eq!(order, ids);
    }

    #[test]
    fn two_with_one_id_are_both_meant() {
        let (copied, later) = (RecordId([1; 16]), RecordId([2; 16]));
        let claims = [
            Claim { id: later, post: NEED, seen: &[copied] },
            Claim { id: copied, post: NEED, seen: &[] },
            Claim { id: copied, post: NEED, seen: &[] },
        ];
        assert_eq!(Order::of(&claims).line(), [1, 2, 0]);
    }
}
