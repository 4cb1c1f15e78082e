//! Whole files: a seal that is wrong, and a good seal around a bag that is.

use closeknit_hostile::sealed::{Parts, Stanza, parts, recipient, to_alice};

use crate::{File, bag::*, file, signing::here};

const ALTERED: &str = "Damaged(\"its first bytes were altered\")";
const CUT: &str = "Damaged(\"it was cut or altered\")";
const SIGNATURE: &str = "Damaged(\"its signature\")";
const ORDER: &str = "Damaged(\"a file is out of order or missing\")";
const INFO: &str = "Damaged(\"what it says about itself\")";
const LIST: &str = "Damaged(\"its list of files\")";
const LISTS: &str = "Damaged(\"its list of lists\")";

fn sound_parts() -> Parts {
    parts(&archive(&sound()))
}

fn sealed_with(change: impl FnOnce(&mut Parts)) -> Vec<u8> {
    let mut parts = sound_parts();
    change(&mut parts);
    parts.to_bytes()
}

/// Packed otherwise, and signed by alice all the same.
fn packed(change: impl FnOnce(&mut Files)) -> Vec<u8> {
    let mut files = sound();
    change(&mut files);
    to_alice(&archive(&signed(files, &alices(), COMMENT)))
}

/// Packed otherwise, with nobody's signature.
fn forged(change: impl FnOnce(&mut Files)) -> Vec<u8> {
    let mut files = sound();
    change(&mut files);
    to_alice(&archive(&files))
}

fn info(from: &str, to: &str) -> Vec<u8> {
    packed(|files| {
        let text = &mut find(files, "bag-info").1;
        let old = String::from_utf8(text.clone()).unwrap();
        assert!(old.contains(from));
        *text = old.replace(from, to).into();
    })
}

fn without(path: &'static str) -> Vec<u8> {
    packed(|files| files.retain(|(name, _)| !name.starts_with(path)))
}

fn scrypt(work: &str) -> Vec<u8> {
    sealed_with(|parts| {
        let words = format!("scrypt {} {work}", "CAgICAgICAgICAgICAgICA");
        parts.stanzas = vec![Stanza { words, body: vec![7; 32] }];
    })
}

pub(crate) fn files() -> Vec<File> {
    [seals(), payloads(), bags(), signers()].into_iter().flatten().collect()
}

fn seals() -> Vec<File> {
    let alice = here().alice.words.recipient();
    let mallory = here().mallory.words.recipient();
    let with_stanzas = |stanzas: Vec<Stanza>| sealed_with(|parts| parts.stanzas = stanzas);
    let stanza = |words: &str, body: &[u8]| Stanza { words: words.into(), body: body.to_vec() };
    let good = || recipient(alice.as_bytes());
    let lines = [b"age-encryption.org/v1\n".as_slice(), &b"-> a\n\n".repeat(8_000)].concat();
    let line = [b"age-encryption.org/v1\n-> ".as_slice(), &vec![b'a'; 20_000]].concat();
    let whole = sound_parts().to_bytes();
    vec![
        file(
            "sound.age",
            whole.clone(),
            "opens, and hands over 3",
            "as it ought to be; the others are spoilt from it",
        ),
        file("empty.age", [], "NotABackup", "no bytes"),
        file("a-letter.age", "a letter to alice", "NotABackup", "a letter"),
        file("zeros.age", [0; 4_000], "NotABackup", "zeros"),
        file(
            "version-2.age",
            sealed_with(|parts| parts.version = "age-encryption.org/v2".into()),
            "NotABackup",
            "another version of the seal",
        ),
        file(
            "armored.age",
            "-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n",
            "NotABackup",
            "the same as text",
        ),
        file(
            "line-ends.age",
            String::from_utf8_lossy(&whole[..60]).replace('\n', "\r\n").into_bytes(),
            "NotABackup",
            "line ends of another system",
        ),
        file("many-lines.age", lines, "NotABackup", "a header of eight thousand lines"),
        file("endless-line.age", line, "NotABackup", "a header of one line without end"),
        file(
            "no-mac.age",
            whole[..whole.windows(4).position(|window| window == b"\n---").unwrap() + 4].to_vec(),
            "NotABackup",
            "the header has no end",
        ),
        file(
            "mac-wrong.age",
            sealed_with(|parts| parts.mac = Some(vec![7; 32])),
            ALTERED,
            "the header's sum is another",
        ),
        file(
            "mac-short.age",
            sealed_with(|parts| parts.mac = Some(vec![7; 16])),
            "NotABackup",
            "the header's sum is short",
        ),
        file("no-recipient.age", with_stanzas(vec![]), "NotABackup", "for nobody"),
        file(
            "for-mallory.age",
            with_stanzas(vec![recipient(mallory.as_bytes())]),
            "WrongKey",
            "for somebody else",
        ),
        file(
            "forty-recipients.age",
            with_stanzas((0..40).map(|_| recipient(mallory.as_bytes())).collect()),
            "WrongKey",
            "for more than a backup is ever for",
        ),
        file(
            "two-hundred-recipients.age",
            with_stanzas((0..200).map(|_| recipient(mallory.as_bytes())).collect()),
            "NotABackup",
            "for more than there is room for",
        ),
        file(
            "alice-last-of-30.age",
            with_stanzas((0..29).map(|_| recipient(mallory.as_bytes())).chain([good()]).collect()),
            "opens, and hands over 3",
            "alice is the last of thirty",
        ),
        file(
            "share-of-small-order.age",
            with_stanzas(vec![stanza(&format!("X25519 {}", "A".repeat(43)), &[7; 32])]),
            ALTERED,
            "a key share that makes the secret known",
        ),
        file(
            "share-short.age",
            with_stanzas(vec![stanza("X25519 AAAA", &[7; 32])]),
            ALTERED,
            "a short key share",
        ),
        file("share-missing.age", with_stanzas(vec![stanza("X25519", &[7; 32])]), ALTERED, "no key share"),
        file(
            "body-short.age",
            with_stanzas(vec![Stanza { body: vec![7; 31], ..good() }]),
            ALTERED,
            "a wrapped key that is too short",
        ),
        file(
            "body-long.age",
            with_stanzas(vec![Stanza { body: vec![7; 48], ..good() }]),
            ALTERED,
            "a wrapped key that is too long",
        ),
        file(
            "body-wrong.age",
            with_stanzas(vec![Stanza { body: vec![7; 32], ..good() }]),
            "WrongKey",
            "a wrapped key that does not open",
        ),
        file(
            "unknown-stanza.age",
            with_stanzas(vec![stanza("weather fine", &[7; 10]), good()]),
            "opens, and hands over 3",
            "a kind of recipient that nobody knows beside alice",
        ),
        file(
            "only-unknown-stanza.age",
            with_stanzas(vec![stanza("weather fine", &[7; 10])]),
            "WrongKey",
            "a kind of recipient that nobody knows",
        ),
        file(
            "passphrase-for-keys.age",
            sealed_with(|parts| parts.nonce = vec![9; 16]),
            "NeedsKey",
            "a passphrase where keys are asked for",
        ),
        file(
            "keys-for-a-passphrase.age",
            scrypt("10"),
            "NeedsPassphrase",
            "keys where a passphrase is asked for",
        ),
        file(
            "passphrase-work-21.age",
            scrypt("21"),
            "TooMuchWork",
            "two gibibytes of work before anything is known",
        ),
        file("passphrase-work-63.age", scrypt("63"), "TooMuchWork", "more work than there is time"),
        file("passphrase-work-64.age", scrypt("64"), "TooMuchWork", "work that cannot be counted"),
        file("passphrase-work-255.age", scrypt("255"), "TooMuchWork", "the largest number that fits"),
        file("passphrase-work-00.age", scrypt("00"), ALTERED, "another spelling of no work"),
        file("passphrase-work-minus.age", scrypt("-1"), ALTERED, "less than no work"),
        file("passphrase-work-none.age", scrypt(""), "NotABackup", "no work named"),
        file(
            "passphrase-and-key.age",
            sealed_with(|parts| {
                parts
                    .stanzas
                    .push(Stanza { words: "scrypt CAgICAgICAgICAgICAgICA 10".into(), body: vec![7; 32] });
            }),
            "NotABackup",
            "a passphrase and a key in one header",
        ),
    ]
}

fn payloads() -> Vec<File> {
    let large = || parts(&vec![0; 64 * 1024 + 10]);
    let with = |change: &dyn Fn(&mut Parts)| {
        let mut parts = sound_parts();
        change(&mut parts);
        parts.to_bytes()
    };
    let cut = |bytes: usize| {
        let whole = sound_parts().to_bytes();
        whole[..whole.len() - bytes].to_vec()
    };
    let without_last = {
        let mut parts = large();
        parts.chunks.pop();
        parts.chunks[0].2.truncate(500);
        parts.to_bytes()
    };
    vec![
        file("payload-none.age", with(&|parts| parts.chunks.clear()), CUT, "nothing but a header"),
        file(
            "payload-empty.age",
            with(&|parts| parts.chunks = vec![(0, true, vec![])]),
            CUT,
            "a payload of nothing",
        ),
        file("payload-cut-by-one.age", cut(1), CUT, "the last byte is missing"),
        file("payload-cut-by-a-block.age", cut(512), CUT, "the last block is missing"),
        file("payload-longer.age", [sound_parts().to_bytes(), vec![0]].concat(), CUT, "a byte follows"),
        file(
            "payload-nonce-short.age",
            with(&|parts| {
                parts.nonce.truncate(8);
                parts.chunks.clear();
            }),
            "NotABackup",
            "the file ends in its nonce",
        ),
        file(
            "payload-not-last.age",
            with(&|parts| parts.chunks[0].1 = false),
            CUT,
            "the last piece does not say that it is",
        ),
        file(
            "payload-number-1-first.age",
            with(&|parts| parts.chunks[0].0 = 1),
            CUT,
            "the second piece first",
        ),
        file("payload-last-piece-missing.age", without_last, CUT, "the last piece is missing"),
        file(
            "payload-empty-last-piece.age",
            with(&|parts| {
                parts.chunks[0].1 = false;
                parts.chunks.push((1, true, vec![]));
            }),
            CUT,
            "a short piece, and an empty one after it",
        ),
        file(
            "payload-two-last-pieces.age",
            with(&|parts| parts.chunks.push((1, true, vec![7; 20]))),
            CUT,
            "something after the last piece",
        ),
        file(
            "payload-other-nonce.age",
            {
                let mut bytes = sound_parts().to_bytes();
                let place = bytes.windows(16).position(|window| window == [8; 16]).unwrap();
                bytes[place] ^= 1;
                bytes
            },
            CUT,
            "one bit of the nonce is another",
        ),
    ]
}

fn bags() -> Vec<File> {
    let id = "00".repeat(32);
    let alice = here().alice.id().to_string();
    vec![
        file("bag-no-declaration.age", without("bagit.txt"), ORDER, "the first file is missing"),
        file(
            "bag-old-declaration.age",
            packed(|files| {
                files[0].1 = b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n".to_vec()
            }),
            "Damaged(\"its first file\")",
            "an older kind of bag",
        ),
        file("bag-no-info.age", without("bag-info"), ORDER, "it says nothing about itself"),
        file("bag-no-payload.age", without("data/"), ORDER, "there is nothing in it"),
        file("bag-no-manifest.age", without("manifest"), ORDER, "the list of files is missing"),
        file("bag-no-key.age", without("device.pub"), ORDER, "the signer's key is missing"),
        file(
            "bag-no-tag-manifest.age",
            packed(|files| files.retain(|(path, _)| path != "tagmanifest-sha256.txt")),
            ORDER,
            "the list of lists is missing",
        ),
        file(
            "bag-no-signature.age",
            packed(|files| drop(files.pop())),
            "Damaged(\"the archive inside is not as Closeknit writes it\")",
            "the signature is missing",
        ),
        file(
            "bag-fetch.age",
            packed(|files| {
                files.insert(7, ("fetch.txt".into(), b"https://example.org/x 9 data/x\n".to_vec()))
            }),
            "Damaged(\"a file that no backup has\")",
            "a list of what is to be fetched from elsewhere",
        ),
        file(
            "bag-extra-payload.age",
            packed(|files| files.insert(7, ("data/readable/z.exe".into(), b"MZ".to_vec()))),
            "opens, and hands over 3",
            "a program among the files for people, which are never taken in",
        ),
        file(
            "bag-unlisted-payload.age",
            forged(|files| files.insert(7, ("data/readable/z.html".into(), b"more".to_vec()))),
            LIST,
            "a file that the list does not name",
        ),
        file(
            "bag-listed-and-missing.age",
            forged(|files| drop(files.remove(6))),
            LIST,
            "a file that the list names and that is not there",
        ),
        file(
            "bag-manifest-other-hash.age",
            forged(|files| find(files, "manifest").1[0] ^= 1),
            LIST,
            "the hash of a file is another",
        ),
        file(
            "bag-manifest-path-out.age",
            forged(|files| find(files, "manifest").1.extend(format!("{id}  ../../x\n").bytes())),
            LIST,
            "the list names a file outside",
        ),
        file(
            "bag-tag-manifest-other-hash.age",
            forged(|files| find(files, "tagmanifest").1[0] ^= 1),
            LISTS,
            "the hash of a list is another",
        ),
        file(
            "bag-tag-manifest-longer.age",
            forged(|files| find(files, "tagmanifest").1.push(b'\n')),
            LISTS,
            "a line more",
        ),
        file(
            "bag-change-altered.age",
            forged(|files| find(files, "data/documents/").1[0] ^= 1),
            LIST,
            "something inside was altered",
        ),
        file(
            "bag-statement-under-another-name.age",
            packed(|files| find(files, "data/statements").0 = format!("data/statements/{id}.stmt")),
            "Damaged(\"a statement or tip\")",
            "a statement under the name of another",
        ),
        file(
            "bag-statement-too-large.age",
            packed(|files| find(files, "data/statements").1 = vec![0; 5_000]),
            "TooLarge(\"a file inside\")",
            "a statement of five thousand bytes",
        ),
        file(
            "bag-key-too-large.age",
            packed(|files| {
                files.iter_mut().for_each(|(path, bytes)| {
                    if path == "bagit.txt" {
                        bytes.resize(1_100, b' ')
                    }
                })
            }),
            "TooLarge(\"a file inside\")",
            "a first file of eleven hundred bytes",
        ),
        file(
            "bag-generation-spelt-long.age",
            packed(|files| {
                find(files, "data/documents").0 = format!("data/documents/{id}/{alice}/00.automerge")
            }),
            "Damaged(\"a file that no backup has\")",
            "a number with a longer spelling",
        ),
        file(
            "bag-upper-case-name.age",
            packed(|files| find(files, "data/tips").0 = format!("data/tips/{}.tip", "AB".repeat(32))),
            "Damaged(\"a file that no backup has\")",
            "a name in capitals",
        ),
        file(
            "info-newer.age",
            info("Format: 1", "Format: 2"),
            "Newer { found: 2, known: 1 }",
            "a later format, signed",
        ),
        file("info-format-0.age", info("Format: 1", "Format: 0"), INFO, "a format that never was"),
        file("info-format-word.age", info("Format: 1", "Format: one"), INFO, "a format that is no number"),
        file("info-no-format.age", info("Closeknit-Format: 1\n", ""), INFO, "no format"),
        file(
            "info-two-devices.age",
            info("Closeknit-Device", "Closeknit-Device: 00\nCloseknit-Device"),
            INFO,
            "two machines wrote it",
        ),
        file(
            "info-time-otherwise.age",
            info("15:06:40Z", "15:06:41Z"),
            "Damaged(\"the time when it was written\")",
            "the files inside say another time",
        ),
        file(
            "info-time-nonsense.age",
            info("2025-06-15T15:06:40Z", "yesterday"),
            INFO,
            "a time that is none",
        ),
        file(
            "info-circles-201.age",
            info(
                "Closeknit-Circle",
                &format!("{}Closeknit-Circle", format!("Closeknit-Circle: {id} {id} x\n").repeat(200)),
            ),
            "TooLarge(\"circles\")",
            "one circle more than a backup may be of",
        ),
        file(
            "info-no-utf8.age",
            packed(|files| find(files, "bag-info").1 = vec![0xff, 0xfe]),
            INFO,
            "it is no text",
        ),
    ]
}

fn signers() -> Vec<File> {
    let by = |change: &dyn Fn(&mut Files)| forged(|files| change(files));
    let tags = |files: &mut Files| find(files, "tagmanifest-sha256.txt").1.clone();
    let last = |files: &mut Files, text: String| files.last_mut().unwrap().1 = text.into();
    vec![
        file(
            "signed-by-mallory.age",
            to_alice(&archive(&signed(sound(), &mallorys(), COMMENT))),
            "opens, and hands over 3",
            "another key signed: who that is, is said before anything is taken in",
        ),
        file(
            "signed-for-something-else.age",
            to_alice(&archive(&signed(sound(), &alices(), "an update"))),
            SIGNATURE,
            "a good signature of alice's, for another file",
        ),
        file(
            "signed-by-mallory-for-alice.age",
            by(&|files| {
                let tags = tags(files);
                last(files, signature(&mallorys(), &tags, COMMENT));
            }),
            SIGNATURE,
            "mallory signs, and names alice's key",
        ),
        file(
            "signature-empty.age",
            by(&|files| last(files, String::new())),
            SIGNATURE,
            "no signature in the file for it",
        ),
        file(
            "signature-of-nothing.age",
            by(&|files| last(files, signature(&alices(), b"", COMMENT))),
            SIGNATURE,
            "alice signed nothing",
        ),
        file(
            "signature-comment-altered.age",
            by(&|files| {
                let tags = tags(files);
                last(files, signature(&alices(), &tags, "an update").replace("an update", COMMENT));
            }),
            SIGNATURE,
            "the comment is another than was signed",
        ),
        file(
            "signature-untrusted-comment.age",
            by(&|files| {
                let tags = tags(files);
                last(files, signature(&alices(), &tags, COMMENT).replace("signature of", "believe me,"));
            }),
            SIGNATURE,
            "the comment that nobody signs is another",
        ),
        file(
            "signature-longer.age",
            by(&|files| {
                let tags = tags(files);
                last(files, signature(&alices(), &tags, COMMENT) + "more\n");
            }),
            SIGNATURE,
            "a line follows",
        ),
        file(
            "signature-windows.age",
            by(&|files| {
                let tags = tags(files);
                last(files, signature(&alices(), &tags, COMMENT).replace('\n', "\r\n"));
            }),
            SIGNATURE,
            "line ends of another system",
        ),
        file(
            "signature-three-lines.age",
            by(&|files| {
                let tags = tags(files);
                let text = signature(&alices(), &tags, COMMENT);
                last(files, text.lines().take(3).map(|line| format!("{line}\n")).collect());
            }),
            SIGNATURE,
            "the last line is missing",
        ),
        file(
            "signature-last-line-short.age",
            by(&|files| {
                let tags = tags(files);
                let text = signature(&alices(), &tags, COMMENT);
                last(
                    files,
                    text.lines().take(3).map(|line| format!("{line}\n")).collect::<String>() + "AAAA\n",
                );
            }),
            SIGNATURE,
            "the last line is short: the library that reads it would panic",
        ),
        file(
            "signature-legacy.age",
            by(&|files| {
                let tags = tags(files);
                last(files, signature(&alices(), &tags, COMMENT).replacen("\nRUQ", "\nRWQ", 1));
            }),
            SIGNATURE,
            "it claims the older kind of signature",
        ),
        file(
            "key-otherwise-spelt.age",
            by(&|files| {
                let key = &mut find(files, "device.pub").1;
                *key = String::from_utf8(key.clone()).unwrap().replace('\n', "\r\n").into();
            }),
            "Damaged(\"the key of the machine that signed it\")",
            "the signer's key with other line ends",
        ),
        file(
            "key-nonsense.age",
            by(&|files| find(files, "device.pub").1 = b"untrusted comment: x\nAAAA\n".to_vec()),
            "Damaged(\"the key of the machine that signed it\")",
            "a key that is none",
        ),
    ]
}
