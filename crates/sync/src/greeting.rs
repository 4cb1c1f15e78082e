//! Which version two machines speak.

use crate::{Outdated, message::Hello};

/// What this version of the app speaks.
pub(crate) const SPOKEN: Hello = Hello { lowest: 1, highest: 1 };

/// The newest version that both speak, or who must be updated.
pub(crate) fn agree(ours: Hello, theirs: Hello) -> Result<u16, Outdated> {
    let newest = ours.highest.min(theirs.highest);
    if newest >= ours.lowest.max(theirs.lowest) {
        Ok(newest)
    } else if ours.highest < theirs.lowest {
        Err(Outdated::Here)
    } else {
        Err(Outdated::There)
    }
}
