//! The flags of the go command.
