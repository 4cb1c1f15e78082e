//! Handing out the seats of one post to those in line (mutual-aid, *Seats*).

/// What one promise got.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Seat {
    /// So much of it has a seat.
    pub taken: u16,
    /// So much of it was offered beyond what is wanted, and stands by.
    pub spare: u16,
}

/// Somebody in line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct InLine {
    /// How much they offer.
    pub(crate) amount: u16,
    /// The author said yes.
    pub(crate) accepted: bool,
}

/// Gives `wanted` seats to those in line, in order. Whom the author accepted keeps a seat even if
/// none is left: then more go than were wanted, and the author is asked.
pub(crate) fn hand_out(wanted: u16, line: impl IntoIterator<Item = InLine>) -> Vec<Seat> {
    let mut free = wanted;
    line.into_iter()
        .map(|InLine { amount, accepted }| {
            let taken = if accepted && free == 0 { amount } else { amount.min(free) };
            free = free.saturating_sub(taken);
            Seat { taken, spare: amount.saturating_sub(taken) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seats(wanted: u16, line: &[(u16, bool)]) -> Vec<(u16, u16)> {
        let line = line.iter().map(|&(amount, accepted)| InLine { amount, accepted });
        hand_out(wanted, line).into_iter().map(|seat| (seat.taken, seat.spare)).collect()
    }

    #[test]
    fn surplus_stands_by() {
        assert_eq!(seats(5, &[(3, false), (4, false)]), [(3, 0), (2, 2)]);
        assert_eq!(seats(5, &[(3, true), (4, true), (1, false)]), [(3, 0), (2, 2), (0, 1)]);
    }

    #[test]
    fn whom_the_author_accepted_keeps_a_seat() {
        assert_eq!(seats(1, &[(1, true), (1, true), (1, false)]), [(1, 0), (1, 0), (0, 1)]);
    }
}
