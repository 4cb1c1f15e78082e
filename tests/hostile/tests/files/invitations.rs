//! Texts that somebody is asked to paste.

use bech32::{Bech32, Bech32m, ByteIterExt as _, Checksum, Fe32, Fe32IterExt as _, Hrp};
use closeknit_ids::{CircleId, DeviceId};
use closeknit_trust::{
    circle::Salt,
    invitation::{Invitation, Invited, Token},
    text::CircleName,
};

use crate::{File, file};

fn invitation() -> Invitation {
    Invitation {
        name: CircleName::new("Millrace").unwrap(),
        circle: Invited::Circle(CircleId([1; 32])),
        device: DeviceId([2; 32]),
        addresses: vec!["192.168.1.20:4711".parse().unwrap()],
        salt: Salt([3; 16]),
        token: Token::from([4; 32]),
        expires: 1_800_000_000,
    }
}

fn sound() -> String {
    invitation().to_text().unwrap().to_string()
}

/// A line with whatever inside, and a checksum that fits.
fn line<C: Checksum>(version: u8, length: Option<usize>, content: &[u8]) -> String {
    let content: Vec<Fe32> = content.iter().copied().bytes_to_fes().collect();
    let length = length.unwrap_or(content.len() + 6);
    let header =
        [usize::from(version), length / 32, length % 32].map(|digit| Fe32::try_from(digit as u8).unwrap());
    let symbols = header.into_iter().chain(content);
    symbols.with_checksum::<C>(&Hrp::parse("closeknit").unwrap()).chars().collect()
}

fn with(content: &[u8]) -> String {
    line::<Bech32m>(1, None, content)
}

/// The fields of one, written by hand.
fn fields(name: &[u8], kind: u8, addresses: &[u8], rest: &[u8]) -> Vec<u8> {
    let name = [&[name.len() as u8], name].concat();
    [&name, [kind].as_slice(), &[1; 32], &[2; 32], addresses, &[3; 16], &[4; 32], rest].concat()
}

const NO_ADDRESS: &[u8] = &[0];
const EXPIRES: &[u8] = &[1];

pub(crate) fn files() -> Vec<File> {
    let text = sound();
    let cut = |missing: usize| format!("Cut {{ missing: {missing} }}");
    let v4 = [0, 192, 168, 1, 20, 0xe7, 0x24];
    let mut swapped = text.clone().into_bytes();
    swapped.swap(60, 61);
    assert_ne!(swapped, text.as_bytes());
    let mut wrong = text.clone().into_bytes();
    wrong[40] = if wrong[40] == b'q' { b'p' } else { b'q' };
    let postcard = postcard::to_stdvec(&invitation()).unwrap();
    vec![
        file("sound.txt", text.clone(), "taken", "as it ought to be; the others are spoilt from it"),
        file("empty.txt", "", "None", "nothing was pasted"),
        file("a-letter.txt", "See you at eight, closely knit", "None", "another text was pasted"),
        file("only-its-name.txt", "closeknit1", cut(3), "nothing after the name"),
        file("no-digits.txt", "closeknit1 !?.", cut(3), "only marks after the name"),
        file(
            "half.txt",
            text[..text.len() / 2].to_owned(),
            cut(text.len() - text.len() / 2),
            "half of it was copied",
        ),
        file("last-missing.txt", text[..text.len() - 1].to_owned(), cut(1), "its last letter was not copied"),
        file("wrong-letter.txt", wrong, "Mistake", "one letter is another"),
        file("swapped-letters.txt", swapped, "Mistake", "two letters have changed places"),
        file(
            "forbidden-letter.txt",
            text.replacen('q', "b", 1),
            "Mistake",
            "a letter that the alphabet does not have",
        ),
        file("other-digits.txt", format!("closeknit1b{}", &text[11..]), "Mistake", "its version is no digit"),
        file("not-ascii.txt", text.replacen('p', "р", 1), "Mistake", "a Cyrillic letter that looks the same"),
        file(
            "turkish-i.txt",
            text.replace("closeknit", "closekn\u{131}t"),
            "None",
            "a letter that is an i elsewhere",
        ),
        file(
            "invisible-marks.txt",
            text.replace('q', "q\u{200b}\u{202e}"),
            "taken",
            "marks that nobody sees are passed over",
        ),
        file(
            "no-utf8.txt",
            [text.as_bytes(), &[0xff, 0xfe]].concat(),
            "taken",
            "bytes after it that are no text",
        ),
        file("a-mebibyte.txt", "closeknit1".repeat(4_000), "Mistake", "its name without end"),
        file("twice.txt", format!("{text} {text}"), "taken", "two of them: the first counts"),
        file(
            "broken-then-sound.txt",
            format!("{} {text}", &text[..40]),
            "Mistake",
            "a broken one swallows the beginning of the next",
        ),
        file(
            "old-checksum.txt",
            line::<Bech32>(1, None, &postcard),
            "Mistake",
            "the checksum of another standard",
        ),
        file(
            "newer.txt",
            line::<Bech32m>(2, None, b"something else"),
            "Newer",
            "a later version, with a good checksum",
        ),
        file("newest.txt", line::<Bech32m>(31, None, &[]), "Newer", "the highest version there can be"),
        file("version-0.txt", line::<Bech32m>(0, None, b"x"), "Mistake", "a version that never was"),
        file("length-0.txt", line::<Bech32m>(1, Some(0), &[]), "Mistake", "it says that nothing follows"),
        file(
            "length-short.txt",
            line::<Bech32m>(1, Some(20), &postcard),
            "Mistake",
            "it says less than there is",
        ),
        file(
            "length-long.txt",
            line::<Bech32m>(1, Some(1023), &postcard),
            cut(1023 - (postcard.len() * 8).div_ceil(5) - 6),
            "it says more than there is",
        ),
        file("no-content.txt", with(&[]), "Mistake", "nothing inside, with a good checksum"),
        file("zeros.txt", with(&[0; 140]), "Mistake", "zeros inside"),
        file(
            "name-empty.txt",
            with(&fields(b"", 0, NO_ADDRESS, EXPIRES)),
            "Mistake",
            "a circle without a name",
        ),
        file(
            "name-bidi.txt",
            with(&fields("\u{202e}ecarlliM".as_bytes(), 0, NO_ADDRESS, EXPIRES)),
            "Mistake",
            "a name that turns the text around it",
        ),
        file(
            "name-lines.txt",
            with(&fields(b"Mill\nrace", 0, NO_ADDRESS, EXPIRES)),
            "Mistake",
            "a name of two lines",
        ),
        file(
            "name-no-utf8.txt",
            with(&fields(&[0xc3, 0x28], 0, NO_ADDRESS, EXPIRES)),
            "Mistake",
            "a name that is no text",
        ),
        file(
            "name-longest.txt",
            with(&fields(&[b'm'; 101], 0, NO_ADDRESS, EXPIRES)),
            "Mistake",
            "a name longer than a name may be",
        ),
        file(
            "name-claims-much.txt",
            with(&[0xff, 0xff, 0xff, 0xff, 0x0f, b'm']),
            "Mistake",
            "a name that claims four thousand million letters",
        ),
        file(
            "kind-unknown.txt",
            with(&fields(b"Millrace", 2, NO_ADDRESS, EXPIRES)),
            "Mistake",
            "neither a circle nor a draft",
        ),
        file(
            "addresses-claim-much.txt",
            with(&fields(b"Millrace", 0, &[0xff, 0xff, 0xff, 0xff, 0x0f], EXPIRES)),
            "Mistake",
            "four thousand million addresses",
        ),
        file(
            "addresses-nine.txt",
            with(&fields(b"Millrace", 0, &[&[9], v4.repeat(9).as_slice()].concat(), EXPIRES)),
            "TooLong",
            "one address more than there may be",
        ),
        file(
            "addresses-eight.txt",
            with(&fields(b"Millrace", 0, &[&[8], v4.repeat(8).as_slice()].concat(), EXPIRES)),
            "taken",
            "as many addresses as there may be",
        ),
        file(
            "address-unknown.txt",
            with(&fields(b"Millrace", 0, &[1, 7, 1, 1, 1, 1, 1, 1], EXPIRES)),
            "Mistake",
            "an address of no known kind",
        ),
        file(
            "expires-never.txt",
            with(&fields(
                b"Millrace",
                0,
                NO_ADDRESS,
                &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
            )),
            "taken",
            "good until the end of time: the inviter's machine has its own end",
        ),
        file(
            "expires-cut.txt",
            with(&fields(b"Millrace", 0, NO_ADDRESS, &[0xff])),
            "Mistake",
            "the last number has no end",
        ),
        file(
            "expires-endless.txt",
            with(&fields(b"Millrace", 0, NO_ADDRESS, &[0xff; 11])),
            "Mistake",
            "a number that is too long for any",
        ),
    ]
}
