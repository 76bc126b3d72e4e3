"use strict";
// The bar above a conversation: with whom it is, what the bot is doing; in a group, who speaks.

import { el } from "./dom.js";
import { face } from "./face.js";
import { isGroup, nameOf, room } from "./room.js";
import { say } from "./words.js";

const BOT_COLOUR = 5;
const BUSY_MS = 5000; // https://core.telegram.org/bots/api#sendchataction

export class Bar {
    /** `speakAs` gets the id of whom one chooses to speak as. */
    constructor(card, speakAs) {
        this.state = el("bdi", { class: "state" });
        const title = isGroup(card) ? card.title : room.bot.name;
        const letters = isGroup(card) ? card.id : BOT_COLOUR;
        const names = el("div", {}, el("b", {}, el("bdi", { text: title })), this.state);
        this.element = el("div", { class: "chat-bar" }, face(letters, title), names);
        if (!isGroup(card)) return;
        this.speaker = el("select", { "aria-label": say("speak-as") });
        this.speaker.addEventListener("change", () => speakAs(Number(this.speaker.value)));
        this.element.append(this.speaker);
    }

    /** Show what changed on the card; the bot at work stays so. */
    update(card, speaking) {
        this.idle = say(card.blocked ? "bot-blocked" : isGroup(card) ? "group" : "bot");
        if (!this.state.matches(".busy")) this.rest();
        if (this.speaker) this.members(card, speaking);
    }

    /** Show that the bot is at work, until it writes or some seconds have passed. */
    busy(action) {
        this.state.classList.add("busy");
        this.state.textContent = say(action.startsWith("upload") ? "sending-file" : "typing");
        clearTimeout(this.ends);
        this.ends = setTimeout(() => this.rest(), BUSY_MS);
    }

    /** Show that the bot does nothing. */
    rest() {
        this.state.classList.remove("busy");
        this.state.textContent = this.idle;
    }

    members(card, speaking) {
        const known = card.members.map((id) => room.people.get(id)).filter(Boolean);
        const shown = JSON.stringify(known.map((member) => [member.id, member.name]));
        if (shown !== this.shown) {
            const options = known.map((member) =>
                el("option", { value: member.id, text: nameOf(member) }),
            );
            this.speaker.replaceChildren(...options);
        }
        this.shown = shown;
        this.speaker.value = String(speaking);
    }
}
