//! Frames that promise much, or are small and unfold to much.

use std::io::Write as _;

/// The beginning of a list that promises more than can be.
fn promise(kind: u16, before: &[u8], length: u64) -> Vec<u8> {
    let length = postcard::to_stdvec(&length).unwrap();
    [kind.to_be_bytes().as_slice(), before, &length].concat()
}

/// Frames that promise much, or are small and unfold to much.
pub(crate) fn swollen_frames() -> Vec<Vec<u8>> {
    let mut frames = Vec::new();
    for length in [9_000, 70_000, 1 << 20, 1 << 40, u64::MAX] {
        for kind in [2, 16, 17, 18, 19, 20, 22, 32, 33, 34] {
            frames.push(promise(kind, &[], length));
            frames.push([promise(kind, &[], length), vec![0; 300_000]].concat());
        }
        frames.push(promise(35, &[3; 33], length));
        for kind in [36, 37] {
            // Document and version, then tips; or no tips and packed changes.
            frames.push(promise(kind, &[3; 49], length));
            let start = [[3; 49].as_slice(), &[0]].concat();
            frames.push(promise(kind, &start, length));
            let plain = [&[0], postcard::to_stdvec(&length).unwrap().as_slice()].concat();
            frames.push(
                [kind.to_be_bytes().as_slice(), &start, &postcard::to_stdvec(&plain).unwrap()].concat(),
            );
        }
    }
    let mut zeros = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    zeros.write_all(&vec![0; 64 * 1024 * 1024]).unwrap();
    let zeros = zeros.finish().unwrap();
    for promised in [0, 1000, 288 * 1024, 288 * 1024 + 1, 64 * 1024 * 1024, usize::MAX] {
        let bomb = [&[1], postcard::to_stdvec(&promised).unwrap().as_slice(), &zeros].concat();
        let start = [[0, 36].as_slice(), &[3; 49], &[0]].concat();
        frames.push([start, postcard::to_stdvec(&bomb).unwrap(), vec![0]].concat());
    }
    frames
}
