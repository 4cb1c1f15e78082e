//! Commands that stay up: they find, are found, and exchange.

use std::{
    collections::BTreeMap,
    io::IsTerminal as _,
    net::SocketAddr,
    time::{Duration, Instant},
};

use closeknit_api::{
    ApiError, Call, ErrorCode, Phrase, Tag,
    calls::{self, Confirm, Joining, Near},
    views::{DoorView, Exchange, JoinStage, JoinView, JoiningView, NearView},
};
use closeknit_node::Door;
use closeknit_web::Page;

use crate::{Terminal, arguments::Network, ask, locking};

/// How often something that is waited for is looked at.
const LOOK: Duration = Duration::from_millis(200);

/// After joining, the first exchange gets so long.
const FIRST_EXCHANGE: Duration = Duration::from_secs(15);

/// Stays up until told to stop; one line an event.
pub(crate) async fn run(terminal: &Terminal, network: &Network) -> Result<(), ApiError> {
    let door = open_here(terminal, network).await?;
    let Door::Here(node) = &door else { return Ok(()) };
    let mut changes = node.changes();
    let (mut said, mut last_said) = (Vec::new(), BTreeMap::new());
    let follow = async {
        loop {
            if let Ok(near) = terminal.ask(&door, &Near {}).await {
                tell_near(terminal, &near, &mut said, &mut last_said);
            }
            if let Ok(joining) = terminal.ask(&door, &Joining {}).await {
                joining.doors.iter().for_each(|door| tell(terminal, &door.says, &mut said));
            }
            if let Ok(notices) = terminal.ask(&door, &calls::Notices {}).await {
                notices.says.iter().for_each(|says| terminal.note(&terminal.speaker.phrase(says)));
            }
            let heeded = [Tag::Near, Tag::Joining, Tag::Notice];
            loop {
                match changes.recv().await {
                    Ok(tags) if tags.iter().any(|tag| heeded.contains(tag)) => break,
                    Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
                    _ => {}
                }
            }
        }
    };
    tokio::select! {
        () = follow => {}
        () = node.ended() => {}
        () = told_to_end() => {}
    }
    door.close().await;
    Ok(())
}

/// A second process that wants to stay up on one profile is refused.
async fn open_here(terminal: &Terminal, network: &Network) -> Result<Door, ApiError> {
    closeknit_node::log_to(&terminal.options.profile);
    let door = match terminal.networked(network)? {
        Door::There(_) => return Err(ApiError::new(ErrorCode::ProfileInUse)),
        here => here,
    };
    // Where nobody sits at the terminal it stays up locked, until the page or `unlock` opens it.
    if std::io::stdin().is_terminal() {
        locking::unlock_door(terminal, &door).await?;
    }
    Ok(door)
}

/// Ctrl-C, or the system's polite way to end a program.
async fn told_to_end() {
    let mut terminated = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(terminated) => terminated,
        Err(_) => return std::future::pending().await,
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated.recv() => {}
    }
}

fn tell(terminal: &Terminal, phrase: &Phrase, said: &mut Vec<Phrase>) {
    if !said.contains(phrase) {
        terminal.note(&terminal.speaker.phrase(phrase));
        said.push(phrase.clone());
    }
}

/// `last_said` holds what was last said of each machine that is near.
fn tell_near(
    terminal: &Terminal,
    near: &NearView,
    said: &mut Vec<Phrase>,
    last_said: &mut BTreeMap<String, String>,
) {
    if let Some(address) = &near.address {
        let address = Phrase::new("near-listening").text("address", address);
        tell(terminal, &address, said);
    }
    for machine in &near.machines {
        if machine.exchange != Exchange::Away {
            let owner = machine.owner.name.clone().unwrap_or_default();
            let line = format!("{owner} ({}): {}", machine.label, terminal.speaker.phrase(&machine.says));
            if last_said.get(&machine.id) != Some(&line) {
                terminal.note(&line);
                last_said.insert(machine.id.clone(), line);
            }
        } else {
            last_said.remove(&machine.id);
        }
    }
}

/// The page on this machine.
pub(crate) async fn serve(terminal: &Terminal, network: &Network, port: u16) -> Result<(), ApiError> {
    let door = open_here(terminal, network).await?;
    let Door::Here(node) = door.clone() else { return Ok(()) };
    let page = Page::open(door.clone(), port).await.map_err(|error| {
        ApiError::new(ErrorCode::FileProblem).with("path", format!("127.0.0.1:{port}")).with("reason", error)
    })?;
    let address = page.address();
    let shown = if terminal.json { serde_json::json!({ "address": address }).to_string() } else { address };
    terminal.print(&format!("{shown}\n"));
    tokio::select! {
        _ = page.serve() => {}
        () = node.ended() => {}
        () = told_to_end() => {}
    }
    door.close().await;
    Ok(())
}

/// Exchanges with one machine until both hold the same, or all that the other takes.
pub(crate) async fn meet(
    terminal: &Terminal,
    address: String,
    within: u64,
    listen: Option<SocketAddr>,
) -> Result<(), ApiError> {
    let network = Network { listen, know: Vec::new(), no_discovery: true };
    let door = terminal.networked(&network)?;
    let met = until_equal(terminal, &door, address, Duration::from_secs(within)).await;
    door.close().await;
    terminal.show(&met?);
    Ok(())
}

/// Nothing more will come of it. What is said of a machine tells which of the two it is.
fn is_done(exchange: Exchange) -> bool {
    matches!(exchange, Exchange::Equal | Exchange::Settled)
}

async fn until_equal(
    terminal: &Terminal,
    door: &Door,
    address: String,
    within: Duration,
) -> Result<NearView, ApiError> {
    let known = terminal.ask(door, &calls::Know { address: address.clone() }).await?;
    let wanted: Vec<_> = known.machines.into_iter().map(|machine| machine.id).collect();
    let started = Instant::now();
    loop {
        let near = terminal.ask(door, &Near {}).await?;
        let met = |id: &String| near.machines.iter().any(|m| m.id == *id && is_done(m.exchange));
        if wanted.iter().any(met) {
            return Ok(near);
        }
        if started.elapsed() > within {
            return Err(ApiError::new(ErrorCode::CannotReach).with("address", address));
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Waits a little until what the others wrote is here too. Being in does not depend on it.
async fn until_somebody_equal(terminal: &Terminal, door: &Door) -> Result<(), ApiError> {
    let started = Instant::now();
    while started.elapsed() < FIRST_EXCHANGE {
        let near = terminal.ask(door, &Near {}).await?;
        if near.machines.iter().any(|machine| is_done(machine.exchange)) {
            break;
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}

/// Joins or comes back, saying what is waited for.
pub(crate) async fn join(
    terminal: &Terminal,
    network: &Network,
    join: impl Call<Reply = JoiningView>,
) -> Result<(), ApiError> {
    let door = terminal.networked(network)?;
    let joined = follow_join(terminal, &door, join).await;
    door.close().await;
    let joined = joined?;
    if terminal.json {
        terminal.print(&format!("{}\n", serde_json::json!(joined)));
    }
    Ok(())
}

async fn follow_join(
    terminal: &Terminal,
    door: &Door,
    join: impl Call<Reply = JoiningView>,
) -> Result<JoinView, ApiError> {
    let mut said = Vec::new();
    let mut view = terminal.ask(door, &join).await?;
    let mut asked = false;
    loop {
        let Some(own) = view.own else { return Err(ApiError::new(ErrorCode::JoinRefused)) };
        tell(terminal, &own.says, &mut said);
        match own.stage {
            JoinStage::Joined => {
                until_somebody_equal(terminal, door).await?;
                return Ok(own);
            }
            JoinStage::Refused => {
                return Err(ApiError {
                    code: ErrorCode::JoinRefused,
                    values: own.says.values.into_iter().collect(),
                });
            }
            JoinStage::Compare if !asked => {
                asked = true;
                let code = own.code.clone().unwrap_or_default();
                let yes = ask::yes(terminal, &Phrase::new("ask-same-code").text("code", code))?;
                view = terminal.ask(door, &Confirm { id: own.id, yes }).await?;
            }
            _ => {
                tokio::time::sleep(LOOK).await;
                view = terminal.ask(door, &Joining {}).await?;
            }
        }
    }
}

fn digits(code: &str) -> String {
    code.chars().filter(char::is_ascii_digit).collect()
}

/// Lets somebody in who is at the door.
pub(crate) async fn door(terminal: &Terminal, code: Option<String>, refuse: bool) -> Result<(), ApiError> {
    let door = terminal.door()?;
    let joining = terminal.ask(&door, &Joining {}).await?;
    let waiting = joining.doors.into_iter().filter(|door| door.stage == JoinStage::Compare);
    for waiting in waiting {
        let yes = !refuse && agrees(terminal, &waiting, code.as_deref())?;
        if code.is_some() && !yes {
            continue;
        }
        let after = terminal.ask(&door, &Confirm { id: waiting.id.clone(), yes }).await?;
        if let Some(now) = after.doors.iter().find(|door| door.id == waiting.id) {
            let said = terminal.speaker.phrase(&now.says);
            let shown = if terminal.json { serde_json::json!(now).to_string() } else { said };
            terminal.print(&format!("{shown}\n"));
        }
        return Ok(());
    }
    Err(ApiError::new(ErrorCode::NotFound).with("given", code.unwrap_or_default()))
}

fn agrees(terminal: &Terminal, waiting: &DoorView, code: Option<&str>) -> Result<bool, ApiError> {
    let shown = waiting.code.clone().unwrap_or_default();
    match code {
        Some(given) => Ok(digits(given) == digits(&shown)),
        None => {
            let question = Phrase::new("ask-let-in").text("name", &waiting.name).text("code", shown);
            ask::yes(terminal, &question)
        }
    }
}
