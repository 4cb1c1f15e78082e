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
    /// Which role they fill, by its place in the post's list.
    pub(crate) role: Option<usize>,
    /// Why they are in line.
    pub(crate) because: Because,
}

/// Why somebody is in line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Because {
    /// They came: what they brought is not spoken for by anybody who is still to come.
    Came,
    /// The author said yes: they go, with one at least, even if no seat is left. Then more go than
    /// were wanted, and the author is asked.
    Accepted,
    /// A backup, now that somebody left a seat: they get of what came free, so that nobody who had
    /// a seat loses it because another left.
    Backup,
    /// They came forward.
    Offered,
}

/// The seats that are free: for each role, and for anybody.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    roles: Vec<u16>,
    anybody: u16,
}

impl Places {
    /// Of `wanted` seats those for each role; of roles that come to more, the first have theirs.
    pub(crate) fn of(wanted: u16, roles: impl Iterator<Item = u16>) -> Self {
        let mut anybody = wanted;
        let mut reserve = |amount: u16| {
            let kept = amount.min(anybody);
            anybody = anybody.saturating_sub(kept);
            kept
        };
        Self { roles: roles.map(&mut reserve).collect(), anybody }
    }

    /// What somebody in this role may take: who fills a role may also take a seat that is for anybody.
    fn free(&self, role: Option<usize>) -> u16 {
        let own = role.and_then(|role| self.roles.get(role)).copied().unwrap_or_default();
        own.saturating_add(self.anybody)
    }

    /// Takes so many, those of the role first. What the author gave beyond what is free is taken from
    /// whatever is left.
    fn take(&mut self, role: Option<usize>, mut amount: u16) {
        let own = role.and_then(|role| self.roles.get_mut(role));
        for places in own.into_iter().chain([&mut self.anybody]) {
            let taken = amount.min(*places);
            *places -= taken;
            amount -= taken;
        }
        for places in &mut self.roles {
            let taken = amount.min(*places);
            *places -= taken;
            amount -= taken;
        }
    }
}

/// Gives the seats to those in line, in order; `freed` of them were left by somebody. Before anybody who was
/// accepted gets more, each of them has one seat, of their role if there is one: what is left for anybody
/// does not depend on who comes first.
pub(crate) fn hand_out(mut places: Places, mut freed: u16, line: &[InLine]) -> Vec<Seat> {
    let mut taken = vec![0_u16; line.len()];
    for because in [Because::Came, Because::Accepted] {
        for (taken, one) in taken.iter_mut().zip(line).filter(|(_, one)| one.because == because) {
            *taken = match because {
                Because::Came => one.amount.min(places.free(one.role).max(1)),
                _ => one.amount.min(1),
            };
            places.take(one.role, *taken);
        }
    }
    for (taken, one) in taken.iter_mut().zip(line) {
        let left = one.amount.saturating_sub(*taken).min(places.free(one.role));
        let more = match one.because {
            Because::Came => 0,
            Because::Accepted | Because::Offered => left,
            Because::Backup => left.min(freed),
        };
        if one.because == Because::Backup {
            freed = freed.saturating_sub(more);
        }
        places.take(one.role, more);
        *taken = taken.saturating_add(more);
    }
    let seats = taken.into_iter().zip(line);
    seats.map(|(taken, one)| Seat { taken, spare: one.amount.saturating_sub(taken) }).collect()
}

#[cfg(test)]
mod tests {
    use super::{
        Because::{Accepted, Backup, Came, Offered},
        *,
    };

    fn seats(wanted: u16, freed: u16, line: &[(u16, Because)]) -> Vec<(u16, u16)> {
        let line: Vec<_> =
            line.iter().map(|&(amount, because)| InLine { amount, role: None, because }).collect();
        hand_out(Places::of(wanted, [].into_iter()), freed, &line)
            .into_iter()
            .map(|seat| (seat.taken, seat.spare))
            .collect()
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
    fn who_came_leaves_no_seat_to_who_is_still_to_come() {
        assert_eq!(seats(2, 0, &[(2, Came), (1, Accepted)]), [(2, 0), (1, 0)]);
        assert_eq!(seats(3, 0, &[(2, Came), (2, Accepted), (1, Offered)]), [(2, 0), (1, 1), (0, 1)]);
    }

    #[test]
    fn a_backup_takes_what_came_free_and_nobody_elses_seat() {
        assert_eq!(seats(2, 1, &[(2, Backup), (1, Offered)]), [(1, 1), (1, 0)]);
        assert_eq!(seats(5, 1, &[(2, Backup), (2, Backup)]), [(1, 1), (0, 2)]);
    }

    /// Three helpers, one of them with a van and one with a key.
    #[test]
    fn a_role_keeps_its_seat_for_whoever_fills_it() {
        let (van, key) = (Some(0), Some(1));
        let seats = |line: &[(u16, Option<usize>, Because)]| {
            let line: Vec<_> =
                line.iter().map(|&(amount, role, because)| InLine { amount, role, because }).collect();
            let seats = hand_out(Places::of(3, [1, 1].into_iter()), 0, &line);
            seats.into_iter().map(|seat| seat.taken).collect::<Vec<_>>()
        };
        let (offered, yes) = (Offered, Accepted);
        assert_eq!(seats(&[(2, None, offered), (1, None, offered)]), [1, 0]);
        assert_eq!(seats(&[(1, None, offered), (1, key, offered), (1, van, offered)]), [1, 1, 1]);
        assert_eq!(seats(&[(1, van, offered), (1, van, offered), (1, None, offered)]), [1, 1, 0]);
        // The author's yes goes before: whoever they take, three go.
        assert_eq!(seats(&[(1, None, yes), (1, None, yes), (1, None, yes), (1, van, offered)]), [1, 1, 1, 0]);
    }

    /// Three people, one with a van and one with a key are accepted where five are wanted: all five go.
    #[test]
    fn whom_the_author_accepted_takes_no_seat_for_a_role_in_any_order() {
        let (three, van, key) = ((3, None), (1, Some(0)), (1, Some(1)));
        for all in [[three, van, key], [van, three, key], [van, key, three], [key, three, van]] {
            let line = all.map(|(amount, role)| InLine { amount, role, because: Accepted });
            let seats = hand_out(Places::of(5, [1, 1].into_iter()), 0, &line);
            assert_eq!(seats, all.map(|(taken, _)| Seat { taken, spare: 0 }), "{all:?}");
        }
    }
}
