#![no_main]

use closeknit_hostile::Kind;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    Kind::Backup.judge("", bytes);
});
