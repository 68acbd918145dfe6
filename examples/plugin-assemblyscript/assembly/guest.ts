// How a plugin talks to its host. Any plugin can take this file as it is.

import { Json, Parser } from "./json";

@external("tenet", "host_log")
declare function hostLog(level: i32, text: usize, length: usize): void;

export const DEBUG: i32 = 0;

// Writes a line into the host's log.
export function log(level: i32, text: string): void {
  const bytes = String.UTF8.encode(text);
  hostLog(level, changetype<usize>(bytes), bytes.byteLength);
}

// Where the host may put what it hands over.
export function tenet_alloc(length: usize): usize {
  return heap.alloc(length);
}

// Takes back an answer.
export function tenet_free(address: usize, length: usize): void {
  heap.free(address);
}

// What a plugin does with a call.
export abstract class Handler {
  error: string = "";

  abstract call(action: string, payload: Json): Json;

  fail(message: string): Json {
    this.error = message;
    return Json.NULL;
  }
}

export function answer(handler: Handler, address: usize, length: usize): u64 {
  const parser = new Parser(String.UTF8.decodeUnsafe(address, length));
  heap.free(address);
  const request = parser.parse();
  const result = Json.ofObject();
  if (parser.error != "") {
    result.set("error", Json.ofText(parser.error));
  } else {
    const value = handler.call(request.get("action").text, request.get("payload"));
    if (handler.error != "") {
      result.set("error", Json.ofText(handler.error));
    } else {
      result.set("result", value);
    }
  }
  const text = result.toString();
  const bytes = String.UTF8.byteLength(text);
  const out = heap.alloc(bytes);
  String.UTF8.encodeUnsafe(changetype<usize>(text), text.length, out);
  // Nothing that was made for this call is needed any more: the answer lies outside of what is collected.
  __collect();
  return ((out as u64) << 32) | (bytes as u64);
}
