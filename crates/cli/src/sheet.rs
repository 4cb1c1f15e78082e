//! The recovery words as a sheet of paper: a page for any browser, to be printed.

use std::path::Path;

use closeknit_api::{ApiError, ErrorCode, Phrase, calls};

use crate::{Terminal, files::private};

const LOOK: &str = "body{font:12pt/1.4 serif;margin:1cm}h1{font-size:22pt}h2{font-size:14pt}\
    .words{display:grid;grid-template-columns:repeat(3,1fr);gap:3mm 6mm;padding:5mm;border:1pt solid;\
    font:700 16pt monospace;list-style:none}.words span{display:inline-block;width:2.2em;font-weight:400}";

/// Writes the sheet to a file that only its owner can read.
pub(crate) async fn write(terminal: &Terminal, file: &Path) -> Result<(), ApiError> {
    let door = terminal.door()?;
    let asked = (terminal.ask(&door, &calls::Words {}).await, terminal.ask(&door, &calls::Status {}).await);
    door.close().await;
    let (view, status) = (asked.0?, asked.1?);
    let Some(words) = &view.words else {
        terminal.show(&view);
        return Ok(());
    };
    private(file, &page(terminal, words, status.name)).map_err(|error| {
        ApiError::new(ErrorCode::FileProblem).with("path", file.display()).with("reason", error)
    })?;
    let written = Phrase::new("sheet-written").text("path", file.display().to_string());
    terminal.print(&format!("{}\n", terminal.speaker.phrase(&written)));
    Ok(())
}

fn page(terminal: &Terminal, words: &[String], name: Option<String>) -> String {
    let speaker = &terminal.speaker;
    let line = |id: &str| escaped(&speaker.word(id));
    let day = speaker.day(&jiff::ZonedDateTime::now().date().to_string());
    let whose = match name {
        Some(name) => speaker.phrase(&Phrase::new("sheet-whose").text("name", name).text("day", day)),
        None => day,
    };
    let numbered = words.iter().enumerate();
    let words: String =
        numbered.map(|(at, word)| format!("<li><span>{}</span>{}</li>", at + 1, escaped(word))).collect();
    let steps: String = ["sheet-step-install", "sheet-step-file", "sheet-step-neighbour"]
        .iter()
        .map(|step| format!("<li>{}</li>", line(step)))
        .collect();
    format!(
        "<!doctype html><meta charset=\"utf-8\"><title>{title}</title><style>{LOOK}</style>\
         <h1>{title}</h1><p>{whose}</p><ol class=\"words\">{words}</ol><p>{what}</p><p>{keep}</p>\
         <h2>{lost}</h2><ol>{steps}</ol>\n",
        title = line("sheet-title"),
        whose = escaped(&whose),
        what = line("sheet-for"),
        keep = line("sheet-keep"),
        lost = line("sheet-lost"),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
