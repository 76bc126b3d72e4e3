"use strict";
// Words that come and go: over the page, over one phone, or for a screen reader alone.

import { byId, el } from "./dom.js";
import { say } from "./words.js";

const SHOWN_MS = 3500;
const GATHERED_MS = 400;
const READ_OUT = 3; // more arrivals at once are counted, not read out
let heard = [];

/** Show words for a moment, over the page or over a phone. */
export function toast(words, place = byId("toasts")) {
    const shown = el("p", { class: "toast", dir: "auto", text: words });
    place.append(shown);
    setTimeout(() => shown.remove(), SHOWN_MS);
}

/** Let a screen reader say words; what comes at the same moment is gathered. */
export function announce(words) {
    if (!heard.length) setTimeout(speak, GATHERED_MS);
    heard.push(words);
}

function speak() {
    const many = heard.length > READ_OUT;
    byId("said").textContent = many
        ? say("arrived-many", { count: heard.length })
        : heard.join(" · ");
    heard = [];
}
