//! The one hash function, always behind a label that says what is hashed.

use sha2::{Digest, Sha256};

/// SHA-256 of `label` followed by `parts`. Parts that vary in length belong at the end.
pub(crate) fn sha256(label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(label.as_bytes());
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}
