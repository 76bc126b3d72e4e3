"use strict";
// The two keyboards of a bot: buttons under a message, and keys under the text field.

import { button, el } from "./dom.js";
import { say } from "./words.js";

/** Draw the buttons under a message: rows as wide as it, labels whole; `press` gets the button. */
export function inlineKeyboard(rows, press) {
    return el(
        "div",
        { class: "inline-keys", role: "group", "aria-label": say("buttons") },
        ...rows.map((row) => inlineRow(row, press)),
    );
}

function inlineRow(row, press) {
    const keys = row.map((told) => {
        const key = button("", () => press(told, key), {
            class: "key",
            data: { label: told.text },
        });
        key.append(el("span", { dir: "auto", text: told.text }));
        if (told.callback_data) key.dataset.data = told.callback_data;
        else key.classList.add("leads-out");
        return key;
    });
    return el("div", { class: "row" }, ...keys);
}

/** Draw the keys under the text field; `press` gets the label. */
export function replyKeyboard(rows, press) {
    const drawn = rows.map((row) =>
        el(
            "div",
            { class: "row" },
            ...row.map((label) => {
                const key = button("", () => press(label), { class: "reply-key", data: { label } });
                key.append(el("span", { dir: "auto", text: label }));
                return key;
            }),
        ),
    );
    return el(
        "div",
        { class: "reply-keys", role: "group", "aria-label": say("keyboard") },
        ...drawn,
    );
}

/** Find the newest key of that label in a phone, else the newest whose label contains it. */
export function findKey(phone, label) {
    const keys = [...phone.querySelectorAll(".key, .reply-key")].reverse();
    return (
        keys.find((key) => key.dataset.label === label) ??
        keys.find((key) => key.dataset.label.includes(label)) ??
        null
    );
}
