mod print;
mod trees;
