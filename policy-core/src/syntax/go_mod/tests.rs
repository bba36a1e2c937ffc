mod properties;
mod trees;
