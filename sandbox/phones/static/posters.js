"use strict";
// Links on paper: each a QR code, which someone in the room scans with their phone.

import { act } from "./act.js";
import { addPerson } from "./adding.js";
import { dialog } from "./dialog.js";
import { button, byId, el, icon } from "./dom.js";
import { listen, tell } from "./live.js";
import { nameOf, room } from "./room.js";
import { say } from "./words.js";

let posters = [];

/** Show the posters' button once there are posters. */
export function mountPosters() {
    const opener = byId("posters-button");
    opener.append(icon("qr"), el("span", { text: say("posters") }));
    opener.addEventListener("click", showPosters);
    listen("quarter", (quarter) => {
        posters = quarter.posters ?? [];
        opener.hidden = !posters.length;
    });
}

/** Show one link as a QR code, and let someone scan it. */
export function scan(title, link) {
    const box = dialog(
        title,
        poster({ title: "", link }, () => box.close()),
    );
}

function showPosters() {
    const wall = el("div", { class: "wall" });
    const box = dialog(say("posters"), wall);
    wall.append(...posters.map((told) => poster(told, () => box.close())));
}

function poster(told, close) {
    const who = el("select", { "aria-label": say("scan-who", { title: told.title }) });
    const people = [...room.people.values()].filter((card) => !card.deleted);
    who.append(
        el("option", { value: "", text: say("scan-new") }),
        ...people.map((card) => el("option", { value: card.id, text: nameOf(card) })),
    );
    who.value = String((people.find((card) => !card.started) ?? people[0])?.id ?? "");
    const source = `/qr?link=${encodeURIComponent(told.link)}`;
    const go = button(
        say("scan"),
        () => {
            close();
            chosen(Number(who.value), payloadOf(told));
        },
        { class: "strong", "data-control": "scan" },
    );
    return el(
        "section",
        { class: "poster" },
        told.title ? el("h3", { dir: "auto", text: told.title }) : null,
        el("img", {
            src: source,
            alt: say("qr-of", { link: told.link }),
            width: "180",
            height: "180",
        }),
        el("code", { text: told.link }),
        el("div", { class: "scanning" }, who, go),
    );
}

function payloadOf(told) {
    return told.payload ?? new URL(told.link).searchParams.get("start") ?? "";
}

function chosen(person, payload) {
    const start = (id) => act("start", { person: id, payload });
    if (!person) return addPerson(start);
    tell("open", person);
    return start(person);
}
