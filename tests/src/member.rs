//! A member that runs: a real node on a profile on the disk, with the real network on loopback.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use closeknit_api::{
    Call, Request, Response, Tag, calls,
    views::{Exchange, JoinStage},
};
use closeknit_node::{Node, Options};
use tokio::{sync::broadcast, time::sleep};

/// Anything that takes longer than this has gone wrong.
const DEADLINE: Duration = Duration::from_secs(600);

/// Where a member lives: a profile's directory, and the port that the others know.
#[derive(Debug, Clone)]
pub struct Home {
    /// The directory.
    pub profile: PathBuf,
    /// The port.
    pub port: u16,
}

impl Home {
    /// A place for somebody who has never started the program.
    ///
    /// # Errors
    /// When the disk says no.
    pub fn new(profile: PathBuf) -> Result<Self> {
        let port = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        Ok(Self { profile, port })
    }

    /// The same member in a profile of its own, to be used up.
    ///
    /// # Errors
    /// When the disk says no.
    pub fn copy(&self, to: PathBuf) -> Result<Self> {
        fs::create_dir_all(&to)?;
        for file in fs::read_dir(&self.profile)? {
            let file = file?;
            if file.file_type()?.is_file() {
                fs::copy(file.path(), to.join(file.file_name()))?;
            }
        }
        Ok(Self { profile: to, port: self.port })
    }
}

/// A member that runs in this process.
#[derive(Debug)]
pub struct Member {
    node: Node,
}

impl Member {
    /// Starts the member with its network, on loopback alone and without discovery.
    ///
    /// # Errors
    /// When the profile cannot be opened.
    pub fn start(home: &Home) -> Result<Self> {
        let mut options = Options::new(&home.profile);
        options.discovery = false;
        options.listen = Some(SocketAddr::from((Ipv4Addr::LOCALHOST, home.port)));
        Self::with(options)
    }

    /// Starts the member without any network.
    ///
    /// # Errors
    /// When the profile cannot be opened.
    pub fn alone(profile: &Path) -> Result<Self> {
        Self::with(Options::new(profile).alone())
    }

    fn with(options: Options) -> Result<Self> {
        let profile = options.profile.clone();
        let node = Node::start(options).with_context(|| format!("{} does not start", profile.display()))?;
        Ok(Self { node })
    }

    /// Makes a call.
    ///
    /// # Errors
    /// What the call is refused with.
    pub async fn ask<C: Call>(&self, call: &C) -> Result<C::Reply> {
        match self.node.call(Request::of(call)?).await {
            Response::Ok(value) => Ok(serde_json::from_value(value)?),
            Response::Error(error) => bail!("{} is refused: {error:?}", C::NAME),
        }
    }

    /// What changes from now on.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Vec<Tag>> {
        self.node.changes()
    }

    /// Ends the member in order.
    pub async fn stop(self) {
        self.node.stop().await;
    }

    /// Waits until the network is up and knows where this machine is.
    ///
    /// # Errors
    /// When there is no network.
    pub async fn until_found(&self) -> Result<()> {
        until("the own address", async || {
            let checks = self.ask(&calls::Doctor {}).await?.checks;
            Ok(checks.iter().any(|check| check.says.id == "doctor-network-well").then_some(()))
        })
        .await
    }

    /// Waits until this member and one other machine hold the same. Looks only when told of a
    /// change, because looking at a large circle is work.
    ///
    /// # Errors
    /// When they never do.
    pub async fn until_equal(&self, changes: &mut broadcast::Receiver<Vec<Tag>>) -> Result<()> {
        let started = Instant::now();
        loop {
            let near = self.ask(&calls::Near {}).await?;
            if near.machines.iter().any(|machine| machine.exchange == Exchange::Equal) {
                return Ok(());
            }
            until_told(changes, Tag::Near).await?;
            if started.elapsed() > DEADLINE {
                bail!("two machines never became equal");
            }
        }
    }

    /// The first two of a circle: one starts it, the other comes in by invitation.
    ///
    /// # Errors
    /// When they do not meet.
    pub async fn found(one: &Home, other: &Home) -> Result<()> {
        let (rosa, sam) = (Self::start(one)?, Self::start(other)?);
        let zone = Some("Europe/Vienna".to_owned());
        let (name, circle) = ("Rosa".to_owned(), "Millrace".to_owned());
        rosa.ask(&calls::Start { name, circle, zone, ..calls::Start::default() }).await?;
        rosa.until_found().await?;
        let invitation = rosa.ask(&calls::Invite::default()).await?.text;
        sam.ask(&calls::Join { invitation, name: "Sam".into(), kind: None }).await?;
        let own = until("the code", async || {
            let own = sam.ask(&calls::Joining {}).await?.own;
            Ok(own.filter(|own| own.stage == JoinStage::Compare))
        });
        let own = own.await?;
        let door = until("somebody at the door", async || {
            let doors = rosa.ask(&calls::Joining {}).await?.doors;
            Ok(doors.into_iter().find(|door| door.stage == JoinStage::Compare))
        });
        let door = door.await?;
        sam.ask(&calls::Confirm { id: own.id, yes: true }).await?;
        rosa.ask(&calls::Confirm { id: door.id, yes: true }).await?;
        let mut changes = sam.changes();
        until("being in", async || {
            let own = sam.ask(&calls::Joining {}).await?.own;
            Ok(own.filter(|own| own.stage == JoinStage::Joined))
        })
        .await?;
        sam.until_equal(&mut changes).await?;
        sam.stop().await;
        rosa.stop().await;
        Ok(())
    }
}

/// Waits until the faces are told that this changed.
///
/// # Errors
/// When the member ends first.
pub async fn until_told(changes: &mut broadcast::Receiver<Vec<Tag>>, wanted: Tag) -> Result<()> {
    loop {
        match tokio::time::timeout(DEADLINE, changes.recv()).await? {
            Ok(tags) if !tags.contains(&wanted) => {}
            // Whoever missed some looks as well.
            Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return Ok(()),
            Err(broadcast::error::RecvError::Closed) => bail!("the member has ended"),
        }
    }
}

/// Asks `look` until it gives a value. For what is not measured.
async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let started = Instant::now();
    loop {
        if let Some(found) = look().await? {
            return Ok(found);
        }
        if started.elapsed() > DEADLINE {
            bail!("waited for {what} in vain");
        }
        sleep(Duration::from_millis(10)).await;
    }
}
