//! Promises, the answers to them, and taking them back.

use automerge::ScalarValue;
use closeknit_domain::{Answer, Basis, Commitment, CommitmentRef, PostRef, Withdrawal};
use closeknit_ids::RecordId;

use super::{post, time, words};
use crate::fields::{Fields, OutOfRange};

pub(super) fn write(commitment: &Commitment, fields: &mut Fields) {
    post::set_reference(fields, "post", commitment.post.author, commitment.post.id);
    time::write_part(fields, &commitment.part);
    fields.set("amount", ScalarValue::Uint(commitment.amount.get().into()));
    fields.set_text_if("role", commitment.role.as_deref());
    fields.set_text_if("say", commitment.say.as_deref());
    // The basis is one scalar: the hash, then the ids.
    let mut basis = commitment.basis.fields.to_vec();
    basis.extend(commitment.basis.seen().iter().flat_map(|id| id.0));
    fields.set("basis", ScalarValue::Bytes(basis));
    fields.set_moment("made", commitment.made);
}

pub(super) fn read(fields: &Fields) -> Result<Commitment, OutOfRange> {
    let (author, id) = post::reference(fields, "post")?;
    Ok(Commitment {
        post: PostRef { author, id },
        part: time::read_part(fields)?,
        amount: post::read_amount(fields)?,
        role: fields.text_if("role")?,
        say: fields.text_if("say")?,
        basis: read_basis(fields.bytes("basis")?).ok_or(OutOfRange("basis"))?,
        made: fields.moment("made")?,
    })
}

fn read_basis(bytes: &[u8]) -> Option<Basis> {
    let (hash, ids) = bytes.split_first_chunk::<32>()?;
    let (ids, rest) = ids.as_chunks::<16>();
    if !rest.is_empty() || ids.len() > Basis::MOST {
        return None;
    }
    Basis::new(*hash, ids.iter().copied().map(RecordId).collect()).ok()
}

pub(super) fn write_answer(answer: &Answer, fields: &mut Fields) {
    fields.set("post", ScalarValue::Bytes(answer.post.0.to_vec()));
    post::set_reference(fields, "commitment", answer.commitment.helper, answer.commitment.id);
    words::set(fields, "verdict", answer.verdict);
    if let Some(doorstep) = &answer.doorstep {
        fields.set("doorstep", ScalarValue::Bytes(doorstep.as_bytes().to_vec()));
    }
    fields.set_moment("at", answer.at);
}

pub(super) fn read_answer(fields: &Fields) -> Result<Answer, OutOfRange> {
    let (helper, id) = post::reference(fields, "commitment")?;
    Ok(Answer {
        post: fields.id("post")?,
        commitment: CommitmentRef { helper, id },
        verdict: words::get(fields, "verdict")?,
        doorstep: fields.sealed("doorstep")?,
        at: fields.moment("at")?,
    })
}

pub(super) fn write_withdrawal(withdrawal: &Withdrawal, fields: &mut Fields) {
    fields.set("commitment", ScalarValue::Bytes(withdrawal.commitment.0.to_vec()));
    if let Some(slots) = &withdrawal.slots {
        time::write_slots(fields, slots);
    }
    fields.set_moment("at", withdrawal.at);
}

pub(super) fn read_withdrawal(fields: &Fields) -> Result<Withdrawal, OutOfRange> {
    let slots = time::read_slots(fields)?;
    Ok(Withdrawal { commitment: fields.id("commitment")?, slots, at: fields.moment("at")? })
}
