"use strict";
// Instants put into words, in the room's zone.

import { room } from "./room.js";

const HOUR = { hour: "2-digit", minute: "2-digit", hour12: false };
const DAY = { weekday: "long", day: "numeric", month: "long" };
const EXACT = { ...HOUR, second: "2-digit", fractionalSecondDigits: 3 };
const made = new Map();

function format(language, shape, instant) {
    const key = JSON.stringify([language, shape, room.zone]);
    const spoken = language || document.documentElement.lang;
    const how = { ...shape, timeZone: room.zone, numberingSystem: "latn" };
    if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(spoken, how));
    return made.get(key).format(instant);
}

/** Return the hour and the minute. */
export function hour(instant) {
    return format("", HOUR, instant);
}

/** Return the day with its weekday, in a language or in the page's. */
export function day(instant, language = "") {
    return format(language, DAY, instant);
}

/** Return the hour down to a thousandth of a second. */
export function exactHour(instant) {
    return format("", EXACT, instant);
}

/** Return a length of time as minutes and seconds. */
export function length(seconds) {
    const whole = Number.isFinite(seconds) ? Math.round(seconds) : 0;
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
