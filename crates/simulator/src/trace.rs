//! What happened in a run, as one hash: the same seed gives the same.
//!
//! age draws its own randomness, so that what is sealed, and with it the hash of every change that carries it, is
//! another every time. The trace therefore says of a frame which it is and how much is in it, and of an answer all
//! but what is computed from such hashes; ids, times, signatures of statements and the rendered board are all in it.

use std::fmt::Display;

use closeknit_api::{Call as _, Request, Response, calls};
use closeknit_net::NetEvent;
use closeknit_node::{Command, Input, Output};
use closeknit_sync::message::Message;
use sha2::{Digest as _, Sha256};

/// Calls whose answers speak of files or hashes.
const UNSPOKEN: &[&str] = &[
    calls::CountAll::NAME,
    calls::WriteBackup::NAME,
    calls::ShowBackup::NAME,
    calls::RestoreBackup::NAME,
    calls::WriteParcel::NAME,
    calls::ReadParcel::NAME,
    calls::Status::NAME,
    calls::Leave::NAME,
];

/// A hash over everything that happened.
#[derive(Debug, Default)]
pub struct Trace {
    hash: Sha256,
    told: Option<Vec<String>>,
}

impl Trace {
    /// One that also keeps every line, to be read.
    #[must_use]
    pub fn kept() -> Self {
        Self { hash: Sha256::new(), told: Some(Vec::new()) }
    }

    /// Something happened.
    pub fn note(&mut self, line: impl Display) {
        let line = line.to_string();
        self.hash.update((line.len() as u64).to_be_bytes());
        self.hash.update(&line);
        if let Some(told) = &mut self.told {
            told.push(line);
        }
    }

    /// All of it in 64 digits.
    #[must_use]
    pub fn digest(&self) -> String {
        self.hash.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The lines, where they are kept.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        self.told.as_deref().unwrap_or_default()
    }

    pub(crate) fn input(&mut self, who: &str, input: &Input) {
        match input {
            Input::Tick => {}
            // What is in it stands where it was said.
            Input::Net(NetEvent::Frame { conn, bytes }) => {
                self.note(format_args!("{who} hears {conn:?} {}", kind_of(bytes)));
            }
            Input::Net(event) => self.note(format_args!("{who} {event:?}")),
            other => self.note(format_args!("{who} {other:?}")),
        }
    }

    pub(crate) fn output(&mut self, who: &str, output: &Output) {
        match output {
            Output::Tag(tag) => self.note(format_args!("{who} tags {tag:?}")),
            Output::Net(Command::Send(conn, bytes)) => {
                self.note(format_args!("{who} says {conn:?} {}", said(bytes)));
            }
            Output::Net(command) => self.note(format_args!("{who} {command:?}")),
        }
    }

    pub(crate) fn call(&mut self, who: &str, request: &Request, response: &Response) {
        let (call, unspoken) = (&request.call, UNSPOKEN.contains(&request.call.as_str()));
        match response {
            Response::Error(error) => self.note(format_args!("{who} {call} {}", error.code.slug())),
            Response::Ok(_) if unspoken => self.note(format_args!("{who} {call}")),
            Response::Ok(value) => self.note(format_args!("{who} {call} {} {value}", request.args)),
        }
    }
}

fn kind_of(bytes: &[u8]) -> u16 {
    bytes.first_chunk().map_or(0, |kind| u16::from_be_bytes(*kind))
}

/// Which frame it is, and how much is in it.
fn said(bytes: &[u8]) -> String {
    let kind = kind_of(bytes);
    let Ok(Some(message)) = Message::from_frame(bytes) else { return kind.to_string() };
    let mut said = match message.statements().len() {
        0 => kind.to_string(),
        statements => format!("{kind} {statements} statements"),
    };
    for piece in message.pieces() {
        let more = if piece.more { ", more" } else { "" };
        let (doc, generation) = (piece.doc.short(), piece.generation);
        let (changes, tips) = (piece.changes.len(), piece.tips.len());
        said.push_str(&format!(" {doc} {generation} with {changes} changes, {tips} tips{more}"));
    }
    said
}
