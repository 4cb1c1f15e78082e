#![no_main]

use closeknit_hostile::Kind;

// Inside the seal, where the frames are, and the seal itself.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let name = if bytes.starts_with(b"age-encryption") { "" } else { ".frames" };
    Kind::Parcel.judge(name, bytes);
});
