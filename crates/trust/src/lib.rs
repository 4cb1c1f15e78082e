//! Keys, signed statements, the roster fold, tips, invitations, sealing
