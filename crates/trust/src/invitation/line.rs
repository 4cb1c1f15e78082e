//! The frame of an invitation's text: prefix, version, length, content, checksum.
//!
//! This frame is the same in all versions, so that each can tell a newer one from a mistake.

use bech32::{Bech32m, ByteIterExt as _, Fe32, Fe32IterExt as _, Hrp, primitives::decode::CheckedHrpstring};

use super::InvitationError;

pub(super) const VERSION: u8 = 1;

const PREFIX: &str = "closeknit1";
const NAME: Hrp = Hrp::parse_unchecked("closeknit");
/// Version and length: one and two characters of five bits.
const HEADER: usize = 3;
const CHECKSUM: usize = 6;

pub(super) fn write(content: &[u8]) -> Result<String, InvitationError> {
    write_version(VERSION, content)
}

pub(super) fn write_version(version: u8, content: &[u8]) -> Result<String, InvitationError> {
    let content: Vec<Fe32> = content.iter().copied().bytes_to_fes().collect();
    let length = content.len() + CHECKSUM;
    let digits = [usize::from(version), length / 32, length % 32];
    let header = digits.map(|digit| u8::try_from(digit).ok().and_then(|digit| Fe32::try_from(digit).ok()));
    let header: Option<Vec<Fe32>> = header.into_iter().collect();
    let symbols = header.ok_or(InvitationError::TooLong)?.into_iter().chain(content);
    Ok(symbols.with_checksum::<Bech32m>(&NAME).chars().collect())
}

pub(super) fn read(text: &str) -> Result<Vec<u8>, InvitationError> {
    let text = text.to_ascii_lowercase();
    let (_, after) = text.split_once(PREFIX).ok_or(InvitationError::None)?;
    // Mail programs break lines, quote them and put marks around; none of that is a letter or digit.
    let mut letters = after.chars().filter(|c| c.is_alphanumeric());
    let header: String = letters.by_ref().take(HEADER).collect();
    let header_digits: Option<Vec<u8>> = header.chars().map(digit).collect();
    let [version, high, low] = match header_digits.as_deref() {
        Some(&[version, high, low]) => [version, high, low],
        Some(fewer) => return Err(InvitationError::Cut { missing: HEADER - fewer.len() }),
        None => return Err(InvitationError::Mistake),
    };
    let length = usize::from(high) * 32 + usize::from(low);
    let rest: String = letters.take(length).collect();
    let found = rest.chars().count();
    if found < length {
        return Err(InvitationError::Cut { missing: length - found });
    }
    let line = [PREFIX, &header, &rest].concat();
    let checked = CheckedHrpstring::new::<Bech32m>(&line).map_err(|_| InvitationError::Mistake)?;
    if version > VERSION {
        return Err(InvitationError::Newer);
    }
    Ok(checked.fe32_iter::<std::vec::IntoIter<u8>>().skip(HEADER).fes_to_bytes().collect())
}

fn digit(letter: char) -> Option<u8> {
    Fe32::from_char(letter).ok().map(Fe32::to_u8)
}
