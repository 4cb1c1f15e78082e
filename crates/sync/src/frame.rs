//! Frames: how a stream of bytes is cut, before anything is known about its content.
//!
//! Four bytes of length, big endian, then so many bytes: two of kind, big endian, and a payload in
//! postcard. A length of zero is a heartbeat and is no frame.

/// The longest frame without its length: kind and payload, in bytes.
pub const MAX_FRAME: usize = 320 * 1024;

/// Why bytes are no frame. Whoever sent them gets a strike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// The length is over [`MAX_FRAME`].
    #[error("a frame of {length} bytes, {MAX_FRAME} are allowed")]
    TooLong {
        /// What was promised.
        length: usize,
    },
    /// Too short to have a kind.
    #[error("a frame without a kind")]
    NoKind,
    /// The payload is not what its kind says, or a list in it is over its bound.
    #[error("a frame of kind {kind} with another payload")]
    Payload {
        /// Which kind.
        kind: u16,
    },
    /// The bytes end inside a frame.
    #[error("cut off inside a frame")]
    CutOff,
}

/// A frame with its length, as it stands on a stream or in a parcel.
///
/// # Errors
/// [`FrameError::TooLong`].
pub fn with_length(frame: &[u8]) -> Result<Vec<u8>, FrameError> {
    let too_long = FrameError::TooLong { length: frame.len() };
    if frame.len() > MAX_FRAME {
        return Err(too_long);
    }
    let length = u32::try_from(frame.len()).map_err(|_| too_long)?;
    Ok([length.to_be_bytes().as_slice(), frame].concat())
}

/// Cuts bytes into frames as they come, in pieces of any size.
///
/// ```
/// use closeknit_sync::frame::{Decoder, with_length};
/// let stream = [with_length(b"\0\x01one")?, with_length(b"\0\x02two")?].concat();
/// let mut decoder = Decoder::default();
/// let mut frames = Vec::new();
/// for mut bytes in stream.chunks(4) {
///     while let Some(frame) = decoder.take(&mut bytes)? {
///         frames.push(frame);
///     }
/// }
/// decoder.finish()?;
/// assert_eq!(frames, [b"\0\x01one", b"\0\x02two"]);
/// # Ok::<(), closeknit_sync::frame::FrameError>(())
/// ```
#[derive(Debug, Default)]
pub struct Decoder {
    length: Vec<u8>,
    wanted: Option<usize>,
    frame: Vec<u8>,
}

impl Decoder {
    /// Takes bytes from the front of `bytes` up to the end of the next frame, which it returns
    /// without its length; `None` once all are taken. It keeps one frame at most, and makes room
    /// for it only as its bytes come.
    ///
    /// # Errors
    /// [`FrameError::TooLong`], before anything of that frame is kept. The decoder is of no use then.
    pub fn take(&mut self, bytes: &mut &[u8]) -> Result<Option<Vec<u8>>, FrameError> {
        while !bytes.is_empty() {
            let wanted = match self.wanted {
                Some(wanted) => wanted,
                None => match self.take_length(bytes)? {
                    Some(wanted) => wanted,
                    None => continue,
                },
            };
            move_bytes(bytes, &mut self.frame, wanted);
            if self.frame.len() == wanted {
                self.wanted = None;
                return Ok(Some(std::mem::take(&mut self.frame)));
            }
        }
        Ok(None)
    }

    /// To be called at the end of the bytes.
    ///
    /// # Errors
    /// [`FrameError::CutOff`].
    pub fn finish(self) -> Result<(), FrameError> {
        match (self.wanted, self.length.is_empty()) {
            (None, true) => Ok(()),
            _ => Err(FrameError::CutOff),
        }
    }

    fn take_length(&mut self, bytes: &mut &[u8]) -> Result<Option<usize>, FrameError> {
        move_bytes(bytes, &mut self.length, 4);
        let Ok(length) = self.length.as_slice().try_into().map(u32::from_be_bytes) else { return Ok(None) };
        self.length.clear();
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        match length {
            0 => {}
            1..=MAX_FRAME => self.wanted = Some(length),
            _ => return Err(FrameError::TooLong { length }),
        }
        Ok(self.wanted)
    }
}

/// Moves bytes until `to` has `wanted` or there are no more.
fn move_bytes(from: &mut &[u8], to: &mut Vec<u8>, wanted: usize) {
    let count = wanted.saturating_sub(to.len()).min(from.len());
    if let Some((taken, rest)) = from.split_at_checked(count) {
        to.extend_from_slice(taken);
        *from = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(stream: &[u8], step: usize) -> Result<Vec<Vec<u8>>, FrameError> {
        let mut decoder = Decoder::default();
        let mut frames = Vec::new();
        for mut bytes in stream.chunks(step) {
            while let Some(frame) = decoder.take(&mut bytes)? {
                frames.push(frame);
            }
        }
        decoder.finish().map(|()| frames)
    }

    #[test]
    fn frames_are_the_same_however_their_bytes_come() {
        let frames = [vec![1, 2, 3], vec![9; 1000], vec![4]];
        let mut stream: Vec<u8> = frames.iter().flat_map(|frame| with_length(frame).unwrap()).collect();
        stream.extend([0; 8]);
        for step in [1, 2, 3, 5, 7, 1000, 5000] {
            assert_eq!(cut(&stream, step).unwrap(), frames, "in steps of {step}");
        }
    }

    #[test]
    fn a_cut_is_noticed_wherever_it_is() {
        let stream = with_length(&[5; 20]).unwrap();
        for end in 1..stream.len() {
            assert_eq!(cut(&stream[..end], 3), Err(FrameError::CutOff), "{end}");
        }
    }

    #[test]
    fn a_length_over_the_bound_is_refused_with_its_fourth_byte() {
        assert!(with_length(&vec![0; MAX_FRAME + 1]).is_err());
        let longest = u32::try_from(MAX_FRAME).unwrap();
        for length in [longest + 1, u32::MAX] {
            let refused = Err(FrameError::TooLong { length: usize::try_from(length).unwrap() });
            assert_eq!(cut(&length.to_be_bytes(), 1), refused);
        }
        assert_eq!(cut(&longest.to_be_bytes(), 1), Err(FrameError::CutOff));
    }
}
