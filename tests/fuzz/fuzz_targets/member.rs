#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    closeknit_hostile::acts_of_one_member(bytes);
});
