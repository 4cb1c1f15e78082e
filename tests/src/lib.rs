//! What the tests that cross crates share: machines on a network of their own, screens that nobody sees,
//! windows that are clicked and typed in, and programs that never outlive their test.
//!
//! - [`Lan`] and [`Machine`]: network namespaces joined by a bridge, made of what is in [`network`] (needs root).
//! - [`Sky`] and [`Weather`]: packets that come late or never.
//! - [`Display`] and [`Window`]: the real app under Xvfb, driven through WebKitWebDriver.
//! - [`Process`]: a program with everything it starts, killed when dropped.
//! - [`built`]: where the program is that a test starts.
//! - [`Profile`]: a member's directory, gone when dropped.
//! - [`Workshop`]: what somebody signs who means harm.
//! - [`Member`] and [`Street`]: members that run in the test itself, and circles as large as they get.
//! - [`smooth`]: how soon what somebody does in a window is on the screen.
//! - [`eventually`]: waiting for a condition, never for a time.
//!
//! Two neighbours on two machines:
//!
//! ```no_run
//! use closeknit_tests::{Display, Lan, Profile, Window};
//!
//! let mut lan = Lan::new()?;
//! let (at_rosas, at_sams) = (lan.machine()?, lan.machine()?);
//! let (rosas_profile, sams_profile) = (Profile::new("rosa")?, Profile::new("sam")?);
//! let display = Display::start()?;
//! let rosa = Window::open_on(&at_rosas, &display, &rosas_profile)?;
//! let sam = Window::open_on(&at_sams, &display, &sams_profile)?;
//! rosa.fill("name", "Rosa")?;
//! sam.click("i-was-invited")?;
//! at_sams.unplug()?;
//! # Ok::<(), anyhow::Error>(())
//! ```

mod built;
mod display;
mod driver;
pub mod forged;
mod forward;
mod lan;
mod member;
pub mod network;
mod process;
mod profile;
pub mod smooth;
pub mod street;
mod wait;
mod weather;
mod window;
mod workshop;

pub use built::built;
pub use display::Display;
pub use forward::Forward;
pub use lan::{Lan, Machine};
pub use member::{Home, Member, until_told};
pub use process::Process;
pub use profile::Profile;
pub use street::Street;
pub use wait::{DEADLINE, eventually, within};
pub use weather::{Frames, Sky, Weather};
pub use window::Window;
pub use workshop::Workshop;
