mod against_go;
mod conditions;
mod headers;
mod properties;
