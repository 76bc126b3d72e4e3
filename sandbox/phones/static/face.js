"use strict";
// What stands for someone at a glance: the letters of their name, and how much waits for them.

import { el } from "./dom.js";
import { say } from "./words.js";

const COLOURS = 8;
const MOST = 99;

/** Draw the letters of a name in a disc whose colour is always the same for one id. */
export function face(id, name) {
    const told = { class: `face ${colour(id)}`, "aria-hidden": "true" };
    return el("span", { ...told, text: initials(name) });
}

/** Return the colour of an id. */
export function colour(id) {
    return `c${Math.abs(id) % COLOURS}`;
}

/** Make a badge that tells nothing yet. */
export function badge() {
    return el("span", { class: "badge", role: "img", hidden: true });
}

/** Let a badge tell what is unread on a card, and whether any of it rang; return it. */
export function count(shown, card) {
    shown.hidden = !card.unread;
    shown.textContent = card.unread > MOST ? `${MOST}+` : card.unread || "";
    shown.ariaLabel = say("unread", { count: card.unread });
    shown.classList.toggle("loud", card.ringing > 0);
    return shown;
}

function initials(name) {
    const parts = name.split(/\s+/).filter(Boolean).slice(0, 2);
    return parts.map((part) => Array.from(part)[0].toUpperCase()).join("") || "?";
}
