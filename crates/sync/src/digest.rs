//! Sets compared in 2 KiB, or in less for one question: 256 buckets by the first byte of an id, and one number over all.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use closeknit_ids::StatementId;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest as _, Sha256};

use crate::{Entry, bounded};

const BUCKETS: usize = 256;
const BUCKET_BYTES: usize = 8;
const SUM_BYTES: usize = 3;

/// One number per bucket.
#[derive(Clone, PartialEq, Eq)]
pub struct Numbers<const BYTES: usize>(Vec<[u8; BYTES]>);

/// Of a whole set. An empty bucket is zero.
pub type Buckets = Numbers<BUCKET_BYTES>;

/// The same in fewer bytes, for one question. That a bucket differs shows in all but one of sixteen million questions, and
/// in the next one even then: its number is mixed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShortDigest {
    /// Which summary it answers, by its number.
    pub of: u32,
    sums: Numbers<SUM_BYTES>,
}

/// One number for a whole set.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root([u8; 16]);

impl ShortDigest {
    pub(crate) fn new(of: u32, buckets: &Buckets) -> Self {
        let sum = |bucket: &[u8; BUCKET_BYTES]| {
            let hash = Sha256::new_with_prefix("closeknit/sum/1");
            first(hash.chain_update(of.to_be_bytes()).chain_update(bucket))
        };
        Self { of, sums: Numbers(buckets.0.iter().map(sum).collect()) }
    }

    /// The buckets in which another set differs.
    pub(crate) fn differing(&self, other: &Buckets) -> Vec<u8> {
        Self::new(self.of, other).sums.differing(&self.sums)
    }
}

impl<const BYTES: usize> Numbers<BYTES> {
    fn root(&self) -> Root {
        let mut hash = Sha256::new_with_prefix("closeknit/root/1");
        self.0.iter().for_each(|bucket| hash.update(bucket));
        Root(first(hash))
    }

    /// The buckets in which two sets differ.
    pub(crate) fn differing(&self, other: &Self) -> Vec<u8> {
        let pairs = (0..=u8::MAX).zip(self.0.iter().zip(&other.0));
        pairs.filter(|(_, (ours, theirs))| ours != theirs).map(|(bucket, _)| bucket).collect()
    }
}

impl<const BYTES: usize> fmt::Debug for Numbers<BYTES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Numbers({:?})", self.root())
    }
}

impl fmt::Debug for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Root({:08x})", u128::from_be_bytes(self.0) >> 96)
    }
}

impl<const BYTES: usize> Serialize for Numbers<BYTES> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(self.0.as_flattened())
    }
}

impl<'de, const BYTES: usize> Deserialize<'de> for Numbers<BYTES> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let bytes = bounded::blob::<{ BUCKETS * BUCKET_BYTES }, D>(from)?;
        match bytes.as_chunks() {
            (buckets, []) if buckets.len() == BUCKETS => Ok(Self(buckets.to_vec())),
            _ => Err(D::Error::custom("as many numbers as buckets, each of its length")),
        }
    }
}

/// What can stand in a digested set.
pub(crate) trait Item {
    /// Of all that stand in a set, each has another id.
    fn id(&self) -> [u8; 32];
    fn hash(&self, into: &mut Sha256);
}

impl Item for StatementId {
    fn id(&self) -> [u8; 32] {
        self.0
    }

    fn hash(&self, into: &mut Sha256) {
        into.update(self.0);
    }
}

impl Item for Entry {
    fn id(&self) -> [u8; 32] {
        self.doc.0
    }

    fn hash(&self, into: &mut Sha256) {
        into.update(self.doc.0);
        into.update(self.generation.to_be_bytes());
        into.update(self.version.0);
    }
}

/// A set that knows its digest: only buckets that changed are hashed again.
#[derive(Debug, Clone)]
pub(crate) struct Digested<T> {
    items: BTreeMap<[u8; 32], T>,
    buckets: Buckets,
    root: Root,
    changed: BTreeSet<u8>,
}

impl<T> Default for Digested<T> {
    fn default() -> Self {
        let buckets = Numbers(vec![[0; BUCKET_BYTES]; BUCKETS]);
        Self { items: BTreeMap::new(), root: buckets.root(), buckets, changed: BTreeSet::new() }
    }
}

impl<T: Item + PartialEq> Digested<T> {
    pub(crate) fn contains(&self, id: &[u8; 32]) -> bool {
        self.items.contains_key(id)
    }

    pub(crate) fn get(&self, id: &[u8; 32]) -> Option<&T> {
        self.items.get(id)
    }

    /// Puts an item in, instead of one with the same id.
    pub(crate) fn put(&mut self, item: T) {
        let id = item.id();
        if self.items.get(&id) != Some(&item) {
            self.changed.insert(bucket_of(&id));
            self.items.insert(id, item);
        }
    }

    pub(crate) fn remove(&mut self, id: &[u8; 32]) {
        if self.items.remove(id).is_some() {
            self.changed.insert(bucket_of(id));
        }
    }

    /// Makes the set that of `items`.
    pub(crate) fn replace(&mut self, items: impl IntoIterator<Item = T>) {
        let mut gone: BTreeSet<[u8; 32]> = self.items.keys().copied().collect();
        for item in items {
            gone.remove(&item.id());
            self.put(item);
        }
        gone.iter().for_each(|id| self.remove(id));
    }

    pub(crate) fn buckets(&mut self) -> &Buckets {
        self.digest();
        &self.buckets
    }

    pub(crate) fn root(&mut self) -> Root {
        self.digest();
        self.root
    }

    /// The items of some buckets.
    pub(crate) fn within<'a>(&'a self, buckets: &'a [u8]) -> impl Iterator<Item = &'a T> {
        buckets.iter().flat_map(|bucket| bucket_items(&self.items, *bucket))
    }

    fn digest(&mut self) {
        if self.changed.is_empty() {
            return;
        }
        for bucket in std::mem::take(&mut self.changed) {
            let mut hash = Sha256::new();
            let mut empty = true;
            for item in bucket_items(&self.items, bucket) {
                item.hash(&mut hash);
                empty = false;
            }
            if let Some(number) = self.buckets.0.get_mut(usize::from(bucket)) {
                *number = if empty { [0; BUCKET_BYTES] } else { first(hash) };
            }
        }
        self.root = self.buckets.root();
    }
}

fn bucket_items<T>(items: &BTreeMap<[u8; 32], T>, bucket: u8) -> impl Iterator<Item = &T> {
    let (mut lowest, mut highest) = ([0; 32], [u8::MAX; 32]);
    lowest[0] = bucket;
    highest[0] = bucket;
    items.range(lowest..=highest).map(|(_, item)| item)
}

const fn bucket_of(id: &[u8; 32]) -> u8 {
    id[0]
}

fn first<const N: usize>(hash: Sha256) -> [u8; N] {
    let hash: [u8; 32] = hash.finalize().into();
    hash.first_chunk().copied().unwrap_or([0; N])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(first: u8, last: u8) -> StatementId {
        let mut id = [0; 32];
        (id[0], id[31]) = (first, last);
        StatementId(id)
    }

    fn set(ids: impl IntoIterator<Item = StatementId>) -> Digested<StatementId> {
        let mut set = Digested::default();
        set.replace(ids);
        set
    }

    #[test]
    fn equal_sets_have_equal_numbers_however_they_came_about() {
        let mut alices = set([id(1, 1), id(1, 2), id(7, 1)]);
        let mut bobs = set([id(9, 9), id(7, 1)]);
        assert_ne!(alices.root(), bobs.root());
        bobs.put(id(1, 2));
        assert_eq!(bobs.buckets().differing(alices.buckets()), [1, 9]);
        bobs.remove(&id(9, 9).0);
        bobs.put(id(1, 1));
        assert_eq!((alices.root(), alices.buckets()), (bobs.root(), bobs.buckets()));
        bobs.replace([]);
        assert_eq!(bobs.root(), Digested::<StatementId>::default().root());
    }

    #[test]
    fn a_bucket_gives_what_is_in_it() {
        let set = set([id(1, 1), id(2, 0), id(2, 255), id(3, 0)]);
        assert_eq!(set.within(&[2]).copied().collect::<Vec<_>>(), [id(2, 0), id(2, 255)]);
        assert_eq!(set.within(&[3, 1, 0]).copied().collect::<Vec<_>>(), [id(3, 0), id(1, 1)]);
    }

    #[test]
    fn a_short_digest_shows_what_differs_and_is_another_for_each_question() {
        let (mut alices, mut bobs) = (set([id(1, 1), id(7, 1)]), set([id(1, 1), id(7, 2), id(9, 9)]));
        let asked = [1, 2].map(|of| ShortDigest::new(of, alices.buckets()));
        assert!(asked.iter().all(|asked| asked.differing(bobs.buckets()) == [7, 9]));
        assert!(asked[0].sums.differing(&asked[1].sums).len() > 250);
        assert_eq!(postcard::to_stdvec(&asked[0]).unwrap().len(), 1 + 2 + 768);
        let long = postcard::to_stdvec(&(1_u32, vec![0_u8; 768 + 3])).unwrap();
        assert!(postcard::from_bytes::<ShortDigest>(&long).is_err());
    }

    #[test]
    fn buckets_travel_as_2_kib_and_no_other_length_is_read() {
        let mut set = set([id(255, 1)]);
        let bytes = postcard::to_stdvec(set.buckets()).unwrap();
        assert_eq!(bytes.len(), 2 + 2048);
        assert_eq!(&postcard::from_bytes::<Buckets>(&bytes).unwrap(), set.buckets());
        let short = postcard::to_stdvec(&vec![0_u8; 2040]).unwrap();
        assert!(postcard::from_bytes::<Buckets>(&short).is_err());
    }
}
