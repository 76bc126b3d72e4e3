"use strict";
// The quarter's clock, and the jumps through time.

import { act } from "./act.js";
import { byId } from "./dom.js";
import { listen } from "./live.js";
import { day, hour } from "./times.js";

const TICK_MS = 1000;
const JUMPS = {
    "clock-hour": () => act("advance", { seconds: 3600 }),
    "clock-day": () => act("advance", { seconds: 86400 }),
    "clock-reminder": () => act("clock_to", { moment: "reminder" }),
    "clock-event": () => act("clock_to", { moment: "event" }),
};
const MOMENTS = { reminder: "clock-reminder", event: "clock-event" };
let told = { at: 0, heard: 0, frozen: true };
let moments = {};

/** Show the time, and let it be moved. */
export function mountClock() {
    for (const [name, jump] of Object.entries(JUMPS))
        control(name).addEventListener("click", () => jumped(jump));
    listen("clock", (clock) => {
        told = { at: Date.parse(clock.now), heard: performance.now(), frozen: clock.frozen };
        tick();
    });
    listen("moments", (known) => {
        moments = known;
        allow(true);
    });
    setInterval(tick, TICK_MS);
}

function control(name) {
    return document.querySelector(`[data-control="${name}"]`);
}

async function jumped(jump) {
    const held = document.activeElement;
    allow(false);
    await jump();
    allow(true);
    if (document.activeElement === document.body) held.focus();
}

/** Let time be moved, but not to a moment that there is not. */
function allow(may) {
    for (const name of Object.keys(JUMPS)) control(name).disabled = !may;
    for (const [moment, name] of Object.entries(MOMENTS)) {
        if (!(moment in moments)) continue;
        control(name).hidden = false;
        control(name).disabled = !may || moments[moment] === null;
    }
}

function tick() {
    if (!told.at) return;
    const now = new Date(told.at + (told.frozen ? 0 : performance.now() - told.heard));
    byId("clock-now").dateTime = now.toISOString();
    put("clock-day-name", day(now));
    put("clock-hour-now", hour(now));
}

function put(id, words) {
    const node = byId(id);
    if (node.textContent !== words) node.textContent = words;
}
