"use strict";
// The phones that are open, side by side; in a narrow window one at a time, under tabs.
// Which ones are open outlives a reload, for as long as the same room serves.

import { button, byId } from "./dom.js";
import { badge, count } from "./face.js";
import { listen } from "./live.js";
import { Phone } from "./phone.js";
import { cardOf, nameOf, room } from "./room.js";
import { announce } from "./toast.js";
import { say } from "./words.js";

const KEY = "open-phones";
const FIRST = 4;
const MOVES = { ArrowLeft: -1, ArrowRight: 1 };
const NARROW = matchMedia("(max-width: 700px)");
const phones = new Map();
const changed = new EventTarget();
let shown = null;
let wanted = { open: [], shown: null }; // as it was before a reload
let isChosen = false; // once somebody opened or closed a phone, nothing opens by itself

/** Find an open phone. */
export function phoneOf(id) {
    return phones.get(id) ?? null;
}

/** Hear of each change on the phones. */
export function onStreet(heard) {
    changed.addEventListener("change", heard);
}

/** Open a phone, or bring it into view where it is open. */
export function openPhone(id, { focus = false } = {}) {
    if (!cardOf(id)) return null;
    if (!phones.has(id)) add(id);
    show(id);
    const { element, log } = phones.get(id);
    element.scrollIntoView({ block: "nearest", inline: "center" });
    if (focus) log.element.focus({ preventScroll: true });
    return phones.get(id);
}

/** Draw the street and follow the stream. */
export function mountStreet() {
    const street = byId("street");
    street.addEventListener("keydown", walk);
    byId("tabs").addEventListener("keydown", walkTabs);
    NARROW.addEventListener("change", () => show(shown));
    listen("hello", returned);
    listen("people", (cards) => cards.forEach((card) => phones.get(card.id)?.update(card)));
    listen("people", openFirst);
    listen("groups", groupsChanged);
    listen("quarter", openQuarter);
    listen("open", (id) => choose(() => openPhone(id, { focus: true })));
    listen("chat", arrived);
    listen("typing", (told) => phones.get(told.chat)?.bar.busy(told.action));
    listen("tap", (tap) => phones.get(tap.chat)?.taps.hear(tap));
    listen("people", drawTabs);
    listen("groups", drawTabs);
}

function choose(change) {
    isChosen = true;
    change();
}

function add(id) {
    const phone = new Phone(id, () => choose(() => shut(id)));
    phones.set(id, phone);
    byId("street").append(phone.element);
    phone.log.open().then(() => {
        readIfAlone(id);
        touched();
    });
}

function shut(id) {
    const ids = [...phones.keys()];
    const next = ids[ids.indexOf(id) + 1] ?? ids[ids.indexOf(id) - 1] ?? null;
    phones.get(id).element.remove();
    phones.delete(id);
    show(next);
    if (next) phones.get(next).log.element.focus({ preventScroll: true });
    touched();
}

function touched() {
    changed.dispatchEvent(new Event("change"));
}

/** In a narrow window, show that phone and hide the others. */
function show(id) {
    shown = phones.has(id) ? id : (phones.keys().next().value ?? null);
    for (const [one, { element }] of phones) element.hidden = NARROW.matches && one !== shown;
    byId("nobody").hidden = phones.size > 0;
    readIfAlone(shown);
    drawTabs();
    keep();
}

/** The one phone that a narrow window shows is being looked at. */
function readIfAlone(id) {
    if (NARROW.matches && id === shown) phones.get(id)?.read();
}

function drawTabs() {
    const tabs = byId("tabs");
    const had = tabs.contains(document.activeElement);
    tabs.replaceChildren(...[...phones.keys()].map(tabOf));
    if (had) tabs.querySelector("[aria-selected=true]")?.focus();
}

function tabOf(id) {
    const card = cardOf(id);
    const isShown = id === shown;
    const tab = button(nameOf(card), () => show(id), {
        role: "tab",
        "aria-selected": String(isShown),
        "aria-controls": `panel-${id}`,
        tabindex: isShown ? "0" : "-1",
    });
    tab.append(count(badge(), card));
    return tab;
}

// What comes over the stream

function returned(greeting) {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    if (!phones.size && kept.boot === greeting.boot) {
        isChosen = true;
        wanted = kept;
    }
    for (const phone of phones.values()) phone.log.open(); // what came while the line was cut
}

function openFirst() {
    if (isChosen) return;
    for (const id of room.people.keys()) if (phones.size < FIRST && !phones.has(id)) add(id);
    show(shown);
}

function groupsChanged(cards) {
    for (const card of cards) {
        for (const old of card.former) if (phones.has(old)) moveTo(old, card.id);
        phones.get(card.id)?.update(card);
    }
    restore();
}

/** Open again what was open; people and groups are both known by now. */
function restore() {
    const { open, shown: last } = wanted;
    wanted = { open: [], shown: null };
    for (const id of open) if (cardOf(id)) add(id);
    if (open.length) show(last);
}

/** A group has become a supergroup: its phone follows. */
function moveTo(old, id) {
    shut(old);
    add(id);
    show(id);
}

function openQuarter(quarter) {
    byId("title").textContent = quarter.title;
    document.title = quarter.title;
    if (isChosen) return;
    [...phones.keys()].forEach(shut);
    isChosen = true;
    for (const id of [...quarter.phones, ...quarter.groups]) if (cardOf(id)) add(id);
    show(quarter.phones[0]);
}

function keep() {
    if (isChosen)
        localStorage.setItem(
            KEY,
            JSON.stringify({ boot: room.boot, open: [...phones.keys()], shown }),
        );
}

function arrived({ chat, messages }) {
    const phone = phones.get(chat);
    if (!phone) return;
    const last = phone.log.lastId();
    const fresh = messages.filter(
        (message) => message.by_bot && !message.deleted && message.id > last,
    );
    phone.patch(messages);
    readIfAlone(chat);
    const loud = fresh.filter((message) => !message.silent);
    if (loud.length) phone.ring();
    for (const message of fresh) {
        const text = message.body.text ?? message.body.caption ?? "";
        announce(say(message.silent ? "arrived-silently" : "arrived", { name: phone.title, text }));
    }
    touched();
}

// The keyboard

function step(event, elements, current) {
    const move = MOVES[event.key];
    if (!move) return null;
    event.preventDefault();
    return elements[(elements.indexOf(current) + move + elements.length) % elements.length];
}

function walk(event) {
    if (!event.target.matches(".log")) return;
    const logs = [...byId("street").querySelectorAll(".phone:not([hidden]) .log")];
    const next = step(event, logs, event.target);
    next?.focus();
    next?.closest(".phone").scrollIntoView({ block: "nearest", inline: "center" });
}

function walkTabs(event) {
    const tabs = [...byId("tabs").children];
    step(event, tabs, document.activeElement)?.click();
}
