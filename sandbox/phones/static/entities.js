"use strict";
// Formatted text: entities as the Bot API gives them, turned into elements around plain text.
// Offsets count UTF-16 units, as JavaScript strings do.
// https://core.telegram.org/bots/api#messageentity

import { button, el } from "./dom.js";
import { say } from "./words.js";

const TAGS = {
    bold: "strong",
    italic: "em",
    underline: "u",
    strikethrough: "s",
    code: "code",
    pre: "pre",
    blockquote: "blockquote",
    expandable_blockquote: "blockquote",
};
const SCHEMES = new Set(["http:", "https:", "tg:"]);

const DRAWN = {
    spoiler: (_entity, _text, hooks) => hooks.spoiler(),
    text_link: (entity, _text, hooks) => link(entity.url, hooks),
    url: (_entity, text, hooks) => link(/^\w+:/.test(text) ? text : `https://${text}`, hooks),
    mention: (_entity, text, hooks) => link(`https://t.me/${text.slice(1)}`, hooks),
    bot_command: (_entity, text, hooks) =>
        button("", () => hooks.command(text), { class: "command" }),
};

/** Return a text with its entities, as nodes; `hooks` say what follows a link or a command. */
export function rich(text, entities, hooks) {
    const whole = document.createDocumentFragment();
    const known = { spoiler, ...hooks };
    const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
    fill(whole, { text, hooks: known }, 0, text.length, sorted);
    return whole;
}

/** Put the text between two offsets into a node, entities around what they mark. */
function fill(parent, source, start, end, entities) {
    const left = [...entities];
    let at = start;
    while (left.length) {
        const entity = left.shift();
        const from = Math.max(entity.offset, at);
        const to = Math.min(entity.offset + entity.length, end);
        if (to <= from) continue;
        const inner = [];
        while (left.length && left[0].offset < to) inner.push(left.shift());
        const node = drawn(entity, source.text.slice(from, to), source.hooks);
        fill(node, source, from, to, inner);
        parent.append(source.text.slice(at, from), node);
        at = to;
    }
    parent.append(source.text.slice(at, end));
}

function drawn(entity, text, hooks) {
    const special = DRAWN[entity.type];
    if (special) return special(entity, text, hooks);
    return el(TAGS[entity.type] ?? "span", { class: `entity-${entity.type}` });
}

function link(address, hooks) {
    if (!URL.canParse(address) || !SCHEMES.has(new URL(address).protocol)) return el("span");
    const follow = (event) => {
        event.preventDefault();
        hooks.link(address);
    };
    return el("a", {
        href: address,
        rel: "noopener noreferrer",
        target: "_blank",
        on: { click: follow },
    });
}

function spoiler() {
    const hidden = el("span", {
        class: "spoiler",
        role: "button",
        tabindex: "0",
        "aria-label": say("spoiler"),
    });
    const show = () => {
        hidden.className = "";
        for (const name of ["role", "tabindex", "aria-label"]) hidden.removeAttribute(name);
    };
    hidden.addEventListener("click", show);
    hidden.addEventListener("keydown", (event) => {
        if (["Enter", " "].includes(event.key)) show();
    });
    return hidden;
}
