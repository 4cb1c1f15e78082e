//! A cursor over bytes from others. It never reads past the end and never allocates.

/// The front of the bytes not yet read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) const fn rest(&self) -> &'a [u8] {
        self.0
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next `count` bytes.
    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (front, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(front)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    /// Bytes after their length.
    pub(crate) fn prefixed(&mut self) -> Option<&'a [u8]> {
        let length = self.length()?;
        self.take(length)
    }

    pub(crate) fn length(&mut self) -> Option<usize> {
        self.unsigned().and_then(|length| usize::try_from(length).ok())
    }

    /// An unsigned LEB128 in its shortest form.
    pub(crate) fn unsigned(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let [byte] = self.array()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return None;
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return (shift == 0 || byte != 0).then_some(value);
            }
        }
        None
    }

    /// A signed LEB128 in its shortest form.
    pub(crate) fn signed(&mut self) -> Option<i64> {
        let (mut value, mut before) = (0_i64, 0_u8);
        for shift in (0..64).step_by(7) {
            let [byte] = self.array()?;
            let bits = byte & 0x7f;
            if shift == 63 && bits != 0 && bits != 0x7f {
                return None;
            }
            value |= i64::from(bits) << shift;
            if byte & 0x80 == 0 {
                let sign_only = (bits == 0 && before & 0x40 == 0) || (bits == 0x7f && before & 0x40 != 0);
                if shift > 0 && sign_only {
                    return None;
                }
                if shift < 63 && bits & 0x40 != 0 {
                    value |= -1 << (shift + 7);
                }
                return Some(value);
            }
            before = byte;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unsigned(bytes: &[u8]) -> Option<u64> {
        Reader::new(bytes).unsigned()
    }

    fn signed(bytes: &[u8]) -> Option<i64> {
        Reader::new(bytes).signed()
    }

    #[test]
    fn numbers_in_their_shortest_form_only() {
        assert_eq!(unsigned(&[0]), Some(0));
        assert_eq!(unsigned(&[0x81, 1]), Some(129));
        assert_eq!(unsigned(&[0x81, 0]), None, "overlong");
        assert_eq!(unsigned(&[0xff; 10]), None, "more than 64 bits");
        assert_eq!(unsigned(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]), Some(u64::MAX));
        assert_eq!(unsigned(&[0x80]), None, "cut");
        assert_eq!(signed(&[0x7f]), Some(-1));
        assert_eq!(signed(&[0x80, 0x7f]), Some(-128));
        assert_eq!(signed(&[0xff, 0x7f]), None, "overlong");
        assert_eq!(signed(&[0xff, 0]), Some(127));
        assert_eq!(signed(&[0xbf, 0]), None, "overlong");
        let least = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f];
        assert_eq!(signed(&least), Some(i64::MIN));
    }

    #[test]
    fn nothing_is_read_past_the_end() {
        let mut reader = Reader::new(&[3, 1, 2]);
        assert_eq!(reader.prefixed(), None);
        let mut reader = Reader::new(&[2, 1, 2, 9]);
        assert_eq!(reader.prefixed(), Some(&[1, 2][..]));
        assert_eq!(reader.rest(), [9]);
        assert_eq!(reader.take(usize::MAX), None);
    }
}
