//! One live promise for each helper and post.

use std::collections::BTreeMap;

use closeknit_ids::MemberId;

use crate::{
    pool::Weighed,
    state::{CommitmentStatus, Void},
};

/// Leaves each helper one live promise. A promise that names an older one of the same helper replaces
/// it for good, unless that happened. Of those made apart, on two machines of one helper, the one counts
/// that happened, then the one that fits the post as it is, then the one that was accepted, then the first
/// in order; the other waits behind it.
pub(crate) fn one_promise_each(line: &mut [Weighed<'_>], rings: &[usize], several_times: bool) {
    if line.len() < 2 {
        return;
    }
    let mut by_helper = BTreeMap::<MemberId, Vec<usize>>::new();
    for (at, promise) in line.iter().enumerate() {
        by_helper.entry(promise.whose().helper).or_default().push(at);
    }
    for own in by_helper.into_values().filter(|own| own.len() > 1) {
        mark_replaced(line, rings, &own);
        let live = |at: &usize| line.get(*at).filter(|promise| promise.may_count(several_times));
        let best =
            own.iter().filter_map(|at| live(at).map(|p| (!p.done(), !p.fits, !p.accepted(), *at))).min();
        let Some((.., best)) = best else { continue };
        let Some(counts) = line.get(best).map(|promise| promise.whose().id) else { continue };
        let mut twice = false;
        for &at in own.iter().filter(|&&at| at != best) {
            if let Some(promise) =
                line.get_mut(at).filter(|promise| promise.over.is_none() && !promise.done())
            {
                promise.over = Some(CommitmentStatus::Void(Void::Twice { counts }));
                twice = true;
            }
        }
        if let Some(promise) = line.get_mut(best) {
            promise.promised_twice = twice;
        }
    }
}

/// Of one helper's promises `own`, in order, marks those that a later one names. Where they name each
/// other in a ring, none is the newer.
fn mark_replaced(line: &mut [Weighed<'_>], rings: &[usize], own: &[usize]) {
    let position: BTreeMap<_, _> =
        own.iter().filter_map(|&at| line.get(at).map(|promise| (promise.whose().id, at))).collect();
    for &newer in own {
        let Some(promise) = line.get(newer) else { continue };
        let by = promise.whose().id;
        let named: Vec<_> =
            promise.claim.commitment.basis.seen().iter().filter_map(|id| position.get(id)).collect();
        for &older in named {
            if rings.get(older) != rings.get(newer)
                && let Some(older) = line.get_mut(older).filter(|older| !older.done())
            {
                older.replaced = true;
                let ended = Some(CommitmentStatus::DidNotHappen);
                if older.over != ended && !matches!(older.over, Some(CommitmentStatus::Withdrawn { .. })) {
                    older.over = Some(CommitmentStatus::Void(Void::Replaced { by }));
                }
            }
        }
    }
}
