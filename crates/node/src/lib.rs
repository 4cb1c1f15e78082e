//! One running member: commands in, queries and events out
