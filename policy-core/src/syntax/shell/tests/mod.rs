mod bash;
mod print;
mod properties;
mod random;
mod trees;
mod values;
