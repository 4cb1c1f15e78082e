//! The contract between a running member and the faces that people see: every call, event tag and
//! error code, declared once.
//!
//! A face sends a [`Request`] (the name of a call and its arguments as JSON) and gets the call's
//! reply or an [`ApiError`]. The list of calls is [`calls::all`]; each is a type that implements
//! [`Call`], so a Rust face cannot mistake the reply, and the same list is written out as
//! TypeScript for the page (`ui/src/host/contract.ts`, kept true by a test). The member pushes only
//! [`Tag`]s: "these changed, fetch them again".
//!
//! Everything that is shown arrives decided: states, whose turn it is, which sentence to say
//! ([`Phrase`]). A face puts it into the reader's language and lays it out.
//!
//! ```
//! use closeknit_api::{Call, Request, calls::Board};
//! let request = Request::of(&Board { search: Some("lift".into()), ..Board::default() })?;
//! assert_eq!(request.call, "board");
//! # Ok::<(), serde_json::Error>(())
//! ```

pub mod calls;
mod contract;
mod error;
mod phrase;
mod tag;
pub mod views;

pub use contract::typescript;
pub use error::{ApiError, ErrorCode};
pub use phrase::{Phrase, Value};
pub use tag::Tag;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use ts_rs::TS;

/// One thing a face can ask of a member. Implemented by the type of its arguments.
pub trait Call: Serialize + DeserializeOwned + TS + 'static {
    /// What it is called on the wire.
    const NAME: &'static str;
    /// What comes back.
    type Reply: Serialize + DeserializeOwned + TS + 'static;
}

/// A call on its way: the same shape in the window, on the page, and on the local socket.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// [`Call::NAME`].
    pub call: String,
    /// The arguments as JSON.
    #[serde(default)]
    pub args: serde_json::Value,
    /// The circle it is about; without it, the one shown last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub circle: Option<String>,
}

impl Request {
    /// A call about the circle shown last.
    ///
    /// # Errors
    /// If the arguments cannot be written as JSON.
    pub fn of<C: Call>(args: &C) -> serde_json::Result<Self> {
        Ok(Self { call: C::NAME.to_owned(), args: serde_json::to_value(args)?, circle: None })
    }
}

/// What comes back: the call's reply, or why not.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Response {
    /// The reply as JSON.
    Ok(serde_json::Value),
    /// Why not.
    Error(ApiError),
}
