//! Archives inside a good seal: whatever tar can say, and no backup does.

use tar::Header;

use crate::{File, bag::*, file};

const NOT_OURS: &str = "Damaged(\"the archive inside is not as Closeknit writes it\")";
const NO_SUCH: &str = "Damaged(\"a file that no backup has\")";
const CUT: &str = "Damaged(\"it was cut or altered\")";
const ORDER: &str = "Damaged(\"a file is out of order or missing\")";
const TOO_LARGE: &str = "TooLarge(\"a file inside\")";

/// The first header is another.
fn with_header(change: impl FnOnce(&mut Header)) -> Vec<u8> {
    let mut archive = archive(&sound());
    let mut header = Header::new_old();
    header.as_mut_bytes().copy_from_slice(&archive[..512]);
    change(&mut header);
    header.set_cksum();
    archive[..512].copy_from_slice(header.as_bytes());
    archive
}

/// The first header is another, byte for byte, with a checksum that fits.
fn with_bytes(place: usize, bytes: &'static [u8]) -> Vec<u8> {
    with_header(|header| header.as_mut_bytes()[place..place + bytes.len()].copy_from_slice(bytes))
}

/// A file more, after the page for people.
fn with_entry(header: &Header, bytes: &[u8]) -> Vec<u8> {
    let files = sound();
    let place = files.iter().position(|(path, _)| path.starts_with("manifest")).unwrap();
    let (before, after) = (files[..place].to_vec(), files[place..].to_vec());
    [entries(&before), entry(header, bytes), archive(&after)].concat()
}

fn named(path: &'static [u8]) -> Vec<u8> {
    let mut header = header("data/readable/x", 4);
    let name = &mut header.as_mut_bytes()[..100];
    name.fill(0);
    name[..path.len()].copy_from_slice(path);
    header.set_cksum();
    with_entry(&header, b"more")
}

fn of_kind(kind: u8) -> Vec<u8> {
    let mut header = header("data/readable/x", 0);
    header.as_old_mut().linkflag = [kind];
    header.as_old_mut().linkname[..11].copy_from_slice(b"/etc/passwd");
    header.set_cksum();
    with_entry(&header, &[])
}

pub(crate) fn files() -> Vec<File> {
    [names(), kinds(), numbers(), ends()].into_iter().flatten().collect()
}

fn names() -> Vec<File> {
    let mut both = header("data/readable/x", 4);
    both.as_ustar_mut().unwrap().prefix[..4].copy_from_slice(b"../x");
    both.set_cksum();
    vec![
        file(
            "sound.tar",
            archive(&sound()),
            "opens, and hands over 3",
            "as it ought to be; the others are spoilt from it",
        ),
        file("path-absolute.tar", named(b"/etc/cron.d/x"), NOT_OURS, "a path from the root"),
        file("path-parent.tar", named(b"../../.ssh/authorized_keys"), NOT_OURS, "a path that leads out"),
        file(
            "path-parent-inside.tar",
            named(b"data/readable/../../../x"),
            NOT_OURS,
            "one that leads out from further in",
        ),
        file("path-dot.tar", named(b"./data/readable/x"), NOT_OURS, "another spelling of a good path"),
        file("path-two-slashes.tar", named(b"data//readable/x"), NOT_OURS, "and another"),
        file("path-backslash.tar", named(b"data\\readable\\..\\x"), NO_SUCH, "a path of another system"),
        file("path-drive.tar", named(b"C:\\Windows\\x"), NO_SUCH, "a drive of another system"),
        file(
            "path-device-name.tar",
            named(b"data/readable/AUX:"),
            NO_SUCH,
            "a name that is a device elsewhere",
        ),
        file("path-empty.tar", named(b""), NOT_OURS, "no path"),
        file("path-folder.tar", named(b"data/readable/x/"), NO_SUCH, "a folder by its name"),
        file("path-no-utf8.tar", named(b"data/readable/\xff\xfe"), NOT_OURS, "a name that is no text"),
        file(
            "path-line-end.tar",
            named(b"data/readable/x\nBagIt"),
            NO_SUCH,
            "a name of two lines, which would be two in the list",
        ),
        file("path-escape.tar", named(b"data/readable/\x1b[2J"), NO_SUCH, "a name that a terminal obeys"),
        file("path-hidden.tar", named(b"data/readable/.profile"), NO_SUCH, "a hidden file"),
        file("path-option.tar", named(b"data/readable/-rf"), NO_SUCH, "a name that looks like an option"),
        file("path-deep.tar", named(b"data/readable/a/b/c/d/e/f/g/h"), NO_SUCH, "folders in folders"),
        file("path-hundred-letters.tar", named(&[b'x'; 100]), NO_SUCH, "a name without an end of its own"),
        file(
            "path-after-nul.tar",
            named(b"data/readable/x\0/../../x"),
            NOT_OURS,
            "something behind the end of the name",
        ),
        file(
            "path-with-prefix.tar",
            with_entry(&both, b"more"),
            NOT_OURS,
            "the way out stands in the second half of the name",
        ),
        file("path-not-ours.tar", named(b"data/other/x"), NO_SUCH, "a folder that no backup has"),
    ]
}

fn kinds() -> Vec<File> {
    let mut long = header("././@LongLink", 20);
    long.as_old_mut().linkflag = [b'L'];
    long.set_cksum();
    let mut pax = header("PaxHeaders/x", 20);
    pax.as_old_mut().linkflag = [b'x'];
    pax.set_cksum();
    let mut global = header("pax_global_header", 20);
    global.as_old_mut().linkflag = [b'g'];
    global.set_cksum();
    let mut gnu = Header::new_gnu();
    gnu.set_path("data/readable/x").unwrap();
    gnu.set_size(4);
    gnu.set_mode(0o644);
    gnu.set_mtime(WRITTEN);
    gnu.set_cksum();
    vec![
        file("hard-link.tar", of_kind(b'1'), NOT_OURS, "a second name of a file outside"),
        file("symbolic-link.tar", of_kind(b'2'), NOT_OURS, "a name that leads elsewhere"),
        file("character-device.tar", of_kind(b'3'), NOT_OURS, "a device"),
        file("block-device.tar", of_kind(b'4'), NOT_OURS, "a disk"),
        file("folder.tar", of_kind(b'5'), NOT_OURS, "a folder"),
        file("pipe.tar", of_kind(b'6'), NOT_OURS, "a pipe, which never ends"),
        file("contiguous.tar", of_kind(b'7'), NOT_OURS, "a file by an old kind"),
        file("old-regular.tar", of_kind(0), NOT_OURS, "a file by an older kind"),
        file("sparse.tar", of_kind(b'S'), NOT_OURS, "a file with holes"),
        file("volume.tar", of_kind(b'V'), NOT_OURS, "a label"),
        file("continued.tar", of_kind(b'M'), NOT_OURS, "the second half of something"),
        file(
            "long-name.tar",
            with_entry(&long, b"../../../../x\0\0\0\0\0\0\0"),
            NOT_OURS,
            "a long name in an entry of its own",
        ),
        file(
            "pax.tar",
            with_entry(&pax, b"20 path=../../../x\n "),
            NOT_OURS,
            "a name in a header of another kind",
        ),
        file(
            "pax-global.tar",
            with_entry(&global, b"20 path=../../../x\n "),
            NOT_OURS,
            "a name for all that follow",
        ),
        file("gnu.tar", with_entry(&gnu, b"more"), NOT_OURS, "a header of another tar"),
        file("v7.tar", with_bytes(257, &[0; 8]), NOT_OURS, "a header of the first tar"),
    ]
}

fn numbers() -> Vec<File> {
    let sound_archive = archive(&sound());
    let wrong_sum = {
        let mut wrong = sound_archive.clone();
        wrong[148] = if wrong[148] == b'0' { b'1' } else { b'0' };
        wrong
    };
    vec![
        file("checksum-wrong.tar", wrong_sum, NOT_OURS, "the sum of a header is another"),
        file(
            "size-eight-gibibytes.tar",
            with_bytes(124, b"77777777777\0"),
            TOO_LARGE,
            "nothing is set aside for eight gibibytes",
        ),
        file(
            "size-one-more.tar",
            with_header(|header| header.set_size(1025)),
            TOO_LARGE,
            "one byte more than the first file may have",
        ),
        file(
            "size-binary.tar",
            with_bytes(124, &[0x80, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            TOO_LARGE,
            "the largest number there is, in binary",
        ),
        file("size-negative.tar", with_bytes(124, &[0xff; 12]), NOT_OURS, "a negative number, in binary"),
        file("size-minus.tar", with_bytes(124, b"-0000000001\0"), NOT_OURS, "a negative number, in digits"),
        file("size-no-digits.tar", with_bytes(124, b"hello world\0"), NOT_OURS, "a size that is no number"),
        file("size-spaces.tar", with_bytes(124, b"        101 "), NOT_OURS, "another spelling of a number"),
        file(
            "size-zero.tar",
            with_header(|header| header.set_size(0)),
            "Damaged(\"its first file\")",
            "the file has nothing in it, and what follows is no header",
        ),
        file(
            "mode-setuid.tar",
            with_header(|header| header.set_mode(0o4755)),
            NOT_OURS,
            "a program that runs as its owner",
        ),
        file("owner.tar", with_header(|header| header.set_uid(1000)), NOT_OURS, "somebody owns it"),
        file("owner-name.tar", with_bytes(265, b"root\0"), NOT_OURS, "root owns it, by name"),
        file("device-number.tar", with_bytes(329, b"0000001\0"), NOT_OURS, "a number that only devices have"),
        file(
            "time-later.tar",
            with_header(|header| header.set_mtime(WRITTEN + 1)),
            "Damaged(\"the time of a file inside\")",
            "the first file is younger than the others",
        ),
        file(
            "time-most.tar",
            with_bytes(136, b"77777777777\0"),
            "Damaged(\"the time of a file inside\")",
            "the first file is from the far future",
        ),
        file(
            "something-after-the-header.tar",
            with_bytes(500, b"psst"),
            NOT_OURS,
            "something in the empty end of a header",
        ),
    ]
}

fn ends() -> Vec<File> {
    let whole = archive(&sound());
    let mut in_padding = whole.clone();
    in_padding[1023] = 1;
    let swapped = |one: usize, other: usize| {
        let mut files = sound();
        files.swap(one, other);
        archive(&files)
    };
    let twice = |place: usize| {
        let mut files = sound();
        files.insert(place, files[place].clone());
        archive(&files)
    };
    vec![
        file("empty.tar", [], CUT, "no bytes"),
        file("only-an-end.tar", [0; 1024], NOT_OURS, "an archive of nothing"),
        file("zeros.tar", [0; 10_240], NOT_OURS, "zeros, as tar pads with"),
        file("no-archive.tar", b"a letter to alice ".repeat(60), NOT_OURS, "a letter"),
        file("no-end.tar", entries(&sound()), CUT, "the end is missing"),
        file(
            "half-an-end.tar",
            &whole[..whole.len() - 512],
            CUT,
            "one empty block where there ought to be two",
        ),
        file("cut-in-a-header.tar", &whole[..300], CUT, "it ends in a header"),
        file("cut-in-a-file.tar", &whole[..600], CUT, "it ends in a file"),
        file(
            "longer-by-a-byte.tar",
            [whole.as_slice(), &[0]].concat(),
            "Damaged(\"something follows after its end\")",
            "a byte follows",
        ),
        file(
            "longer-by-a-block.tar",
            [whole.as_slice(), &[0; 512]].concat(),
            "Damaged(\"something follows after its end\")",
            "an empty block follows",
        ),
        file(
            "two-archives.tar",
            [whole.as_slice(), &whole].concat(),
            "Damaged(\"something follows after its end\")",
            "a second archive follows",
        ),
        file(
            "something-in-the-padding.tar",
            in_padding,
            "Damaged(\"bytes stand between the files inside\")",
            "something behind the end of a file",
        ),
        file("first-file-twice.tar", twice(0), ORDER, "the first file again"),
        file(
            "statement-twice.tar",
            twice(2),
            "Damaged(\"a statement or tip is there twice\")",
            "a statement again",
        ),
        file("change-twice.tar", twice(5), "Damaged(\"a change is there twice\")", "a change again"),
        file(
            "page-twice.tar",
            twice(6),
            "Damaged(\"readable files are not sorted\")",
            "the page for people again",
        ),
        file("document-twice.tar", twice(4), "Damaged(\"documents are not sorted\")", "a document again"),
        file("out-of-order.tar", swapped(0, 1), ORDER, "the second file first"),
        file("tip-before-statements.tar", swapped(2, 3), ORDER, "a tip before the statements"),
    ]
}
