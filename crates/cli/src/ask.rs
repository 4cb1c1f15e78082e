//! Questions at the terminal. Without one, answers are read from standard input line by line.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use closeknit_api::{ApiError, ErrorCode, Phrase};

use crate::{Terminal, typed};

fn line(terminal: &Terminal, question: &str) -> Result<String, ApiError> {
    let _ = write!(io::stderr().lock(), "{question} ");
    let mut answer = String::new();
    match io::stdin().lock().read_line(&mut answer) {
        Ok(read) if read > 0 => Ok(answer.trim().to_owned()),
        _ => {
            terminal.note("");
            Err(ApiError::new(ErrorCode::BadInput).with("field", "answer").with("reason", "empty"))
        }
    }
}

/// A question that yes answers; anything else is no.
pub(crate) fn yes(terminal: &Terminal, question: &Phrase) -> Result<bool, ApiError> {
    let speaker = &terminal.speaker;
    let answer = line(terminal, &format!("{} {}", speaker.phrase(question), speaker.word("ask-yes-no")))?;
    Ok(typed::is_yes(speaker, &answer))
}

/// A question that is answered in words.
pub(crate) fn answer(terminal: &Terminal, question: &Phrase) -> Result<String, ApiError> {
    line(terminal, &terminal.speaker.phrase(question))
}

/// A passphrase, which a terminal does not show.
pub(crate) fn secret(terminal: &Terminal, id: &str) -> Result<String, ApiError> {
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
    let input = io::stdin();
    let Ok(usual) = tcgetattr(&input) else { return line(terminal, &terminal.speaker.word(id)) };
    let mut unseen = usual.clone();
    unseen.local_modes.remove(LocalModes::ECHO);
    let _ = tcsetattr(&input, OptionalActions::Flush, &unseen);
    let typed = line(terminal, &terminal.speaker.word(id));
    let _ = tcsetattr(&input, OptionalActions::Flush, &usual);
    terminal.note("");
    typed
}

/// A new passphrase: at a terminal it is typed twice.
pub(crate) fn new_secret(terminal: &Terminal) -> Result<String, ApiError> {
    let typed = secret(terminal, "ask-passphrase-new")?;
    if io::stdin().is_terminal() && secret(terminal, "ask-passphrase-again")? != typed {
        return Err(ApiError::new(ErrorCode::BadInput)
            .with("field", "passphrase")
            .with("reason", "not-the-same"));
    }
    Ok(typed)
}

/// The words at these numbers of the sheet.
pub(crate) fn numbered_words(terminal: &Terminal, numbers: &[u8]) -> Result<Vec<String>, ApiError> {
    numbers
        .iter()
        .map(|number| {
            let question = Phrase::new("ask-word").number("number", *number);
            line(terminal, &terminal.speaker.phrase(&question))
        })
        .collect()
}
