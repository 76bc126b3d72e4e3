"use strict";
// Switches to break things with: the network, Telegram's patience, the bot's process.

import { act } from "./act.js";
import { button, byId, el } from "./dom.js";
import { listen } from "./live.js";
import { say } from "./words.js";

const BREAKABLE = ["network", "flood"];

/** Make the switches; each is shown once the server has told of it. */
export function switches() {
    const turned = BREAKABLE.map(breaker);
    const life = [
        button(say("bot-kill"), () => act("bot_kill"), {
            data: { control: "bot-kill" },
            hidden: true,
        }),
        button(say("bot-start"), () => act("bot_start"), {
            data: { control: "bot-start" },
            hidden: true,
        }),
    ];
    const box = el(
        "section",
        { class: "switches", "aria-labelledby": "switches-title", hidden: true },
        el("h3", { id: "switches-title", text: say("break") }),
        ...turned,
        el("div", { class: "life" }, ...life),
    );
    listen("switches", (told) =>
        show(box, () => BREAKABLE.forEach((what, at) => position(turned[at], told[what]))),
    );
    listen("bot", (bot) => show(box, () => alive(bot, life)));
    return box;
}

function show(box, draw) {
    box.hidden = false;
    draw();
}

function breaker(what) {
    const flip = () => act("switch", { what, broken: !isBroken(node) });
    const words = el(
        "span",
        {},
        el("b", { text: say(`switch-${what}`) }),
        el("small", { text: say(`switch-${what}-words`) }),
    );
    const told = {
        role: "switch",
        "aria-checked": "false",
        class: "switch",
        data: { control: `switch-${what}` },
        hidden: true,
    };
    const node = button(words, flip, told);
    return node;
}

function isBroken(node) {
    return node.getAttribute("aria-checked") === "true";
}

function position(node, broken) {
    node.hidden = broken === undefined;
    node.setAttribute("aria-checked", String(Boolean(broken)));
}

function alive(bot, [kill, start]) {
    kill.hidden = !bot.alive;
    start.hidden = bot.alive;
    const pill = byId("bot");
    pill.hidden = false;
    pill.className = bot.alive ? "pill alive" : "pill dead";
    const key = bot.alive ? "bot-alive" : "bot-dead";
    pill.textContent = say(key);
    pill.title = say("bot-starts", { count: bot.starts });
}
