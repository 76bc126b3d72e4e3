"use strict";
// The live stream from the server: each event goes to whoever listens for its name.

import { byId } from "./dom.js";
import { say } from "./words.js";

const NAMES = [
    "hello",
    "clock",
    "people",
    "groups",
    "calls",
    "chat",
    "typing",
    "tap",
    "quarter",
    "bot",
    "switches",
    "moments",
    "tour",
    "behind",
];
const listeners = new Map();
let boot = null;

/** Hear of each event of that name. */
export function listen(name, heard) {
    listeners.set(name, [...(listeners.get(name) ?? []), heard]);
}

/** Tell those who listen for a name. */
export function tell(name, told) {
    for (const heard of listeners.get(name) ?? []) heard(told);
}

/** Open the stream; the browser opens it again whenever it breaks. */
export function connect() {
    const stream = new EventSource("/live");
    const lost = byId("lost");
    lost.textContent = say("lost");
    stream.addEventListener("open", () => {
        lost.hidden = true;
    });
    stream.addEventListener("error", () => {
        lost.hidden = false;
    });
    stream.addEventListener("hello", (event) => meet(JSON.parse(event.data)));
    for (const name of NAMES) {
        stream.addEventListener(name, (event) => tell(name, JSON.parse(event.data)));
    }
}

/** Another room serves now: nothing of what the page shows is true any more. */
function meet(greeting) {
    if (boot !== null && boot !== greeting.boot) location.reload();
    boot = greeting.boot;
}
