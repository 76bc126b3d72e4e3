"use strict";
// Buttons that were tapped on one phone: they wait for the bot's answer, then its words are shown.

import { alertBox } from "./dialog.js";
import { follow } from "./links.js";
import { room } from "./room.js";
import { toast } from "./toast.js";

const LONGEST_MS = 15000; // how long a button waits when no answer comes

export class Taps {
    /** `nodeOf` finds the element of a message; `toasts` is where words are shown. */
    constructor(nodeOf, toasts) {
        this.nodeOf = nodeOf;
        this.toasts = toasts;
        this.waiting = new Map();
    }

    /** A tap was made on this phone, or answered. */
    hear(tap) {
        this.wait(tap.message_id, tap.data, tap.answer === null);
        const { text, show_alert: isAlert, url } = tap.answer ?? {};
        if (url) follow(tap.person, url);
        if (text && isAlert) alertBox(room.bot.name, text);
        else if (text) toast(text, this.toasts);
    }

    /** Let the buttons of a message that is drawn anew wait as before. */
    mark(id, node) {
        for (const key of node.querySelectorAll(".key[data-data]")) {
            key.classList.toggle("waits", this.waiting.has(nameOf(id, key.dataset.data)));
        }
    }

    wait(id, data, waits) {
        const name = nameOf(id, data);
        clearTimeout(this.waiting.get(name));
        this.waiting.delete(name);
        if (waits)
            this.waiting.set(
                name,
                setTimeout(() => this.wait(id, data), LONGEST_MS),
            );
        const node = this.nodeOf(id);
        if (node) this.mark(id, node);
    }
}

function nameOf(id, data) {
    return `${id}:${data}`;
}
