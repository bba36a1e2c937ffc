//! What Go does with the value of a variable.
