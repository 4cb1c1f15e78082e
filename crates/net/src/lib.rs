//! iroh: endpoint, discovery on the local network, streams
