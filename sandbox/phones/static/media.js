"use strict";
// What is not words: photos, voices, files, places, cards, polls.

import { dialog } from "./dialog.js";
import { el, icon, iconButton } from "./dom.js";
import { length } from "./times.js";
import { say } from "./words.js";

const BARS = 27;
const UNITS = ["B", "kB", "MB"];

const DRAWN = { photo, voice, audio: voice, document: file, video: file, venue, contact, poll };

/** Draw what a message carries beside its words; null when it carries nothing. */
export function media(body) {
    const kind = Object.keys(DRAWN).find((name) => name in body);
    if (kind) return DRAWN[kind](body[kind], body);
    return body.location ? place(say("location"), coordinates(body.location)) : null;
}

function address(id) {
    return `/files/${encodeURIComponent(id)}`;
}

function photo(sizes, body) {
    const source = address(sizes.at(-1).file_id);
    const told = body.caption || say("photo");
    const show = () => dialog(say("photo"), el("img", { class: "large", src: source, alt: told }));
    const small = el("img", { src: source, alt: told, loading: "lazy" });
    return el(
        "button",
        {
            type: "button",
            class: "photo",
            "aria-label": say("photo-open", { told }),
            on: { click: show },
        },
        small,
    );
}

function voice(told) {
    const sound = new Audio();
    sound.preload = "metadata";
    sound.src = address(told.file_id);
    const bars = Array.from({ length: BARS }, (_none, at) => bar(told.file_unique_id, at));
    const wave = el("span", { class: "wave", "aria-hidden": "true" }, ...bars);
    const left = el("span", { class: "length", text: length(told.duration) });
    const player = iconButton("play", say("play"), () =>
        sound.paused ? start(sound, player) : sound.pause(),
    );
    const shown = el("div", { class: "voice" }, player, el("div", {}, wave, left));
    follow(sound, { player, bars, left, shown });
    return shown;
}

/** Keep the button, the wave and the clock of a voice true while it plays. */
function follow(sound, { player, bars, left, shown }) {
    const draw = () => {
        const name = sound.paused ? "play" : "pause";
        player.replaceChildren(icon(name));
        player.ariaLabel = player.title = say(name);
        const played = sound.duration ? sound.currentTime / sound.duration : 0;
        bars.forEach((one, at) => one.classList.toggle("played", at < played * BARS));
        left.textContent = length(
            sound.paused && !sound.currentTime ? sound.duration : sound.currentTime,
        );
    };
    for (const name of ["play", "pause", "timeupdate", "ended", "loadedmetadata"])
        sound.addEventListener(name, draw);
    sound.addEventListener("error", () => {
        shown.classList.add("broken");
        left.textContent = say("cannot-play");
        player.disabled = true;
    });
}

/** One voice at a time, as on a phone. */
let playing = null;
function start(sound) {
    playing?.pause();
    playing = sound;
    sound.play().catch(() => {}); // the "error" event has told it
}

function bar(seed, at) {
    const letter = seed.charCodeAt(at % seed.length) + at * 7;
    return el("i", { class: `h${letter % 6}` });
}

function file(told) {
    const name = told.file_name ?? say("file");
    const words = el(
        "span",
        {},
        el("b", { dir: "auto", text: name }),
        el("small", { text: size(told.file_size) }),
    );
    const properties = { class: "file", href: address(told.file_id), download: name };
    return el("a", { ...properties, "aria-label": say("download", { name }) }, icon("file"), words);
}

function size(bytes) {
    const power = bytes < 1000 ? 0 : bytes < 1e6 ? 1 : 2;
    return `${(bytes / 1000 ** power).toFixed(power ? 1 : 0)} ${UNITS[power]}`;
}

function venue(told) {
    return place(told.title, told.address);
}

function place(title, words) {
    return el(
        "div",
        { class: "place" },
        icon("pin"),
        el(
            "span",
            {},
            el("b", { dir: "auto", text: title }),
            el("small", { dir: "auto", text: words }),
        ),
    );
}

function coordinates(location) {
    return `${location.latitude.toFixed(4)}, ${location.longitude.toFixed(4)}`;
}

function contact(told) {
    return el(
        "div",
        { class: "place" },
        icon("people"),
        el(
            "span",
            {},
            el("b", { dir: "auto", text: told.first_name }),
            el("small", { dir: "ltr", text: told.phone_number }),
        ),
    );
}

function poll(told) {
    const options = told.options.map((option) =>
        el("li", {}, el("span", { dir: "auto", text: option.text }), ` · ${option.voter_count}`),
    );
    return el(
        "div",
        { class: "poll" },
        el("b", { dir: "auto", text: told.question }),
        el("ul", {}, ...options),
    );
}
