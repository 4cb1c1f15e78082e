//! Whether this computer's clock looks wrong: compared with those of the machines met lately. People are
//! told; no state follows from it (and a machine forgets nothing by itself unless another agrees).

use closeknit_ids::MemberId;
use jiff::{SignedDuration, Timestamp};

/// What is not further apart counts as the same.
pub const SAME: SignedDuration = SignedDuration::from_hours(1);
/// Machines that were met so lately are compared with.
pub const LATELY: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Further apart no two clocks are, whatever somebody says.
const EVER: SignedDuration = SignedDuration::from_hours(100 * 366 * 24);

/// What was seen of another machine's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compared {
    /// Whose machine.
    pub whose: MemberId,
    /// How far its clock was ahead of this one's.
    pub ahead: SignedDuration,
    /// When that was seen, by this one's.
    pub met: Timestamp,
}

/// How this computer's clock looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// Nobody was met to compare with.
    Unknown,
    /// It agrees with somebody, and most do not say otherwise.
    Well,
    /// Most say that it is so far ahead; below zero, behind.
    Ahead(SignedDuration),
    /// It differs from somebody's, which is so far ahead, and nobody else says which of the two is wrong.
    Differs(MemberId, SignedDuration),
}

impl Looks {
    /// From what was seen lately.
    #[must_use]
    pub fn of(compared: &[Compared], now: Timestamp) -> Self {
        let since = now.saturating_sub(LATELY).unwrap_or(Timestamp::MIN);
        let within = |seen: &Compared| Compared { ahead: seen.ahead.clamp(-EVER, EVER), ..*seen };
        let lately = compared.iter().filter(|seen| (since..=now).contains(&seen.met));
        let mut lately: Vec<Compared> = lately.map(within).collect();
        lately.sort_by_key(|seen| (seen.ahead, seen.whose));
        let Some(middle) = lately.get(lately.len() / 2) else { return Self::Unknown };
        let near = |to: SignedDuration| lately.iter().filter(|seen| is_small(seen.ahead - to)).count();
        let most = near(middle.ahead) * 2 > lately.len();
        match lately.iter().max_by_key(|seen| (seen.met, seen.whose)) {
            _ if most && is_small(middle.ahead) => Self::Well,
            _ if most && lately.len() > 1 => Self::Ahead(-middle.ahead),
            _ if near(SignedDuration::ZERO) > 0 => Self::Well,
            Some(last) => Self::Differs(last.whose, last.ahead),
            None => Self::Unknown,
        }
    }
}

fn is_small(apart: SignedDuration) -> bool {
    apart.abs() <= SAME
}
