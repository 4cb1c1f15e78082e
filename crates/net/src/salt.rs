//! The random part of a listener's door.

use std::fmt;

use rand::CryptoRng;

/// Sixteen random bytes that one machine drew for one circle.
///
/// They go into the ALPN under which it can be reached ([`crate::Alpn::circle`]) and into what it
/// announces, so that neither can be followed from one network to the next: a machine draws a new
/// one at every start and on every new network, and goes on serving the last
/// [`crate::SALTS_SERVED`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Salt(pub [u8; 16]);

impl Salt {
    /// A new salt.
    pub fn random(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Salt({})", data_encoding::HEXLOWER.encode(&self.0))
    }
}
