//! What the person who started a command is told and asked.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

/// Says what is done next, and why.
pub(crate) fn step(what: &str, why: &str) {
    // Whole lines at once: what runs next writes to the same place.
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "• {what}: {why}");
    let _ = out.flush();
}

/// Asks before the machine is changed. Where nobody can answer, the answer is yes.
pub(crate) fn go_ahead(question: &str) -> bool {
    let stdin = io::stdin();
    if !stdin.is_terminal() || !io::stdout().is_terminal() {
        return true;
    }
    print!("{question} [Y/n] ");
    let _ = io::stdout().flush();
    let mut answer = String::new();
    let read = stdin.lock().read_line(&mut answer);
    read.is_ok_and(|bytes| bytes > 0) && !answer.trim().to_lowercase().starts_with('n')
}
