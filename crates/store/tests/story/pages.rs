//! What whoever has the key can read in a file of a profile: to see that something is really gone, and not only
//! encrypted.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "each test file uses what it needs")]

use std::{fs, path::Path};

use aes::{
    Aes256,
    cipher::{BlockDecrypt as _, KeyInit as _},
};
use closeknit_store::PageKey;

const PAGE: usize = 4096;
/// IV and HMAC, behind the content of a page.
const BEHIND: usize = 80;
const WAL_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// The bytes of a file as they are, and behind them the content of its pages: also of those that hold nothing any
/// more, and of all that the journal has of them.
pub fn readable(path: &Path, key: &PageKey) -> Vec<u8> {
    let mut bytes = fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let (skipped, before_each) = if name.ends_with("-wal") { (WAL_HEADER, FRAME_HEADER) } else { (0, 0) };
    if name.starts_with("closeknit.db") && bytes.len() > skipped {
        let cipher = cipher(key);
        let pages: Vec<u8> = bytes[skipped..]
            .chunks_exact(before_each + PAGE)
            .enumerate()
            .flat_map(|(n, frame)| {
                // In front of the first page stands no ciphertext, but the salt.
                let number = if before_each == 0 {
                    n as u32 + 1
                } else {
                    u32::from_be_bytes(frame[..4].try_into().unwrap())
                };
                decrypted(&cipher, &frame[before_each..][if number == 1 { 16 } else { 0 }..])
            })
            .collect();
        bytes.extend(pages);
    }
    bytes
}

/// The key for the pages is the first of those that SQLCipher is given.
fn cipher(key: &PageKey) -> Aes256 {
    let digits = key.pragma().chars().skip(2).take(64).collect::<String>();
    let pairs = digits.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
    let bytes: Vec<u8> = pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect();
    Aes256::new_from_slice(&bytes).unwrap()
}

/// AES in CBC.
fn decrypted(cipher: &Aes256, page: &[u8]) -> Vec<u8> {
    let (content, behind) = page.split_at(page.len() - BEHIND);
    let before = std::iter::once(&behind[..16]).chain(content.chunks_exact(16));
    let blocks = content.chunks_exact(16).zip(before).flat_map(|(block, before)| {
        let mut block = *<&aes::Block>::from(block);
        cipher.decrypt_block(&mut block);
        block.into_iter().zip(before.to_vec()).map(|(byte, before)| byte ^ before)
    });
    blocks.collect()
}
