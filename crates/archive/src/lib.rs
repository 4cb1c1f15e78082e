//! Files that leave and enter: the signed backup
