//! `closeknit`: the same member without a window. What can be typed stands in [`arguments`]; every
//! command is a call of the contract, made here or handed to the process that has the profile open.

mod arguments;
mod ask;
mod belonging;
mod files;
mod locking;
mod network;
mod notes;
mod print;
mod sheet;
mod typed;

use std::{env, process::ExitCode};

use clap::Parser as _;
use closeknit_api::{
    ApiError, Call, ErrorCode, Phrase, Request, Response,
    calls::{self, Capacity},
    views::{BackupReport, InvitationView, PostKind},
};
use closeknit_node::{Door, Options, default_profile};
use closeknit_say::{Language, Speaker};
use serde_json::json;

use crate::{
    arguments::{Arguments, Backup, Command, Export, Forget, Network, Parcel, Reading, Told, Words, before},
    files::{absolute, private, words_in},
    print::Print,
};

/// What a command needs besides its own arguments.
pub(crate) struct Terminal {
    pub(crate) options: Options,
    pub(crate) circle: Option<String>,
    pub(crate) json: bool,
    pub(crate) speaker: Speaker,
}

fn main() -> ExitCode {
    if let Some(code) = closeknit_node::tried_apart() {
        return code;
    }
    closeknit_node::leave_no_trace();
    let arguments = Arguments::parse();
    let mut options =
        Options::new(arguments.profile.unwrap_or_else(default_profile)).trying_apart().with_keychain();
    options.now = arguments.now;
    let language = arguments.lang.unwrap_or_else(|| Language::of_the_machine(|name| env::var(name).ok()));
    let terminal =
        Terminal { options, circle: arguments.circle, json: arguments.json, speaker: Speaker::new(language) };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return terminal.fail(&ApiError::new(ErrorCode::Internal).with("reason", error)),
    };
    match runtime.block_on(terminal.run(arguments.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => terminal.fail(&error),
    }
}

impl Terminal {
    async fn run(&self, command: Command) -> Result<(), ApiError> {
        match command {
            Command::Start { name, kind, zone } => {
                let circle = self.circle.clone().unwrap_or_default();
                let start = calls::Start { name, kind: Some(kind.into()), circle, zone };
                self.alone().once(&start).await
            }
            Command::Invite { uses, expires, file } => {
                self.invite(&calls::Invite { uses: Some(uses), hours: Some(expires) }, file).await
            }
            Command::LetBack { member, file } => self.invite(&calls::LetBack { member }, file).await,
            Command::ComeBack { invitation, words, network } => {
                let typed = || ask::answer(self, &Phrase::new("ask-words"));
                let words = words.as_deref().map_or_else(typed, words_in)?;
                network::join(self, &network, calls::ComeBack { invitation, words }).await
            }
            Command::Join { invitation, name, kind, network } => {
                let join = calls::Join { invitation, name, kind: Some(kind.into()) };
                network::join(self, &network, join).await
            }
            Command::Door { code, refuse } => network::door(self, code, refuse).await,
            Command::Today => self.once(&calls::Today {}).await,
            Command::Notices => self.once(&calls::Notices {}).await,
            Command::Quiet { heeded, from, to } => {
                let on = heeded.map(|heeded| heeded == Told::On);
                self.once(&calls::Quiet { on, from, to }).await
            }
            Command::Need(post) => self.post(&post.call(PostKind::Need, &self.speaker)).await,
            Command::Offer(post) => self.post(&post.call(PostKind::Offer, &self.speaker)).await,
            Command::Capacity(capacity) => match capacity.call(&self.speaker) {
                nothing if nothing == Capacity::default() => self.once(&calls::Me {}).await,
                some => self.once(&some).await,
            },
            Command::Profile(profile) => match profile.call() {
                nothing if nothing == calls::Profile::default() => self.once(&calls::Me {}).await,
                some => self.once(&some).await,
            },
            Command::Seen { told } => self.once(&calls::TellSeen { on: told == Told::On }).await,
            Command::Board { needs, offers, category, state, search, on, near } => {
                let kind = match (needs, offers) {
                    (true, _) => Some(PostKind::Need),
                    (_, true) => Some(PostKind::Offer),
                    _ => None,
                };
                let wanting = state.map(Into::into);
                let when = on.map(|day| typed::time(&self.speaker, &day));
                let near = near.then_some(true);
                let board =
                    calls::Board { kind, category, wanting, search, when, near, ..Default::default() };
                self.once(&board).await
            }
            Command::Week { day } => {
                let day = day.map(|day| typed::time(&self.speaker, &day));
                self.once(&calls::Week { day, among: None }).await
            }
            Command::Show { id } => self.once(&calls::Show { id }).await,
            Command::Promise { id, amount, say, slot, every, role } => {
                let every = every.then_some(true);
                self.promise(&calls::Promise { id, amount, say, slots: slot, every, role }).await
            }
            Command::Answer { promise, verdict, doorstep } => {
                self.once(&calls::Answer { id: promise, verdict: verdict.into(), doorstep }).await
            }
            Command::SendDoorstep { promise, no } => {
                self.once(&calls::SendDoorstep { id: promise, yes: !no }).await
            }
            Command::Withdraw { promise, slot } => {
                self.once(&calls::Withdraw { id: promise, slots: slot }).await
            }
            Command::Close { id, how, of } => {
                self.once(&calls::Close { id, how: how.into(), duplicate_of: of }).await
            }
            Command::Undo { id } => self.once(&calls::Undo { id }).await,
            Command::YesAgain { promise } => self.once(&calls::YesAgain { id: promise }).await,
            Command::Thank { id, text, to } => self.once(&calls::Thank { id, to, text }).await,
            Command::Notes { search } => self.once(&calls::Notes { search }).await,
            Command::Note(note) => notes::run(self, note).await,
            Command::Edit(edit) => self.once(&edit.call(&self.speaker)).await,
            Command::Renew { id, until } => {
                let until = until.map(|day| typed::time(&self.speaker, &day));
                self.once(&calls::Renew { id, until }).await
            }
            Command::Outcome { promise, how, slot, why } => {
                self.once(&calls::Outcome { id: promise, how: how.into(), slot, reason: why }).await
            }
            Command::ShowCapacity(shown) => self.once(&shown.call()).await,
            Command::Ways(ways) => self.once(&ways.call()).await,
            Command::Weigh(weigh) => self.once(&weigh.call()).await,
            Command::Suggest { need: None, limit } => self.once(&calls::Suggest { limit }).await,
            Command::Suggest { need: Some(id), limit } => self.once(&calls::WhoMight { id, limit }).await,
            Command::Avoid { person, no_more, .. } => self.once(&calls::Avoid { person, no_more }).await,
            Command::Rota(rota) => self.once(&rota.call()).await,
            Command::Resources { near } => self.once(&calls::Resources { area: near }).await,
            Command::Find { text } => self.once(&calls::Find { text }).await,
            Command::Circle => self.once(&calls::Circle {}).await,
            Command::Vouch { member } => self.once(&calls::Vouch { member }).await,
            Command::Remove { member, yes } => belonging::remove(self, member, yes).await,
            Command::Leave { yes, words } => belonging::leave(self, yes, words.as_deref()).await,
            Command::Passphrase(passphrase) => locking::passphrase(self, &passphrase).await,
            Command::Lock => locking::lock(self).await,
            Command::Unlock => locking::unlock(self).await,
            Command::Erase { yes } => belonging::erase(self, yes).await,
            Command::Machines => self.once(&calls::Machines {}).await,
            Command::Pair => self.once(&calls::Pair {}).await,
            Command::Drop { machine, yes, words, .. } => {
                belonging::drop_machine(self, machine.as_deref(), yes, words.as_deref()).await
            }
            Command::Near => self.once(&calls::Near {}).await,
            Command::Run { network } => network::run(self, &network).await,
            Command::Meet { address, within, listen } => network::meet(self, address, within, listen).await,
            Command::Serve { port, network } => network::serve(self, &network, port).await,
            Command::Backup(backup) => self.backup(backup).await,
            Command::Parcel(Parcel::Write { file, to }) => {
                self.once(&calls::WriteParcel { path: absolute(&file), to }).await
            }
            Command::Parcel(Parcel::Read { file }) => {
                self.once(&calls::ReadParcel { path: absolute(&file) }).await
            }
            Command::Export(Export::Ics { file }) => {
                self.once(&calls::ExportCalendar { path: absolute(&file) }).await
            }
            Command::Words(Words::Show) => self.once(&calls::Words {}).await,
            Command::Words(Words::Sheet { file }) => sheet::write(self, &file).await,
            Command::Words(Words::Check) => self.check_words().await,
            Command::Forget(forget) => self.forget(forget).await,
            Command::Doctor { rebuild: false } => self.once(&calls::Doctor {}).await,
            Command::Doctor { rebuild: true } => self.once(&calls::Rebuild {}).await,
            Command::Statistics => self.once(&calls::CountAll {}).await,
            Command::Stop => self.stop().await,
        }
    }

    /// The same for a call that makes the circle it is about.
    fn alone(&self) -> Self {
        let speaker = Speaker::new(self.speaker.language());
        Self { options: self.options.clone(), circle: None, json: self.json, speaker }
    }

    /// Opens the profile for one call, without any network unless a process has it open already.
    pub(crate) fn door(&self) -> Result<Door, ApiError> {
        Door::open(self.options.clone().alone())
    }

    /// Opens the profile with the network.
    pub(crate) fn networked(&self, network: &Network) -> Result<Door, ApiError> {
        let mut options = self.options.clone();
        options.listen = network.listen;
        options.know.clone_from(&network.know);
        options.discovery = !network.no_discovery;
        Door::open(options)
    }

    /// Makes one call and prints what comes back.
    pub(crate) async fn once<C: Call>(&self, call: &C) -> Result<(), ApiError>
    where
        C::Reply: Print,
    {
        let door = self.door()?;
        let reply = self.ask(&door, call).await;
        door.close().await;
        self.show(&reply?);
        Ok(())
    }

    /// Posts it, and says what in it looks private.
    async fn post(&self, post: &calls::Post) -> Result<(), ApiError> {
        let texts = [Some(&post.title), post.detail.as_ref(), post.place.as_ref(), post.person.as_ref()];
        let text = texts.into_iter().flatten().cloned().collect::<Vec<_>>().join("\n");
        self.heeding(text, post, "private-posted").await
    }

    /// Makes one call, prints what comes back, and says what looks private in a text that everybody reads
    /// then.
    pub(crate) async fn heeding<C: Call>(&self, text: String, call: &C, then: &str) -> Result<(), ApiError>
    where
        C::Reply: Print,
    {
        let door = self.door()?;
        let looked = self.ask(&door, &calls::LookOver { text, post: None }).await;
        let made = self.ask(&door, call).await;
        door.close().await;
        self.show(&made?);
        let tells = looked.map(|looked| looked.tells).unwrap_or_default();
        for tell in &tells {
            self.note(&self.speaker.phrase(&tell.says));
        }
        if !tells.is_empty() {
            self.note(&self.speaker.word(then));
        }
        Ok(())
    }

    /// Makes one call about the circle that was named. Where only this process has the profile open and it is
    /// under a passphrase, that is asked for first.
    pub(crate) async fn ask<C: Call>(&self, door: &Door, call: &C) -> Result<C::Reply, ApiError> {
        match self.ask_as_it_is(door, call).await {
            Err(error) if error.code == ErrorCode::Locked && matches!(door, Door::Here(_)) => {
                locking::unlock_door(self, door).await?;
                self.ask_as_it_is(door, call).await
            }
            answered => answered,
        }
    }

    async fn ask_as_it_is<C: Call>(&self, door: &Door, call: &C) -> Result<C::Reply, ApiError> {
        let internal = |error| ApiError::new(ErrorCode::Internal).with("reason", error);
        let mut request = Request::of(call).map_err(internal)?;
        request.circle.clone_from(&self.circle);
        match door.call(request).await {
            Response::Ok(value) => serde_json::from_value(value).map_err(internal),
            Response::Error(error) => Err(error),
        }
    }

    /// Prints a reply, as JSON if asked to.
    pub(crate) fn show<R: Print + serde::Serialize>(&self, reply: &R) {
        if self.json {
            self.print(&format!("{}\n", serde_json::json!(reply)));
        } else {
            self.print(&reply.print(&self.speaker));
        }
    }

    /// Writes to standard output; whoever closed it does not want the rest.
    pub(crate) fn print(&self, text: &str) {
        use std::io::Write as _;
        let mut out = std::io::stdout().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// Says something beside the reply.
    pub(crate) fn note(&self, text: &str) {
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    fn fail(&self, error: &ApiError) -> ExitCode {
        let (message, hint) = self.speaker.error(error);
        if self.json {
            let error = json!({ "error": { "code": error.code.slug(), "message": message, "hint": hint } });
            self.note(&error.to_string());
        } else {
            self.note(&message);
            if let Some(hint) = hint {
                self.note(&hint);
            }
        }
        ExitCode::from(error.code.exit())
    }

    async fn invite(
        &self,
        call: &impl Call<Reply = InvitationView>,
        file: Option<std::path::PathBuf>,
    ) -> Result<(), ApiError> {
        let door = self.door()?;
        let made = self.ask(&door, call).await;
        door.close().await;
        let made = made?;
        if let Some(path) = file {
            private(&path, &format!("{}\n", made.text)).map_err(|error| {
                ApiError::new(ErrorCode::FileProblem).with("path", path.display()).with("reason", error)
            })?;
        }
        self.show(&made);
        Ok(())
    }

    /// Says beforehand what the promise would be too much for, and makes it all the same.
    async fn promise(&self, promise: &calls::Promise) -> Result<(), ApiError> {
        let door = self.door()?;
        let made = match self.ask(&door, &before(promise)).await {
            Ok(before) => {
                if let Some(says) = &before.says {
                    self.note(&self.speaker.phrase(says));
                }
                self.ask(&door, promise).await
            }
            Err(error) => Err(error),
        };
        door.close().await;
        self.show(&made?);
        Ok(())
    }

    async fn forget(&self, forget: Forget) -> Result<(), ApiError> {
        let none_left = forget.none_left.then_some(true);
        if forget.look || forget.by_itself.is_some() {
            self.once(&calls::Forgetting { by_itself: forget.by_itself }).await
        } else if forget.anew {
            self.once(&calls::BeginAnew { none_left }).await
        } else {
            let words = forget.words.as_deref().map(words_in).transpose()?;
            let at_once = forget.at_once.then_some(true);
            let forget = calls::Forget { ids: Some(forget.ids), none_left, at_once, words };
            self.forget_these(forget).await
        }
    }

    /// Asks for the words where it takes them and they are on paper only.
    async fn forget_these(&self, mut forget: calls::Forget) -> Result<(), ApiError> {
        let door = self.door()?;
        let done = async {
            if forget.at_once.is_some()
                && forget.words.is_none()
                && self.ask(&door, &calls::Forgetting::default()).await?.needs_words
            {
                forget.words = Some(ask::secret(self, "ask-words")?);
            }
            self.ask(&door, &forget).await
        }
        .await;
        door.close().await;
        self.show(&done?);
        Ok(())
    }

    async fn backup(&self, backup: Backup) -> Result<(), ApiError> {
        match backup {
            Backup::Write { file, passphrase } => {
                let passphrase = passphrase.then(|| ask::secret(self, "ask-passphrase")).transpose()?;
                self.write_backup(&calls::WriteBackup { path: absolute(&file), passphrase }).await
            }
            Backup::Show(reading) => {
                let (words, passphrase) = self.unlocking(&reading)?;
                self.once(&calls::ShowBackup { path: absolute(&reading.file), words, passphrase }).await
            }
            Backup::Restore(reading) => {
                let (words, passphrase) = self.unlocking(&reading)?;
                self.once(&calls::RestoreBackup { path: absolute(&reading.file), words, passphrase }).await
            }
        }
    }

    /// Ctrl-C stops it in order, also where another process does it: the older file stands, and no half one.
    async fn write_backup(&self, call: &calls::WriteBackup) -> Result<(), ApiError> {
        let door = self.door()?;
        let written = self.unless_stopped(&door, call).await;
        door.close().await;
        self.show(&written?);
        Ok(())
    }

    async fn unless_stopped(&self, door: &Door, call: &calls::WriteBackup) -> Result<BackupReport, ApiError> {
        let mut writing = std::pin::pin!(self.ask(door, call));
        tokio::select! {
            written = &mut writing => return written,
            _ = tokio::signal::ctrl_c() => {}
        }
        let stop = calls::Progress { stop: Some(true) };
        // The door of another process answers one call after the other.
        match door {
            Door::Here(_) => door.ask(&stop).await?,
            Door::There(_) => self.door()?.ask(&stop).await?,
        };
        writing.await
    }

    /// What opens a backup: words from a file, or a passphrase.
    fn unlocking(&self, reading: &Reading) -> Result<(Option<String>, Option<String>), ApiError> {
        let words = reading.words.as_deref().map(words_in);
        let passphrase = reading.passphrase.then(|| ask::secret(self, "ask-passphrase"));
        Ok((words.transpose()?, passphrase.transpose()?))
    }

    async fn check_words(&self) -> Result<(), ApiError> {
        let door = self.door()?;
        let asked = self.ask(&door, &calls::Words {}).await;
        let checked = match asked {
            Ok(view) => match ask::numbered_words(self, &view.ask) {
                Ok(words) => self.ask(&door, &calls::CheckWords { words }).await,
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        };
        door.close().await;
        self.show(&checked?);
        Ok(())
    }

    /// Asks the process that has the profile open to end; without one there is nothing to do.
    async fn stop(&self) -> Result<(), ApiError> {
        if let door @ Door::There(_) = self.door()? {
            door.ask(&calls::Stop {}).await?;
        }
        Ok(())
    }
}
