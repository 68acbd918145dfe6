//! How a plugin talks to its host: three exported functions, and two that the host has. Any plugin can take this file as it is.

use crate::json::{self, Value};
use std::alloc::{alloc, dealloc, Layout};

#[link(wasm_import_module = "tenet")]
extern "C" {
    fn host_log(level: u32, text: *const u8, length: usize);
}

pub const DEBUG: u32 = 0;

/// Writes a line into the host's log.
pub fn log(level: u32, text: &str) {
    unsafe { host_log(level, text.as_ptr(), text.len()) }
}

fn layout(length: usize) -> Layout {
    Layout::from_size_align(length.max(1), 1).unwrap()
}

/// Where the host may put what it hands over.
#[no_mangle]
pub extern "C" fn tenet_alloc(length: usize) -> *mut u8 {
    unsafe { alloc(layout(length)) }
}

/// Takes back an answer.
#[no_mangle]
pub extern "C" fn tenet_free(address: *mut u8, length: usize) {
    unsafe { dealloc(address, layout(length)) }
}

/// Answers one call; address and length of the answer are one number.
#[no_mangle]
pub extern "C" fn tenet_call(address: *mut u8, length: usize) -> u64 {
    let request = unsafe { std::slice::from_raw_parts(address, length) };
    let answer = answer(request).to_string();
    tenet_free(address, length);
    let out = tenet_alloc(answer.len());
    unsafe { std::ptr::copy_nonoverlapping(answer.as_ptr(), out, answer.len()) }
    (out as u64) << 32 | answer.len() as u64
}

fn answer(request: &[u8]) -> Value {
    let result = std::str::from_utf8(request)
        .map_err(|e| e.to_string())
        .and_then(json::parse)
        .and_then(|request| crate::call(request.text("action")?, request.get("payload")));
    let (name, value) = match result {
        Ok(value) => ("result", value),
        Err(message) => ("error", Value::Text(message)),
    };
    Value::Object(vec![(name.to_string(), value)])
}
