//! What a promise says about what the helper knew.

mod story;

use closeknit_domain::{
    Basis, Part, Post, PostKind, SlotIds, When, basis, basis_fields,
    text::{Place, Title},
};
use story::{Story, alice, bob, carol, lift, window};

/// Promises in every circle hold this hash: if it changes, all of them have to be confirmed.
#[test]
fn the_form_never_changes() {
    let lift = lift();
    assert_eq!(
        hex(&basis_fields(&lift, &Part::Whole)),
        "f08dcee88c0e909ecc8a2004eb62d4ca2f53319347756b81160a3e40de045d3e"
    );
    let bare = Post { when: When::Anytime, place: None, kind: PostKind::Offer, ..lift };
    assert_eq!(
        hex(&basis_fields(&bare, &Part::Whole)),
        "628fa61a6748d2fe883c5e3a7e4627415dbc39599ec5c5b8992e4c59c6aca9c3"
    );
}

/// Nor do those of several times.
#[test]
fn the_forms_of_several_times_never_change() {
    let [one, two] =
        ["2026-11-26", "2026-11-27"].map(|day| window(&format!("{day}T09:20"), &format!("{day}T12:30")));
    let slots = SlotIds::new([one.slot(), two.slot()].into()).unwrap();
    let several = Post { when: When::at(vec![one.clone(), two]).unwrap(), ..lift() };
    let weekly = Post { when: When::Repeats(one, "FREQ=WEEKLY;COUNT=9".parse().unwrap()), ..lift() };
    let goldens = [
        (
            basis_fields(&several, &Part::Every),
            "e566089866ac8bb4a406cb2964d9e756dc5c8f2b7592e1222084c0d79440afea",
        ),
        (
            basis_fields(&several, &Part::Slots(slots)),
            "46c9eb77732fc314c7b0de07d809a2f1d6ed7245a0b25601a9d3dc66e2fbba53",
        ),
        (
            basis_fields(&weekly, &Part::Every),
            "002ef59e5a4f69fae96183f5c72cc4e82d65864055d72cd27a68dd9ea26ace2b",
        ),
    ];
    for (fields, golden) in goldens {
        assert_eq!(hex(&fields), golden);
    }
    assert_eq!(basis_fields(&several, &Part::Whole), basis_fields(&several, &Part::Every));
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn only_what_matters_to_a_seat_changes_it() {
    let lift = lift();
    let same = basis_fields(&lift, &Part::Whole);
    let words = Post { title: Title::new("Lift, please").unwrap(), urgent: true, ..lift.clone() };
    assert_eq!(basis_fields(&words, &Part::Whole), same);
    let later = Post { when: When::Once(window("2026-11-26T16:00", "2026-11-26T18:00")), ..lift.clone() };
    assert_ne!(basis_fields(&later, &Part::Whole), same);
    let elsewhere = Post { place: Some(Place::new("Bridge End").unwrap()), ..lift.clone() };
    assert_ne!(basis_fields(&elsewhere, &Part::Whole), same);
    let offer = Post { kind: PostKind::Offer, ..lift };
    assert_ne!(basis_fields(&offer, &Part::Whole), same);
}

#[test]
fn the_own_promises_and_the_newest_are_named_first() {
    let mut story = Story::new();
    let need = story.post(alice(), lift());
    let own = story.promise(carol(), need, 1); // named by all that follow
    let mut last = own;
    for _ in 0..200 {
        last = story.promise(bob(), need, 1);
    }
    let apart: Vec<_> = (0..20).map(|_| story.promise_apart(bob(), need, 1)).collect();
    let basis = basis(story.post_record(need), &Part::Whole, carol(), story.promises(need));
    assert_eq!(basis.seen().len(), Basis::MOST);
    for named in apart.into_iter().chain([own, last]) {
        assert!(basis.seen().contains(&named.id), "{named:?}");
    }
}

#[test]
fn a_basis_is_checked_when_read() {
    let ids = |n: u8| (0..n).map(|i| format!("\"{i:032x}\"")).collect::<Vec<_>>().join(",");
    let text = |n| format!("{{\"fields\":{:?},\"seen\":[{}]}}", [7; 32], ids(n));
    assert!(serde_json::from_str::<Basis>(&text(64)).is_ok());
    assert!(serde_json::from_str::<Basis>(&text(65)).is_err());
}
