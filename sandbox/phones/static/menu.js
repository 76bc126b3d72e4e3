"use strict";
// A menu under a button: arrow keys move, Escape closes, and so does going elsewhere.

import { el } from "./dom.js";

const MOVES = { ArrowDown: 1, ArrowUp: -1 };

/** Open a menu beside its button; `items` are [label, what to do, further words]. */
export function openMenu(opener, items, place = opener.parentElement) {
    const entries = items.map(([label, chosen, further]) => entry(label, chosen, further, close));
    const menu = el(
        "div",
        { class: "menu", role: "menu", "aria-label": opener.getAttribute("aria-label") },
        ...entries,
    );

    let isOpen = true;

    function close(backToOpener = true) {
        if (!isOpen) return;
        isOpen = false; // before the focus leaves with the menu, which would close it once more
        menu.remove();
        opener.setAttribute("aria-expanded", "false");
        if (backToOpener) opener.focus();
    }

    menu.addEventListener("keydown", (event) => {
        const step = MOVES[event.key];
        if (event.key === "Escape") close();
        if (!step) return;
        event.preventDefault();
        const at = entries.indexOf(document.activeElement);
        entries[(at + step + entries.length) % entries.length].focus();
    });
    menu.addEventListener("focusout", (event) => {
        if (!menu.contains(event.relatedTarget)) close(false);
    });
    place.append(menu);
    opener.setAttribute("aria-expanded", "true");
    entries[0]?.focus();
}

function entry(label, chosen, further, close) {
    const choose = () => {
        close();
        chosen();
    };
    const more = further ? el("small", { dir: "auto", text: further }) : null;
    const item = el(
        "button",
        { type: "button", role: "menuitem", on: { click: choose } },
        label,
        more,
    );
    return item;
}
