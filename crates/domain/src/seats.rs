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
    /// Why they are in line.
    pub(crate) because: Because,
}

/// Why somebody is in line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Because {
    /// The author said yes: they go, with one at least, even if no seat is left. Then more go than
    /// were wanted, and the author is asked.
    Accepted,
    /// A backup, now that somebody left a seat: they get of what came free, so that nobody who had
    /// a seat loses it because another left.
    Backup,
    /// They came forward.
    Offered,
}

/// Gives `wanted` seats to those in line, in order; `freed` of them were left by somebody. An earlier
/// one leaves one seat for each accepted one after it, as long as there are as many.
pub(crate) fn hand_out(wanted: u16, mut freed: u16, line: &[InLine]) -> Vec<Seat> {
    let accepted = line.iter().filter(|one| one.because == Because::Accepted).count();
    let mut to_come = u16::try_from(accepted).unwrap_or(u16::MAX);
    let mut free = wanted;
    line.iter()
        .map(|&InLine { amount, because }| {
            let taken = match because {
                Because::Accepted => {
                    to_come = to_come.saturating_sub(1);
                    amount.min(free.saturating_sub(to_come).max(1))
                }
                Because::Backup => amount.min(free).min(freed),
                Because::Offered => amount.min(free),
            };
            if because == Because::Backup {
                freed = freed.saturating_sub(taken);
            }
            free = free.saturating_sub(taken);
            Seat { taken, spare: amount.saturating_sub(taken) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{
        Because::{Accepted, Backup, Offered},
        *,
    };

    fn seats(wanted: u16, freed: u16, line: &[(u16, Because)]) -> Vec<(u16, u16)> {
        let line: Vec<_> = line.iter().map(|&(amount, because)| InLine { amount, because }).collect();
        hand_out(wanted, freed, &line).into_iter().map(|seat| (seat.taken, seat.spare)).collect()
    }

    #[test]
    fn surplus_stands_by() {
        assert_eq!(seats(5, 0, &[(3, Offered), (4, Offered)]), [(3, 0), (2, 2)]);
        assert_eq!(seats(5, 0, &[(3, Accepted), (4, Accepted), (1, Offered)]), [(3, 0), (2, 2), (0, 1)]);
    }

    #[test]
    fn whom_the_author_accepted_keeps_a_seat() {
        assert_eq!(seats(1, 0, &[(1, Accepted), (1, Accepted), (1, Offered)]), [(1, 0), (1, 0), (0, 1)]);
        assert_eq!(seats(4, 0, &[(2, Accepted), (2, Accepted), (1, Accepted)]), [(2, 0), (1, 1), (1, 0)]);
        assert_eq!(seats(1, 0, &[(3, Accepted), (4, Accepted)]), [(1, 2), (1, 3)]);
    }

    #[test]
    fn a_backup_takes_what_came_free_and_nobody_elses_seat() {
        assert_eq!(seats(2, 1, &[(2, Backup), (1, Offered)]), [(1, 1), (1, 0)]);
        assert_eq!(seats(5, 1, &[(2, Backup), (2, Backup)]), [(1, 1), (0, 2)]);
    }
}
