//! samod 0.16, the peer: the same documents, over the same kind of connection, kept by SQLite as ours are.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, anyhow};
use automerge::{Automerge, Change};
use closeknit_replica::RawChange;
use futures::{FutureExt as _, StreamExt as _, future::BoxFuture, stream};
use iroh::endpoint::{Connection, RecvStream, SendStream};
use rusqlite::{Connection as Database, OptionalExtension as _};
use samod::{
    BackoffConfig, ConnectionId, DialError, Dialer, DocHandle, Repo, ShareConfig, Transport,
    storage::{Storage, StorageKey},
};
use tokio::sync::watch;

use crate::plain::Wire;

/// So many documents are asked for at once.
const ASKS: usize = 64;

/// One machine with samod on it.
pub(crate) struct Peer {
    repo: Repo,
    storage: Sqlite,
}

impl Peer {
    /// `synchronous` is the level at which SQLite commits: FULL or NORMAL.
    pub(crate) async fn start(database: &Path, synchronous: &str) -> Result<Self> {
        let storage = Sqlite::open(database, synchronous)?;
        let repo = Repo::build_tokio()
            .with_storage(storage.clone())
            .with_share_policy(ShareConfig::read_write())
            .load()
            .await;
        Ok(Self { repo, storage })
    }

    pub(crate) async fn hold(&self, documents: Vec<Automerge>) -> Result<Vec<DocHandle>> {
        let mut handles = Vec::new();
        for document in documents {
            handles.push(self.repo.create(document).await?);
        }
        Ok(handles)
    }

    pub(crate) async fn stop(self) {
        self.repo.stop().await;
    }

    /// Connects this machine to another over one QUIC stream, and gets all these documents from there.
    pub(crate) async fn catch_up(&self, other: &Self, wire: &Wire, wanted: &[DocHandle]) -> Result<CaughtUp> {
        let line = self.connect(other, wire).await?;
        let asks = wanted.iter().map(|handle| {
            let (repo, id) = (self.repo.clone(), handle.document_id().clone());
            async move { repo.find(id).await }
        });
        let mut asks = stream::iter(asks).buffer_unordered(ASKS);
        let mut found = BTreeMap::new();
        while let Some(document) = asks.next().await {
            let document = document?.context("the other end does not have it")?;
            found.insert(document.document_id().to_string(), document);
        }
        let mut documents = Vec::new();
        for theirs in wanted {
            let ours = found.remove(&theirs.document_id().to_string()).context("found")?;
            until_same(&ours, theirs).await?;
            documents.push(ours);
        }
        Ok(CaughtUp { documents, line })
    }

    async fn connect(&self, other: &Self, wire: &Wire) -> Result<Line> {
        let (one, other_end) = wire.connect().await?;
        // A stream is invisible to the other end until something is on it.
        let (mut send, receive) = one.open_bi().await?;
        send.write_all(&[0]).await?;
        let (their_send, mut their_receive) = other_end.accept_bi().await?;
        their_receive.read_exact(&mut [0]).await?;
        let acceptor = other.repo.make_acceptor(url::Url::parse("bench://listener")?)?;
        let dialler = Once(Mutex::new(Some(transport(receive, send))));
        let dialled = self.repo.dial(BackoffConfig::default(), Arc::new(dialler))?;
        let accepted = acceptor.accept(transport(their_receive, their_send))?;
        dialled.established().await.map_err(|error| anyhow!("{error:?}"))?;
        let there = dialled.connection_id().context("connected")?;
        Ok(Line { there, ends: [one, other_end], _kept: Box::new((acceptor, accepted, dialled)) })
    }

    /// Connects to another again with whom all these documents were shared before. How long until this one knows of
    /// every document that it has all of it, and until it has what is new in one of them.
    pub(crate) async fn meet_again(
        &self,
        other: &Self,
        wire: &Wire,
        (theirs, ours): (&[DocHandle], &[DocHandle]),
        changed: usize,
    ) -> Result<(Line, Duration, Duration)> {
        let (theirs, changed) = theirs.get(changed).zip(ours.get(changed)).context("a document")?;
        let started = Instant::now();
        let line = self.connect(other, wire).await?;
        let first = async {
            until_same(changed, theirs).await?;
            Ok::<_, anyhow::Error>(started.elapsed())
        };
        let all = async {
            for document in ours {
                document.we_have_their_changes(line.there).await;
            }
            started.elapsed()
        };
        let (first, all) = tokio::join!(first, all);
        Ok((line, all, first?))
    }
}

/// What holds a connection open.
pub(crate) struct Line {
    /// What the dialler calls the connection.
    there: ConnectionId,
    ends: [Connection; 2],
    _kept: Box<dyn std::any::Any + Send>,
}

impl Line {
    /// From now on the two are apart.
    pub(crate) fn cut(&self) {
        self.ends.iter().for_each(|end| end.close(0_u32.into(), b""));
    }
}

pub(crate) struct CaughtUp {
    pub(crate) documents: Vec<DocHandle>,
    pub(crate) line: Line,
}

async fn until_same(ours: &DocHandle, theirs: &DocHandle) -> Result<()> {
    let mut changes = Box::pin(ours.changes());
    let wanted = theirs.with_document(|document| document.get_heads());
    while ours.with_document(|document| document.get_heads()) != wanted {
        changes.next().await.context("the document is gone")?;
    }
    Ok(())
}

fn transport(receive: RecvStream, send: SendStream) -> Transport {
    Transport::from_tokio_io(tokio::io::join(receive, send))
}

/// A dialler that has one connection ready.
struct Once(Mutex<Option<Transport>>);

impl Dialer for Once {
    type Error = std::io::Error;

    fn url(&self) -> url::Url {
        #[expect(clippy::unwrap_used, reason = "it is written here")]
        url::Url::parse("bench://dialler").unwrap()
    }

    fn connect(&self) -> BoxFuture<'static, Result<Transport, DialError<Self::Error>>> {
        let transport = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let used = || DialError::PermanentFailure(std::io::Error::other("there was one connection"));
        async move { transport.ok_or_else(used) }.boxed()
    }
}

/// One document that two machines have open.
pub(crate) struct Pair {
    pub(crate) author: (Peer, DocHandle),
    pub(crate) reader: (Peer, DocHandle),
    pub(crate) _kept: (Line, Wire),
}

impl Pair {
    pub(crate) async fn close(self) {
        self.reader.0.stop().await;
        self.author.0.stop().await;
    }

    /// Writes a change at the author's: how long until it shows at the reader's, and until both have it
    /// on the disk as well.
    pub(crate) async fn write(&self, change: &RawChange) -> Result<(Duration, Duration)> {
        let change = Change::try_from(change.bytes())?;
        let wanted = change.hash();
        let ((one, theirs), (other, ours)) = (&self.author, &self.reader);
        let (mut one_kept, mut other_kept) = (one.storage.kept(), other.storage.kept());
        let mut changes = Box::pin(ours.changes());
        let started = Instant::now();
        theirs.with_document(|document| document.apply_changes([change]))?;
        while !ours.with_document(|document| document.get_heads().contains(&wanted)) {
            changes.next().await.context("the document is gone")?;
        }
        let shown = started.elapsed();
        one_kept.changed().await?;
        other_kept.changed().await?;
        Ok((shown, started.elapsed()))
    }
}

/// samod's storage over one SQLite file, set up as ours is.
#[derive(Clone)]
struct Sqlite(Arc<Shared>);

struct Shared {
    database: Mutex<Database>,
    /// How many values were put.
    kept: watch::Sender<u64>,
}

impl Sqlite {
    fn open(path: &Path, synchronous: &str) -> Result<Self> {
        let database = Database::open(path)?;
        database.pragma_update(None, "journal_mode", "WAL")?;
        database.pragma_update(None, "synchronous", synchronous)?;
        database.execute_batch("CREATE TABLE kept (key TEXT PRIMARY KEY, value BLOB NOT NULL)")?;
        Ok(Self(Arc::new(Shared { database: Mutex::new(database), kept: watch::Sender::new(0) })))
    }

    /// Tells of everything put from now on.
    fn kept(&self) -> watch::Receiver<u64> {
        self.0.kept.subscribe()
    }

    /// Does something with the database on a thread that may wait for the disk.
    async fn with<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Database) -> rusqlite::Result<T> + Send + 'static,
    ) -> Option<T> {
        let shared = Arc::clone(&self.0);
        let done = tokio::task::spawn_blocking(move || {
            act(&shared.database.lock().unwrap_or_else(PoisonError::into_inner))
        });
        done.await.ok()?.ok()
    }
}

impl Storage for Sqlite {
    async fn load(&self, key: StorageKey) -> Option<Vec<u8>> {
        let one = move |database: &Database| {
            let mut query = database.prepare_cached("SELECT value FROM kept WHERE key = ?1")?;
            query.query_row([key.to_string()], |row| row.get(0)).optional()
        };
        self.with(one).await.flatten()
    }

    async fn load_range(&self, prefix: StorageKey) -> HashMap<StorageKey, Vec<u8>> {
        let range = move |database: &Database| {
            let (from, to) = (format!("{prefix}/"), format!("{prefix}0"));
            let mut query =
                database.prepare_cached("SELECT key, value FROM kept WHERE key >= ?1 AND key < ?2")?;
            let rows = query.query_map([from, to], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<Vec<(String, Vec<u8>)>>>()
        };
        let rows = self.with(range).await.unwrap_or_default();
        let keyed = rows.into_iter().filter_map(|(key, value)| {
            let parts: Vec<String> = key.split('/').map(str::to_owned).collect();
            Some((StorageKey::from_parts(parts).ok()?, value))
        });
        keyed.collect()
    }

    async fn put(&self, key: StorageKey, data: Vec<u8>) {
        let put = move |database: &Database| {
            let mut put =
                database.prepare_cached("INSERT OR REPLACE INTO kept (key, value) VALUES (?1, ?2)")?;
            put.execute((key.to_string(), data))
        };
        if self.with(put).await.is_some() {
            self.0.kept.send_modify(|count| *count += 1);
        }
    }

    async fn delete(&self, key: StorageKey) {
        let delete = move |database: &Database| {
            database.prepare_cached("DELETE FROM kept WHERE key = ?1")?.execute([key.to_string()])
        };
        self.with(delete).await;
    }
}
