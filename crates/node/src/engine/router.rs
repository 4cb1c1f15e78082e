//! From the name of a call to what does it.

use closeknit_api::{Call, ErrorCode, Request, calls};
use closeknit_ids::CircleId;
use serde_json::Value;

use super::{
    Engine, Moment,
    failure::{Failure, Outcome},
    locking,
};

macro_rules! routes {
    ($($call:ident => $what:ident $method:ident,)*) => {
        impl Engine {
            /// Makes a call by its name.
            pub(super) fn route(&mut self, at: Moment, request: &Request) -> Outcome<Value> {
                if self.locking.locked && !locking::ANSWERED.contains(&request.call.as_str()) {
                    return Err(Failure::new(ErrorCode::Locked));
                }
                match request.call.as_str() {
                    $(calls::$call::NAME => {
                        let args: calls::$call = arguments(&request.args)?;
                        reply::<calls::$call>(routes!(@ask $what $method self at request args))
                    })*
                    other => Err(Failure::new(ErrorCode::BadRequest).with("reason", other)),
                }
            }
        }

        #[cfg(test)]
        const ROUTED: &[&str] = &[$(calls::$call::NAME),*];
    };
    (@ask profile $method:ident $engine:ident $at:ident $request:ident $args:ident) => {
        $engine.$method($at, &$args)
    };
    (@ask circle $method:ident $engine:ident $at:ident $request:ident $args:ident) => {{
        let circle: CircleId = $engine.circle_named($request.circle.as_deref())?;
        $engine.$method($at, circle, &$args)
    }};
}

routes! {
    Status => profile status,
    Start => profile start,
    Invite => circle invite,
    Join => profile join,
    LetBack => circle let_back,
    ComeBack => profile come_back,
    Joining => profile joining_view,
    Confirm => profile confirm,
    StopJoining => profile stop_joining,
    Today => circle today,
    Notices => profile notices,
    Quiet => profile quiet,
    Post => circle post,
    LookOver => circle look_over,
    Board => circle board,
    Week => circle week,
    Show => circle show,
    Promise => circle promise,
    Answer => circle answer,
    SendDoorstep => circle send_doorstep,
    Withdraw => circle withdraw,
    Close => circle close,
    Undo => circle undo,
    Edit => circle edit,
    Renew => circle renew,
    YesAgain => circle yes_again,
    Outcome => circle outcome,
    Thank => circle thank,
    Notes => circle notes,
    Note => circle note,
    WriteNote => circle write_note,
    ChangeNote => circle change_note,
    RemoveNote => circle remove_note,
    Me => circle me,
    Capacity => circle set_capacity,
    Profile => circle set_profile,
    TellSeen => circle tell_seen,
    BeforePromise => circle before_promise,
    Weigh => circle weigh,
    Ways => circle set_ways,
    ShowCapacity => circle show_capacity,
    Suggest => circle suggest,
    WhoMight => circle who_might,
    Avoid => circle avoid,
    Rota => circle rota,
    Resources => circle resources,
    Find => circle find,
    Circle => circle people,
    Vouch => circle vouch,
    Remove => circle remove,
    Leave => circle leave,
    Switch => profile switch,
    Near => circle near,
    Know => circle know,
    Machines => circle machines_view,
    Pair => circle pair,
    DropMachine => circle drop_machine,
    Words => profile words,
    CheckWords => profile check_words,
    Practise => profile practise,
    WriteBackup => profile write_backup,
    Progress => profile progress,
    ShowBackup => profile show_backup,
    RestoreBackup => profile restore_backup,
    Forgetting => circle forgetting,
    Forget => circle forget,
    BeginAnew => circle begin_anew,
    WriteParcel => circle write_parcel,
    ReadParcel => profile read_parcel,
    ExportCalendar => circle export_calendar,
    AtRest => profile at_rest,
    SetPassphrase => profile set_passphrase,
    LockAfter => profile lock_after,
    Lock => profile lock,
    Unlock => profile unlock,
    StillHere => profile still_here,
    WhatGoes => profile what_goes,
    Erase => profile erase,
    Doctor => profile doctor,
    Rebuild => profile rebuild,
    CountAll => circle statistics,
    Wake => profile wake,
    Stop => profile stop,
}

fn arguments<C: Call>(args: &Value) -> Outcome<C> {
    let args = if args.is_null() { Value::Object(serde_json::Map::new()) } else { args.clone() };
    serde_json::from_value(args).map_err(|error| Failure::new(ErrorCode::BadRequest).with("reason", error))
}

fn reply<C: Call>(reply: Outcome<C::Reply>) -> Outcome<Value> {
    serde_json::to_value(reply?).map_err(Failure::internal)
}

#[cfg(test)]
mod tests {
    use closeknit_api::calls;

    use super::*;

    #[test]
    fn every_call_of_the_contract_leads_somewhere() {
        let mut declared: Vec<_> = calls::all().map(|call| call.name).collect();
        let mut routed = ROUTED.to_vec();
        declared.sort_unstable();
        routed.sort_unstable();
        assert_eq!(routed, declared);
    }
}
