"use strict";
// One phone: whose it is, the conversation on it, and where one writes.

import { act } from "./act.js";
import { Bar } from "./bar.js";
import { bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { el } from "./dom.js";
import { follow } from "./links.js";
import { Log } from "./log.js";
import { openMenu } from "./menu.js";
import { Owner } from "./owner.js";
import { scan } from "./posters.js";
import { cardOf, direction, isGroup, nameOf, room } from "./room.js";
import { Taps } from "./taps.js";
import { toast } from "./toast.js";
import { say } from "./words.js";

const RING_MS = 1200;
const LOOKED_AT = ["pointerenter", "pointerdown", "focusin"];

export class Phone {
    /** `close` puts the phone away. */
    constructor(id, close) {
        const card = cardOf(id);
        const heading = `phone-${id}`;
        this.id = id;
        this.isGroup = isGroup(card);
        this.title = nameOf(card);
        this.me = this.isGroup ? card.members[0] : id;
        this.language = card.language ?? "";
        this.hooks = {
            press: (message, told) => this.press(message, told),
            link: (address) => follow(this.me, address),
            command: (text) => this.composer.say(text),
        };
        const label = say("conversation", { name: this.title });
        this.toasts = el("div", { class: "toasts", role: "status" });
        this.log = new Log(id, (message) => this.drawn(message), label, this.language);
        this.taps = new Taps((message) => this.log.turns.get(message)?.node, this.toasts);
        this.composer = new Composer(this);
        this.bar = new Bar(card, (speaker) => this.speakAs(speaker));
        this.owner = new Owner(card, heading, { menu: (opener) => this.openMenu(opener), close });
        this.element = this.build(heading);
        for (const name of LOOKED_AT) this.element.addEventListener(name, () => this.read());
        this.update(card);
    }

    build(heading) {
        const held = [this.log.element, this.log.toEnd, this.toasts];
        const conversation = el("div", { class: "conversation" }, ...held);
        const shown = [this.bar.element, conversation, this.composer.element];
        const told = { class: "phone", id: `panel-${this.id}`, "aria-labelledby": heading };
        return el(
            "section",
            { ...told, dir: direction(this.language), data: { id: this.id } },
            this.owner.element,
            el("div", { class: "screen" }, ...shown),
        );
    }

    /** Show what changed on the card: name, badge, blocked or not, keys, members. */
    update(card) {
        this.title = nameOf(card);
        if (this.isGroup && !card.members.includes(this.me)) this.me = card.members[0];
        this.element.classList.toggle("blocked", Boolean(card.blocked));
        this.owner.update(card);
        this.bar.update(card, this.me);
        this.composer.update(card);
    }

    /** Draw messages that came or changed. */
    patch(messages) {
        if (messages.some((message) => message.by_bot)) this.bar.rest();
        this.log.patch(messages);
        if (this.element.matches(":hover, :focus-within")) this.read();
    }

    /** Let the phone ring. */
    ring() {
        this.element.classList.add("rings");
        setTimeout(() => this.element.classList.remove("rings"), RING_MS);
    }

    /** Mark as read what stands on the screen. */
    read() {
        const card = cardOf(this.id);
        if (!card.unread || !this.log.isAtEnd || !this.log.turns.size) return;
        act("read", { chat: this.id, message_id: this.log.lastId() });
    }

    /** Return how an act names this chat: a group by its id, a private chat by saying nothing. */
    place() {
        return this.isGroup ? { group: this.id } : {};
    }

    drawn(message) {
        const turn = bubble(message, this);
        this.taps.mark(message.id, turn);
        return turn;
    }

    speakAs(id) {
        this.me = id;
        this.log.redraw();
    }

    press(message, told) {
        if (told.url) return follow(this.me, told.url);
        if (told.copy_text) return this.copy(told.copy_text.text);
        const tap = { person: this.me, data: told.callback_data, message_id: message.id };
        return act("tap", { ...tap, ...this.place() });
    }

    async copy(text) {
        await navigator.clipboard.writeText(text);
        toast(say("copied", { text }), this.toasts);
    }

    openMenu(opener) {
        const link = `https://t.me/${room.bot.username}`;
        const blocking = cardOf(this.id).blocked ? "unblock" : "block";
        const own = [
            [say(blocking), () => act(blocking, { person: this.id })],
            [say("commands"), () => this.composer.openCommands()],
        ];
        const share = [say("share"), () => scan(say("share"), link)];
        openMenu(opener, [...(this.isGroup ? [] : own), share]);
    }
}
