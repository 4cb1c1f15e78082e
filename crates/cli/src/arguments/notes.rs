//! Notes, as they are typed.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum Note {
    /// Writes one; everybody in the circle can read it.
    Add {
        title: String,
        #[command(flatten)]
        text: NoteText,
    },
    /// One note as a whole.
    Show { id: String },
    /// Changes a note of yours; what is left out stays.
    Edit {
        id: String,
        #[arg(long)]
        title: Option<String>,
        #[command(flatten)]
        text: NoteText,
        /// The text as it was when you began, in a file: what another machine of yours changed since stays.
        #[arg(long, value_name = "FILE", requires = "what")]
        was: Option<PathBuf>,
    },
    /// Takes a note of yours away; `forget` takes its words from every machine.
    Remove { id: String },
}

/// What a note says.
#[derive(Debug, Args)]
#[group(id = "what", multiple = false)]
pub(crate) struct NoteText {
    /// What it says.
    #[arg(long)]
    pub(crate) text: Option<String>,
    /// What it says, in a file; - for standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
}
