"use strict";
// Who is in the room: people and groups by their ids, the bot, and the zone in which time is told.

import { listen } from "./live.js";

const RIGHT_TO_LEFT = new Set([
    "ar",
    "arc",
    "ckb",
    "dv",
    "fa",
    "he",
    "ku",
    "ps",
    "sd",
    "ug",
    "ur",
    "yi",
]);

export const room = {
    bot: { name: "", username: "" },
    boot: "",
    zone: "UTC",
    people: new Map(),
    groups: new Map(),
};

listen("hello", (greeting) => Object.assign(room, greeting));
listen("people", (cards) => cards.forEach((card) => room.people.set(card.id, card)));
listen("groups", (cards) => {
    room.groups = new Map(cards.map((card) => [card.id, card]));
});

/** Find the card of a chat: a person's or a group's. */
export function cardOf(id) {
    return room.people.get(id) ?? room.groups.get(id) ?? null;
}

/** Tell whether a card is a group's. */
export function isGroup(card) {
    return "members" in card;
}

/** Return the name to show on a card. */
export function nameOf(card) {
    return card.title ?? card.name;
}

/** Return in which direction a language is written. */
export function direction(language) {
    return RIGHT_TO_LEFT.has((language ?? "").split("-")[0]) ? "rtl" : "ltr";
}

/** Return a language's own name for itself. */
export function languageName(code) {
    if (!code) return "";
    return new Intl.DisplayNames([code], { type: "language", fallback: "code" }).of(code);
}
