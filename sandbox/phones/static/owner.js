"use strict";
// The tag above a phone: whose it is, what is unread, its menu, and the cross that puts it away.

import { el, icon, iconButton } from "./dom.js";
import { badge, count, face } from "./face.js";
import { isGroup, languageName, nameOf } from "./room.js";
import { say } from "./words.js";

export class Owner {
    /** `heading` is the id of its title; `menu` gets the button that opens it. */
    constructor(card, heading, { menu, close }) {
        const name = nameOf(card);
        this.name = el("bdi");
        this.about = el("span", { class: "about" });
        this.badge = badge();
        const more = iconButton("more", say("phone-menu", { name }), () => menu(more));
        more.setAttribute("aria-haspopup", "menu");
        this.element = el(
            "header",
            { class: "owner" },
            face(card.id, name),
            el("div", {}, el("h3", { id: heading }, this.name), this.about),
            el("span", { class: "bell", "aria-hidden": "true" }, icon("bell")),
            this.badge,
            more,
            iconButton("close", say("phone-close", { name }), close),
        );
    }

    /** Show what changed on the card. */
    update(card) {
        this.name.textContent = nameOf(card);
        this.about.textContent = isGroup(card)
            ? say("members", { count: card.members.length })
            : languageName(card.language);
        count(this.badge, card);
    }
}
