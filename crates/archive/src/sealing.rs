//! The age layer: who can open a backup or a parcel, and a header that is bounded before it is parsed.
//!
//! age draws its keys from the operating system itself.

use std::{
    cell::RefCell,
    collections::HashSet,
    io::{self, BufRead, BufReader, Chain, Cursor, Read, Write},
};

use age::{
    DecryptError, Decryptor, EncryptError, Encryptor,
    secrecy::{ExposeSecret as _, SecretString},
    stream::{StreamReader, StreamWriter},
};
use age_core::format::{FileKey, Stanza};
use closeknit_trust::seal::{Identity, Recipient};
use zeroize::Zeroizing;

use crate::ArchiveError;

/// To whom a backup is sealed.
#[derive(Debug, Clone, Copy)]
pub enum SealTo<'a> {
    /// To these keys: by default the member's recovery key alone.
    Recipients(&'a [Recipient]),
    /// To whoever knows this passphrase. Takes 256 MiB of memory for about a second (scrypt,
    /// 2^18).
    Passphrase(&'a str),
}

/// What opens a backup.
#[derive(Debug, Clone, Copy)]
pub enum OpenWith<'a> {
    /// One of these keys.
    Identities(&'a [Identity]),
    /// A passphrase. Takes up to 1 GiB of memory for some seconds (scrypt, at most 2^20).
    Passphrase(&'a str),
}

const WORK: u8 = 18;
const MOST_WORK: u8 = 20;
/// The most keys that a backup is sealed to.
pub const MOST_RECIPIENTS: usize = 32;

/// More bytes and lines than a header with that many recipients takes, and age's decoy.
const fn longest_header(recipients: usize) -> (usize, usize) {
    (12 * 1024 + 128 * recipients, 64 + 2 * recipients)
}

/// The key under which one file is encrypted: learned once, so that the same file, and no other,
/// can be read again.
#[derive(Clone)]
pub(crate) struct KnownKey(Zeroizing<[u8; 16]>);

impl SealTo<'_> {
    /// The recipients' names as age writes them; none for a passphrase.
    pub(crate) fn names(&self) -> Vec<String> {
        match self {
            Self::Recipients(recipients) => recipients.iter().map(Recipient::to_string).collect(),
            Self::Passphrase(_) => Vec::new(),
        }
    }

    /// Begins an encrypted file in `out`, for at most so many recipients.
    pub(crate) fn begin<W: Write>(
        &self,
        out: W,
        most: usize,
    ) -> Result<(StreamWriter<W>, KnownKey), ArchiveError> {
        let impossible = |_| ArchiveError::Misplaced("these recipients");
        let recipients: Vec<Box<dyn age::Recipient>> = match self {
            Self::Recipients(recipients) if (1..=most).contains(&recipients.len()) => recipients
                .iter()
                .map(|recipient| Ok(Box::new(recipient.to_age().map_err(impossible)?) as Box<_>))
                .collect::<Result<_, ArchiveError>>()?,
            Self::Recipients(_) => return Err(ArchiveError::Misplaced("no recipient, or too many")),
            Self::Passphrase(passphrase) => {
                let mut recipient = age::scrypt::Recipient::new(SecretString::from(*passphrase));
                recipient.set_work_factor(WORK);
                vec![Box::new(recipient)]
            }
        };
        let learning: Vec<_> = recipients.into_iter().map(Learning::new).collect();
        let encryptor =
            Encryptor::with_recipients(learning.iter().map(|learning| learning as &dyn age::Recipient))
                .map_err(|_| ArchiveError::Misplaced("these recipients"))?;
        let key = learning.iter().find_map(|learning| learning.key.take());
        let key = key.ok_or(ArchiveError::Misplaced("these recipients"))?;
        let stream = encryptor.wrap_output(out).map_err(ArchiveError::file("writing the backup"))?;
        Ok((stream, key))
    }
}

/// Decrypts `file`, which has at most so many recipients, and learns its key.
pub(crate) fn unseal<R: Read>(
    file: R,
    with: &OpenWith<'_>,
    most: usize,
) -> Result<(StreamReader<Whole<R>>, KnownKey), ArchiveError> {
    let decryptor = read_header(file, most)?;
    let identities: Vec<Box<dyn age::Identity>> = match (with, decryptor.is_scrypt()) {
        (OpenWith::Identities(_), true) => return Err(ArchiveError::NeedsPassphrase),
        (OpenWith::Passphrase(_), false) => return Err(ArchiveError::NeedsKey),
        (OpenWith::Identities(identities), false) => identities
            .iter()
            .map(|identity| Ok(Box::new(identity.to_age().map_err(|_| ArchiveError::WrongKey)?) as Box<_>))
            .collect::<Result<_, ArchiveError>>()?,
        (OpenWith::Passphrase(passphrase), true) => {
            let mut identity = age::scrypt::Identity::new(SecretString::from(*passphrase));
            identity.set_max_work_factor(MOST_WORK);
            vec![Box::new(identity)]
        }
    };
    let learning: Vec<_> = identities.into_iter().map(Learning::new).collect();
    let stream = decryptor.decrypt(learning.iter().map(|learning| learning as &dyn age::Identity)).map_err(
        |error| match error {
            DecryptError::ExcessiveWork { .. } => ArchiveError::TooMuchWork,
            DecryptError::NoMatchingKeys | DecryptError::DecryptionFailed => ArchiveError::WrongKey,
            _ => ArchiveError::Damaged("its first bytes were altered"),
        },
    )?;
    let key = learning.iter().find_map(|learning| learning.key.take()).ok_or(ArchiveError::WrongKey)?;
    Ok((stream, key))
}

/// Decrypts a file whose key is known already; any other file is refused.
pub(crate) fn unseal_again<R: Read>(file: R, key: &KnownKey) -> Result<StreamReader<Whole<R>>, ArchiveError> {
    let decryptor = read_header(file, MOST_RECIPIENTS)?;
    decryptor.decrypt(std::iter::once(key as &dyn age::Identity)).map_err(|_| ArchiveError::Changed)
}

/// A header has to end within so many lines; age's parser gets it whole.
fn read_header<R: Read>(mut file: R, most: usize) -> Result<Decryptor<Whole<R>>, ArchiveError> {
    let mut head = Vec::new();
    let (most_bytes, most_lines) = longest_header(most);
    (&mut file).take(most_bytes as u64).read_to_end(&mut head).map_err(ArchiveError::reading)?;
    let (mut length, mut ended) = (0_usize, false);
    for line in head.split_inclusive(|byte| *byte == b'\n').take(most_lines) {
        length = length.saturating_add(line.len());
        ended = line.starts_with(b"---");
        if ended {
            break;
        }
    }
    if !ended {
        return Err(ArchiveError::NotABackup);
    }
    let rest = head.split_off(length.min(head.len()));
    let rest = BufReader::with_capacity(64 * 1024, Cursor::new(rest).chain(file));
    Decryptor::new_buffered(Whole { head, rest }).map_err(|error| match error {
        DecryptError::Io(error) if is_of_the_file(&error) => ArchiveError::reading(error),
        _ => ArchiveError::NotABackup,
    })
}

fn is_of_the_file(error: &io::Error) -> bool {
    !matches!(error.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData)
}

/// A file whose head was looked at. age's parser asks for a line more until it has a whole header,
/// and begins anew each time: here the first line that it gets is all of it.
pub(crate) struct Whole<R> {
    head: Vec<u8>,
    rest: BufReader<Chain<Cursor<Vec<u8>>, R>>,
}

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        self.rest.read(to)
    }
}

impl<R: Read> BufRead for Whole<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.rest.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.rest.consume(count);
    }

    fn read_until(&mut self, _: u8, to: &mut Vec<u8>) -> io::Result<usize> {
        let head = std::mem::take(&mut self.head);
        to.extend_from_slice(&head);
        Ok(head.len())
    }
}

/// A recipient or identity that remembers the file key which passes through it.
struct Learning<T: ?Sized> {
    key: RefCell<Option<KnownKey>>,
    inner: Box<T>,
}

impl<T: ?Sized> Learning<T> {
    fn new(inner: Box<T>) -> Self {
        Self { key: RefCell::new(None), inner }
    }

    fn learn(&self, key: &FileKey) {
        self.key.replace(Some(KnownKey(Zeroizing::new(*key.expose_secret()))));
    }
}

impl age::Recipient for Learning<dyn age::Recipient> {
    fn wrap_file_key(&self, key: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        self.learn(key);
        self.inner.wrap_file_key(key)
    }
}

impl age::Identity for Learning<dyn age::Identity> {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        let key = self.inner.unwrap_stanza(stanza)?;
        if let Ok(key) = &key {
            self.learn(key);
        }
        Some(key)
    }
}

impl age::Identity for KnownKey {
    fn unwrap_stanza(&self, _: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        Some(Ok(FileKey::new(Box::new(*self.0))))
    }
}
