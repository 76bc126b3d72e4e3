"use strict";
// Where a link leads: into the room when Telegram would open it by itself, else out of it.

import { act } from "./act.js";
import { dialog } from "./dialog.js";
import { el } from "./dom.js";
import { room } from "./room.js";
import { scan } from "./posters.js";
import { say } from "./words.js";

/** Follow a link on someone's phone. */
export function follow(person, address) {
    const url = new URL(address);
    if (url.hostname !== "t.me") return leave(address);
    const name = url.pathname.slice(1);
    if (name.startsWith("+") || name.startsWith("joinchat/"))
        return act("join", { person, link: address });
    if (name === "share/url") return scan(say("shared"), url.searchParams.get("url") ?? address);
    if (name.toLowerCase() !== room.bot.username.toLowerCase()) return leave(address);
    return act("start", { person, payload: url.searchParams.get("start") ?? "" });
}

function leave(address) {
    const link = el("a", {
        href: address,
        target: "_blank",
        rel: "noopener noreferrer",
        class: "outside",
        text: address,
    });
    return dialog(say("outside"), el("p", { text: say("outside-words") }), link);
}
