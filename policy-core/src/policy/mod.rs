//! The rule language: raw form, compiled form, load errors.
