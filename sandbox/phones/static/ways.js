"use strict";
// The way of a tap through the house: what was kept, done, written, owed and sent, and when.

import { byId, el } from "./dom.js";
import { listen } from "./live.js";
import { exactHour } from "./times.js";
import { knows, say } from "./words.js";

let told = [];
const drawn = new Map(); // of each way by its update: the element, and what it was drawn from
const turned = new Map(); // which ones were opened or closed by hand

/** Make the list of ways, newest first; it is drawn while the drawer is open. */
export function ways() {
    const list = el("div", { class: "ways" });
    const section = el(
        "section",
        { "aria-labelledby": "ways-title", hidden: true },
        el("h3", { id: "ways-title", text: say("ways") }),
        el("p", { class: "hint", text: say("ways-words") }),
        list,
    );
    const draw = () => {
        if (!byId("behind").hidden) refresh(list);
    };
    listen("behind", (behind) => {
        told = behind.ways;
        section.hidden = false;
        draw();
    });
    byId("behind").addEventListener("shown", draw);
    return section;
}

/** Draw what is new or has changed; the others stay as they are, a focus on them too. */
function refresh(list) {
    const kept = new Set(told.map((one) => one.update_id));
    for (const [id, { node }] of drawn) {
        if (kept.has(id)) continue;
        node.remove();
        drawn.delete(id);
    }
    for (const one of told) {
        const source = JSON.stringify(one);
        const old = drawn.get(one.update_id);
        if (old?.source === source) continue;
        const node = way(one);
        if (old) old.node.replaceWith(node);
        else list.prepend(node);
        drawn.set(one.update_id, { node, source });
    }
    for (const [id, { node }] of drawn)
        node.open = turned.get(id) ?? node === list.firstElementChild;
}

function way(one) {
    const turn = () => turned.set(one.update_id, !shown.open);
    const summary = el(
        "summary",
        { on: { click: turn } },
        el("time", { datetime: one.at, text: exactHour(new Date(one.at)) }),
        el("b", { dir: "auto", text: one.who }),
        " ",
        el("span", { dir: "auto", text: one.what }),
    );
    const shown = el(
        "details",
        { class: "way" },
        summary,
        el("ol", { class: "steps" }, ...one.steps.map((step) => stepOf(step, one))),
    );
    return shown;
}

function stepOf(step, one) {
    const kind = `step-${step.kind}`;
    const name = knows(kind) ? say(kind) : step.kind;
    return el(
        "li",
        { class: `step ${step.kind}` },
        el("b", { text: name }),
        " ",
        step.at ? el("small", { text: later(step.at, one.at) }) : null,
        el("p", { dir: "auto", text: step.text }),
        step.rows?.length ? rows(step.rows) : null,
    );
}

function later(at, from) {
    const ms = Date.parse(at) - Date.parse(from);
    return ms < 1000 ? say("later-ms", { ms }) : say("later-s", { s: (ms / 1000).toFixed(1) });
}

function rows(changed) {
    const lines = changed.flatMap((row) => {
        const columns = Object.entries(row.columns);
        const head = el(
            "tr",
            { class: row.verb },
            el(
                "th",
                { scope: "row", colspan: "3" },
                `${say(`row-${row.verb}`)} ${row.table} `,
                el("code", { text: row.key }),
            ),
        );
        return [head, ...columns.map(([name, [old, now]]) => column(name, old, now))];
    });
    return el("table", {}, el("tbody", {}, ...lines));
}

function column(name, old, now) {
    return el(
        "tr",
        {},
        el("td", { text: name }),
        el("td", { class: "old", dir: "auto", text: plain(old) }),
        el("td", { class: "new", dir: "auto", text: plain(now) }),
    );
}

function plain(value) {
    return value === null || value === undefined
        ? "∅"
        : typeof value === "object"
          ? JSON.stringify(value)
          : String(value);
}
