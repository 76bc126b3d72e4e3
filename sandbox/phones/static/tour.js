"use strict";
// The guided tour: the step, where to touch, how to skip it or stop. It moves on by itself.

import { act } from "./act.js";
import { openBehind } from "./behind.js";
import { button, byId, el, icon } from "./dom.js";
import { findKey } from "./keyboard.js";
import { listen } from "./live.js";
import { openPeople } from "./people.js";
import { onStreet, openPhone, phoneOf } from "./street.js";
import { say } from "./words.js";

let tour = { steps: [], at: null, is_over: false, pointer: null };
let pointed = null;

/** Follow the tour that the server leads. */
export function mountTour() {
    const opener = byId("tour-button");
    opener.append(icon("route"), el("span", { text: say("tour-start") }));
    opener.addEventListener("click", () => act("tour_start"));
    listen("tour", (told) => {
        const before = tour;
        tour = told;
        opener.hidden = !isOffered();
        if (drawnOf(before) !== drawnOf(told)) draw();
        lead();
    });
    onStreet(point);
}

function isOffered() {
    return tour.at === null && tour.steps.length > 0;
}

function drawnOf({ steps, at, is_over: isOver }) {
    return JSON.stringify([steps, at, isOver]);
}

function draw() {
    const bar = byId("tour");
    bar.hidden = tour.at === null && !tour.is_over;
    bar.replaceChildren(...(bar.hidden ? [] : tour.is_over ? over() : running()));
}

function running() {
    const step = tour.steps[tour.at];
    const dots = tour.steps.map((_step, at) =>
        el("i", { class: at < tour.at ? "done" : at === tour.at ? "now" : "" }),
    );
    const words = el(
        "div",
        { class: "tour-words", role: "status" },
        el(
            "h2",
            { id: "tour-title" },
            el("small", { text: say("tour-step", { at: tour.at + 1, count: tour.steps.length }) }),
            step.title,
        ),
        el("p", { text: step.text }),
    );
    return [
        el("span", { class: "dots", "aria-hidden": "true" }, ...dots),
        words,
        el(
            "div",
            { class: "tour-moves" },
            button(say("tour-show"), showPointed, {
                class: "strong",
                data: { control: "tour-show" },
            }),
            button(say("tour-skip"), () => act("tour_next"), { data: { control: "tour-next" } }),
            button(say("tour-stop"), () => act("tour_stop"), { data: { control: "tour-stop" } }),
        ),
    ];
}

function over() {
    const words = el(
        "div",
        { class: "tour-words", role: "status" },
        el("h2", { id: "tour-title", text: say("tour-over") }),
        el("p", { text: say("tour-over-words") }),
    );
    const close = button(say("close"), () => {
        byId("tour").hidden = true;
    });
    return [words, el("div", { class: "tour-moves" }, close)];
}

/** Bring into view what the step speaks of, then mark it. */
function lead() {
    const { phone, control } = tour.pointer ?? {};
    if (phone && !phoneOf(phone)) openPhone(phone);
    if (phone) phoneOf(phone)?.element.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (control && document.querySelector(`#behind [data-control="${control}"]`)) openBehind();
    if (control && document.querySelector(`#people [data-control="${control}"]`)) openPeople(true);
    point();
}

/** Mark what is to be touched; done again whenever a phone is drawn anew. */
function point() {
    const { phone, label, say: words, control } = tour.pointer ?? {};
    for (const composer of document.querySelectorAll(".suggested")) {
        const owner = phoneOf(Number(composer.closest(".phone").dataset.id));
        owner?.composer.suggest(owner.id === phone ? (words ?? null) : null);
    }
    const found = control
        ? document.querySelector(`[data-control="${control}"]`)
        : label
          ? findKey(phoneOf(phone)?.element ?? byId("street"), label)
          : null;
    if (pointed === found) return;
    pointed?.classList.remove("pointed");
    found?.classList.add("pointed");
    found?.scrollIntoView({ block: "nearest", inline: "nearest" });
    pointed = found;
}

function showPointed() {
    const { phone } = tour.pointer ?? {};
    if (phone) openPhone(phone);
    const target =
        pointed ?? document.querySelector(".suggestion") ?? phoneOf(phone)?.composer.field;
    target?.scrollIntoView({ block: "center", inline: "center" });
    target?.focus();
}
