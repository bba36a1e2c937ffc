//! Workflow expressions, `${{ … }}`: tokens and syntax tree.
