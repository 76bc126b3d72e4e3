"use strict";
// The messages of one chat, drawn as they come. Only the last are kept in the page; scrolling up
// fetches earlier ones, coming back down lets them go.

import { act } from "./act.js";
import { el, iconButton } from "./dom.js";
import { day } from "./times.js";
import { say } from "./words.js";

export const KEPT = 60;
const NEAR = 60; // pixels from an edge that count as being there

export class Log {
    /** `draw` turns a message into an element; `language` is that of the day's names. */
    constructor(chat, draw, label, language) {
        this.chat = chat;
        this.draw = draw;
        this.language = language;
        this.turns = new Map();
        this.hasEarlier = false;
        this.isAtEnd = true;
        this.list = el("div", { class: "turns" });
        this.element = el(
            "div",
            { class: "log", role: "log", "aria-live": "off", tabindex: "0", "aria-label": label },
            this.list,
        );
        this.toEnd = iconButton("down", say("to-end"), () => this.scrollToEnd(), {
            class: "round to-end",
            hidden: true,
        });
        this.element.addEventListener("scroll", () => this.scrolled(), { passive: true });
        const sized = new ResizeObserver(() => {
            if (this.isAtEnd) this.scrollToEnd();
        });
        sized.observe(this.list);
        sized.observe(this.element);
    }

    /** Fetch the last messages and draw them; older ones stay, unless a gap lies between. */
    async open() {
        const told = await act("history", { chat: this.chat, last: KEPT });
        if (!told) return;
        if (told.more && told.messages[0].id > this.lastId()) this.empty();
        this.patch(told.messages);
        this.hasEarlier = told.more;
        this.scrollToEnd();
    }

    /** Draw messages that are new, and those that changed in the place where they are. */
    patch(messages) {
        for (const message of messages) this.put(message);
        this.separate();
        if (this.isAtEnd) this.trim();
    }

    /** Draw everything anew, as when somebody else looks at it. */
    redraw() {
        for (const { message } of [...this.turns.values()]) this.put(message);
        this.separate();
    }

    /** Return the number of the newest message that is drawn; 0 when there is none. */
    lastId() {
        return Math.max(0, ...this.turns.keys());
    }

    put(message) {
        const old = this.turns.get(message.id);
        if (old && old.message.changed > message.changed) return;
        if (!old && this.hasEarlier && message.id < this.firstId()) return;
        const node = this.draw(message);
        Object.assign(node.dataset, { id: message.id, date: message.date });
        this.turns.set(message.id, { message, node });
        if (old) replaced(old.node, node);
        else this.list.insertBefore(node, this.after(message.id));
    }

    after(id) {
        let next = null;
        for (let at = this.list.lastElementChild; at; at = at.previousElementSibling) {
            if (!at.dataset.id) continue;
            if (Number(at.dataset.id) < id) break;
            next = at;
        }
        return next;
    }

    firstId() {
        return Math.min(...this.turns.keys());
    }

    empty() {
        this.hasEarlier = false;
        this.turns.clear();
        this.list.replaceChildren();
    }

    /** Write the day above the first message of each day. */
    separate() {
        this.list.querySelectorAll(".day").forEach((node) => node.remove());
        let last = "";
        for (const turn of this.list.querySelectorAll(".turn")) {
            const here = day(new Date(turn.dataset.date * 1000), this.language);
            if (here !== last)
                turn.before(
                    el("p", { class: "day", dir: "auto", lang: this.language || null, text: here }),
                );
            last = here;
        }
    }

    trim() {
        const surplus = [...this.turns.keys()].sort((a, b) => a - b).slice(0, -KEPT);
        if (!surplus.length) return;
        for (const id of surplus) {
            this.turns.get(id).node.remove();
            this.turns.delete(id);
        }
        this.hasEarlier = true;
        this.separate();
    }

    scrolled() {
        const { scrollTop, scrollHeight, clientHeight } = this.element;
        this.isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR;
        this.toEnd.hidden = this.isAtEnd;
        if (this.isAtEnd) this.trim();
        else if (scrollTop < NEAR && this.hasEarlier) this.older();
    }

    async older() {
        if (this.isFetching) return;
        this.isFetching = true;
        const told = await act("history", { chat: this.chat, before: this.firstId(), last: KEPT });
        if (told) {
            const from = this.element.scrollHeight - this.element.scrollTop;
            this.hasEarlier = false; // so that what comes before the first is drawn
            this.patch(told.messages);
            this.hasEarlier = told.more;
            this.element.scrollTop = this.element.scrollHeight - from;
        }
        this.isFetching = false;
    }

    scrollToEnd() {
        this.element.scrollTop = this.element.scrollHeight;
        this.isAtEnd = true;
        this.toEnd.hidden = true;
        this.trim();
    }
}

/** Put the new drawing in place of the old one; a finger or a focus on a button stays there. */
function replaced(old, drawn) {
    const focusable = "button, a, [tabindex]";
    const at = [...old.querySelectorAll(focusable)].indexOf(document.activeElement);
    old.replaceWith(drawn);
    if (!drawn.matches(".service")) drawn.classList.add("changed");
    if (at < 0) return;
    const places = [...drawn.querySelectorAll(focusable)];
    (places[Math.min(at, places.length - 1)] ?? drawn.closest(".log")).focus({
        preventScroll: true,
    });
}
