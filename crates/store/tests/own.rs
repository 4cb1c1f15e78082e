//! What only this machine knows: circles, settings, addresses, invitations.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]

mod story;

use closeknit_ids::InvitationId;
use closeknit_store::{Address, Circle, Invitation, KEPT_ADDRESSES, Scope, Stage};
use story::*;

#[test]
fn a_draft_becomes_a_real_circle_and_its_invitations_move_there() {
    let mut home = Home::new();
    let mut draft = Circle { stage: Stage::Draft, ..circle(ORCHARD, "Orchard") };
    let token = Invitation { id: InvitationId([3; 32]), secret: vec![4; 32], uses_left: 1, expires: 99 };
    home.write(|batch| {
        batch.put_circle(&draft)?;
        batch.put_invitation(ORCHARD, &token)
    });
    assert_eq!(home.store.view().circle(ORCHARD).unwrap().as_ref(), Some(&draft));

    draft.stage = Stage::Past { became: MILLRACE };
    home.write(|batch| {
        batch.put_circle(&draft)?;
        batch.move_invitations(ORCHARD, MILLRACE)
    });
    let home = home.reopened();
    let view = home.store.view();
    assert_eq!(view.circles().unwrap(), [circle(MILLRACE, "Millrace"), draft]);
    assert_eq!(view.invitations(ORCHARD).unwrap(), []);
    assert_eq!(view.invitations(MILLRACE).unwrap(), std::slice::from_ref(&token));
    assert!(!format!("{token:?}").contains("4, 4"), "a secret is never printed");
}

#[test]
fn an_invitation_is_used_as_often_as_it_says() {
    let mut home = Home::new();
    let id = InvitationId([3; 32]);
    let token = Invitation { id, secret: vec![4; 32], uses_left: 2, expires: 99 };
    home.write(|batch| batch.put_invitation(MILLRACE, &token));
    let uses: Vec<_> = (0..3).map(|_| home.write(|batch| batch.use_invitation(MILLRACE, id))).collect();
    assert_eq!(uses, [Some(1), Some(0), None]);
    assert_eq!(home.store.view().invitations(MILLRACE).unwrap()[0].uses_left, 0);
    home.write(|batch| batch.remove_invitation(MILLRACE, id));
    assert_eq!(home.write(|batch| batch.use_invitation(MILLRACE, id)), None);
}

#[test]
fn settings_of_the_profile_and_of_a_circle_are_apart() {
    let mut home = Home::new();
    home.write(|batch| {
        batch.set(Scope::Profile, "words", b"first")?;
        batch.set(Scope::Profile, "words", b"twenty-four")?;
        batch.set(Scope::Circle(MILLRACE), "words", b"here")
    });
    let view = home.store.view();
    assert_eq!(view.setting(Scope::Profile, "words").unwrap().as_deref(), Some(&b"twenty-four"[..]));
    assert_eq!(view.setting(Scope::Circle(MILLRACE), "words").unwrap().as_deref(), Some(&b"here"[..]));
    assert_eq!(view.setting(Scope::Circle(ORCHARD), "words").unwrap(), None);

    home.write(|batch| batch.unset(Scope::Profile, "words"));
    assert_eq!(home.store.view().setting(Scope::Profile, "words").unwrap(), None);
    assert!(home.store.view().setting(Scope::Circle(MILLRACE), "words").unwrap().is_some());
}

#[test]
fn the_addresses_seen_last_are_kept() {
    let mut home = Home::new();
    let kept = i64::from(KEPT_ADDRESSES);
    home.write(|batch| {
        for when in 1..=kept + 4 {
            batch.seen_at(MILLRACE, LAPTOP, &format!("10.0.0.{when}:4433"), when)?;
        }
        batch.exchanged_at(MILLRACE, LAPTOP, "10.0.0.5:4433", 50)?;
        batch.seen_at(MILLRACE, LAPTOP, "10.0.0.5:4433", 3)?;
        batch.seen_at(MILLRACE, PHONE, "10.0.0.1:4433", 1)
    });
    let known = home.store.view().addresses(MILLRACE).unwrap();
    assert_eq!(known.len(), KEPT_ADDRESSES as usize + 1);
    let expected = |address: &str, last_seen, last_exchange| Address {
        device: LAPTOP,
        address: address.into(),
        last_seen,
        last_exchange,
    };
    assert_eq!(known[0], expected("10.0.0.5:4433", 50, Some(50)), "an older word does not undo a newer");
    assert_eq!(known[1], expected("10.0.0.12:4433", 12, None));

    home.write(|batch| batch.forget_addresses(MILLRACE, LAPTOP));
    assert_eq!(home.store.view().addresses(MILLRACE).unwrap().len(), 1);
}

/// The own clock was a year ahead for a while, and is right again.
#[test]
fn a_new_address_is_kept_though_all_others_were_seen_later() {
    let mut home = Home::new();
    let (year, kept) = (365 * 24 * 3600, i64::from(KEPT_ADDRESSES));
    home.write(|batch| {
        for when in 1..=kept {
            batch.seen_at(MILLRACE, LAPTOP, &format!("10.0.0.{when}:4433"), year + when)?;
        }
        batch.seen_at(MILLRACE, LAPTOP, "10.0.1.1:4433", 100)?;
        batch.seen_at(MILLRACE, LAPTOP, "10.0.1.2:4433", 101)
    });
    let known = home.store.view().addresses(MILLRACE).unwrap();
    let addresses: Vec<_> = known.iter().map(|known| known.address.as_str()).collect();
    assert_eq!(known.len(), KEPT_ADDRESSES as usize);
    assert_eq!(addresses[0], "10.0.1.2:4433");
    assert!(addresses.contains(&"10.0.1.1:4433"));
}

#[test]
fn a_circle_goes_with_everything_that_hangs_on_it() {
    let mut home = Home::new();
    let (id, bytes) = statement("found");
    home.write(|batch| {
        batch
            .put_circle(&Circle { stage: Stage::Past { became: MILLRACE }, ..circle(ORCHARD, "Orchard") })?;
        batch.add_statement(MILLRACE, id, &bytes)?;
        batch.add_change(MILLRACE, ALICES, 0, &change(9, 1))?;
        batch.set(Scope::Circle(MILLRACE), "key", b"value")?;
        batch.set(Scope::Profile, "key", b"value")?;
        batch.remove_circle(MILLRACE)
    });
    let view = home.store.view();
    assert_eq!(view.circles().unwrap(), [Circle { stage: Stage::Draft, ..circle(ORCHARD, "Orchard") }]);
    assert_eq!(view.statements(MILLRACE).unwrap(), []);
    assert_eq!(view.documents(MILLRACE).unwrap(), []);
    assert_eq!(view.setting(Scope::Circle(MILLRACE), "key").unwrap(), None);
    assert!(view.setting(Scope::Profile, "key").unwrap().is_some());
    home.store.check().unwrap();
}
