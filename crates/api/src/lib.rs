//! The contract: every command, query, event tag and error code, once
