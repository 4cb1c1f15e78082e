//! Changes as they travel: in fewer bytes, and the same again at the other end.

use closeknit_domain::Record;
use closeknit_ids::{ActorId, RecordId};
use closeknit_replica::{Act, Document, Slim};

use crate::support::profile;

fn written() -> Vec<Vec<u8>> {
    let mut document = Document::found();
    let golden = document.changes().next().unwrap().bytes().to_vec();
    let mut write = |number: u8| {
        let act = Act::add(RecordId([number; 16]), Record::Profile(profile("Rosa")));
        document.write(ActorId([7; 16]), 1_795_000_000, &[act]).unwrap().unwrap().bytes().to_vec()
    };
    let changes: Vec<_> = (1..=3).map(&mut write).collect();
    [vec![golden], changes].concat()
}

#[test]
fn what_was_made_slim_is_filled_out_again() {
    let no_change = b"no change, but somebody's".to_vec();
    let mut all = written();
    all.insert(3, no_change);
    let (mut down, mut up) = (Slim::default(), Slim::default());
    let slim: Vec<_> = all.iter().map(|change| down.down(change)).collect();
    let forms: Vec<u8> = slim.iter().map(|slim| slim[0]).collect();
    assert_eq!(forms, [1, 2, 2, 0, 1], "what comes after something odd names what it stands on");
    assert!(slim[1].len() <= all[1].len() - 40, "{} of {}", slim[1].len(), all[1].len());
    let again: Vec<_> = slim.iter().map(|slim| up.up(slim).unwrap()).collect();
    assert_eq!(again, all);
}

#[test]
fn what_was_never_made_slim_is_an_error() {
    let all = written();
    let mut down = Slim::default();
    let slim: Vec<_> = all.iter().map(|change| down.down(change)).collect();
    assert!(Slim::default().up(&slim[1]).is_err(), "there is no change before it");
    for odd in [&[][..], &[3, 1]] {
        assert!(Slim::default().up(odd).is_err(), "{odd:?}");
    }
    assert!(Slim::default().up(&vec![1; 300_000]).is_err());
}
