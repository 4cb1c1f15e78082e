//! Seeds in which something was wrong once.
#![cfg(test)]

use closeknit_simulator::{Plan, red, run_all};

/// Seeds of a night that were red once (`docs/reliability.md`). Most have a story of their own, which lasts: a seed is another
/// world as soon as machines say something else to each other.
const ONCE_RED: &[u64] = &[
    63, 95, 271, 2_105, 4_743, 6_133, 6_323, 6_956, 7_001, 7_008, 7_653, 11_573, 11_646, 11_664, 11_842,
    12_290, 12_352, 14_184, 17_468, 17_909, 17_955, 18_341, 18_369, 18_996, 20_152, 20_172, 20_626, 21_677,
    24_798, 28_737, 29_811, 29_895, 30_142, 30_486, 31_062, 32_756, 36_380, 37_412, 37_767, 39_234, 41_313,
    43_002, 44_775, 48_533,
];

#[test]
fn seeds_that_were_red_once_are_so_no_more() {
    let red = red(&run_all(ONCE_RED.iter().copied(), Plan::NIGHT));
    assert!(red.is_empty(), "these are red: {red:?}");
}
