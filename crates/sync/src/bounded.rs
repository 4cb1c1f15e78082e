//! Lists and byte strings that are bounded while they are read, before anything is kept.
//!
//! Postcard gives a list's length before its items, and anybody can write any length. Here room is
//! made as items come, not as they are promised, and one item too many is an error.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, SeqAccess, Visitor},
};

/// Reads a list of at most `MOST` items.
pub(crate) fn list<'de, const MOST: usize, T, D>(from: D) -> Result<Vec<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    from.deserialize_seq(ListReader::<MOST, T>(PhantomData))
}

/// Reads a list, which may be absent, of at most `MOST` items.
pub(crate) fn optional_list<'de, const MOST: usize, T, D>(from: D) -> Result<Option<Vec<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    struct Reader<const MOST: usize, T>(PhantomData<T>);
    impl<'de, const MOST: usize, T: Deserialize<'de>> Visitor<'de> for Reader<MOST, T> {
        type Value = Option<Vec<T>>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "nothing or a list of at most {MOST}")
        }

        fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
            list::<MOST, T, D>(from).map(Some)
        }
    }
    from.deserialize_option(Reader::<MOST, T>(PhantomData))
}

struct ListReader<const MOST: usize, T>(PhantomData<T>);

impl<'de, const MOST: usize, T: Deserialize<'de>> Visitor<'de> for ListReader<MOST, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of at most {MOST}")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            if list.len() == MOST {
                return Err(A::Error::invalid_length(MOST.saturating_add(1), &self));
            }
            list.push(item);
        }
        Ok(list)
    }
}

/// Writes a byte string.
pub(crate) fn write_blob<S: Serializer>(blob: &[u8], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_bytes(blob)
}

/// Reads a byte string of at most `LONGEST` bytes.
pub(crate) fn blob<'de, const LONGEST: usize, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
    Blob::<LONGEST>::deserialize(from).map(|blob| blob.0)
}

/// Writes a list of byte strings.
pub(crate) fn write_blobs<S: Serializer>(blobs: &[Vec<u8>], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(blobs.iter().map(|blob| Bytes(blob)))
}

/// Reads a list of at most `MOST` byte strings of at most `LONGEST` bytes.
pub(crate) fn blobs<'de, const MOST: usize, const LONGEST: usize, D: Deserializer<'de>>(
    from: D,
) -> Result<Vec<Vec<u8>>, D::Error> {
    struct Reader<const MOST: usize, const LONGEST: usize>;
    impl<'de, const MOST: usize, const LONGEST: usize> Visitor<'de> for Reader<MOST, LONGEST> {
        type Value = Vec<Vec<u8>>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "at most {MOST} byte strings")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
            let blobs = ListReader::<MOST, Blob<LONGEST>>(PhantomData).visit_seq(items)?;
            Ok(blobs.into_iter().map(|blob| blob.0).collect())
        }
    }
    from.deserialize_seq(Reader::<MOST, LONGEST>)
}

struct Bytes<'a>(&'a [u8]);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(self.0)
    }
}

struct Blob<const LONGEST: usize>(Vec<u8>);

impl<'de, const LONGEST: usize> Deserialize<'de> for Blob<LONGEST> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader<const LONGEST: usize>;
        impl<const LONGEST: usize> Visitor<'_> for Reader<LONGEST> {
            type Value = Vec<u8>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "at most {LONGEST} bytes")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                if bytes.len() > LONGEST {
                    return Err(E::invalid_length(bytes.len(), &self));
                }
                Ok(bytes.to_vec())
            }
        }
        from.deserialize_bytes(Reader::<LONGEST>).map(Self)
    }
}
