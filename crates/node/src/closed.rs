//! A profile whose passphrase nobody has typed since the program began: nothing of it is open.

use std::path::Path;

use closeknit_api::{ApiError, Call, ErrorCode, Request, calls, views::Done};
use closeknit_store::ProfileLock;
use serde_json::Value;

use crate::engine::{Engine, erase_closed, failed, locked_status, what_goes_closed};

/// Answers what can be answered, and opens it when the passphrase is typed.
pub(crate) fn call(
    profile: &Path,
    request: &Request,
    open: impl FnOnce(&str) -> Result<Engine, ApiError>,
) -> Result<(Value, Option<Engine>), ApiError> {
    match request.call.as_str() {
        calls::Status::NAME => Ok((answer(&locked_status())?, None)),
        calls::Unlock::NAME => {
            let call: calls::Unlock = arguments(request)?;
            let engine = open(&call.passphrase)?;
            Ok((answer(&Done { done: true })?, Some(engine)))
        }
        calls::WhatGoes::NAME => {
            let view = what_goes_closed(profile).map_err(|failure| failure.0)?;
            Ok((answer(&view)?, None))
        }
        calls::Erase::NAME => {
            let _lock = ProfileLock::take(profile).map_err(failed)?;
            let gone = erase_closed(profile, &arguments(request)?).map_err(|failure| failure.0)?;
            Ok((answer(&gone)?, None))
        }
        calls::Lock::NAME | calls::StillHere::NAME | calls::Wake::NAME | calls::Stop::NAME => {
            Ok((answer(&Done { done: true })?, None))
        }
        _ => Err(ApiError::new(ErrorCode::Locked)),
    }
}

fn arguments<C: Call>(request: &Request) -> Result<C, ApiError> {
    serde_json::from_value(request.args.clone())
        .map_err(|error| ApiError::new(ErrorCode::BadRequest).with("reason", error))
}

fn answer(reply: &impl serde::Serialize) -> Result<Value, ApiError> {
    serde_json::to_value(reply).map_err(|error| ApiError::new(ErrorCode::Internal).with("reason", error))
}
