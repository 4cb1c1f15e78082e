//! What cannot be taken back is said first, and asked.

use std::path::Path;

use closeknit_api::{
    ApiError, Phrase, calls,
    views::{CircleView, ErasureView, MachinesView, OwnMachine},
};
use closeknit_node::Door;

use crate::{Terminal, ask, files::words_in, print::Print as _};

/// Votes that somebody should no longer belong, after it was said what that does.
pub(crate) async fn remove(terminal: &Terminal, member: String, yes: bool) -> Result<(), ApiError> {
    let door = terminal.door()?;
    let removed = vote(terminal, &door, member, yes).await;
    door.close().await;
    if let Some(circle) = removed? {
        terminal.show(&circle);
    }
    Ok(())
}

async fn vote(
    terminal: &Terminal,
    door: &Door,
    member: String,
    yes: bool,
) -> Result<Option<CircleView>, ApiError> {
    let circle = terminal.ask(door, &calls::Circle {}).await?;
    let named = circle.members.iter().find(|one| {
        one.person.name.as_deref() == Some(&member) || one.person.id.starts_with(&member.to_lowercase())
    });
    // Whom it is not to be said of, the member itself says.
    if let Some(named) = named.filter(|named| !named.removal.is_empty() && !yes) {
        let name = named.person.name.clone().unwrap_or_default();
        if !agrees(terminal, &named.removal, &Phrase::new("ask-remove").text("name", name))? {
            return Ok(None);
        }
    }
    terminal.ask(door, &calls::Remove { member }).await.map(Some)
}

/// Leaves the circle, after it was said what that does.
pub(crate) async fn leave(terminal: &Terminal, yes: bool, words: Option<&Path>) -> Result<(), ApiError> {
    let words = words.map(words_in).transpose()?;
    let door = terminal.door()?;
    let circle = terminal.ask(&door, &calls::Circle {}).await;
    let left = match circle {
        Ok(circle) => farewell(terminal, &door, &circle, yes, words).await,
        Err(error) => Err(error),
    };
    door.close().await;
    if let Some(status) = left? {
        terminal.show(&status);
    }
    Ok(())
}

async fn farewell(
    terminal: &Terminal,
    door: &Door,
    circle: &CircleView,
    yes: bool,
    words: Option<String>,
) -> Result<Option<closeknit_api::views::StatusView>, ApiError> {
    let question = Phrase::new("ask-leave").text("circle", &circle.name);
    if !yes && !agrees(terminal, &circle.leaving, &question)? {
        return Ok(None);
    }
    let words = match words {
        None if circle.leaving_needs_words => Some(ask::secret(terminal, "ask-words")?),
        given => given,
    };
    terminal.ask(door, &calls::Leave { words }).await.map(Some)
}

/// Takes a machine away, or this one if none is named, after it was said what that does.
pub(crate) async fn drop_machine(
    terminal: &Terminal,
    named: Option<&str>,
    yes: bool,
    words: Option<&Path>,
) -> Result<(), ApiError> {
    let words = words.map(words_in).transpose()?;
    let door = terminal.door()?;
    let machines = terminal.ask(&door, &calls::Machines {}).await;
    let dropped = match machines {
        Ok(machines) => taken_away(terminal, &door, &machines, named, yes, words).await,
        Err(error) => Err(error),
    };
    door.close().await;
    if let Some(machines) = dropped? {
        terminal.show(&machines);
    }
    Ok(())
}

async fn taken_away(
    terminal: &Terminal,
    door: &Door,
    machines: &MachinesView,
    named: Option<&str>,
    yes: bool,
    words: Option<String>,
) -> Result<Option<MachinesView>, ApiError> {
    let used = || machines.machines.iter().filter(|machine| !machine.taken_away);
    let is_meant = |machine: &&OwnMachine| match named {
        None => machine.this,
        Some(named) => machine.label == named || machine.id.starts_with(&named.to_lowercase()),
    };
    let meant = used().find(is_meant).filter(|_| used().filter(is_meant).count() == 1);
    if let Some(meant) = meant.filter(|_| !yes) {
        let question = match meant.this {
            true => Phrase::new("ask-drop-this"),
            false => Phrase::new("ask-drop").text("label", &meant.label),
        };
        if !agrees(terminal, &meant.dropping, &question)? {
            return Ok(None);
        }
    }
    let needed = machines.needs_words && meant.is_some_and(|meant| !meant.this);
    let words = match words {
        None if needed => Some(ask::secret(terminal, "ask-words")?),
        given => given,
    };
    // Of what is not one machine, the member says what is wrong.
    let machine = meant.map_or_else(|| named.unwrap_or_default().to_owned(), |meant| meant.id.clone());
    terminal.ask(door, &calls::DropMachine { machine, words }).await.map(Some)
}

/// Erases the profile, after it was said what goes; whoever means it types the name of their circle.
pub(crate) async fn erase(terminal: &Terminal, yes: bool) -> Result<(), ApiError> {
    let door = terminal.door()?;
    let gone = match terminal.ask(&door, &calls::WhatGoes {}).await {
        Ok(goes) => erased(terminal, &door, goes, yes).await,
        Err(error) => Err(error),
    };
    door.close().await;
    terminal.show(&gone?);
    Ok(())
}

async fn erased(
    terminal: &Terminal,
    door: &Door,
    goes: ErasureView,
    yes: bool,
) -> Result<ErasureView, ApiError> {
    let name = if yes {
        goes.name
    } else {
        terminal.note(&goes.print(&terminal.speaker));
        goes.says.iter().for_each(|says| terminal.note(&terminal.speaker.phrase(says)));
        ask::answer(terminal, &Phrase::new("ask-erase").text("name", &goes.name))?
    };
    terminal.ask(door, &calls::Erase { name }).await
}

fn agrees(terminal: &Terminal, first: &[Phrase], question: &Phrase) -> Result<bool, ApiError> {
    first.iter().for_each(|says| terminal.note(&terminal.speaker.phrase(says)));
    ask::yes(terminal, question)
}
