//! Rows for people: the same table as JSON, CSV and a plain page.

use serde_json::{Map, Value};

/// A table of words, for `data/readable`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub title: String,
    /// A name for each column.
    pub columns: Vec<String>,
    /// Cells in the order of the columns.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// An array of objects, keyed by column.
    #[must_use]
    pub fn json(&self) -> String {
        let object = |row: &Vec<String>| {
            let cells = self.columns.iter().cloned().zip(row.iter().cloned().map(Value::String));
            Value::Object(cells.collect::<Map<_, _>>())
        };
        let rows = Value::Array(self.rows.iter().map(object).collect());
        format!("{rows:#}\n")
    }

    /// Comma-separated values (RFC 4180). A cell that a spreadsheet would run as a formula is
    /// quoted with an apostrophe, so that it is shown as text.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut text = String::new();
        for row in std::iter::once(&self.columns).chain(&self.rows) {
            let cells: Vec<_> = row.iter().map(|cell| csv_cell(cell)).collect();
            text.push_str(&cells.join(","));
            text.push_str("\r\n");
        }
        text
    }

    /// A page that needs nothing but a browser: no script, no style sheet, nothing from elsewhere.
    #[must_use]
    pub fn html(&self) -> String {
        let title = escaped(&self.title);
        let mut text = format!(
            "<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n\
             <title>{title}</title>\n</head>\n<body>\n<h1>{title}</h1>\n<table border=\"1\">\n"
        );
        let line = |cells: &[String], tag: &str| -> String {
            let cells = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell)));
            format!("<tr>{}</tr>\n", cells.collect::<String>())
        };
        text.push_str(&line(&self.columns, "th"));
        for row in &self.rows {
            text.push_str(&line(row, "td"));
        }
        text.push_str("</table>\n</body>\n</html>\n");
        text
    }
}

const BEGINS_FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Blanks, control characters, and the marks of width and direction.
fn is_unseen(letter: char) -> bool {
    let mark = matches!(
        letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    );
    letter.is_whitespace() || letter.is_control() || mark
}

fn csv_cell(cell: &str) -> String {
    // Spreadsheets look past leading blanks and what nobody sees; a tab or line end begins a formula for some,
    // and some read the wide letters of East Asian scripts alike.
    let formula = cell.trim_start_matches(is_unseen).starts_with(BEGINS_FORMULA)
        || cell.starts_with(['\t', '\r', '\n']);
    let apostrophe = if formula { "'" } else { "" };
    if formula || cell.contains(['"', ',', '\r', '\n']) {
        format!("\"{apostrophe}{}\"", cell.replace('"', "\"\""))
    } else {
        cell.into()
    }
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            char => safe.push(char),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posts() -> Table {
        Table {
            title: "Rosa's posts <2025>".into(),
            columns: vec!["title".into(), "detail".into()],
            rows: vec![
                vec!["Lift, Thursday".into(), "she said \"early\"".into()],
                vec!["=HYPERLINK(\"x\")".into(), "plain".into()],
                vec!["<script>alert(1)</script>".into(), "two\nlines".into()],
            ],
        }
    }

    #[test]
    fn no_cell_becomes_a_formula() {
        for first in
            ["=1", "+1", "-1", "@x", " =1", "\t=1", "\r=1", "\n=1", "\u{ff1d}1", "\u{feff}=1", "\0=1"]
        {
            assert_eq!(csv_cell(first), format!("\"'{first}\""));
        }
        assert_eq!(csv_cell("a=1"), "a=1");
        assert_eq!(
            posts().csv(),
            "title,detail\r\n\"Lift, Thursday\",\"she said \"\"early\"\"\"\r\n\
             \"'=HYPERLINK(\"\"x\"\")\",plain\r\n<script>alert(1)</script>,\"two\nlines\"\r\n"
        );
    }

    #[test]
    fn no_cell_becomes_markup() {
        let page = posts().html();
        assert!(page.contains("<h1>Rosa&#39;s posts &lt;2025&gt;</h1>"));
        assert!(page.contains("<td>&lt;script&gt;alert(1)&lt;/script&gt;</td>"));
        assert!(!page.contains("<script"));
    }

    #[test]
    fn json_keeps_every_character() {
        let rows: Vec<Map<String, Value>> = serde_json::from_str(&posts().json()).unwrap();
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[2]["detail"], "two\nlines");
    }
}
