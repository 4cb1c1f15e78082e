//! What this machine listens for, and what it may announce.

use std::collections::{HashMap, HashSet};

use closeknit_ids::CircleId;

use crate::{Alpn, Circle, Purpose, SALTS_SERVED, Salt};

/// The circles and invitations, and the doors that lead to them.
#[derive(Debug, Default)]
pub(crate) struct Served {
    circles: Vec<Circle>,
    joins: Vec<Alpn>,
    doors: HashMap<Alpn, Purpose>,
    /// Salts announced on a network where this machine is no more.
    burnt: HashSet<Salt>,
}

impl Served {
    pub(crate) fn set_circles(&mut self, circles: Vec<Circle>) {
        self.burnt.retain(|salt| circles.iter().any(|circle| circle.salts.contains(salt)));
        self.circles = circles;
        self.open_doors();
    }

    pub(crate) fn set_joins(&mut self, joins: Vec<Alpn>) {
        self.joins = joins;
        self.open_doors();
    }

    fn open_doors(&mut self) {
        let circles = self.circles.iter().flat_map(|circle| {
            let salts = circle.salts.iter().take(SALTS_SERVED);
            salts.map(|salt| (Alpn::circle(circle.id, *salt), Purpose::Circle(circle.id)))
        });
        let joins = self.joins.iter().map(|join| (join.clone(), Purpose::Join(join.clone())));
        self.doors = circles.chain(joins).collect();
    }

    pub(crate) fn doors(&self) -> Vec<Alpn> {
        self.doors.keys().cloned().collect()
    }

    /// What whoever came through this door came for.
    pub(crate) fn purpose(&self, door: &Alpn) -> Option<&Purpose> {
        self.doors.get(door)
    }

    /// Whether it listens for this circle, and does not only look for it.
    pub(crate) fn serves(&self, circle: CircleId) -> bool {
        self.circles.iter().any(|known| known.id == circle && !known.salts.is_empty())
    }

    /// This machine is on another network: what was announced is not to be announced here.
    pub(crate) fn moved(&mut self) {
        self.burnt.extend(self.circles.iter().filter_map(|circle| circle.salts.first()));
    }

    /// The circles to look for, and the salt to announce in each.
    pub(crate) fn announced(&self) -> Vec<(CircleId, Option<Salt>)> {
        let newest =
            |circle: &Circle| circle.salts.first().filter(|salt| !self.burnt.contains(salt)).copied();
        self.circles.iter().map(|circle| (circle.id, newest(circle))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLRACE: CircleId = CircleId([1; 32]);

    fn salt(n: u8) -> Salt {
        Salt([n; 16])
    }

    fn millrace(salts: &[u8]) -> Vec<Circle> {
        vec![Circle { id: MILLRACE, salts: salts.iter().map(|n| salt(*n)).collect() }]
    }

    #[test]
    fn eight_salts_and_each_invitation_are_a_door() {
        let mut served = Served::default();
        assert_eq!(served.doors(), []);
        served.set_circles(millrace(&[9, 8, 7, 6, 5, 4, 3, 2, 1]));
        served.set_joins(vec![Alpn::join(&[5; 32])]);
        assert_eq!(served.doors().len(), SALTS_SERVED + 1);
        let door = |n| Alpn::circle(MILLRACE, salt(n));
        assert_eq!(served.purpose(&door(2)), Some(&Purpose::Circle(MILLRACE)));
        assert_eq!(served.purpose(&door(1)), None, "the ninth");
        served.set_joins(vec![]);
        assert_eq!(served.purpose(&Alpn::join(&[5; 32])), None);
    }

    #[test]
    fn a_salt_is_announced_in_one_place_only() {
        let mut served = Served::default();
        served.set_circles(millrace(&[1]));
        assert_eq!(served.announced(), [(MILLRACE, Some(salt(1)))]);
        served.moved();
        assert_eq!(served.announced(), [(MILLRACE, None)], "but it goes on looking");
        served.set_circles(millrace(&[1]));
        assert_eq!(served.announced(), [(MILLRACE, None)]);
        served.set_circles(millrace(&[2, 1]));
        assert_eq!(served.announced(), [(MILLRACE, Some(salt(2)))]);
        assert!(served.purpose(&Alpn::circle(MILLRACE, salt(1))).is_some(), "and the old door stays");
    }

    #[test]
    fn a_circle_without_salts_is_only_looked_for() {
        let mut served = Served::default();
        served.set_circles(millrace(&[]));
        assert!(!served.serves(MILLRACE));
        assert_eq!(served.doors(), []);
        assert_eq!(served.announced(), [(MILLRACE, None)]);
    }
}
