"use strict";
// The ledger of Bot API calls, newest first, as the server tells of them.

import { byId, el, icon } from "./dom.js";
import { listen } from "./live.js";
import { cardOf, nameOf } from "./room.js";
import { exactHour } from "./times.js";
import { say } from "./words.js";

const KEPT = 200;
const calls = new Map();

/** Make the ledger; it is drawn while the drawer is open. */
export function ledger() {
    const lines = el("ol", {
        class: "calls",
        reversed: true,
        tabindex: "0",
        "aria-labelledby": "calls-title",
    });
    const empty = el("p", { class: "hint", text: say("calls-none") });
    const draw = () => {
        if (byId("behind").hidden) return;
        empty.hidden = calls.size > 0;
        refresh(lines);
    };
    listen("calls", (told) => {
        told.forEach((call) => calls.set(call.number, { ...call, isFresh: true }));
        for (const number of [...calls.keys()].sort((a, b) => a - b).slice(0, -KEPT))
            calls.delete(number);
        draw();
    });
    byId("behind").addEventListener("shown", draw);
    return el("section", {}, el("h3", { id: "calls-title", text: say("calls") }), empty, lines);
}

/** Draw the calls that came or changed, and let go of those that are no longer kept. */
function refresh(lines) {
    const drawn = new Map([...lines.children].map((line) => [Number(line.dataset.number), line]));
    for (const [number, line] of drawn) if (!calls.has(number)) line.remove();
    const ordered = [...calls.values()]
        .filter((call) => call.isFresh)
        .sort((a, b) => a.number - b.number);
    for (const call of ordered) {
        call.isFresh = false;
        const old = drawn.get(call.number);
        if (old) old.replaceWith(line(call));
        else lines.prepend(line(call));
    }
}

function line(call) {
    const outcome = outcomeOf(call);
    const chat = cardOf(Number(call.chat));
    return el(
        "li",
        { class: `call ${outcome}`, data: { number: call.number } },
        el("time", { datetime: call.at, text: exactHour(new Date(call.at)) }),
        el("b", { text: call.method }),
        el("span", { class: "to", dir: "auto", text: chat ? nameOf(chat) : "" }),
        call.text ? el("span", { class: "excerpt", dir: "auto", text: call.text }) : null,
        el("span", { class: "outcome" }, call.fault ? icon("bolt") : null, wordsOf(call, outcome)),
    );
}

function outcomeOf(call) {
    if (call.ms === null) return "open";
    if (call.fault) return "broken";
    return call.ok || (call.code === null && call.method === "file") ? "kept" : "refused";
}

function wordsOf(call, outcome) {
    const told = { ms: call.ms, code: call.code ?? "", why: call.description, fault: call.fault };
    return say(`call-${outcome}`, told);
}
