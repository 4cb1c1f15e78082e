//! What two machines say to each other, as a state machine over frames
