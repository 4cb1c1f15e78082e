#![no_main]

use closeknit_hostile::{Kind, as_chunk};

// Whatever stands in a change, its checksum is right: it costs its author nothing. Some come as they are.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let inside = bytes.get(9..).filter(|_| bytes.starts_with(&[0x85, 0x6f, 0x4a, 0x83]));
    let data = inside.map(|rest| &rest[rest.iter().position(|byte| byte & 0x80 == 0).map_or(0, |end| end + 1)..]);
    match data {
        Some(data) if data.len() % 16 != 0 => Kind::Change.judge("", &as_chunk(data)),
        _ => Kind::Change.judge("", bytes),
    };
});
