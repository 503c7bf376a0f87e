//! Node-API glue. No logic lives here: convert, call a crate, convert back.

mod dispatch;
mod image;
