//! A tip that comes to a machine which holds the circle's statements.

use closeknit_trust::{
    circle::doc_id,
    roster::Authority,
    tip::{Taken, Tip, Tips},
};

use crate::scene::scene;

pub(crate) fn judge(bytes: &[u8]) -> String {
    let tip = match Tip::parse(bytes) {
        Ok(tip) => tip,
        Err(error) => return format!("{error:?}"),
    };
    assert_eq!(tip.bytes(), bytes, "a tip has one spelling");
    let (scene, head) = (scene(), *tip.head());
    if head.circle != scene.circle() {
        return "of another circle".into();
    }
    let authority = scene.roster.authority(tip.device(), head.doc, head.generation);
    let own = |one: &crate::scene::Neighbour| {
        doc_id(head.circle, one.id()) == head.doc && one.devices[0].id() == tip.device()
    };
    let everybody = scene.honest().into_iter().chain(scene.mallorys());
    assert!(authority == Authority::None || everybody.into_iter().any(own), "nobody speaks for another");
    match authority {
        Authority::Full => {
            let taken = Tips::default().take(tip, |_, _| false);
            assert_eq!(taken, Taken::New { replaced: vec![] });
            "taken".into()
        }
        other => format!("{other:?}"),
    }
}
