//! Frames on a stream: four bytes of length, big endian, then so many bytes. Length zero is a
//! heartbeat and never reaches the engine.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    time::timeout,
};

use crate::MAX_FRAME;

/// What came in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    Beat,
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

/// Reads one frame. `patience` is how long the stream may stand still; a slow frame may take
/// longer. Not to be cancelled if the stream is to be read again.
pub(crate) async fn read(
    stream: &mut (impl AsyncRead + Unpin),
    patience: Duration,
) -> Result<Heard, Unheard> {
    let mut length = [0; 4];
    match fill(stream, &mut length, patience).await? {
        0 => return Ok(Heard::End),
        4 => {}
        _ => return Err(Unheard::Framing),
    }
    let length = usize::try_from(u32::from_be_bytes(length)).map_err(|_| Unheard::Framing)?;
    match length {
        0 => Ok(Heard::Beat),
        1..=MAX_FRAME => {
            let mut frame = vec![0; length];
            let filled = fill(stream, &mut frame, patience).await?;
            if filled == length { Ok(Heard::Frame(frame)) } else { Err(Unheard::Framing) }
        }
        _ => Err(Unheard::Framing),
    }
}

/// Fills the buffer, or as much of it as comes before the stream ends.
async fn fill(
    stream: &mut (impl AsyncRead + Unpin),
    buffer: &mut [u8],
    patience: Duration,
) -> Result<usize, Unheard> {
    let mut filled = 0;
    while let Some(rest @ [_, ..]) = buffer.get_mut(filled..) {
        match timeout(patience, stream.read(rest)).await {
            Err(_) => return Err(Unheard::Silent),
            Ok(Ok(0)) => break,
            Ok(Ok(more)) => filled = filled.saturating_add(more),
            Ok(Err(error)) => return Err(error.into()),
        }
    }
    Ok(filled)
}

/// Writes one frame. The caller has checked its length.
pub(crate) async fn write(stream: &mut (impl AsyncWrite + Unpin), frame: &[u8]) -> io::Result<()> {
    let length = u32::try_from(frame.len()).map_err(io::Error::other)?;
    stream.write_all(&length.to_be_bytes()).await?;
    stream.write_all(frame).await
}

/// Writes a heartbeat.
pub(crate) async fn write_beat(stream: &mut (impl AsyncWrite + Unpin)) -> io::Result<()> {
    stream.write_all(&0_u32.to_be_bytes()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(60);

    async fn hear(bytes: &[u8]) -> Result<Heard, Unheard> {
        read(&mut &*bytes, PATIENCE).await
    }

    #[tokio::test]
    async fn frames_and_heartbeats_there_and_back() {
        let mut wire = Vec::new();
        write(&mut wire, b"hello").await.unwrap();
        write_beat(&mut wire).await.unwrap();
        write(&mut wire, &[7; MAX_FRAME]).await.unwrap();
        let mut wire = wire.as_slice();
        assert_eq!(read(&mut wire, PATIENCE).await.unwrap(), Heard::Frame(b"hello".to_vec()));
        assert_eq!(read(&mut wire, PATIENCE).await.unwrap(), Heard::Beat);
        assert_eq!(read(&mut wire, PATIENCE).await.unwrap(), Heard::Frame(vec![7; MAX_FRAME]));
        assert_eq!(read(&mut wire, PATIENCE).await.unwrap(), Heard::End);
    }

    #[tokio::test]
    async fn a_length_beyond_the_limit_is_refused_unread() {
        let too_long = u32::try_from(MAX_FRAME + 1).unwrap();
        assert!(matches!(hear(&too_long.to_be_bytes()).await, Err(Unheard::Framing)));
        assert!(matches!(hear(&u32::MAX.to_be_bytes()).await, Err(Unheard::Framing)));
    }

    #[tokio::test]
    async fn a_frame_broken_off_is_no_frame() {
        assert!(matches!(hear(&[0, 0]).await, Err(Unheard::Framing)));
        assert!(matches!(hear(&[0, 0, 0, 5, 1, 2]).await, Err(Unheard::Framing)));
    }

    #[tokio::test(start_paused = true)]
    async fn silence_is_noticed_but_slowness_is_not() {
        let (mut alice, mut bob) = tokio::io::duplex(64);
        let slow = tokio::spawn(async move {
            for byte in [0, 0, 0, 3, 1, 2, 3] {
                tokio::time::sleep(Duration::from_secs(3)).await;
                alice.write_all(&[byte]).await.unwrap();
            }
            alice
        });
        assert_eq!(read(&mut bob, crate::SILENCE).await.unwrap(), Heard::Frame(vec![1, 2, 3]));
        let _open = slow.await.unwrap();
        assert!(matches!(read(&mut bob, crate::SILENCE).await, Err(Unheard::Silent)));
    }
}
