//! What somebody pastes.

use closeknit_trust::invitation::Invitation;

pub(crate) fn judge(bytes: &[u8]) -> String {
    match Invitation::from_text(&String::from_utf8_lossy(bytes)) {
        Err(error) => format!("{error:?}"),
        Ok(invitation) => {
            let again = invitation.to_text().expect("what was read can be written");
            assert_eq!(Invitation::from_text(&again).as_ref(), Ok(&invitation));
            "taken".into()
        }
    }
}
