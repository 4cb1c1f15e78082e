//! An open invitation: in `later`, so that whoever does not know it yet passes it by.

use automerge::ScalarValue;
use closeknit_domain::OpenInvitation;
use closeknit_ids::InvitationId;

use crate::fields::{Fields, OutOfRange};

/// What stands in the field `kind`.
pub(super) const KIND: &str = "invitation";

pub(super) fn write(open: &OpenInvitation, fields: &mut Fields) {
    fields.set_text("kind", KIND);
    fields.set("id", ScalarValue::Bytes(open.id.0.to_vec()));
    fields.set("uses", ScalarValue::Uint(open.uses.into()));
    fields.set_moment("until", open.until);
    if let Some(sealed) = &open.sealed {
        fields.set("sealed", ScalarValue::Bytes(sealed.as_bytes().to_vec()));
    }
}

pub(super) fn read(fields: &Fields) -> Result<OpenInvitation, OutOfRange> {
    Ok(OpenInvitation {
        id: InvitationId::from_slice(fields.bytes("id")?).ok_or(OutOfRange("id"))?,
        uses: fields.number("uses")?,
        until: fields.moment("until")?,
        sealed: fields.sealed("sealed")?,
    })
}
