//! Frames on a stream, cut as `closeknit_sync` cuts them: four bytes of length, then so many bytes.
//! Length zero is a heartbeat and never reaches the engine.

use std::{io, time::Duration};

use closeknit_sync::frame::{Decoder, FrameError, with_length};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    time::timeout,
};

/// So much is read at once.
const CHUNK: usize = 16 * 1024;

/// What came in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// Bytes, but no whole frame: a heartbeat, or a piece of a frame.
    Alive,
    Frame(Vec<u8>),
    /// The other end has finished, between two frames.
    End,
}

/// Why nothing came in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unheard {
    #[error("nothing came for too long")]
    Silent,
    #[error("a frame too long, or broken off")]
    Framing,
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<FrameError> for Unheard {
    fn from(_: FrameError) -> Self {
        Self::Framing
    }
}

/// Reads frames from a stream.
#[derive(Debug)]
pub(crate) struct Reader<S> {
    stream: S,
    decoder: Decoder,
    chunk: Vec<u8>,
    /// The part of the chunk that the decoder has not taken yet.
    unread: std::ops::Range<usize>,
}

impl<S: AsyncRead + Unpin> Reader<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self { stream, decoder: Decoder::default(), chunk: vec![0; CHUNK], unread: 0..0 }
    }

    /// The next frame or sign of life. `patience` is how long the stream may stand still.
    pub(crate) async fn next(&mut self, patience: Duration) -> Result<Heard, Unheard> {
        if self.unread.is_empty() {
            let read = timeout(patience, self.stream.read(&mut self.chunk)).await;
            match read.map_err(|_| Unheard::Silent)?? {
                0 => {
                    std::mem::take(&mut self.decoder).finish()?;
                    return Ok(Heard::End);
                }
                more => self.unread = 0..more,
            }
        }
        let mut bytes = self.chunk.get(self.unread.clone()).unwrap_or_default();
        let frame = self.decoder.take(&mut bytes)?;
        self.unread.start = self.unread.end.saturating_sub(bytes.len());
        Ok(frame.map_or(Heard::Alive, Heard::Frame))
    }
}

/// Writes one frame.
pub(crate) async fn write(stream: &mut (impl AsyncWrite + Unpin), frame: &[u8]) -> io::Result<()> {
    stream.write_all(&with_length(frame).map_err(io::Error::other)?).await
}

/// Writes a heartbeat.
pub(crate) async fn write_beat(stream: &mut (impl AsyncWrite + Unpin)) -> io::Result<()> {
    write(stream, &[]).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MAX_FRAME;

    const PATIENCE: Duration = Duration::from_secs(60);

    /// All frames of a stream up to its end.
    async fn hear(bytes: &[u8]) -> Result<Vec<Vec<u8>>, Unheard> {
        let mut reader = Reader::new(bytes);
        let mut frames = Vec::new();
        loop {
            match reader.next(PATIENCE).await? {
                Heard::Frame(frame) => frames.push(frame),
                Heard::Alive => {}
                Heard::End => return Ok(frames),
            }
        }
    }

    #[tokio::test]
    async fn frames_and_heartbeats_there_and_back() {
        let mut wire = Vec::new();
        write(&mut wire, b"hello").await.unwrap();
        write_beat(&mut wire).await.unwrap();
        write(&mut wire, &[7; MAX_FRAME]).await.unwrap();
        assert_eq!(hear(&wire).await.unwrap(), [b"hello".to_vec(), vec![7; MAX_FRAME]]);
        assert!(write(&mut wire, &[7; MAX_FRAME + 1]).await.is_err());
    }

    #[tokio::test]
    async fn a_length_beyond_the_limit_is_refused_unread() {
        let too_long = u32::try_from(MAX_FRAME + 1).unwrap();
        for length in [too_long, u32::MAX] {
            assert!(matches!(hear(&length.to_be_bytes()).await, Err(Unheard::Framing)));
        }
    }

    #[tokio::test]
    async fn a_frame_broken_off_is_no_frame() {
        assert!(matches!(hear(&[0, 0]).await, Err(Unheard::Framing)));
        assert!(matches!(hear(&[0, 0, 0, 5, 1, 2]).await, Err(Unheard::Framing)));
    }

    #[tokio::test(start_paused = true)]
    async fn silence_is_noticed_but_slowness_is_not() {
        let (mut alice, bob) = tokio::io::duplex(64);
        let slow = tokio::spawn(async move {
            for byte in [0, 0, 0, 3, 1, 2, 3] {
                tokio::time::sleep(Duration::from_secs(3)).await;
                alice.write_all(&[byte]).await.unwrap();
            }
            alice
        });
        let mut bob = Reader::new(bob);
        let mut heard = Heard::Alive;
        while heard == Heard::Alive {
            heard = bob.next(crate::SILENCE).await.unwrap();
        }
        assert_eq!(heard, Heard::Frame(vec![1, 2, 3]));
        let _open = slow.await.unwrap();
        assert!(matches!(bob.next(crate::SILENCE).await, Err(Unheard::Silent)));
    }
}
