"use strict";
// Everybody in the room: found by their name, opened by a tap.

import { addPerson } from "./adding.js";
import { byId, el, icon } from "./dom.js";
import { badge, count, face } from "./face.js";
import { listen, tell } from "./live.js";
import { cardOf, isGroup, languageName, nameOf, room } from "./room.js";
import { say } from "./words.js";

const WIDE = matchMedia("(min-width: 1100px)");
const entries = new Map();

/** Draw the list and keep it true. */
export function mountPeople() {
    const opener = byId("people-button");
    opener.append(icon("people"), el("span", { text: say("people") }));
    opener.addEventListener("click", () => openPeople(byId("people").hidden));
    byId("people-add").append(icon("plus"), say("people-add"));
    byId("people-add").addEventListener("click", () => addPerson());
    byId("people-search").addEventListener("input", filter);
    listen("people", (cards) => draw(cards));
    listen("groups", (cards) => draw(cards));
    openPeople(WIDE.matches);
}

/** Show or hide the list. */
export function openPeople(shown) {
    byId("people").hidden = !shown;
    byId("people-button").setAttribute("aria-expanded", String(shown));
}

function draw(cards) {
    for (const card of cards) {
        if (!entries.has(card.id)) entries.set(card.id, el("li"));
        const line = entries.get(card.id);
        const had = line.contains(document.activeElement);
        line.replaceChildren(entry(card));
        if (had) line.firstElementChild.focus();
    }
    const lines = [...room.groups.keys(), ...room.people.keys()].map((id) => entries.get(id));
    const list = byId("people-list");
    const known = lines.filter(Boolean);
    if (known.some((line, at) => list.children[at] !== line)) list.replaceChildren(...known);
    filter();
}

function entry(card) {
    const about = isGroup(card) ? say("group") : languageName(card.language);
    const name = el("b", {}, el("bdi", { text: nameOf(card) }));
    return el(
        "button",
        { type: "button", class: "person", on: { click: () => chosen(card.id) } },
        face(card.id, nameOf(card)),
        el("span", { class: "who" }, name, el("small", { text: about })),
        count(badge(), card),
    );
}

function chosen(id) {
    tell("open", id);
    if (!WIDE.matches) openPeople(false);
}

function filter() {
    const wanted = plain(byId("people-search").value);
    for (const [id, line] of entries) {
        const card = cardOf(id);
        const words = card ? `${nameOf(card)} ${languageName(card.language)}` : "";
        line.hidden = !card || !plain(words).includes(wanted);
    }
}

function plain(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
