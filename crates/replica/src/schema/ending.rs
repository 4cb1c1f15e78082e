//! How posts and promises end, and thanks.

use automerge::ScalarValue;
use closeknit_domain::{Closed, Closure, CommitmentRef, Outcome, PostRef, Thanks};

use super::{post, time, words};
use crate::fields::{Fields, OutOfRange};

pub(super) fn write_closure(closure: &Closure, fields: &mut Fields) {
    fields.set("post", ScalarValue::Bytes(closure.post.0.to_vec()));
    match closure.how {
        Closed::Met => fields.set_text("how", "met"),
        Closed::NotNeeded => fields.set_text("how", "not-needed"),
        Closed::DuplicateOf(other) => {
            fields.set_text("how", "duplicate-of");
            post::set_reference(fields, "of", other.author, other.id);
        }
    }
    fields.set_moment("at", closure.at);
}

pub(super) fn read_closure(fields: &Fields) -> Result<Closure, OutOfRange> {
    let how: String = fields.text("how")?;
    Ok(Closure {
        post: fields.id("post")?,
        how: match how.as_str() {
            "met" => Closed::Met,
            "not-needed" => Closed::NotNeeded,
            "duplicate-of" => {
                let (author, id) = post::reference(fields, "of")?;
                Closed::DuplicateOf(PostRef { author, id })
            }
            _ => return Err(OutOfRange("how")),
        },
        at: fields.moment("at")?,
    })
}

pub(super) fn write_outcome(outcome: &Outcome, fields: &mut Fields) {
    post::set_reference(fields, "commitment", outcome.commitment.helper, outcome.commitment.id);
    fields.set_text_if("slot", outcome.slot.map(|slot| slot.to_string()).as_deref());
    words::set(fields, "how", outcome.how);
    if let Some(reason) = &outcome.reason {
        fields.set("reason", ScalarValue::Bytes(reason.as_bytes().to_vec()));
    }
    fields.set_moment("at", outcome.at);
}

pub(super) fn read_outcome(fields: &Fields) -> Result<Outcome, OutOfRange> {
    let (helper, id) = post::reference(fields, "commitment")?;
    Ok(Outcome {
        commitment: CommitmentRef { helper, id },
        slot: time::read_slot(fields, "slot")?,
        how: words::get(fields, "how")?,
        reason: fields.sealed("reason")?,
        at: fields.moment("at")?,
    })
}

pub(super) fn write_thanks(thanks: &Thanks, fields: &mut Fields) {
    if let Some(to) = thanks.to {
        fields.set("to", ScalarValue::Bytes(to.0.to_vec()));
    }
    if let Some(post) = thanks.post {
        post::set_reference(fields, "post", post.author, post.id);
    }
    fields.set_text("text", &thanks.text);
    fields.set_moment("at", thanks.at);
}

pub(super) fn read_thanks(fields: &Fields) -> Result<Thanks, OutOfRange> {
    let post = fields.get("post").map(|_| post::reference(fields, "post")).transpose()?;
    Ok(Thanks {
        to: fields.get("to").map(|_| fields.member("to")).transpose()?,
        post: post.map(|(author, id)| PostRef { author, id }),
        text: fields.text("text")?,
        at: fields.moment("at")?,
    })
}
