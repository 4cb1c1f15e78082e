//! Notes from a terminal: their text comes from the line, or from a file.

use std::{fs, io, path::Path};

use closeknit_api::{ApiError, ErrorCode, calls, views::TypedNote};

use crate::{
    Terminal,
    arguments::{Note, NoteText},
};

pub(crate) async fn run(terminal: &Terminal, note: Note) -> Result<(), ApiError> {
    match note {
        Note::Add { title, text } => {
            let text = typed(&text)?.unwrap_or_default();
            let seen = format!("{title}\n{text}");
            terminal.heeding(seen, &calls::WriteNote { title, text }, "private-noted").await
        }
        Note::Show { id } => terminal.once(&calls::Note { id }).await,
        Note::Edit { id, title, text, was } => {
            let text = typed(&text)?;
            let was = was.as_deref().map(in_file).transpose()?;
            edit(terminal, calls::ChangeNote { id, title, text, was: None }, was).await
        }
        Note::Remove { id } => terminal.once(&calls::RemoveNote { id }).await,
    }
}

/// With the text as it was when its writer began, and the line as it is now.
async fn edit(
    terminal: &Terminal,
    mut change: calls::ChangeNote,
    was: Option<String>,
) -> Result<(), ApiError> {
    if let Some(text) = was {
        let door = terminal.door()?;
        let note = terminal.ask(&door, &calls::Note { id: change.id.clone() }).await;
        door.close().await;
        change.was = Some(TypedNote { title: note?.card.title, text });
    }
    let texts = [change.title.as_deref(), change.text.as_deref()];
    let seen = texts.into_iter().flatten().collect::<Vec<_>>().join("\n");
    terminal.heeding(seen, &change, "private-noted").await
}

fn typed(text: &NoteText) -> Result<Option<String>, ApiError> {
    match (&text.text, text.file.as_deref()) {
        (Some(text), _) => Ok(Some(text.clone())),
        (None, Some(path)) if path == Path::new("-") => {
            io::read_to_string(io::stdin()).map(Some).map_err(|error| problem(path, &error))
        }
        (None, Some(path)) => in_file(path).map(Some),
        (None, None) => Ok(None),
    }
}

fn in_file(path: &Path) -> Result<String, ApiError> {
    fs::read_to_string(path).map_err(|error| problem(path, &error))
}

fn problem(path: &Path, error: &io::Error) -> ApiError {
    ApiError::new(ErrorCode::FileProblem).with("path", path.display()).with("reason", error)
}
