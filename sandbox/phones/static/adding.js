"use strict";
// Someone new comes in: a first name and a language.

import { act } from "./act.js";
import { dialog } from "./dialog.js";
import { el } from "./dom.js";
import { tell } from "./live.js";
import { languageName, room } from "./room.js";
import { say } from "./words.js";

const LANGUAGES = ["fr", "ar", "tr", "pt", "pl", "ro", "en", "kab"];

/** Ask who comes, bring them in, open their phone; then do `next` with their id. */
export function addPerson(next = () => {}) {
    const name = el("input", {
        name: "name",
        required: true,
        maxlength: "64",
        autocomplete: "off",
        dir: "auto",
    });
    const options = LANGUAGES.map((code) =>
        el("option", { value: code, lang: code, text: languageName(code) }),
    );
    const language = el("select", { name: "language" }, ...options);
    language.value = document.documentElement.lang;
    const form = el(
        "form",
        { class: "fields", method: "dialog" },
        el("label", {}, say("first-name"), name),
        el("label", {}, say("language-of"), language),
        el("button", { class: "strong", "data-control": "person-add", text: say("bring-in") }),
    );
    const box = dialog(say("people-add"), form);
    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const made = await act("add_person", {
            first_name: name.value.trim(),
            language_code: language.value,
        });
        if (!made) return;
        box.close();
        await arrived(made.person);
        next(made.person);
    });
    name.focus();
}

/** The stream tells of the newcomer: until then there is no card to draw a phone from. */
async function arrived(id) {
    while (!room.people.has(id)) await new Promise(requestAnimationFrame);
    tell("open", id);
}
